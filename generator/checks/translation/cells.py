"""The cells of a row stand in the columns of their reference."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.translation.comparison import Comparison
from generator.findings import shorten
from generator.model import Finding, Span


def lists_in_cells_are_whole(pages: Comparison) -> Iterator[Finding]:
    """A cell lists as much as its reference."""
    for tables in pages.alignment.tables:
        told: set[Span] = set()
        for here, there in tables.rows:
            if here is None or there is None or len(tables.original.rows[here].cells) != len(tables.translation.rows[there].cells):
                continue
            for cell, other in zip(tables.original.rows[here].cells, tables.translation.rows[there].cells, strict=True):
                ours, theirs = sum(cell.items), sum(other.items)
                if ours != theirs and other.text and other.span not in told:
                    told.add(other.span)  # a cell that spans rows is told once
                    message = f"The lists of this cell have {_entries(theirs)}, those of its reference (line {cell.span.line}) {_entries(ours)}; compare the two."
                    yield pages.finding("translation-structure", other.span, message)


def _entries(number: int) -> str:
    return "1 entry" if number == 1 else f"{number} entries" if number else "none"


def cells_keep_their_column(pages: Comparison) -> Iterator[Finding]:
    """No two neighbouring cells have changed places."""
    for tables in pages.alignment.tables:
        for number, column in tables.swaps:
            row = tables.translation.rows[number]
            first, second = (shorten(cell.text, 30) or "(empty)" for cell in row.cells[column : column + 2])
            message = f"The cells “{first}” and “{second}” seem to have changed places; compare the reference."
            yield pages.finding("translation-cell", row.cells[column].span if column else row.span, message)
