"""The theme's own files: where they lie, and what of them the site carries.

A site's theme folder wins over the default theme, file by file.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from itertools import accumulate
from pathlib import Path
from typing import Final

from msgspec import Struct

from generator import THEME
from generator.config import Config
from generator.errors import SiteError
from generator.located import located
from generator.model import Artifact
from generator.pages import shell, urls

STYLES: Final = ("tokens", "base", "layout", "navigation", "content", "parts", "map", "translation", "search", "print")
"""The style sheets of `assets/css`, in the order of the cascade."""
SCRIPTS: Final = ("early", "entry", "fill", "offline", "site", "tabs", "ticks", "search-text", "search-load", "search-hits", "search-misses", "search-ui")
"""The scripts of `assets/js`; `early` runs before the first paint, the others when the page is read."""
WORKER: Final = "sw.js"
"""The address of the service worker: at the top of the site, since it serves what lies below, and under a name that stays."""
_LOOSE: Final = re.compile(r"/\*.*?\*/|(?<=[\n{};,])[ \t\n]+|[ \t]+(?=\{)|(?<=:) ", re.DOTALL)


_REMARK: Final = re.compile(rb"/\*\*.*?\*/ ?|(?m:^)[ \t]*// [^\n]*\n(?!\(function\(\))", re.DOTALL)
"""Remarks of the default theme's scripts: JSDoc, and lines of their own but for a generated file's notice."""


class Theme(Struct, frozen=True):
    """The files that every page links.

    `folders` are searched in order for templates, strings and assets. `urls` maps a logical name
    (`sintoma.css`, `site.js`, `icon.svg`) to its address in the site, `files` an address to its bytes.
    """

    folders: tuple[Path, ...]
    urls: Mapping[str, str]
    files: Mapping[str, bytes]


def folders(config: Config) -> tuple[Path, ...]:
    """Where templates, strings and assets are looked for, first found first."""
    if not THEME.is_dir():
        raise SiteError(f"{THEME}: the default theme is missing; install Sintoma again")
    return (THEME,) if config.theme_folder is None else (config.theme_folder, THEME)


def load(config: Config, scripts: tuple[str, ...]) -> Theme:
    """Read the theme of a site. `scripts` are the search's files, paths below `assets/search`."""
    where = folders(config)
    named = {"sintoma.css": _style_sheet(where)}
    named |= {f"{name}.js": _script(where, f"assets/js/{name}.js") for name in SCRIPTS}
    named |= {f"search/{name}": _script(where, f"assets/search/{name}") for name in scripts}
    named["icon.svg"] = _find(where, "assets/icon.svg").read_bytes()
    places = {name: urls.asset(name, hashlib.sha256(data).hexdigest()) for name, data in named.items()}
    worker = _script(where, f"assets/worker/{'offline' if config.offline else 'gone'}.js")
    return Theme(where, places, {places[name]: data for name, data in named.items()} | {WORKER: worker})


def artifacts(theme: Theme) -> Iterator[Artifact]:
    """The theme's files as they stand in the site."""
    for path in sorted(theme.files):
        yield Artifact(path, theme.files[path])


_NEAR: Final = {**dict.fromkeys(("zh-TW", "zh-HK", "zh-MO"), "zh-Hant"), **dict.fromkeys(("pt", "pt-PT"), "pt-BR")}
"""Whose words come nearest, where neither the language alone nor a part of the tag says it: another script, another country."""


def strings(theme: Theme, lang: str) -> dict[str, str]:
    """The words of the theme in a language, those of `zh-Hant-TW` before those of `zh-Hant` and of `zh`; what all lack stands in English."""
    found = _strings(theme.folders, "en")
    base, *more = accumulate(lang.split("-"), "{}-{}".format)
    for tag in dict.fromkeys((base, _NEAR.get(lang, base), *more)):
        found |= _strings(theme.folders, tag)
    return found


def _strings(where: tuple[Path, ...], lang: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for folder in reversed(where):
        path = folder / "strings" / f"{lang}.yml"
        if path.is_file():
            found |= _texts(path)
    return found


def _texts(path: Path) -> dict[str, str]:
    """The strings of a file. Raises SiteError where it is none."""
    try:
        value, places = located(path, path.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise SiteError(f"{path}:1:1: this file is not UTF-8 ({error.reason}); save it as UTF-8") from None
    if not isinstance(value, dict):
        raise SiteError(f"{path}:1:1: a file of strings holds lines like `home: Home`")
    for key, text in value.items():
        if isinstance(text, dict | list):
            line, column = places[(key,)]
            raise SiteError(f"{path}:{line}:{column}: {key}: a string is a text; write it in quotes")
    return {key: str(text) for key, text in value.items()}


def _style_sheet(where: tuple[Path, ...]) -> bytes:
    """One style sheet for the whole site: Material's in the lowest layer, ours above, each in its own layer."""
    layers = ", ".join(f"sintoma.{name}" for name in STYLES)
    parts = [f"@layer material, {layers};", f"@layer material{{{shell.material_styles()}}}"]
    for name in STYLES:
        text = _LOOSE.sub("", _find(where, f"assets/css/{name}.css").read_text(encoding="utf-8"))
        parts.append(f"@layer sintoma.{name}{{{text.strip()}}}")
    return "\n".join(parts).encode()


def _script(where: tuple[Path, ...], name: str) -> bytes:
    """A script without remarks, which are a third of what a compressed one weighs; one from a site's own folder as it is."""
    path = _find(where, name)
    data = path.read_bytes()
    return _REMARK.sub(b"", data) if path.is_relative_to(where[-1]) else data


def _find(where: tuple[Path, ...], name: str) -> Path:
    found = next((folder / name for folder in where if (folder / name).is_file()), None)
    if found is None:
        raise SiteError(f"{where[-1] / name}: the theme's file is missing; install Sintoma again")
    return found
