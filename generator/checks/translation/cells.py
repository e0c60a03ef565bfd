"""The cells of a row stand in the columns of their reference."""

from __future__ import annotations

from collections.abc import Iterator

from generator.alignment import text_likeness
from generator.checks.translation.comparison import Comparison, shorten
from generator.model import Cell, Finding

_CLEAR = 0.9
"""How much better the other order must fit."""


def cells_keep_their_column(pages: Comparison) -> Iterator[Finding]:
    """No two neighbouring cells have changed places."""
    for tables in pages.alignment.tables:
        for here, there in tables.rows:
            if here is None or there is None:
                continue
            ours, theirs = tables.original.rows[here].cells, tables.translation.rows[there].cells
            if len(ours) != len(theirs):
                continue
            for column in range(len(ours) - 1):
                if _swapped(ours[column : column + 2], theirs[column : column + 2]):
                    first, second = (shorten(cell.text, 30) for cell in theirs[column : column + 2])
                    message = f"The cells “{first}” and “{second}” seem to have changed places; compare line {ours[column].span.line} of the reference."
                    yield pages.finding("translation-cell", theirs[column].span, message, theirs[column].text, "")
                    break


def _swapped(ours: tuple[Cell, ...], theirs: tuple[Cell, ...]) -> bool:
    (a, b), (x, y) = ours, theirs
    if not (a.text and b.text and x.text and y.text):
        return bool((x.text and not a.text and b.text and not y.text) or (a.text and not b.text and y.text and not x.text))
    straight = text_likeness(a.text, x.text) + text_likeness(b.text, y.text)
    crossed = text_likeness(a.text, y.text) + text_likeness(b.text, x.text)
    return crossed - straight > _CLEAR
