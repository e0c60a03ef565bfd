"""A page beside its reference: what translation damaged. The checks, in the order they run.

A check is a plain function from a comparison to findings. It names the block that is wrong (`span`), the words as they
are shown (`target`) and what should stand there (`suggestion`); `generator.translations` finds the exact columns in the source.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from generator.alignment import Alignment
from generator.alignment.entries import EntryPairs
from generator.checks.translation import cells, code, contents, doubled, front_matter, links, names, numbers, structure, text, words
from generator.checks.translation.comparison import Comparison
from generator.checks.translation.contents import told as told
from generator.checks.translation.identifiers import Identifiers, columns
from generator.model import Finding, Page

PairCheck = Callable[[Comparison], Iterator[Finding]]

PAIR_CHECKS: Final[tuple[PairCheck, ...]] = (
    structure.blocks_are_all_there,
    structure.headings_keep_their_level,
    structure.alerts_keep_their_label,
    structure.anchors_survive,
    structure.rows_and_cells_are_all_there,
    front_matter.keys_survive,
    cells.lists_in_cells_are_whole,
    cells.cells_keep_their_column,
    names.names_in_columns,
    names.codes_in_columns,
    names.names_alone_in_cells,
    names.names_in_text,
    names.marked_names,
    names.commands_in_bold,
    code.code_spans,
    code.fences,
    links.links_survive,
    links.links_in_comments,
    text.pictures_are_whole,
    text.text_is_there,
    text.emphasis_survives,
    text.placeholders_are_gone,
    text.entities_are_read,
    text.underscores_are_read,
    text.labels_survive,
    text.text_is_translated,
    doubled.nothing_is_said_twice,
    text.scripts_are_the_languages,
    numbers.numbers_survive,
    numbers.numbers_behind_letters_survive,
    numbers.decimals_survive,
)


CONTENTS_CHECKS: Final[tuple[PairCheck, ...]] = (
    structure.anchors_survive,
    front_matter.keys_survive,
    names.names_in_text,
    names.marked_names,
    names.commands_in_bold,
    code.code_spans,
    links.links_survive,
    text.text_is_there,
    text.emphasis_survives,
    text.placeholders_are_gone,
    text.entities_are_read,
    text.underscores_are_read,
    text.labels_survive,
    text.text_is_translated,
    text.scripts_are_the_languages,
    numbers.numbers_survive,
    numbers.numbers_behind_letters_survive,
    numbers.decimals_survive,
)
"""Those for tables of contents, whose entries are aligned by what they lead to."""


def compare(
    original: Page, translation: Page, identifiers: Identifiers, alignment: Alignment, knows: words.Knows
) -> Iterator[Finding]:
    """What every check finds in a translation beside its reference, in order; `knows` says which words a language has."""
    names_of = dict(columns(original.document.tables, identifiers))
    pages = Comparison(original, translation, identifiers, alignment, names_of)
    for rule in PAIR_CHECKS:
        yield from rule(pages)
    yield from words.words_are_of_the_pages_language(translation, original, knows)


def compare_contents(
    original: Page, translation: Page, identifiers: Identifiers, entries: EntryPairs, known: tuple[contents.Known, contents.Known]
) -> Iterator[Finding]:
    """What every check finds in a table of contents beside its reference, in order; `known` says which pages the two languages have."""
    pages = Comparison(original, translation, identifiers, entries.alignment(original, translation), {})
    yield from contents.entries_are_all_there(pages, entries, *known)
    yield from contents.ids_stand_where_they_stood(pages, entries)
    lost = contents.broken(entries, known[0])
    for rule in CONTENTS_CHECKS:
        yield from (finding for finding in rule(pages) if finding.code != "translation-link" or finding.suggestion not in lost)


def alone(translation: Page, knows: words.Knows) -> Iterator[Finding]:
    """What can be said of a page that has no reference."""
    yield from words.words_are_of_the_pages_language(translation, None, knows)
