"""What one page of the reference can ask of the names that the whole reference taught: its comparison needs no more."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from msgspec.structs import replace

from generator.checks.translation.comparison import bare
from generator.checks.translation.identifiers import Identifiers, candidates, parts_of
from generator.model import Page

_LONGEST: Final = 4096
"""Letters between two blanks that may hold names: what is longer is data, in languages without blanks too."""


def words_of(page: Page) -> frozenset[str]:
    """The words of a page that may be looked up among names."""
    return frozenset(found for word in {word for text in {*_texts(page)} for word in text.split() if len(word) <= _LONGEST} for found in candidates(word))


def within(identifiers: Identifiers, words: frozenset[str]) -> Identifiers:
    """The names that a page has these words for; a new name elsewhere does not change them, and what all pages have words for has them all."""
    codes = identifiers.codes & words
    commands = [(command, first) for command, first, argument in _split(identifiers.commands) if first in words and argument in words]
    joined = (*identifiers.declared, *(word for word in words if not word[1:].islower() and word.isalpha()))
    parts = {part.lower() for word in joined for part in parts_of(word)}
    plain = {*codes, *(first for _, first in commands), *parts, *(part.rstrip("s") for part in parts)}
    return replace(
        identifiers,
        codes=codes,
        commands=frozenset(command for command, _ in commands),
        programs=identifiers.programs & words,
        ordinary=identifiers.ordinary & plain,
    )


@lru_cache(maxsize=1)
def _split(commands: frozenset[str]) -> tuple[tuple[str, str, str], ...]:
    """Commands, each with its program and its first argument."""
    return tuple((command, first, argument) for command in sorted(commands) for first, argument in (command.split(),))


def _texts(page: Page) -> Iterator[str]:
    for block in page.blocks:
        yield from (block.text, bare(block), *block.strong)
    for table in page.document.tables:
        for row in (table.header, *(row.cells for row in table.rows)):
            yield from (cell.text for cell in row)
