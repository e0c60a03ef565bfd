"""What one page of the reference can ask of the names that the whole reference taught: its comparison needs no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from generator.checks.translation.comparison import bare
from generator.checks.translation.identifiers import Identifiers, candidates, parts_of
from generator.model import Page

_LONGEST: Final = 4096
"""Letters between two blanks that may hold names: what is longer is data, in languages without blanks too."""


def words_of(page: Page) -> frozenset[str]:
    """The words of a page that may be looked up among names."""
    return frozenset(found for word in {word for text in _texts(page) for word in text.split() if len(word) <= _LONGEST} for found in candidates(word))


def within(identifiers: Identifiers, words: frozenset[str]) -> Identifiers:
    """The names that a page has these words for; a new name elsewhere does not change them."""
    codes = identifiers.codes & words
    commands = frozenset(command for command in identifiers.commands if words.issuperset(command.split()))
    parts = {part.lower() for word in words if word.isalpha() for part in parts_of(word)}
    plain = {*codes, *(command.split()[0] for command in commands), *parts, *(part.rstrip("s") for part in parts)}
    return replace(identifiers, codes=codes, commands=commands, programs=identifiers.programs & words, ordinary=identifiers.ordinary & plain)


def _texts(page: Page) -> Iterator[str]:
    for block in page.blocks:
        yield from (block.text, bare(block), *block.strong)
    for table in page.document.tables:
        for row in (table.header, *(row.cells for row in table.rows)):
            yield from (cell.text for cell in row)
