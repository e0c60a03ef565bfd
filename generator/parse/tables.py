"""Tables as data: HTML tables (repaired as a browser does) and pipe tables give the same nouns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from bs4 import BeautifulSoup, NavigableString, Tag
from markdown_it.token import Token

from generator.model import Anchor, Cell, Row, Span, Table
from generator.parse.harvest import Harvest
from generator.parse.labelled import first_line
from generator.parse.places import Place, whole_lines
from generator.parse.sanitize import sanitize
from generator.parse.text import clean, flatten

_BLOCKS: Final = frozenset({"p", "li", "div", "ul", "ol", "pre", "table", "tr", "td", "th", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6"})
_FIRST_WORDS: Final = re.compile(r"<[^>]*>\s*(?:<(?!/)[^>]*>\s*)*([^<\n]*[^<\s])")
MAX_SPAN: Final = 1000
MAX_CELLS: Final = 65_536


@dataclass(frozen=True, slots=True)
class Parsed:
    """The tables of one HTML fragment, and the fragment ready for the page."""

    html: str
    tables: tuple[Table, ...]


def parse_html(fragment: str, place: Place, page: Harvest, anchor: Anchor) -> Parsed:
    """Tables of an HTML fragment whose table tags carry `data-at` offsets into the text of `place`.

    Rows are laid out on the HTML standard's grid (section 4.9.12): a cell with a span stands in each place it covers.
    """
    soup = BeautifulSoup(sanitize(fragment), "lxml")
    first = len(page.tables)
    found = soup.find_all("table")
    tables = []
    for ordinal, element in enumerate(found, first):
        tables.append(_table(element, ordinal, place, anchor))
    for element in soup.find_all(["table", "tr", "td", "th"]):
        del element["data-at"]
    for element in found:
        if not element.find_parent("table"):
            _wrap(soup, element)
    body = soup.body
    return Parsed(body.decode_contents(formatter="minimal") if body else "", tuple(tables))


def _wrap(soup: BeautifulSoup, element: Tag) -> None:
    outer = soup.new_tag("div", attrs={"class": "md-typeset__scrollwrap"})
    inner = soup.new_tag("div", attrs={"class": "md-typeset__table"})
    element.wrap(outer)
    element.wrap(inner)


def _table(element: Tag, ordinal: int, place: Place, anchor: Anchor) -> Table:
    rows = [row for row in element.find_all("tr") if row.find_parent("table") is element]
    grid = [_row(cells, place) for cells in _grid(rows)]
    head = _header_rows(rows)
    for number, row in enumerate(rows[head:]):
        row.attrs = {"data-row": f"{ordinal}:{number}", **row.attrs}
    spans = [_span(row, place) for row in rows]
    return Table(
        ordinal,
        "html",
        anchor,
        grid[head - 1] if head else (),
        tuple(Row(cells, span) for cells, span in zip(grid[head:], spans[head:], strict=True)),
        _span(element, place),
    )


def _header_rows(rows: Sequence[Tag]) -> int:
    """How many rows at the top are header: those of the thead, else a first row of nothing but th."""
    head = sum(1 for row in rows if row.parent and row.parent.name == "thead")
    if head or not rows:
        return head
    cells = rows[0].find_all(["td", "th"], recursive=False)
    return int(len(rows) > 1 and bool(cells) and all(cell.name == "th" for cell in cells))


def _grid(rows: Sequence[Tag]) -> Iterator[list[Tag]]:
    """The cells of each row by column, spans filled in."""
    hanging: dict[int, tuple[Tag, int]] = {}
    room = MAX_CELLS
    for row in rows:
        line: list[Tag] = []
        for cell in row.find_all(["td", "th"], recursive=False):
            _hang(line, hanging)
            height = _number(cell, "rowspan", MAX_SPAN)
            width = min(_number(cell, "colspan", MAX_SPAN), max(room, 1))
            room -= width
            for _ in range(width):
                if height > 1:
                    hanging[len(line)] = (cell, height - 1)
                line.append(cell)
        _hang(line, hanging)
        yield line


def _hang(line: list[Tag], hanging: dict[int, tuple[Tag, int]]) -> None:
    """Cells that hang down from rows above come first."""
    while len(line) in hanging:
        cell, left = hanging.pop(len(line))
        if left > 1:
            hanging[len(line)] = (cell, left - 1)
        line.append(cell)


def _number(cell: Tag, name: str, most: int) -> int:
    value = str(cell.get(name) or "1")
    return max(1, min(int(value), most)) if value.isascii() and value.isdigit() and len(value) <= len(str(most)) + 6 else 1


def _row(cells: Sequence[Tag], place: Place) -> tuple[Cell, ...]:
    return tuple(_cell(cell, place) for cell in cells)


def _cell(element: Tag, place: Place) -> Cell:
    lines: list[str] = [""]
    items: list[bool] = [False]
    _read(element, lines, items, in_item=False)
    kept = [(text, item) for text, item in ((clean(text.replace("\n", " ")), item) for text, item in zip(lines, items, strict=True)) if text]
    return Cell(
        tuple(text for text, _ in kept),
        _content_span(element, place),
        tuple(item for _, item in kept),
        tuple(int(str(mark["data-link"])) for mark in element.find_all(["a", "img"]) if "data-link" in mark.attrs),
        tuple(code.get_text() for code in element.find_all("code")),
        header=element.name == "th",
        strong=_texts(element, "strong, b"),
        labels=_texts(element, ".uicontrol"),
        names=_texts(element, ".dnl"),
    )


def _texts(element: Tag, selector: str) -> tuple[str, ...]:
    return tuple(clean(found.get_text()) for found in element.select(selector))


def _read(element: Tag, lines: list[str], items: list[bool], *, in_item: bool) -> None:
    for child in element.children:
        if isinstance(child, NavigableString):
            lines[-1] += str(child)
        elif isinstance(child, Tag):
            if child.name == "br" or child.name in _BLOCKS:
                _new(lines, items, in_item or child.name == "li")
            if child.name == "img":
                lines[-1] += f" {child.get('alt') or ''} "
            _read(child, lines, items, in_item=in_item or child.name == "li")
            if child.name in _BLOCKS:
                _new(lines, items, in_item)


def _new(lines: list[str], items: list[bool], item: bool) -> None:  # noqa: FBT001  a value, not a mode
    if lines[-1].strip():
        lines.append("")
        items.append(item)
    else:
        lines[-1], items[-1] = "", item


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
