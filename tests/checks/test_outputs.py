"""Two sources never make the same page."""

from __future__ import annotations

import pytest

from generator import config
from generator.checks.outputs import sources_make_pages_of_their_own
from generator.model import Finding
from tests.conftest import Write
from tests.sources import gathered

SITE = "title: T\nlanguages: {en: {root: en}}\nrecords: {codes: {columns: {Code: code, Text: remedy}}}\n"


def collisions(write: Write, files: dict[str, str]) -> list[Finding]:
    settings, found = gathered(write({"site.yml": SITE, **files}))
    return list(sources_make_pages_of_their_own(found.knowledge, settings))


def test_names_that_differ_in_capitals_only_collide(write: Write) -> None:
    found = collisions(write, {"en/Mail.md": "# A\n", "en/mail.md": "# B\n"})
    assert [(finding.file, finding.message) for finding in found] == [
        ("en/mail.md", "This makes the page en/docs/mail.html, and so does en/Mail.md:1; rename one of them.")
    ]


def test_names_that_differ_in_the_encoding_of_an_accent_collide(write: Write) -> None:
    assert len(collisions(write, {"en/caf\u00e9.md": "# A\n", "en/cafe\u0301.md": "# B\n"})) == 1


def test_records_that_differ_in_capitals_only_collide(write: Write) -> None:
    table = "# T\n\n| Code | Text |\n|---|---|\n| A-1 | x |\n| a-1 | y |\n"
    assert [finding.span.line for finding in collisions(write, {"en/t.md": table})] == [6]


def test_a_record_called_index_collides_with_the_list_of_all(write: Write) -> None:
    assert len(collisions(write, {"en/t.md": "# T\n\n| Code | Text |\n|---|---|\n| index | x |\n"})) == 1


def test_a_page_called_index_is_a_page_like_others(write: Write) -> None:
    assert collisions(write, {"en/index.md": "# A\n", "en/b/index.md": "# B\n"}) == []


def test_a_kind_of_record_may_not_take_the_name_of_a_folder_of_the_site(write: Write) -> None:
    folder = write({"site.yml": SITE.replace("codes:", "docs:"), "en/a.md": ""})
    with pytest.raises(config.SiteError, match="records"):
        config.load(folder / "site.yml")
