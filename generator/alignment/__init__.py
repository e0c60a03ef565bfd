"""Two pages of the same path, block against block: the translation beside its reference.

Translations of one source keep its skeleton, so position is truth as long as the kinds of blocks agree. Where they
do not, headings with the same id hold the pages together, and between two of them the blocks are aligned by dynamic
programming over what no translation changes (Needleman and Wunsch 1970, the measure after Gale and Church 1993):
numbers, names, code, addresses, and the proportion of lengths.
"""


from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import zip_longest

from msgspec import Struct

from generator.alignment.likeness import SHORT, text_likeness
from generator.alignment.sequences import Places, best
from generator.alignment.tables import Memory, rows, swaps, texts
from generator.model import Block, Page, Table

_GOES_ON = 0.2


class Pair(Struct, frozen=True):
    """A block of the reference and its translation; None where one of them is missing.

    For cells, `table`, `row` (0 is the header) and `column` say where the block stands in the reference, or in the translation where
    the reference has no such cell; else they are -1.
    """

    original: Block | None
    translation: Block | None
    table: int = -1
    row: int = -1
    column: int = -1


class TablePair(Struct, frozen=True):
    """Two tables that belong together, and their body rows.

    `swaps` are places of the translation, a row from 0 and a column, where a cell and the one after it seem to have changed places.
    """

    original: Table
    translation: Table
    rows: Places
    swaps: tuple[tuple[int, int], ...] = ()


class Alignment(Struct, frozen=True):
    """A page beside its reference. `divergence` is the first place where their skeletons differ, None where they are the same."""

    pairs: tuple[Pair, ...]
    tables: tuple[TablePair, ...]
    divergence: Pair | None

    @property
    def quality(self) -> float:
        """The share of blocks of both pages that have a counterpart, 0 to 1."""
        paired = sum(1 for pair in self.pairs if pair.original and pair.translation)
        return paired / len(self.pairs) if self.pairs else 1.0


class _Unit(Struct, frozen=True):
    """A block, or a table with the blocks of its cells."""

    kind: str
    blocks: tuple[Block, ...]
    table: Table | None = None
    anchor: str = ""


def align(original: Page, translation: Page) -> Alignment:
    """Pair the blocks of a page with those of its reference, in reading order."""
    ours, theirs = _units(original), _units(translation)
    same = [_kind(unit) for unit in ours] == [_kind(unit) for unit in theirs]
    places = tuple((i, i) for i in range(len(ours))) if same else tuple(_sections(ours, theirs))
    pairs: list[Pair] = []
    tables: list[TablePair] = []
    memory = cache(lambda: _memory(ours, theirs, places))
    for here, there in places:
        left, right = ours[here] if here is not None else None, theirs[there] if there is not None else None
        if left and right and left.table and right.table:
            here_rows, there_rows = texts(original.document, left.table), texts(translation.document, right.table)
            lines = rows(here_rows, there_rows, memory)
            found = TablePair(left.table, right.table, lines, tuple(swaps(here_rows, there_rows, lines)))
            tables.append(found)
            pairs.extend(_cells(left, right, found))
        else:
            blocks = zip_longest(left.blocks if left else (), right.blocks if right else ())
            table = next((unit.table.ordinal for unit in (left, right) if unit and unit.table), -1)
            pairs.extend(Pair(block, other, table) for block, other in blocks)
    return Alignment(tuple(pairs), tuple(tables), _divergence(original, translation))


def _divergence(original: Page, translation: Page) -> Pair | None:
    for block, other in zip_longest(original.blocks, translation.blocks):
        if block is None or other is None or block.kind != other.kind:
            return Pair(block, other)
    return None


def _kind(unit: _Unit) -> str:
    return "heading" if unit.kind.startswith("heading") else unit.kind


def _units(page: Page) -> list[_Unit]:
    """The page's blocks, the cells of a table together."""
    tables = iter(page.document.tables)
    headings = iter(page.document.headings)
    kinds = [block.kind for block in page.blocks]
    exact = sum(kind.startswith("heading") for kind in kinds) == len(page.document.headings)
    units: list[_Unit] = []
    number = 0
    while number < len(page.blocks):
        block = page.blocks[number]
        if block.kind in ("header", "cell") and (table := next((table for table in tables if _size(table)), None)):
            size = _size(table)
            units.append(_Unit("table", page.blocks[number : number + size], table))
            number += size
            continue
        heading = next(headings, None) if block.kind.startswith("heading") else None
        anchor = heading.anchor if heading and heading.explicit and exact else ""
        units.append(_Unit(block.kind, (block,), anchor=anchor))
        number += 1
    return units


def _size(table: Table) -> int:
    return len(table.header) + sum(len(row.cells) for row in table.rows)


def _sections(ours: Sequence[_Unit], theirs: Sequence[_Unit]) -> Iterator[tuple[int | None, int | None]]:
    """Units by the headings whose ids they share, then by likeness between two of them."""
    marks = [(i, unit.anchor) for i, unit in enumerate(ours) if unit.anchor]
    others = [(i, unit.anchor) for i, unit in enumerate(theirs) if unit.anchor]
    matcher = SequenceMatcher(None, [anchor for _, anchor in marks], [anchor for _, anchor in others], autojunk=False)
    here = there = 0
    for match in matcher.get_matching_blocks():
        for step in range(match.size):
            i, j = marks[match.a + step][0], others[match.b + step][0]
            yield from _between(ours, theirs, (here, i), (there, j))
            yield i, j
            here, there = i + 1, j + 1
    yield from _between(ours, theirs, (here, len(ours)), (there, len(theirs)))


def _between(
    ours: Sequence[_Unit], theirs: Sequence[_Unit], here: tuple[int, int], there: tuple[int, int]
) -> Iterator[tuple[int | None, int | None]]:
    left, right = ours[slice(*here)], theirs[slice(*there)]
    for i, j in best(left, right, _unit_likeness, _GOES_ON):
        yield (None if i is None else here[0] + i), (None if j is None else there[0] + j)


def _cells(left: _Unit, right: _Unit, tables: TablePair) -> Iterator[Pair]:
    """The cells of two tables; those that have changed places are paired crosswise."""
    ordinal = tables.original.ordinal
    ours, theirs = _grid(tables.original, left.blocks), _grid(tables.translation, right.blocks)
    for row, column in tables.swaps:
        line = list(theirs[row + 1])
        line[column], line[column + 1] = line[column + 1], line[column]
        theirs[row + 1] = line
    for here, there in ((0, 0), *((None if i is None else i + 1, None if j is None else j + 1) for i, j in tables.rows)):
        number = here if here is not None else there or 0
        cells = zip_longest(ours[here] if here is not None else (), theirs[there] if there is not None else ())
        for column, (block, other) in enumerate(cells):
            yield Pair(block, other, ordinal, number, column)


def _grid(table: Table, blocks: Sequence[Block]) -> list[Sequence[Block]]:
    """The blocks of a table by row; the header comes first, empty where there is none."""
    grid, start = [], 0
    for cells in (table.header, *(row.cells for row in table.rows)):
        grid.append(blocks[start : start + len(cells)])
        start += len(cells)
    return grid


def _unit_likeness(left: _Unit, right: _Unit) -> float:
    kinds = {_kind(left), _kind(right)}
    if len(kinds) > 1:
        return -0.3 if kinds == {"paragraph", "item"} else -5.0
    if left.table and right.table:
        return 0.5 + text_likeness(" ".join(b.text for b in left.blocks), " ".join(b.text for b in right.blocks))
    if left.anchor and right.anchor:
        return -0.3
    return text_likeness(left.blocks[0].text, right.blocks[0].text)


def _memory(ours: Sequence[_Unit], theirs: Sequence[_Unit], places: Places) -> Memory:
    """Learn from units of the same shape."""
    known: dict[str, set[str]] = {}
    for here, there in places:
        if here is not None and there is not None and len(ours[here].blocks) == len(theirs[there].blocks):
            for block, other in zip(ours[here].blocks, theirs[there].blocks, strict=True):
                if len(block.text) < SHORT:
                    known.setdefault(block.text, set()).add(other.text)
    return Memory(known)
