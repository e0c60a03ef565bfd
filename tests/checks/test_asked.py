"""What a page can ask of the names is a part of what all pages can ask: one hash tells whether any comparison may differ."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.translation.asked import within, words_of
from tests.checks.pairs import identifiers, page

TEXTS = (
    "Run `nlserver config -add` and set `startDate`, then `nlserver restart web`.\n",
    "The option maxRetry and the file serverConf.xml; `nlserver pdump` lists what runs. A restart of the web takes a while.\n",
    "Set `mta:retries` in `/etc/hosts`; the date of the start is startDate, and port=8080 is open.\n",
)


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_the_names_that_a_page_has_words_for_are_among_those_that_all_pages_have_words_for(tmp_path: Path, number: int) -> None:
    pages = [page(text, "en") for text in TEXTS]
    known = identifiers(tmp_path, *pages, page("The `elsewhere` is read by `tailor cut`.\n", "en"))
    every = frozenset().union(*map(words_of, pages))
    assert within(known, every) != known
    assert within(within(known, every), words_of(pages[number])) == within(known, words_of(pages[number]))


def test_a_word_that_is_new_to_the_prose_changes_nothing_that_can_be_asked(tmp_path: Path) -> None:
    pages = [page(text, "en") for text in TEXTS]
    fresh = page(f"A marmalade. {TEXTS[0]}", "en")
    before, after = identifiers(tmp_path, *pages), identifiers(tmp_path, fresh, *pages[1:])
    assert "marmalade" in after.ordinary - before.ordinary
    every = [frozenset().union(*map(words_of, group)) for group in (pages, [fresh, *pages[1:]])]
    assert within(before, every[0]).digest == within(after, every[1]).digest
