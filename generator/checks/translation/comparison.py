"""What the checks share: two pages, side by side, and how a finding is made."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from msgspec import Struct

from generator.alignment import Alignment, Pair
from generator.cells import is_heading
from generator.checks.translation.identifiers import Identifiers
from generator.checks.translation.parts import without
from generator.model import Block, Finding, Page, Span

Both = tuple[Pair, Block, Block]
"""A pair that has both sides, and these."""


class Comparison(Struct, frozen=True, dict=True):
    """A translation beside its reference.

    `names` are the columns of each table of the reference that hold names, each with the expression that finds the code in
    its cells: empty where the whole cell is the name.
    """

    original: Page
    translation: Page
    identifiers: Identifiers
    alignment: Alignment
    names: Mapping[tuple[int, int], str]

    @property
    def base(self) -> str:
        """The translation's language without its region: `pt` for `pt-BR`."""
        return self.translation.document.lang.split("-")[0].lower()

    @cached_property
    def pairs(self) -> tuple[Both, ...]:
        """The pairs with both sides."""
        return tuple((pair, pair.original, pair.translation) for pair in self.alignment.pairs if pair.original and pair.translation)

    @cached_property
    def prose(self) -> tuple[tuple[Block, Block], ...]:
        """The pairs of text: no fences, and no cells of columns that hold names."""
        return tuple((block, other) for pair, block, other in self.pairs if "fence" not in (block.kind, other.kind) and not self.is_name(pair))

    def is_name(self, pair: Pair) -> bool:
        """Whether a pair is a cell that holds a name."""
        return pair.row > 0 and self.names.get((pair.table, pair.column)) == "" and (pair.table, pair.row) not in self.headings

    @cached_property
    def headings(self) -> frozenset[tuple[int, int]]:
        """The rows of the reference's tables that are headings within them."""
        return frozenset((table.ordinal, number) for table in self.original.document.tables for number, row in enumerate(table.rows, 1) if is_heading(row))

    def finding(self, code: str, span: Span, message: str, target: str = "", suggestion: str = "") -> Finding:
        """A finding in the translation."""
        document = self.translation.document
        return Finding(code, document.file, span, message, document.lang, target, suggestion)


def bare(block: Block) -> str:
    """The text of a block without its code."""
    return without(block.text, block.codes)


def folded(text: str) -> str:
    """A text as it sounds: no capitals, no blanks, no marks between words."""
    return re.sub(r"[\s_.:：\u200b-]+", "", text).casefold()
