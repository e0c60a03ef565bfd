"""The face of mkdocs-material: its templates, interface translations, icons and styles.

This is the only module that knows of Material. A `Shell` is a page whose parts are still open: Material's
templates are rendered once for each language and kind of page, and a page is the shell's constant parts
joined with the page's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from html import unescape
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path
from typing import Final, cast

from jinja2 import BytecodeCache, ChainableUndefined, Environment, FileSystemLoader, StrictUndefined
from jinja2.bccache import Bucket
from markupsafe import Markup
from msgspec import Struct

from generator.cache import Cache, key_of

_OPEN, _CLOSE = "\ue000", "\ue001"
_SLOT: Final = re.compile(f"{_OPEN}([a-z]+){_CLOSE}")
_BETWEEN: Final = re.compile(r">\s*\n\s*<")
_SCRIPTED: Final = re.compile(
    r'<input class="md-toggle"[^>]*>|<label class="md-overlay"[^>]*></label>|<div data-md-component="announce">\s*</div>'
    r'|<div class="md-dialog".*?</div>\s*</div>',
    re.DOTALL,
)
"""Parts of Material's base that only its own script, which pages don't carry, would use."""
_DATA_VARIABLE: Final = re.compile(r'--[a-z0-9-]+:url\("data:[^"]*"\);?')
_FALLBACKS: Final = {"zh-Hans": "zh", "zh-CN": "zh", "no": "nb", "iw": "he"}

SLOTS: Final = (
    "base", "title", "description", "head", "languages", "navigation", "trail", "content", "toc", "after", "address",
)  # fmt: skip
"""What a page puts into its shell, each an HTML text that is already escaped."""


class Shell(Struct, frozen=True):
    """Constant parts, and between each two of them the name of the slot that stands there."""

    parts: tuple[str, ...]
    slots: tuple[str, ...]


def fill(shell: Shell, values: Mapping[str, str]) -> bytes:
    """A page: the shell with its slots filled; a slot without a value stays empty."""
    pieces = [shell.parts[0]]
    for slot, part in zip(shell.slots, shell.parts[1:], strict=True):
        pieces.append(values.get(slot, ""))
        pieces.append(part)
    return "".join(pieces).encode()


class _Compiled(BytecodeCache):
    """Templates that were compiled once; what is damaged is compiled anew."""

    def __init__(self, store: Cache) -> None:
        self._store = store

    def load_bytecode(self, bucket: Bucket) -> None:
        found = self._store.read(self._key(bucket))
        if found is not None:
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._store.write(self._key(bucket), bucket.bytecode_to_string())

    def _key(self, bucket: Bucket) -> str:
        return key_of("template", bucket.key, bucket.checksum)


def environment(folders: tuple[Path, ...], store: Cache | None = None) -> Environment:
    """Jinja over the theme's templates first and Material's second, everything escaped at its sink; compiled templates wait in `store`."""
    places = [str(folder / "templates") for folder in folders]
    result = Environment(
        loader=FileSystemLoader([*places, str(_material())]),
        autoescape=True,
        undefined=ChainableUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_Compiled(store) if store else None,
    )
    result.filters["url"] = lambda address: address if address.startswith("#") else f"{_slot('base')}{address}"
    result.filters["script_tag"] = lambda address: Markup('<script src="{}" defer></script>').format(f"{_slot('base')}{address}")
    result.filters["short"] = lambda address: address.replace("../", "").partition("#")[0]
    result.filters["face"] = face
    result.globals["icon"] = icon
    return result


def page_environment(folders: tuple[Path, ...], store: Cache | None = None) -> Environment:
    """Jinja for the contents of pages: the same templates, and a name that is not there is a mistake."""
    result = environment(folders, store)
    result.undefined = StrictUndefined
    return result


def make(env: Environment, kind: str, context: Mapping[str, object]) -> Shell:
    """Render `page.html` once for a kind of page, its slots open. `context` as Material's templates know it, and ours."""
    slots = {name: trusted(_slot(name)) for name in SLOTS}
    text = env.get_template("page.html").render(kind=kind, slot=slots, **context)
    text = _BETWEEN.sub(">\n<", _SCRIPTED.sub("", text))
    pieces = _SLOT.split(text)
    return Shell(tuple(pieces[::2]), tuple(pieces[1::2]))


def interface_language(lang: str) -> str:
    """Material's name for the language of its interface translation: the tag, what is left of it without its last parts, else `en`."""
    tags = reversed([*accumulate(lang.split("-"), "{}-{}".format)])
    names = (name for tag in tags for name in (tag, _FALLBACKS.get(tag, "")) if name)
    return next((name for name in names if (_material() / "partials" / "languages" / f"{name}.html").is_file()), "en")


def face(name: str) -> Markup:
    """The attributes of an element that holds a record's name: an identifier is never translated and set apart, words are words."""
    return Markup('class="named"') if re.search(r"\s", name.strip()) else Markup('class="id" translate="no"')


def trusted(html: str) -> Markup:
    """HTML that may stand in a template as it is: the parser's, which is sanitized, Material's, or our own marks."""
    return Markup(html)  # noqa: S704  what is passed is never a visitor's or an author's raw text


def interface(env: Environment, lang: str, keys: Iterable[str]) -> dict[str, str]:
    """Some words of Material's interface translation."""
    module = env.get_template("partials/language.html").make_module(
        {"config": {"theme": {"language": interface_language(lang)}}, "words": {}}
    )
    translate = cast("Callable[[str], str]", module.t)  # type: ignore[attr-defined]  # a macro of the template
    return {key: unescape(str(translate(key))) for key in keys}


@cache
def icon(name: str) -> Markup:
    """One of Material's icons (`material/magnify`) as an inline SVG that says nothing to a screen reader."""
    path = _material() / ".icons" / f"{name}.svg"
    return trusted(path.read_text(encoding="utf-8").strip().replace("<svg ", '<svg class="icon" aria-hidden="true" focusable="false" ', 1))


def material_styles() -> str:
    """Material's style sheets without what a strict Content-Security-Policy refuses (pictures in `data:` addresses)."""
    folder = _material() / "assets" / "stylesheets"
    texts = []
    for pattern in ("main.*.min.css", "palette.*.min.css"):
        text = next(iter(sorted(folder.glob(pattern)))).read_text(encoding="utf-8")
        text = text.removeprefix("\ufeff").replace('@charset "UTF-8";', "")
        text = re.sub(r"/\*# sourceMappingURL.*?\*/", "", text)
        texts.append(re.sub(r'url\("data:[^"]*"\)', "none", _DATA_VARIABLE.sub("", text)).strip())
    return "\n".join(texts)


@cache
def _material() -> Path:
    spec = find_spec("material")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("mkdocs-material is not installed: pip install mkdocs-material")
    return Path(next(iter(spec.submodule_search_locations))) / "templates"


def _slot(name: str) -> str:
    return f"{_OPEN}{name}{_CLOSE}"
