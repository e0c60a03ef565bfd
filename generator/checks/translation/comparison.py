"""What the checks share: two pages, side by side, and how a finding is made."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.alignment import Alignment, Pair
from generator.checks.translation.identifiers import Identifiers
from generator.model import Block, Finding, Page, Span


@dataclass(frozen=True, slots=True)
class Comparison:
    """A translation beside its reference. `names` are the columns of each table of the reference that hold names."""

    original: Page
    translation: Page
    identifiers: Identifiers
    alignment: Alignment
    names: frozenset[tuple[int, int]]

    @property
    def base(self) -> str:
        """The translation's language without its region: `pt` for `pt-BR`."""
        return self.translation.document.lang.split("-")[0].lower()

    def pairs(self) -> Iterator[tuple[Pair, Block, Block]]:
        """The pairs with both sides."""
        for pair in self.alignment.pairs:
            if pair.original is not None and pair.translation is not None:
                yield pair, pair.original, pair.translation

    def prose(self) -> Iterator[tuple[Block, Block]]:
        """The pairs of text: no fences, and no cells of columns that hold names."""
        for pair, block, other in self.pairs():
            if block.kind != "fence" and other.kind != "fence" and not self.is_name(pair):
                yield block, other

    def is_name(self, pair: Pair) -> bool:
        """Whether a pair is a cell that holds a name."""
        return pair.row > 0 and (pair.table, pair.column) in self.names

    def finding(self, code: str, span: Span, message: str, target: str = "", suggestion: str = "") -> Finding:
        """A finding in the translation."""
        document = self.translation.document
        return Finding(code, document.file, span, message, document.lang, target, suggestion)


def shorten(text: str, length: int = 60) -> str:
    """A text on one line, cut behind a word where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[:length].rsplit(' ', 1)[0]} …"


def bare(block: Block) -> str:
    """The text of a block without its code."""
    text = block.text
    for part in block.codes:
        text = text.replace(part, " ", 1)
    return text


def folded(text: str) -> str:
    """A text as it sounds: no capitals, no blanks, no marks between words."""
    return re.sub(r"[\s_.:：\u200b-]+", "", text).casefold()
