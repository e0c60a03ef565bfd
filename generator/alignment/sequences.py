"""The best pairing of two sequences, order kept (Needleman and Wunsch 1970)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest
from typing import Final, TypeVar

_GAP: Final = -0.2
_LARGEST: Final = 250_000
"""More combinations than this are not worth the time: such a stretch is paired by position."""

T = TypeVar("T")
Places = tuple[tuple[int | None, int | None], ...]
"""Positions that belong together; None where the other side has nothing."""


def best(ours: Sequence[T], theirs: Sequence[T], likeness: Callable[[T, T], float], goes_on: float = 0.0) -> Places:
    """The pairing of two sequences, order kept, that is most alike as a whole.

    `goes_on` is what a pair gains behind another pair: where little tells two texts apart, what is lost is lost in one piece.
    """
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
            both = above[j - 1] + likeness(left, right) + (0.0 if way[i - 1][j - 1] else goes_on)
            line[j], way[i][j] = max((both, 0), (above[j] + _GAP, 1), (line[j - 1] + _GAP, 2), key=_first)
    return tuple(reversed(list(_back(way))))


def _first(step: tuple[float, int]) -> float:
    return step[0]


def _back(way: Sequence[bytearray]) -> Iterator[tuple[int | None, int | None]]:
    i, j = len(way) - 1, len(way[0]) - 1
    while i or j:
        step = way[i][j]
        i, j = i - (step != 2), j - (step != 1)  # noqa: PLR2004  0: both, 1: only ours, 2: only theirs
        yield (i if step != 2 else None), (j if step != 1 else None)  # noqa: PLR2004
