"""Two pages of the same path, block against block: the translation beside its reference.

Translations of one source keep its skeleton, so position is truth as long as the kinds of blocks agree. Where they
do not, headings with the same id hold the pages together, and between two of them the blocks are aligned by dynamic
programming over what no translation changes (Needleman and Wunsch 1970, the measure after Gale and Church 1993):
numbers, names, code, addresses, and the proportion of lengths.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import zip_longest
from math import exp, log
from typing import Final, TypeVar

from generator.model import Block, Page, Table

_HARD: Final = re.compile(r"[A-Za-z0-9_@$%./:-]*[0-9_@$%/:][A-Za-z0-9_@$%./:-]*|[a-z]+[A-Z]\w+")
_IDEOGRAPHS: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_GAP: Final = -0.2
_CLEAR: Final = 0.9
"""How much better the other order of two cells must fit."""
_SHORT: Final = 60
_LARGEST: Final = 250_000
"""More combinations than this are not worth the time: such a stretch is paired by position."""

T = TypeVar("T")
Places = tuple[tuple[int | None, int | None], ...]
"""Positions that belong together; None where the other side has nothing."""
_Cells = tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A block of the reference and its translation; None where one of them is missing.

    For cells, `table`, `row` (0 is the header) and `column` say where the block stands in the reference, or in the translation where
    the reference has no such cell; else they are -1.
    """

    original: Block | None
    translation: Block | None
    table: int = -1
    row: int = -1
    column: int = -1


@dataclass(frozen=True, slots=True)
class TablePair:
    """Two tables that belong together, and their body rows.

    `swaps` are places of the translation, a row from 0 and a column, where a cell and the one after it seem to have changed places.
    """

    original: Table
    translation: Table
    rows: Places
    swaps: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Alignment:
    """A page beside its reference. `divergence` is the first place where their skeletons differ, None where they are the same."""

    pairs: tuple[Pair, ...]
    tables: tuple[TablePair, ...]
    divergence: Pair | None

    @property
    def quality(self) -> float:
        """The share of blocks of both pages that have a counterpart, 0 to 1."""
        paired = sum(1 for pair in self.pairs if pair.original and pair.translation)
        return paired / len(self.pairs) if self.pairs else 1.0


@dataclass(frozen=True, slots=True)
class _Unit:
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
    memory = _memory(ours, theirs, places)
    for here, there in places:
        left, right = ours[here] if here is not None else None, theirs[there] if there is not None else None
        if left and right and left.table and right.table:
            rows = _rows(_texts(original, left.table), _texts(translation, right.table), memory)
            found = TablePair(left.table, right.table, rows, tuple(_swaps(left.table, right.table, rows)))
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
    exact = sum(1 for block in page.blocks if block.kind.startswith("heading")) == len(page.document.headings)
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
    for i, j in _best(left, right, _unit_likeness):
        yield (None if i is None else here[0] + i), (None if j is None else there[0] + j)


def _texts(page: Page, table: Table) -> list[tuple[tuple[str, frozenset[str]], ...]]:
    """The cells of each body row: their text, and where their links lead."""
    links = page.document.links
    return [tuple((cell.text, frozenset(links[number].target for number in cell.links)) for cell in row.cells) for row in table.rows]


def _rows(ours: Sequence[_Cells], theirs: Sequence[_Cells], memory: _Memory) -> Places:
    """Body rows by position, or by likeness where their numbers differ."""
    if len(ours) == len(theirs):
        return tuple((number, number) for number in range(len(ours)))

    def likeness(left: _Cells, right: _Cells) -> float:
        found = 0.0
        for (text, links), (other, others) in zip(left, right, strict=False):
            found += memory.likeness(text, other)
            if links or others:
                found += 2 * len(links & others) / (len(links) + len(others)) - 0.5
        return found / max(len(left), len(right), 1)

    return _best(ours, theirs, likeness)


def _swaps(original: Table, translation: Table, rows: Places) -> Iterator[tuple[int, int]]:
    """The cells that fit better the other way round, one pair of neighbours a row at most."""
    for here, there in rows:
        if here is None or there is None:
            continue
        ours = [cell.text for cell in original.rows[here].cells]
        theirs = [cell.text for cell in translation.rows[there].cells]
        if len(ours) == len(theirs):
            column = next((i for i in range(len(ours) - 1) if _swapped(ours[i], ours[i + 1], theirs[i], theirs[i + 1])), None)
            if column is not None:
                yield there, column


def _swapped(first: str, second: str, one: str, other: str) -> bool:
    if not (first and second and one and other):
        return bool((one and not first and second and not other) or (first and not second and other and not one))
    straight = text_likeness(first, one) + text_likeness(second, other)
    return text_likeness(first, other) + text_likeness(second, one) - straight > _CLEAR


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


def _best(ours: Sequence[T], theirs: Sequence[T], likeness: Callable[[T, T], float]) -> Places:
    """The pairing of two sequences, order kept, that is most alike as a whole."""
    if len(ours) * len(theirs) > _LARGEST or not ours or not theirs:
        return tuple(zip_longest(range(len(ours)), range(len(theirs))))
    width = len(theirs) + 1
    score = [[0.0] * width for _ in range(len(ours) + 1)]
    way = [bytearray(width) for _ in range(len(ours) + 1)]
    for i in range(1, len(ours) + 1):
        score[i][0], way[i][0] = score[i - 1][0] + _GAP, 1
    for j in range(1, width):
        score[0][j], way[0][j] = score[0][j - 1] + _GAP, 2
    for i, left in enumerate(ours, 1):
        above, line = score[i - 1], score[i]
        for j, right in enumerate(theirs, 1):
            line[j], way[i][j] = max((above[j - 1] + likeness(left, right), 0), (above[j] + _GAP, 1), (line[j - 1] + _GAP, 2), key=_first)
    return tuple(reversed(list(_back(way))))


def _first(step: tuple[float, int]) -> float:
    return step[0]


def _back(way: Sequence[bytearray]) -> Iterator[tuple[int | None, int | None]]:
    i, j = len(way) - 1, len(way[0]) - 1
    while i or j:
        step = way[i][j]
        i, j = i - (step != 2), j - (step != 1)  # noqa: PLR2004  0: both, 1: only ours, 2: only theirs
        yield (i if step != 2 else None), (j if step != 1 else None)  # noqa: PLR2004


def _unit_likeness(left: _Unit, right: _Unit) -> float:
    kinds = {_kind(left), _kind(right)}
    if len(kinds) > 1:
        return -0.3 if kinds == {"paragraph", "item"} else -5.0
    if left.table and right.table:
        return 0.5 + text_likeness(" ".join(b.text for b in left.blocks), " ".join(b.text for b in right.blocks))
    if left.anchor and right.anchor:
        return -0.3
    return text_likeness(left.blocks[0].text, right.blocks[0].text)


@dataclass(frozen=True, slots=True)
class _Memory:
    """How the page translates its short texts where there is no doubt."""

    known: dict[str, set[str]]

    def likeness(self, left: str, right: str) -> float:
        """As `text_likeness`, better informed."""
        if left in self.known:
            return 2.0 if right in self.known[left] else -0.5
        return text_likeness(left, right)


def _memory(ours: Sequence[_Unit], theirs: Sequence[_Unit], places: Places) -> _Memory:
    """Learn from units of the same shape; only asked where the rows of a table differ."""
    known: dict[str, set[str]] = {}
    for here, there in places:
        if here is not None and there is not None and len(ours[here].blocks) == len(theirs[there].blocks):
            for block, other in zip(ours[here].blocks, theirs[there].blocks, strict=True):
                if len(block.text) < _SHORT:
                    known.setdefault(block.text, set()).add(other.text)
    return _Memory(known)


@lru_cache(maxsize=4096)
def _hard(text: str) -> frozenset[str]:
    return frozenset(_HARD.findall(text))


@lru_cache(maxsize=4096)
def _latin(text: str) -> frozenset[str]:
    """The words in Latin letters: in a text of another script they are names."""
    return frozenset(re.findall(r"[a-z0-9]{2,}", text.lower()))


@lru_cache(maxsize=4096)
def _bigrams(text: str) -> frozenset[str]:
    return frozenset(word[i : i + 2] for word in re.findall(r"[a-z]+", text.lower()) for i in range(len(word) - 1))


def _cognate(left: str, right: str) -> float:
    """Words of one origin share letters: the share of pairs of letters in common."""
    ours, theirs = _bigrams(left), _bigrams(right)
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours and theirs else 0.0


def _width(text: str) -> float:
    """The length of a text; a Chinese, Japanese or Korean letter says as much as two or three others."""
    return len(text) if text.isascii() else len(text) + 1.4 * len(_IDEOGRAPHS.findall(text))


def text_likeness(left: str, right: str) -> float:
    """How well a text may be the translation of another, -1 to 2: by what is not translated, and by their lengths."""
    if left == right:
        return 2.0
    ours, theirs = _hard(left), _hard(right)
    shared = 2 * len(ours & theirs) / (len(ours) + len(theirs)) - 0.5 if ours or theirs else 0.0
    if _IDEOGRAPHS.search(right) and (latin := _latin(right)):
        shared = len(latin & _latin(left)) / len(latin) - 0.5
    if len(left) < _SHORT and len(right) < _SHORT:
        shared += _cognate(left, right)
    ratio = log((_width(left) + 4) / (_width(right) + 4))
    return shared + 1.5 * exp(-2 * ratio * ratio) - 0.5
