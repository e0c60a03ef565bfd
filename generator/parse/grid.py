"""The grid of an HTML table, as the HTML standard lays it out (section 4.9.12, "forming a table")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from bs4 import Tag
from msgspec import Struct

MAX_WIDTH: Final = 1000
MAX_HEIGHT: Final = 65_534
"""What browsers clamp `colspan` and `rowspan` to."""
_NUMBER: Final = re.compile(r"[ \t\n\f\r]*\+?([0-9]{1,9})")
_ORDER: Final = {"thead": 0, "tfoot": 2}

Line = list[Tag | None]
"""The cells of a row by column: one that spans stands in each place it covers, None in a place that no cell covers."""


class Grid(Struct, frozen=True):
    """Rows by column; how many places they have; the first cell whose spans the room was too small for."""

    lines: tuple[Line, ...]
    places: int
    clamped: Tag | None


class _Growing(Struct):
    """A cell that hangs down into rows below, and into how many."""

    cell: Tag
    column: int
    width: int
    left: int


def displayed(rows: Sequence[Tag]) -> list[Tag]:
    """The rows of a table in the order that browsers show and count them: those of the head first, of the foot last."""
    return sorted(rows, key=lambda row: _ORDER.get(row.parent.name, 1) if row.parent else 1)


def grid(rows: Sequence[Tag], places: int, columns: int) -> Grid:
    """Lay out rows. Each cell has a place of its own; one that would need more than `places` or `columns` spans no other."""
    lines: list[Line] = []
    used = 0
    clamped: Tag | None = None
    for _, group in groupby(rows, key=lambda row: id(row.parent)):
        section = list(group)
        growing: list[_Growing] = []
        for number, row in enumerate(section):
            line: dict[int, Tag] = {}
            for above in growing:
                _cover(line, above)
            column = 0
            for cell in row.find_all(["td", "th"], recursive=False):
                while column in line:
                    column += 1
                height = span(cell, "rowspan", MAX_HEIGHT) or len(section)
                found = _Growing(cell, column, span(cell, "colspan", MAX_WIDTH) or 1, min(height, len(section) - number))
                if found.width * found.left > max(1, places - used) or column + found.width > columns:
                    clamped = clamped or (cell if found.width * found.left > 1 else None)
                    found.width = found.left = 1
                used += found.width * found.left
                _cover(line, found)
                growing.append(found)
                column += found.width
            growing = [_Growing(item.cell, item.column, item.width, item.left - 1) for item in growing if item.left > 1]
            lines.append([line.get(place) for place in range(max(line, default=-1) + 1)])
    return Grid(tuple(lines), used, clamped)


def _cover(line: dict[int, Tag], growing: _Growing) -> None:
    """Put a cell where it stands in a row; of two that overlap, the upper one is seen."""
    for place in range(growing.column, growing.column + growing.width):
        line.setdefault(place, growing.cell)


def span(cell: Tag, name: str, most: int) -> int:
    """A `colspan` or `rowspan` as browsers read it: the number that the value begins with, else 1; 0 for 0."""
    match = _NUMBER.match(str(cell.get(name) or "1"))
    return min(int(match[1]), most) if match else 1
