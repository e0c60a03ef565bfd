"""The rows and cells of two tables that belong together."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Final

from msgspec import Struct

from generator.alignment.likeness import SAME, SHORT, text_likeness
from generator.alignment.sequences import Places, best
from generator.model import Document, Table

_CLEAR: Final = 0.9
"""How much better the other order of two cells must fit."""

Cell = tuple[str, frozenset[str], tuple[int, int]]
"""The text of a cell, where its links lead, and how many lines and items of lists it has."""
Cells = tuple[Cell, ...]
_OTHER_SHAPE: Final = 0.5
"""What it costs a cell to have another number of lines: no translation changes it."""
_DOUBT: Final = 0.3
"""How much better rows may fit at their places, on average, and are taken to have left them all the same: their names say so."""
_TWICE: Final = 2
_COLUMNS: Final = 6
"""So many columns are compared with each other."""
_LANGUAGE: Final = re.compile(r"/[a-z]{2}(?:[-_][A-Za-z]{2,4})?(?=/|$)")


class Memory(Struct, frozen=True):
    """How a page translates its short texts where there is no doubt."""

    known: dict[str, set[str]]

    def likeness(self, left: str, right: str) -> float:
        """As `text_likeness`, better informed."""
        if left in self.known:
            return SAME if right in self.known[left] else -0.5
        return text_likeness(left, right)


_NOTHING: Final = Memory({})


def texts(document: Document, table: Table) -> list[Cells]:
    """The cells of each body row."""
    links = document.links
    return [
        tuple((cell.text, frozenset(_leads(links[number].target) for number in cell.links), (len(cell.lines), sum(cell.items))) for cell in row.cells)
        for row in table.rows
    ]


def _leads(target: str) -> str:
    """Where a link leads, whatever the language it asks for there."""
    return _LANGUAGE.sub("/", target.partition("?")[0].partition("#")[0]) if "://" in target else target


def rows(ours: Sequence[Cells], theirs: Sequence[Cells], learnt: Callable[[], Memory]) -> Places:
    """Body rows by position, but those that have changed places by their names.

    Where their numbers differ by likeness, twice: the second time with what the first pairing taught.
    """
    if len(ours) == len(theirs):
        away = moved(ours, theirs)
        return tuple((number, away.get(number, number)) for number in range(len(ours)))
    memory = learnt()
    first = best(ours, theirs, lambda left, right: _row_likeness(left, right, memory))
    taught = {text: {other} for text, other in _taught(ours, theirs, first).items()}
    better = Memory({**taught, **memory.known})
    return best(ours, theirs, lambda left, right: _row_likeness(left, right, better))


def moved(ours: Sequence[Cells], theirs: Sequence[Cells]) -> dict[int, int]:
    """The rows of two tables of one length that stand in another order than in the reference, and where they stand.

    A column has names that both tables have once each, at other places, and the rest of these rows agrees.
    """
    for column in range(min((len(row) for row in (*ours, *theirs)), default=0)):
        here, there = _names(ours, column), _names(theirs, column)
        away = {number: there[name] for name, number in here.items() if there.get(name, number) != number}
        alone = [number for number in range(len(ours)) if number in away.values() and number not in away]  # its own name was changed, too
        places = away | dict(zip(alone, sorted(away.keys() - set(away.values())), strict=True))
        rest = [[row[:column] + row[column + 1 :] for row in side] for side in (ours, theirs)]
        doubt = sum(_row_likeness(rest[0][i], rest[1][i], _NOTHING) - _row_likeness(rest[0][i], rest[1][j], _NOTHING) for i, j in places.items())
        if away and doubt < (0 if alone else _DOUBT * len(away)):
            return places
    return {}


def _names(rows: Sequence[Cells], column: int) -> dict[str, int]:
    """The texts that stand once in a column, and their rows; what has no letter is no name."""
    seen = Counter(row[column][0] for row in rows)
    return {text: number for number, row in enumerate(rows) if seen[text := row[column][0]] == 1 and any(c.isalpha() for c in text)}


def _taught(ours: Sequence[Cells], theirs: Sequence[Cells], places: Places) -> dict[str, str]:
    """How these rows translate their short cells: what stands beside a text at least twice, and mostly."""
    taught: Counter[tuple[str, str]] = Counter()
    seen: Counter[str] = Counter()
    for here, there in places:
        if here is not None and there is not None:
            for (text, *_), (other, *_) in zip(ours[here], theirs[there], strict=False):
                if 0 < len(text) < SHORT:
                    taught[text, other] += 1
                    seen[text] += 1
    return {text: other for (text, other), number in taught.items() if number >= _TWICE and 2 * number > seen[text]}


def _row_likeness(left: Cells, right: Cells, memory: Memory) -> float:
    found = 0.0 if len(left) == len(right) else -1.0
    for (text, links, shape), (other, others, form) in zip(left, right, strict=False):
        found += memory.likeness(text, other) - (_OTHER_SHAPE if shape != form else 0)
        if links or others:
            found += 2 * len(links & others) / (len(links) + len(others)) - 0.5
    for i, j in combinations(range(min(len(left), len(right), _COLUMNS)), 2):  # what says the same does so in both
        if left[i][0] == left[j][0] or right[i][0] == right[j][0]:
            found += 0.5 if (left[i][0] == left[j][0]) == (right[i][0] == right[j][0]) else -0.5
    return found / max(len(left), len(right), 1)


def swaps(original: Sequence[Cells], translation: Sequence[Cells], places: Places) -> Iterator[tuple[int, int]]:
    """The cells that fit better the other way round, one pair of neighbours a row at most."""
    taught = _taught(original, translation, places)
    for here, there in places:
        if here is None or there is None:
            continue
        ours, theirs = original[here], translation[there]
        if len(ours) == len(theirs):
            four = ((i, (ours[i], ours[i + 1], theirs[i], theirs[i + 1])) for i in range(len(ours) - 1))
            column = next((i for i, cells in four if _swapped(*cells) or _known_swapped(taught, *cells)), None)
            if column is not None:
                yield there, column


def _swapped(first: Cell, second: Cell, one: Cell, other: Cell) -> bool:
    if not (first[0] and second[0] and one[0] and other[0]):
        return bool((one[0] and not first[0] and second[0] and not other[0]) or (first[0] and not second[0] and other[0] and not one[0]))
    straight = _cell_likeness(first, one) + _cell_likeness(second, other)
    return _cell_likeness(first, other) + _cell_likeness(second, one) - straight > _CLEAR


def _known_swapped(taught: dict[str, str], first: Cell, second: Cell, one: Cell, other: Cell) -> bool:
    """Whether a cell says what its neighbour says in the other rows, and the neighbour does not."""
    ours, theirs = (first[0], second[0]), (one[0], other[0])
    if ours[0] == ours[1] or theirs[0] == theirs[1] or not all(theirs):
        return False
    straight = [taught.get(text) == said for text, said in zip(ours, theirs, strict=True)]
    crossed = [taught.get(text) == said for text, said in zip(ours, reversed(theirs), strict=True)]
    return any(crossed) and not any(straight)


def _cell_likeness(left: Cell, right: Cell) -> float:
    links = 2 * len(left[1] & right[1]) / (len(left[1]) + len(right[1])) if left[1] or right[1] else 0.0
    return text_likeness(left[0], right[0]) + links
