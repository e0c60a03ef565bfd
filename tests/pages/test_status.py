"""What front matter says of a page's making."""

from __future__ import annotations

from datetime import date

import pytest

from generator.model import Meta
from generator.pages import status
from generator.pages.status import Made


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        ({"ht-degree": "5%", "workflow-type": "tm+mt"}, Made("mixed", 5)),
        ({"ht-degree": "0%", "workflow-type": "tm+mt"}, Made("machine", 0)),
        ({"ht-degree": "100%", "workflow-type": "tm+mt"}, Made("human", 100)),
        ({"ht-degree": 40}, Made("mixed", 40)),
        ({"workflow-type": "ht"}, Made("human", None)),
        ({"translation-type": "tm+mt"}, Made("machine", None)),
        ({"workflow-type": "unheard of"}, None),
        ({"ht-degree": "much"}, None),
        ({}, None),
    ],
)
def test_the_making_of_a_translation_is_read_from_front_matter(meta: Meta, expected: Made | None) -> None:
    assert status.made(meta) == expected


@pytest.mark.parametrize("text", ["2026-03-04", "2026-03-04T10:00:00Z", "03/04/2026", "March 4, 2026", "Mar 4, 2026", "4 March 2026"])
def test_a_day_is_understood_as_people_write_it(text: str) -> None:
    assert status.updated({"last-update": text}) == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("original", "translation", "behind"),
    [
        ({"source-git-commit": "abc"}, {"source-git-commit": "ABC"}, False),
        ({"source-git-commit": "abd"}, {"source-git-commit": "abc"}, True),
        ({"source-git-commit": "abc", "last-update": "2026-02-02"}, {"source-git-commit": "abc", "last-update": "2026-01-01"}, False),
        ({"last-update": "2026-02-02"}, {"source-git-commit": "abc", "last-update": "2026-01-01"}, True),
        ({"last-update": "2026-02-02"}, {"last-update": "February 2, 2026"}, False),
        ({}, {"source-git-commit": "abc"}, None),
        ({}, {}, None),
    ],
)
def test_a_translation_is_behind_where_commits_differ_or_else_by_its_date(original: Meta, translation: Meta, behind: bool | None) -> None:  # noqa: FBT001
    assert status.behind(original, translation) is behind


def test_what_is_no_day_is_no_day() -> None:
    assert status.updated({"last-update": "soon"}) is None


@pytest.mark.parametrize(
    ("lang", "expected"),
    [("en", "March 4, 2026"), ("de", "4. März 2026"), ("pt-BR", "4 de março de 2026"), ("ja", "2026年3月4日"), ("xx", "March 4, 2026")],
)
def test_a_day_is_written_as_its_language_writes_it(lang: str, expected: str) -> None:
    assert status.day(date(2026, 3, 4), lang) == expected


def test_a_language_is_named_in_the_words_of_the_reader() -> None:
    assert status.language_name("en", status.locale("es")) == "inglés"
