"""The cells of a row stand in the columns of their reference."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.translation.comparison import Comparison
from generator.findings import shorten
from generator.model import Finding


def cells_keep_their_column(pages: Comparison) -> Iterator[Finding]:
    """No two neighbouring cells have changed places."""
    for tables in pages.alignment.tables:
        for number, column in tables.swaps:
            row = tables.translation.rows[number]
            first, second = (shorten(cell.text, 30) or "(empty)" for cell in row.cells[column : column + 2])
            message = f"The cells “{first}” and “{second}” seem to have changed places; compare the reference."
            yield pages.finding("translation-cell", row.cells[column].span if column else row.span, message)
