"""A parsed body becomes the body of a page: links, pictures, rows and labels get what only the site knows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape, unescape
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct

from generator.model import Destination, DocPath, Lang, LinkState
from generator.pages import urls
from generator.pages.shell import icon
from generator.pages.site import Site, View
from generator.parse.marks import MARK, MEND

_ROW: Final = re.compile(r'(<tr id="([^"]+)" class="record"[^>]*>\s*<t[dh][^>]*>.*?)(?=\s*</t[dh]>)', re.DOTALL)
_ALT: Final = re.compile(r'\balt="([^"]*)"')
_SCHEMES: Final = frozenset({"", "http", "https", "mailto", "tel", "ftp", "ftps", "news", "sip", "sms"})
_NEW_WINDOW: Final = re.compile(r'\s(?:target|rel)="[^"]*"')
ICONS: Final = {
    "note": "information-outline", "tip": "lightbulb-outline", "important": "alert-circle-outline", "warning": "alert-outline",
    "caution": "alert-octagon-outline", "info": "information-outline", "administration": "shield-account-outline",
    "error": "close-circle-outline", "success": "check-circle-outline", "availability": "check-decagram-outline",
    "prerequisites": "format-list-checks", "related": "bookshelf", "video": "play-circle-outline",
}  # fmt: skip
"""The icon of each kind of alert; a label without one is a word alone."""


class Place(Struct, frozen=True):
    """Where a body is shown: the page's address, and the language its words are in (the reference's on a fallback page)."""

    url: str
    lang: Lang
    path: DocPath


def render(site: Site, view: View, place: Place, body: str) -> str:
    """A whole body with its marks resolved, its rows with permanent links."""
    text = resolve(site, view, place, body)
    permanent = escape(view.words["permalink"])

    return _ROW.sub(rf'\1<a class="headerlink rowlink" href="#\2" aria-label="{permanent}: \2">#</a>', text)


def resolve(site: Site, view: View, place: Place, body: str, *, anchors: bool = True) -> str:
    """A body (or a piece of one) with its marks resolved. With `anchors` false rows get no id: for pieces shown elsewhere."""
    document = site.kb.documents[place.lang][place.path]
    rows = view.rows.get(place.path, {}) if anchors else {}

    def replace(match: re.Match[str]) -> str:
        if (label := match["label"]) is not None:
            return _label(view, label)
        if (said := match["said"]) is not None:
            return _mend(view, match["right"], said)
        if (row := match["row"]) is not None:
            item = rows.get(row)
            return f'<tr id="{escape(item.anchor(document))}" class="record"' if item else "<tr"
        if (image := match["image"]) is not None:
            return _image(site, view, place, int(image), match["image_attributes"])
        inner = MARK.sub(replace, match["inner"])
        return _link(site, view, place, int(match["link"]), match["attributes"], inner)

    return MARK.sub(replace, body)


def _label(view: View, name: str) -> str:
    word = escape(view.words.get(f"label-{name}", name.replace("-", " ").capitalize()))
    return f"{icon('material/' + ICONS[name])}{word}" if name in ICONS else word


def _mend(view: View, right: str, said: str) -> str:
    """A name put right; what the translation said shows where one points at it, and in the list of the page."""
    words = escape(view.words["mend-said"].format(said=unescape(said)))
    return f'<span class="mend" translate="no" title="{words}">{right}</span>'


def mends(view: View, body: str) -> str:
    """What stands on a page as in the original, with what the translation said, each once; nothing where nothing was mended."""
    found = dict.fromkeys((match["right"], match["said"]) for match in MEND.finditer(body))
    if not found:
        return ""
    items = "".join(
        f'<li><code translate="no">{right}</code> {escape(view.words["mend-said"].format(said=unescape(said)))}</li>' for right, said in found
    )
    return f'<details class="mends"><summary>{escape(view.words["mends"])}</summary><ul>{items}</ul></details>'


def _destination(site: Site, place: Place, number: int) -> Destination | None:
    found = site.kb.links.get(place.lang, {}).get(place.path, ())
    return found[number] if number < len(found) else None


def _link(site: Site, view: View, place: Place, number: int, attributes: str, inner: str) -> str:
    """A link with its address; one that says nothing shows where it leads, or nobody could follow it."""
    found = _destination(site, place, number)
    rest = _NEW_WINDOW.sub("", attributes)
    links = site.kb.documents[place.lang][place.path].links
    if not inner.strip() and number < len(links):
        inner = escape(links[number].target)
    if found is not None:
        anchor = found.anchor if found.state is LinkState.PAGE else found.near
        if anchor is not None and DocPath(found.path) in view.documents and (anchor or found.fault == "" or found.path != place.path):
            target = urls.document(view.lang, DocPath(found.path))
            return f'<a href="{escape(urls.relative(place.url, target, anchor))}"{rest}>{inner}</a>'
        if found.state is LinkState.ASSET and (copy := site.copies.get((place.lang, found.path))):
            return f'<a href="{escape(urls.relative(place.url, copy.url))}"{rest}>{inner}</a>'
        if found.state is LinkState.OUTSIDE and safe(found.url):
            return f'<a href="{escape(found.url)}" rel="external noopener"{rest}>{inner}</a>'
        if found.state is LinkState.ABSENT:
            return f'<span class="absent">{inner} <small>({escape(view.words["file-absent"])})</small></span>'
    return f'<span class="broken">{inner}</span>'


def safe(url: str) -> bool:
    """Whether an address outside may be followed: one of the known schemes, or none."""
    try:
        return urlsplit(url.strip()).scheme.lower() in _SCHEMES
    except ValueError:
        return False


def outside(url: str) -> bool:
    """Whether an address is whole, with a scheme that may be followed."""
    return ":" in url and bool(urlsplit(url.strip()).scheme) and safe(url)


def _image(site: Site, view: View, place: Place, number: int, attributes: str) -> str:
    found = _destination(site, place, number)
    copy = site.copies.get((place.lang, found.path)) if found is not None and found.state is LinkState.ASSET else None
    if copy is not None:
        size = f' width="{copy.width}" height="{copy.height}"' if copy.width and copy.height and "width=" not in attributes else ""
        alt = "" if _ALT.search(attributes) else ' alt=""'
        return (
            f'<img src="{escape(urls.relative(place.url, copy.url))}"{size}{attributes.rstrip(" /")}{alt} loading="lazy" decoding="async">'
        )
    match = _ALT.search(attributes)
    alt = unescape(match[1]).strip() if match else ""
    name = found.path.rpartition("/")[2] if found is not None else ""
    document = site.kb.documents[place.lang][place.path]
    if not name and number < len(document.links):
        name = document.links[number].target.rpartition("/")[2]
    text = escape(alt or name or view.words["image"])
    detail = f" <small>{escape(name)}</small>" if name and alt else ""
    return f'<span class="picture">{icon("material/image-off-outline")}<span>{text}{detail}</span></span>'


def cells(body: str) -> dict[str, tuple[str, ...]]:
    """The inner HTML of the cells of each marked row (`0:3`) by column, as a browser lays them out; tables inside cells stay part of their cell."""
    found: dict[str, tuple[str, ...]] = {}
    hanging: dict[str, dict[int, tuple[int, str]]] = {}
    ends: dict[str, int] = {}
    for match in re.finditer(r'<tr data-row="(\d+):(\d+)"[^>]*>', body):
        table = match[1]
        row, end = _cells_of_row(body, match.end())
        if table not in ends or "</t" in body[ends[table] : match.start()]:
            hanging[table] = {}  # nothing hangs down into another group of rows
        found[f"{table}:{match[2]}"] = tuple(_laid_out(row, hanging[table]))
        ends[table] = end
    return found


_PART: Final = re.compile(r"<(/?)(table|tr|td|th)\b([^>]*)>", re.IGNORECASE)
_SPAN: Final = re.compile(r"\b(row|col)span=[\"']?(\d+)", re.IGNORECASE)
_WIDEST: Final = 1000
"""Columns that a cell may take, by the standard of HTML."""
_Spanning = tuple[str, int, int]
"""The inner HTML of a cell, and how many columns and rows it takes."""


def _cells_of_row(body: str, start: int) -> tuple[list[_Spanning], int]:
    """The cells of the row whose tag ends at `start`, and where the row ends."""
    depth, begin, spans = 0, -1, (1, 1)
    result: list[_Spanning] = []
    for match in _PART.finditer(body, start):
        closing, tag = match[1] == "/", match[2].lower()
        if tag == "table":
            depth += -1 if closing else 1
        elif depth == 0 and tag == "tr" and closing:
            return result, match.end()
        elif depth == 0 and tag in ("td", "th"):
            if closing and begin >= 0:
                result.append((body[begin : match.start()].strip(), *spans))
                begin = -1
            elif not closing:
                said = {name.lower(): int(number) for name, number in _SPAN.findall(match[3])}
                begin, spans = match.end(), (min(max(said.get("col", 1), 1), _WIDEST), said.get("row", 1) or len(body))
    return result, len(body)


def _laid_out(row: Sequence[_Spanning], hanging: dict[int, tuple[int, str]]) -> Iterator[str]:
    """The cells of a row by column; `hanging` are those of the rows above that reach into it, and becomes those of the next row."""
    above, column = dict(hanging), 0
    hanging.clear()
    waiting = [(html, rows) for html, columns, rows in row for _ in range(columns)]
    while waiting or column in above:
        rows, html = above.pop(column) if column in above else waiting.pop(0)[::-1]
        if rows > 1:
            hanging[column] = rows - 1, html
        yield html
        column += 1


_HEADING: Final = re.compile(r"<h([1-6])\b[^>]*>")
_ID: Final = re.compile(r' id="([^"]*)"')


def sections(body: str) -> dict[str, tuple[str, str]]:
    """What stands below each heading, by its id: up to the next heading, and up to the next that is not below it."""
    found: dict[str, tuple[str, str]] = {}
    near, far = len(body), [len(body)] * 7
    for match in reversed(list(_HEADING.finditer(body))):
        level = int(match[1])
        if own := _ID.search(match[0]):
            start = body.find(f"</h{level}>", match.end()) + len("</hN>")
            found[unescape(own[1])] = (body[start:near].strip(), body[start : far[level]].strip())
        near = match.start()
        far[level:] = [near] * (7 - level)
    return found


_ACCORDION: Final = re.compile(r"</details>|<details\b[^>]*>(?:\s*<summary>(.*?)</summary>)?", re.DOTALL)
_TAG: Final = re.compile(r"<[^>]*>")


def accordions(body: str) -> dict[str, list[str]]:
    """What stands in the accordions, by their titles without blanks."""
    found: dict[str, list[str]] = {}
    opened: list[tuple[str, int]] = []
    for match in _ACCORDION.finditer(body):
        if not match[0].startswith("</"):
            opened.append(("".join(unescape(_TAG.sub("", match[1] or "")).split()), match.end()))
        elif opened:
            title, start = opened.pop()
            found.setdefault(title, []).append(body[start : match.start()].strip())
    return found
