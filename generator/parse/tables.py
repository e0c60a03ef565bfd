"""Tables as data: HTML tables (repaired as a browser does) and pipe tables give the same nouns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from bs4 import BeautifulSoup, NavigableString, Tag
from bs4.dammit import EntitySubstitution
from bs4.formatter import HTMLFormatter
from markdown_it.token import Token
from msgspec import Struct, field

from generator.model import Anchor, Cell, Row, Span, Table
from generator.parse import oversize
from generator.parse.grid import displayed, grid
from generator.parse.harvest import Harvest
from generator.parse.labelled import first_line
from generator.parse.places import Place, whole_lines
from generator.parse.prose import NAME, needs_room
from generator.parse.sanitize import sanitize
from generator.parse.text import clean, flatten

_BLOCKS: Final = frozenset({
    "p", "li", "div", "ul", "ol", "dl", "dt", "dd", "pre", "blockquote", "details", "summary", "figure", "figcaption", "hr",
    "table", "caption", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6",
})  # fmt: skip
_CODE: Final = frozenset({"codeph", "filepath", "cmdname", "userinput", "systemoutput", "apiname", "parmname"})
"""Classes of what DITA has for code: tables that were made from it mark theirs so."""
_LEAST: Final = 2
"""Rows of a table that may have a header: one that is a header, and one below it."""
_EMPTY: Final = re.compile(r"<p>[ \t\n]*</p>")
"""What the repair leaves of a paragraph that begins or ends with another one."""
_FIRST_WORDS: Final = re.compile(r"<[^>]*+>\s*+(?:<(?!/)[^>]*+>\s*+)*+([^<\n]*[^<\s])")


class _MarksFirst(HTMLFormatter):
    """As Beautiful Soup writes HTML by itself, but marks stand before other attributes, where those who join pages look for them."""

    def attributes(self, tag: Tag) -> Iterable[tuple[str, str | None]]:
        return sorted(tag.attrs.items(), key=lambda item: (not item[0].startswith("data-"), item[0]))


_WRITTEN: Final = _MarksFirst(entity_substitution=EntitySubstitution.substitute_xml)


class Parsed(Struct, frozen=True):
    """The tables of one HTML fragment, and the fragment ready for the page."""

    html: str
    tables: tuple[Table, ...]


def parse_html(fragment: str, place: Place, page: Harvest, anchor: Anchor) -> Parsed:
    """Tables of an HTML fragment whose table tags carry `data-at` offsets into the text of `place`.

    Rows are laid out on the HTML standard's grid (section 4.9.12): a cell with a span stands in each place it covers.
    """
    soup = BeautifulSoup(_EMPTY.sub("", sanitize(fragment)), "html.parser")  # it repairs nothing: that is done
    for element in soup.find_all("span", class_=_CODE):
        if not element.find_parent("code"):
            _mark_code(element)
    first = len(page.tables)
    found = soup.find_all("table")
    tables = []
    for ordinal, element in enumerate(found, first):
        tables.append(_table(element, ordinal, place, page, anchor))
    for element in soup.find_all(["table", "tr", "td", "th"]):
        del element["data-at"]
    for element in found:
        if not element.find_parent("table"):
            _wrap(soup, element)
    return Parsed(soup.decode_contents(formatter=_WRITTEN), tuple(tables))


def _mark_code(element: Tag) -> None:
    """Make code of a phrase; the blanks at its edges, which are no part of it, stand around it."""
    element.name = "code"
    if _trim(element.find_all(string=True), str.lstrip):
        element.insert_before(" ")
    if _trim(reversed(element.find_all(string=True)), str.rstrip):
        element.insert_after(" ")


def _trim(texts: Iterable[NavigableString], strip: Callable[[str], str]) -> bool:
    """Take the blanks from the first of some texts that has words, and from those before it; whether there were some."""
    found = False
    for text in texts:
        bare = strip(text)
        found = found or bare != text
        text.replace_with(bare)
        if bare:
            break
    return found


def _wrap(soup: BeautifulSoup, element: Tag) -> None:
    outer = soup.new_tag("div", attrs={"class": "md-typeset__scrollwrap"})
    inner = soup.new_tag("div", attrs={"class": "md-typeset__table"})
    element.wrap(outer)
    element.wrap(inner)


def _table(element: Tag, ordinal: int, place: Place, page: Harvest, anchor: Anchor) -> Table:
    rows = displayed([row for row in element.find_all("tr") if row.find_parent("table") is element])
    head = _header_rows(rows)
    for cell in rows[0].find_all("td", recursive=False) if head and rows[0].parent and rows[0].parent.name != "thead" else ():
        cell.name = "th"
    lines = _cells(rows, place, page)
    cells = [cell for row in rows for cell in row.find_all(["td", "th"], recursive=False)]
    for cell, needed in zip(cells, needs_room([clean(cell.get_text(" ")) for cell in cells]), strict=True):
        if needed:
            cell["class"] = [*(cell.get("class") or ()), NAME]
    for number, row in enumerate(rows[head:]):
        row.attrs = {"data-row": f"{ordinal}:{number}", **row.attrs}
    spans = [_span(row, place) for row in rows]
    return Table(
        ordinal,
        "html",
        anchor,
        lines[head - 1] if head else (),
        tuple(Row(cells, span) for cells, span in zip(lines[head:], spans[head:], strict=True)),
        _span(element, place),
    )


def _cells(rows: Sequence[Tag], place: Place, page: Harvest) -> list[tuple[Cell, ...]]:
    """The cells of each row by column; a place that no cell covers is an empty one, and a finding."""
    limits = page.source.limits
    laid = grid(rows, limits.table_cells - page.cells, limits.table_columns)
    page.cells += laid.places
    if laid.clamped is not None:
        oversize.spans(page, _span(laid.clamped, place))
    read: dict[int, Cell] = {}
    found = []
    for row, line in zip(rows, laid.lines, strict=True):
        if None in line:
            page.problem("table-row-width", _span(row, place), "A cell of a row above hangs down into this row behind a gap; add the cell that is missing.")
        for element in line:
            if element is not None and id(element) not in read:
                read[id(element)] = _cell(element, place)
        found.append(tuple(Cell((), _span(row, place)) if element is None else read[id(element)] for element in line))
    return found


def _header_rows(rows: Sequence[Tag]) -> int:
    """How many rows at the top are header: those of the thead, else a first row of nothing but th, or of nothing but bold."""
    head = sum(1 for row in rows if row.parent and row.parent.name == "thead")
    if head or len(rows) < _LEAST:
        return head
    cells = [row.find_all(["td", "th"], recursive=False) for row in rows]
    return int(_is_header(cells[0]) or (len(cells[0]) > 1 and _is_bold(cells[0]) and not all(map(_is_bold, cells[1:]))))


def _is_header(cells: Sequence[Tag]) -> bool:
    return bool(cells) and all(cell.name == "th" for cell in cells)


def _is_bold(cells: Sequence[Tag]) -> bool:
    """Whether all words of a row are bold, and each cell has some."""
    said = ((clean(cell.get_text()), clean("".join(bold.get_text() for bold in cell.find_all(["strong", "b"])))) for cell in cells)
    return all(words and words == bold for words, bold in said)


def _cell(element: Tag, place: Place) -> Cell:
    said = _Said([""], [False])
    _read(element, said, in_item=False)
    lines = ((clean(text.replace("\n", " ")), item) for text, item in zip(said.lines, said.items, strict=True))
    kept = [(text, item) for text, item in lines if text]
    return Cell(
        tuple(text for text, _ in kept),
        _content_span(element, place),
        tuple(item for _, item in kept),
        tuple(said.links),
        tuple(said.codes),
        header=element.name == "th",
        strong=tuple(said.strong),
        labels=tuple(said.labels),
        names=tuple(said.names),
    )


class _Said(Struct):
    """What a cell says, while it is read."""

    lines: list[str]
    items: list[bool]
    links: list[int] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    strong: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def _read(element: Tag, said: _Said, *, in_item: bool) -> None:
    for child in element.contents:
        if isinstance(child, NavigableString):
            said.lines[-1] += child
        elif isinstance(child, Tag) and "headerlink" not in (child.get("class") or ()):
            if child.name == "br" or child.name in _BLOCKS:
                _new(said, in_item or child.name == "li")
            _note(child, said)
            _read(child, said, in_item=in_item or child.name == "li")
            if child.name in _BLOCKS:
                _new(said, in_item)


def _note(element: Tag, said: _Said) -> None:
    """What an element inside a cell stands for."""
    if element.name == "img":
        said.lines[-1] += f" {element.get('alt') or ''} "
    if element.name in ("a", "img") and "data-link" in element.attrs:
        said.links.append(int(str(element["data-link"])))
    elif element.name == "code":
        said.codes.append(clean(element.get_text().replace("\n", " ")))
    elif element.name in ("strong", "b"):
        said.strong.append(clean(element.get_text()))
    for name in element.get("class") or ():
        if name in ("uicontrol", "dnl"):
            (said.labels if name == "uicontrol" else said.names).append(clean(element.get_text()))


def _new(said: _Said, item: bool) -> None:  # noqa: FBT001  a value, not a mode
    if said.lines[-1].strip():
        said.lines.append("")
        said.items.append(item)
    else:
        said.lines[-1], said.items[-1] = "", item


def _span(element: Tag, place: Place) -> Span:
    at = element.get("data-at")
    if at is None:
        parent = element.find_parent(attrs={"data-at": True})
        at = parent.get("data-at") if parent else "0"
    start = int(str(at))
    return place.span(start, start + len(element.name) + 1)


def _content_span(element: Tag, place: Place) -> Span:
    """The first words of a cell, or its tag where it is empty."""
    if "data-at" not in element.attrs:
        return _span(element, place)
    words = _FIRST_WORDS.match(place.text, int(str(element["data-at"])))
    return place.span(*words.span(1)) if words else _span(element, place)


def parse_pipe(tokens: Sequence[Token], ordinal: int, page: Harvest, anchor: Anchor) -> Table:
    """The table of the tokens from `table_open` to `table_close`; marks its body rows."""
    header: tuple[Cell, ...] = ()
    rows: list[Row] = []
    cells: list[Cell] = []
    line = 0
    for index, token in enumerate(tokens):
        if token.type == "tr_open":
            cells, line = [], first_line(token)
        elif token.type in ("th_open", "td_open"):
            cells.append(_pipe_cell(tokens[index + 1], page, header=token.type == "th_open"))
        elif token.type == "tr_close":
            if cells and cells[0].header:
                header = tuple(cells)
            else:
                rows.append(Row(tuple(cells), Span(line + 1, 1, line + 1, len(page.lines[line]) + 1)))
    opens = [token for token in tokens if token.type in ("th_open", "td_open")]
    for token, needed in zip(opens, needs_room([cell.text for row in (header, *(row.cells for row in rows)) for cell in row]), strict=True):
        if needed:
            token.attrSet("class", NAME)
    number = 0
    for token in tokens:
        if token.type == "tr_open" and token.map and rows and token.map[0] >= rows[0].span.line - 1:
            token.attrs = {"data-row": f"{ordinal}:{number}", **token.attrs}
            number += 1
    first, end = tokens[0].map or (0, 1)
    return Table(ordinal, "pipe", anchor, header, tuple(rows), whole_lines(first, end))


def _pipe_cell(inline: Token, page: Harvest, *, header: bool) -> Cell:
    said = flatten(inline.children)
    lines = tuple(said.text.split("\n")) if said.text else ()
    place: Place = inline.meta.get("place") or Place(page.lines, (inline.map or [0])[0], inline.content)
    return Cell(lines, place.span(0, len(inline.content)), (False,) * len(lines), said.links, said.codes, header, said.strong, said.labels, said.names)
