"""A page beside its reference: what translation damaged. The checks, in the order they run.

A check is a plain function from a comparison to findings. It names the block that is wrong (`span`), the words as they
are shown (`target`) and what should stand there (`suggestion`); `generator.translations` finds the exact columns in the source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from generator.alignment import Alignment
from generator.checks.translation import cells, code, front_matter, links, names, numbers, structure, text, words
from generator.checks.translation.comparison import Comparison
from generator.checks.translation.identifiers import Identifiers, columns
from generator.model import Finding, Page

PairCheck = Callable[[Comparison], Iterator[Finding]]

VERSION: Final = 7
"""Part of the key of cached findings: raise it when the same pages give other findings."""

PAIR_CHECKS: Final[tuple[PairCheck, ...]] = (
    structure.blocks_are_all_there,
    structure.headings_keep_their_level,
    structure.anchors_survive,
    structure.rows_and_cells_are_all_there,
    front_matter.keys_survive,
    cells.cells_keep_their_column,
    names.names_in_columns,
    names.names_in_text,
    names.marked_names,
    names.commands_in_bold,
    code.code_spans,
    code.fences,
    links.links_survive,
    text.text_is_there,
    text.emphasis_survives,
    text.labels_survive,
    text.text_is_translated,
    text.scripts_are_the_languages,
    numbers.numbers_survive,
)


def compare(original: Page, translation: Page, identifiers: Identifiers, alignment: Alignment) -> Iterator[Finding]:
    """What every check finds in a translation beside its reference, in order."""
    names_of = frozenset(columns(original.document.tables, identifiers))
    pages = Comparison(original, translation, identifiers, alignment, names_of)
    for rule in PAIR_CHECKS:
        yield from rule(pages)
    yield from words.words_are_of_the_pages_language(translation, original)


def alone(translation: Page) -> Iterator[Finding]:
    """What can be said of a page that has no reference."""
    yield from words.words_are_of_the_pages_language(translation, None)
