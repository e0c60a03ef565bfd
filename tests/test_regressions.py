"""A search that worked must keep working: a change of words that breaks it fails the check and says which words did it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import config, regressions
from generator.errors import SiteError
from generator.inspection import inspect
from generator.model import Finding
from tests.conftest import Write

SITE = """\
title: T
languages: {en: {root: en, reference: true}}
search: {queries: queries.yml}
"""
PAGES = {
    "en/mail.md": "# Mail {#mail}\n\nWhen mails stay in the queue, restart the postman.\n",
    "en/disk.md": "# Disk {#disk}\n\nWhen the disk is full, remove old logs.\n",
}


def findings(folder: Path) -> list[Finding]:
    return [finding for finding in inspect(config.load(folder / "site.yml"))[0] if finding.code == "search-regression"]


def test_a_search_that_finds_its_id_in_time_is_no_finding(write: Write) -> None:
    queries = "- {query: the queue does not move, lang: en, expect: mail.md#mail}\n- {query: disc full, lang: en, expect: disk.md#disk, rank: 2}\n"
    assert findings(write({"site.yml": SITE, "queries.yml": queries, **PAGES})) == []


def test_a_search_that_lost_its_words_is_an_error_at_its_line(write: Write) -> None:
    queries = "# kept\n- {query: postman asleep, lang: en, expect: disk.md#disk}\n"
    found = findings(write({"site.yml": SITE, "queries.yml": queries, **PAGES}))
    assert [(finding.file, finding.span.line) for finding in found] == [("queries.yml", 2)]
    assert "it lacks postman, asleep. Before it: mail.md#mail has postman" in found[0].message


def test_a_change_of_words_that_breaks_a_search_is_said_with_the_words_that_went(write: Write) -> None:
    queries = "- {query: queue full of mails, lang: en, expect: mail.md#mail}\n"
    other = {"en/disk.md": "# Disk {#disk}\n\nThe queue of prints is full.\n"}
    folder = write({"site.yml": SITE, "queries.yml": queries, **PAGES, **other})
    assert findings(folder) == []
    (folder / "en/mail.md").write_text("# Mail {#mail}\n\nWhen mails stay in the line, restart the postman.\n", encoding="utf-8")
    assert "finds mail.md#mail at rank 2, allowed is 1: it lacks queue, full. Before it: disk.md#disk has queue, full" in findings(folder)[0].message
    (folder / "en/mail.md").write_text("# Post {#post}\n\nRestart the postman.\n", encoding="utf-8")
    assert "finds mail.md#mail no more, allowed is 1: nothing has this id." in findings(folder)[0].message


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("- just words\n", "queries.yml:1:3: a query is written"),
        ("- {query: a, lang: xx, expect: b}\n", "queries.yml:1:3: lang: the site has no language xx"),
        ("- {query: a, lang: en}\n", "queries.yml:1:3: expect: is missing"),
        ("- {query: a, lang: en, expect: b, rank: 0}\n", "rank: should be a whole number"),
        ("- {query: a, lang: en, expect: b, wrong: 1}\n", "wrong: unknown key"),
        ("query: a\n", "this should be a list of queries"),
    ],
)
def test_a_wrong_entry_is_said_with_its_place(write: Write, entry: str, message: str) -> None:
    with pytest.raises(SiteError) as caught:
        findings(write({"site.yml": SITE, "queries.yml": entry, **PAGES}))
    assert message in str(caught.value)


def test_a_missing_file_is_said(write: Write) -> None:
    with pytest.raises(SiteError, match=r"there is no file queries\.yml"):
        findings(write({"site.yml": SITE, **PAGES}))


def test_queries_are_asked_again_when_the_index_or_they_themselves_have_changed(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    search = regressions.Engine.search

    def noted(engine: regressions.Engine, query: str, lang: str, **options: object) -> object:
        asked.append(query)
        return search(engine, query, lang, **options)

    monkeypatch.setattr(regressions.Engine, "search", noted)
    queries = "- {query: queue full of mails, lang: en, expect: mail.md#mail}\n"
    folder = write({"site.yml": SITE, "queries.yml": queries, **PAGES})
    assert [findings(folder), findings(folder), len(asked)] == [[], [], 1]
    (folder / "queries.yml").write_text(f"# moved\n{queries}- {{query: disk, lang: en, expect: disk.md#disk}}\n", encoding="utf-8")
    assert [findings(folder), len(asked)] == [[], 3]
    (folder / "en/mail.md").write_text("# Post {#post}\n\nRestart the postman.\n", encoding="utf-8")
    assert [len(findings(folder)), findings(folder)[0].span.line] == [1, 2]
    assert len(asked) == 6
