"""Raw HTML in Markdown: tags found with their places, links and ids registered, text in cells read as Markdown.

What looks like a tag but is none (`<port>`, `<?xml …`) is text and stays visible. Nothing here decides how a browser
would repair the rest: that is `sanitize`'s work.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from heapq import merge
from itertools import islice
from typing import Final

from msgspec import Struct, field

from generator.model import LinkKind, Span
from generator.parse.aligned import classes
from generator.parse.code_in_html import hidden
from generator.parse.harvest import Harvest
from generator.parse.labels import words
from generator.parse.marks import link as link_mark
from generator.parse.open_tags import OPTIONAL, VOID, OpenTags
from generator.parse.places import Place
from generator.parse.sanitize import ALLOWED, FORBIDDEN
from generator.parse.spoken import is_spoken_of
from generator.parse.stretches import Stretch, stretches
from generator.parse.text import unmarked

TAG: Final = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<slash>/?)(?P<name>[A-Za-z][^\s/>]*+)"
    r"(?P<attributes>(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)>",
    re.DOTALL,
)
_BEGINNING: Final = re.compile(r"<(?:!--|/?[A-Za-z])")
_NAME_END: Final = re.compile(r"[\s/>]|\Z")
_DELIMITER: Final = re.compile(r"[>\"']")
_ATTRIBUTE: Final = re.compile(r"""(?P<name>[^\s=>"'/]+)(?:\s*=\s*(?:"(?P<d>[^"]*)"|'(?P<s>[^']*)'|(?P<u>[^\s"'=<>`]+)))?""")
_TRIGGERS: Final = re.compile(r"[`\ue000\ue001]|\*\*|\]\(|\[!|<[a-z]+:")
_ELEMENTS: Final = ALLOWED | FORBIDDEN
_LITERAL: Final = frozenset({"pre", "code", "script", "style", "textarea", "kbd", "samp", "tt"})
_HIDDEN: Final = frozenset({"script", "style"})
_STRAY: Final = re.compile(r"<(?=[A-Za-z/!?]|\s+/\s*[A-Za-z]\w*\s*>)")
_BLANKS: Final = re.compile(r"<\s*/\s*([A-Za-z]\w*)\s*>")
"""An end tag with blanks where none may be."""
_ENDS_LINK: Final = re.compile(r"</?a\b", re.IGNORECASE)
WORDS: Final = 500
"""Letters behind the tag of a link in which its words have to end."""
_SHOWN: Final = 40
"""Letters of what is no tag that a message may show."""
_ROWS: Final = frozenset({"table", "thead", "tbody", "tfoot", "tr"})
_IN_ROWS: Final = frozenset({*_ROWS, "td", "th", "caption", "col", "colgroup"})
_TABLE_TAGS: Final = frozenset({"table", "tr", "td", "th"})

Render = Callable[[str, Place], str]
"""Markdown text and its place -> HTML."""


class _Rewrite(Struct):
    """A rewrite under way."""

    page: Harvest
    place: Place
    inline: Render
    block: Render
    cells: bool
    behind: str = ""
    void: str = ""
    """The element without content that stands before, if nothing else does."""
    out: list[str] = field(default_factory=list)
    open: OpenTags = field(default_factory=OpenTags)


def rewrite(content: str, page: Harvest, place: Place, inline: Render, block: Render, *, cells: bool = False, behind: str = "") -> str:
    """HTML with links and images marked, ids registered, and a finding for each tag that is left open or closes nothing.

    `behind` is what the text goes on with, where the words of a link may stand.
    With `cells`, tags of tables get a `data-at` with their offset in `content`, and the text between tags is read as Markdown: in lines,
    or in blocks where a stretch of the cell holds some.
    """
    work = _Rewrite(page, place, inline, block, cells, behind)
    tags = [match for match in _tags(hidden(content) if cells else content) if not match["name"] or _is_meant(match, content, cells=cells)]
    last = 0
    for piece in _pieces(content, tags, cells=cells):
        if isinstance(piece, Stretch):
            if not _literal(work):
                _text(work, content, last, piece.start)
                _stretch(work, content, piece)
                last = piece.end
        elif piece.start() >= last:
            _text(work, content, last, piece.start())
            last = piece.end()
            if piece["name"]:
                _tag(work, piece, piece["name"].lower())
    _text(work, content, last, len(content))
    if cells:
        _unclosed(work, work.open.tags)
    return "".join(work.out)


def _pieces(content: str, tags: Sequence[re.Match[str]], *, cells: bool) -> Iterable[Stretch | re.Match[str]]:
    """Tags and, in cells, stretches of Markdown, in their order; a stretch comes before the tags in it."""
    return merge(stretches(content, tags), tags, key=_start) if cells else tags


def _start(piece: Stretch | re.Match[str]) -> int:
    return piece.start if isinstance(piece, Stretch) else piece.start()


def _tags(content: str) -> Iterator[re.Match[str]]:
    """The tags and comments of a text."""
    at, name_end, ends = 0, 0, None
    while begin := _BEGINNING.search(content, at):
        if ends and begin[0] != "<!--":
            if name_end < begin.end() and (stop := _NAME_END.search(content, begin.end())):
                name_end = stop.start()
            if not ends(name_end):
                at = begin.end()
                continue
        match = TAG.match(content, begin.start())
        if match:
            yield match
        else:
            ends = _ends(content)
        at = match.end() if match else begin.end()


def _ends(content: str) -> Callable[[int], bool]:
    """Whether a tag that is open at a place has an end: one look from behind serves all places, where each tag that has none would look to the end."""
    places: list[int] = []
    known: list[bool] = []
    ends, behind = False, {'"': False, "'": False}
    for sign in reversed(list(_DELIMITER.finditer(content))):
        if sign[0] == ">":
            ends = True
        else:
            ends, behind[sign[0]] = behind[sign[0]], ends
        places.append(-sign.start())
        known.append(ends)

    def at(place: int) -> bool:
        number = bisect_right(places, -place)
        return number > 0 and known[number - 1]

    return at


def _is_meant(match: re.Match[str], content: str, *, cells: bool) -> bool:
    """Whether a name in angle brackets is a tag; in a cell it may be one that a sentence speaks of, or the address of a link."""
    return is_tag(match["name"]) and not (cells and (content.endswith("](", 0, match.start()) or is_spoken_of(content, *match.span())))


def is_tag(name: str) -> bool:
    """Whether a name in angle brackets is an element of HTML."""
    return name.lower() in _ELEMENTS


def attributes(written: str) -> dict[str, str]:
    """Names (lower case) and values of a tag's attributes, entities resolved; the first of equal names counts."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(written):
        value = next((v for v in (match["d"], match["s"], match["u"]) if v is not None), "")
        found.setdefault(match["name"].lower(), html.unescape(value))
    return found


def _text(work: _Rewrite, content: str, start: int, end: int) -> None:
    """What stands between two tags: Markdown in cells, elsewhere text as it is."""
    if start >= end:
        return
    text = content[start:end]
    if text.isspace():
        work.out.append(text)
        return
    _stands(work, text, start)
    literal = _literal(work)
    if literal or not work.cells or not _TRIGGERS.search(text):
        shown = text if literal & _HIDDEN else _visible(work, content, start, end)
        work.out.append(words(shown) if work.cells else shown)
        return
    first, body = start + len(text) - len(text.lstrip()), text.strip()
    work.out.append(f"{content[start:first]}{work.inline(body, _sub(work, first, body))}{text[len(text.rstrip()) :]}")


def _stretch(work: _Rewrite, content: str, stretch: Stretch) -> None:
    """Markdown with tags in it."""
    text = content[stretch.start : stretch.end]
    _stands(work, text, stretch.start)
    work.out.append((work.block if stretch.is_block else work.inline)(text, _sub(work, stretch.start, text)))


def _stands(work: _Rewrite, text: str, start: int) -> None:
    """Note that words stand here; between rows is no place for them."""
    work.void = ""
    if work.cells and work.open.tags and work.open.tags[-1][0] in _ROWS:
        first = start + len(text) - len(text.lstrip())
        _repaired(work, first, start + len(text.rstrip()), "This text stands in no cell.")


def _literal(work: _Rewrite) -> frozenset[str]:
    """The open elements whose text is no Markdown."""
    return _LITERAL.intersection([name for name, _ in work.open.tags[: work.page.source.limits.nesting]])


def _visible(work: _Rewrite, content: str, start: int, end: int) -> str:
    """A text whose angle brackets are no tags; each is a finding and shown."""
    text = content[start:end]
    if "<" not in text:
        return text
    for stray in _STRAY.finditer(text):
        no_tag(work.page, work.place, start + stray.start(), content[start + stray.start() : start + stray.start() + _SHOWN])
    return _STRAY.sub("&lt;", text)


def no_tag(page: Harvest, place: Place, offset: int, written: str) -> None:
    """Say that what begins at an offset of a place looks like a tag and is none, or is one that a sentence speaks of."""
    name = re.split(r"[>\n]", written[:_SHOWN], maxsplit=1)[0]
    if (blanks := _BLANKS.match(written)) and blanks[1].lower() in ALLOWED:
        right = f"</{blanks[1].lower()}>"
        message = f"{blanks[0]} is no tag because of its blanks, so it is shown as text; write {right}."
        page.problem("html-repaired", place.span(offset, offset + len(blanks[0])), message, blanks[0], right)
        return
    why = "stands in a sentence and is never closed" if is_tag(name[1:]) else "is no tag of HTML"
    message = f"{name}> {why}, so it is shown as text; write &lt; for a < that belongs to the text."
    page.problem("html-repaired", place.span(offset, offset + 1), message, name)


def too_deep(page: Harvest, span: Span) -> None:
    """Say that from this tag on they are left out."""
    most = page.source.limits.nesting
    page.problem("nesting-too-deep", span, f"HTML stands deeper here than {most} levels; deeper tags are left out, their text stays. Flatten it.")


def _sub(work: _Rewrite, offset: int, text: str) -> Place:
    line, column = work.place.at(offset)
    return Place(work.page.lines, line - 1, text, column - 1)


def _tag(work: _Rewrite, match: re.Match[str], name: str) -> None:
    written = match["attributes"]
    before, work.void = work.void, name if name in VOID and not match["slash"] else ""
    if match["slash"]:
        _close(work, match, name, before)
        return
    values, most = attributes(written) if written else {}, work.page.source.limits.nesting
    if len(values) > work.page.source.limits.attributes:
        values = _first(work, match, values)
    if name in FORBIDDEN or any(key.startswith("on") for key in values):
        handler = next((key for key in values if key.startswith("on")), "")
        what = f"<{name}>" if name in FORBIDDEN else f"The attribute {handler}"
        work.page.problem("html-removed", work.place.span(match.start(), match.end()), f"{what} is removed: pages may not hold it.", name)
    if work.cells and work.open.tags and work.open.tags[-1][0] in _ROWS and name not in _IN_ROWS:
        _repaired(work, match.start(), match.end(), f"<{name}> stands in no cell.")
    if name not in VOID:
        work.open.open(name, match.start())
        if len(work.open.tags) > most:
            if len(work.open.tags) == most + 1:
                too_deep(work.page, work.place.span(match.start(), match.end()))
            return
    extra = _address(work, match, name, values) + _identity(work, match, name, values) if values else ""
    if work.cells and name in _TABLE_TAGS:
        extra += f' data-at="{match.start()}"'
    selfclosed = written.rstrip().endswith("/") and name not in VOID
    if work.cells and selfclosed:
        _repaired(work, match.start(), match.end(), f"<{name} …/> does not close itself in HTML.")
    work.out.append(f"<{name}{extra}{_kept(values, name) if values else ''}>")


def _first(work: _Rewrite, match: re.Match[str], values: dict[str, str]) -> dict[str, str]:
    """As many attributes as a tag may have."""
    most = work.page.source.limits.attributes
    message = f"This tag has {len(values)} attributes; only the first {most} are kept (limits.attributes in site.yml)."
    work.page.problem("attributes-too-many", work.place.span(match.start(), match.end()), message)
    return dict(islice(values.items(), most))


def _kept(values: dict[str, str], name: str) -> str:
    """The other attributes, as text."""
    skip = {"href", "src", "id", "target", "style"} | ({"name"} if name == "a" else set())
    if aligned := list(classes(name, values)):
        values = {**values, "class": " ".join([*values.get("class", "").split(), *aligned])}
    return "".join(f' {key}="{html.escape(words(value))}"' for key, value in values.items() if key not in skip and not key.startswith("data-"))


def _identity(work: _Rewrite, match: re.Match[str], name: str, values: dict[str, str]) -> str:
    anchor = values.get("id") or (values.get("name", "") if name == "a" else "")
    if not anchor:
        return ""
    at = match.start("attributes") + match["attributes"].find(anchor)
    work.page.anchor(anchor, work.place.span(at, at + len(anchor)))
    return f' id="{html.escape(anchor)}"'


def _address(work: _Rewrite, match: re.Match[str], name: str, values: dict[str, str]) -> str:
    key = {"a": "href", "img": "src"}.get(name, "")
    if not key or not values.get(key):
        return ""
    for attribute in _ATTRIBUTE.finditer(match["attributes"]):
        if attribute["name"].lower() == key:
            group = next(g for g in ("d", "s", "u") if attribute[g] is not None)
            written = attribute[group]
            start = match.start("attributes") + attribute.start(group)
            span = work.place.span(start, start + len(written))
            kind = LinkKind.LINK if name == "a" else LinkKind.IMAGE
            text = _words(match.string[match.end() : match.end() + WORDS] + work.behind) if name == "a" else values.get("alt", "")
            return " " + link_mark(work.page.link(values[key].strip(), written, kind, span, text, html=True))
    return ""


def _words(behind: str) -> str:
    """The words of a link; none where it does not end within what stands behind its tag."""
    end = _ENDS_LINK.search(behind)
    return unmarked(words(TAG.sub("", behind[: end.start()]))) if end else ""


def _close(work: _Rewrite, match: re.Match[str], name: str, before: str) -> None:
    """An end tag. Of an element without content a browser takes it for nothing, but `</br>` for a `<br>`; `<col></col>` is XHTML and no fault."""
    if len(work.open.tags) <= work.page.source.limits.nesting and (name not in VOID or name == "br"):
        work.out.append(f"</{name}>" if name not in VOID else f"<{name}>")
    if name in VOID:
        if work.cells and (name == "br" or name != before):
            _repaired(work, match.start(), match.end(), f"</{name}> is no tag; " + (f"write <{name}>." if name == "br" else "remove it."))
        return
    inside = work.open.close(name)
    if not work.cells:
        return
    if inside is None:
        _repaired(work, match.start(), match.end(), f"</{name}> closes nothing.")
    _unclosed(work, inside or ())


def _unclosed(work: _Rewrite, tags: Iterable[tuple[str, int]]) -> None:
    for name, at in tags:
        if name not in OPTIONAL:
            _repaired(work, at, at + len(name) + 1, f"<{name}> is never closed.")


def _repaired(work: _Rewrite, start: int, end: int, message: str) -> None:
    work.page.problem("html-repaired", work.place.span(start, end), f"{message} It is shown as a browser would repair it; mend the tag.")
