"""Knowledge outside of tables becomes records where site.yml asks for it, under ids that no translation changes."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import site
from generator.cache import opened
from generator.config import load
from generator.errors import SiteError
from generator.model import KnowledgeBase, Record
from generator.workers import crew
from tests.conftest import Write

LANGUAGES = "title: T\nlanguages:\n  en: {root: en, reference: true}\n  ja: {root: ja}\n"


def knowledge(folder: Path) -> KnowledgeBase:
    config = load(folder / "site.yml")
    with opened(config.folder, keep=False) as store:
        return site.gather(config, store, crew(1)).knowledge


def records(write: Write, sources: str, en: str, ja: str = "", path: str = "sub/faq.md") -> tuple[Record, ...]:
    settings = f"{LANGUAGES}records:\n  questions: {{label: Questions, from: [{sources}]}}\n"
    files = {"site.yml": settings, f"en/{path}": en, **({f"ja/{path}": ja} if ja else {"ja/other.md": "# 他 {#other}\n"})}
    return knowledge(write(files)).records["questions"]


def test_a_heading_that_asks_is_a_record_with_what_follows_as_its_answer(write: Write) -> None:
    en = "# FAQ {#faq}\n\n## Why does it stop? {#why-stop}\n\nThe disk is full.\n\n### First {#first}\n\n* Free [space](faq.md).\n\n## Other {#other}\n\nx\n"
    ja = "# FAQ {#faq}\n\n## なぜ止まりますか {#why-stop}\n\nディスクが一杯です。\n\n### 最初に {#first}\n\n* 空けます。\n\n## 他 {#other}\n\nx\n"
    (record,) = records(write, "question-headings", en, ja)
    assert record.id == "sub/faq/why-stop"
    assert record.texts["en"].name == "Why does it stop?"
    assert record.texts["en"].remedy == ("The disk is full.", "Free space.")
    assert record.texts["en"].links == (0,)
    assert record.texts["en"].place.anchor == "why-stop"
    assert record.texts["ja"].remedy == ("ディスクが一杯です。", "空けます。")
    assert len(record.symptoms) == 1


def test_a_translated_heading_that_no_longer_asks_keeps_its_record(write: Write) -> None:
    (record,) = records(write, "question-headings", "# A {#a}\n\n## What changed?\n\nAll.\n", "# A {#a}\n\n## 変更点\n\nすべて。\n")
    assert record.id == "sub/faq/what-changed"
    assert (record.texts["ja"].name, record.texts["ja"].remedy, record.texts["ja"].place.anchor) == ("変更点", (), "変更点")


def test_an_accordion_that_asks_is_a_record_and_one_that_does_not_is_none(write: Write) -> None:
    en = "# A {#a}\n\n+++ Details\n\nx\n\n+++\n\n+++ Does it *restart*? {#restart}\n\nYes.\n\n+++\n\n+++ And then?\n\nNothing.\n\n+++\n"
    ja = "# A {#a}\n\n+++ 詳細\n\nx\n\n+++\n\n+++ 再起動 {#restart}\n\nはい。\n\n+++\n\n+++ そして？\n\nなし。\n\n+++\n"
    first, second = records(write, "accordions", en, ja)
    assert (first.id, second.id) == ("sub/faq/restart", "sub/faq/a-and-then")
    assert first.texts["ja"].name == "再起動"
    assert first.texts["ja"].remedy == ("はい。",)
    assert second.texts["en"].remedy == ("Nothing.",)


def test_an_accordion_in_another_has_its_own_answer(write: Write) -> None:
    en = "# A {#a}\n\n+++ Outer?\n\nout\n\n+++ Inner?\n\nin\n\n+++\n\nend\n\n+++\n"
    outer, inner = records(write, "accordions", en)
    assert outer.texts["en"].remedy == ("out", "in", "end")
    assert inner.texts["en"].remedy == ("in",)


def test_a_bold_line_that_asks_is_answered_by_what_follows_up_to_the_next(write: Write) -> None:
    en = "# A {#a}\n\n**Is the port open?**\n\nCheck it.\n\n```\nnc -z host 80\n```\n\n**Is it yours?**\n\nAsk XTK-170036.\n\n**Note**\n\nx\n"
    first, second = records(write, "bold-paragraphs", en)
    assert first.texts["en"].remedy == ("Check it.", "nc -z host 80")
    assert second.texts["en"].remedy[0] == "Ask XTK-170036."
    assert second.texts["en"].codes == ("XTK-170036",)


SCHEMA = """---
type: Troubleshooting
---

# {0} does not start {{#{0}}}

## Cause

The port of {0} is taken.

## Solution

Free [the port](faq.md).

**Workaround:**

Take another one.
"""


def test_labels_that_stand_above_part_after_part_belong_to_the_heading_above_them(write: Write) -> None:
    settings = f"{LANGUAGES}records:\n  questions: {{label: Questions, from: [troubleshooting-pages, bold-paragraphs]}}\n"
    pages = {f"en/{name}.md": SCHEMA.format(name) for name in ("mta", "web", "stat")}
    ja = SCHEMA.format("mta").replace("Cause", "原因").replace("Solution", "解決策").replace("does not start", "が起動しない")
    found = knowledge(write({"site.yml": settings, **pages, "ja/mta.md": ja})).records["questions"]
    assert [record.id for record in found] == ["mta/mta", "stat/stat", "web/web"]
    en, other = found[0].texts["en"], found[0].texts["ja"]
    assert (en.name, en.remedy) == ("mta does not start", ("Free the port.", "Workaround", "Take another one."))
    assert en.fields["cause"] == "The port of mta is taken."
    assert en.links == (0,)
    assert other.name == "mta が起動しない"
    assert [(part.role, part.label) for part in other.parts] == [("cause", "原因"), ("remedy", "解決策")]


def test_a_single_page_has_parts_too_where_their_names_say_so(write: Write) -> None:
    text = "---\ntype: Troubleshooting\n---\n\n# Mails stay in the queue {#q}\n\n## Problem\n\nNone goes out.\n\n## Solution:\n\nRestart.\n"
    (record,) = records(write, "troubleshooting-pages", text)
    assert (record.texts["en"].name, record.texts["en"].remedy[-1]) == ("Mails stay in the queue", "Restart.")


ARTICLE = """# Parcels are not picked up {#parcels}

This page helps where a carrier does not come.

## Affected versions

* Shop 3
* Shop 4

## Issue

The list of parcels is empty.

## Cause

### The carrier has no key

It was never entered.

## Possible solutions

### Step 1: enter the key

Run `shop key`.

### Look at the queue

It empties in a minute.

## Related reading in the handbook

* [Carriers](parcels.md)
"""


def test_what_a_label_is_known_to_mean_says_what_its_part_is_and_sections_below_it_are_no_other_symptoms(write: Write) -> None:
    (record,) = records(write, "troubleshooting-pages", ARTICLE, path="troubleshooting/parcels.md")
    text = record.texts["en"]
    assert record.id == "troubleshooting/parcels/parcels"
    assert text.fields["scope"] == "Shop 3; Shop 4"
    assert text.fields["cause"] == "It was never entered."
    assert text.fields["note"] == "This page helps where a carrier does not come.\nThe list of parcels is empty."
    assert text.remedy == ("Step 1: enter the key", "Run shop key.", "Look at the queue", "It empties in a minute.")
    assert text.links == ()


def test_a_problem_with_a_number_and_words_is_what_is_wrong_and_a_numbered_cause_is_not(write: Write) -> None:
    page = "# Printing {#p}\n\n## Problem 1: no paper\n\nFill up.\n\n## Problem 2: no ink\n\n### Cause 1: it dried\n\nOld.\n\n### Solution 1\n\nClean.\n"
    first, second = records(write, "troubleshooting-pages", page, path="troubleshooting/printing.md")
    assert (first.texts["en"].name, first.texts["en"].remedy) == ("Problem 1: no paper", ("Fill up.",))
    assert (second.texts["en"].name, second.texts["en"].remedy) == ("Problem 2: no ink", ("Clean.",))


def test_a_question_tells_the_labels_below_it_once(write: Write) -> None:
    page = "# A {#a}\n\n## Is the queue full? {#full}\n\n### Solution\n\nEmpty it.\n"
    (record,) = records(write, "troubleshooting-pages, question-headings", page, path="troubleshooting/a.md")
    assert record.texts["en"].remedy == ("Empty it.",)
    assert "note" not in record.texts["en"].fields


def test_a_bold_line_in_an_alert_is_no_symptom(write: Write) -> None:
    page = "# A {#a}\n\n**The queue is full**\n\nEmpty it.\n\n>[!WARNING]\n>\n>**Make a backup**\n>\n>Before all else.\n\nDone.\n"
    (record,) = records(write, "bold-paragraphs", page, path="troubleshooting/a.md")
    assert record.texts["en"].remedy == ("Empty it.", "Make a backup", "Before all else.", "Done.")


def test_site_yml_says_which_pages_are_about_troubleshooting(write: Write) -> None:
    settings = f"{LANGUAGES}records:\n  questions: {{label: Questions, from: [troubleshooting-pages], pages: ['help/**']}}\n"
    page = "# {0} is down {{#{0}}}\n\n## Solution\n\nStart {0}.\n"
    files = {f"en/{path}.md": page.format(path.rpartition("/")[2]) for path in ("help/mta", "help/more/web", "about/troubleshooting")}
    folder = write({"site.yml": settings, **files, "ja/help/mta.md": page.format("mta").replace("is down", "停止")})
    found = knowledge(folder).records["questions"]
    assert [(record.id, sorted(record.texts)) for record in found] == [("help/more/web/web", ["en"]), ("help/mta/mta", ["en", "ja"])]


def test_headings_of_two_pages_that_say_the_same_are_two_symptoms(write: Write) -> None:
    settings = f"{LANGUAGES}records:\n  questions: {{label: Questions, from: [troubleshooting-pages]}}\n"
    text = "---\ntype: Troubleshooting\n---\n\n# {0} {{#{0}}}\n\n## The port is taken\n\nFree it.\n"
    pages = {f"en/{name}.md": text.format(name) for name in ("mta", "web")}
    found = knowledge(write({"site.yml": settings, **pages, "ja/other.md": "# 他 {#other}\n"})).records["questions"]
    assert [record.id for record in found] == ["mta/the-port-is-taken", "web/the-port-is-taken"]


def test_a_bold_line_that_does_not_ask_counts_on_pages_about_troubleshooting_only(write: Write) -> None:
    text = '# A {#a}\n\n**Process fails with "invalid key"**\n\nRenew it.\n\n* **Queue is full:**\n\n  Empty it.\n\n* next\n'
    assert records(write, "bold-paragraphs", text) == ()
    first, second = records(write, "bold-paragraphs", f"---\ntopic-tags: troubleshooting\n---\n{text}")
    assert first.texts["en"].name == 'Process fails with "invalid key"'
    assert second.texts["en"].name == "Queue is full"
    assert second.texts["en"].remedy == ("Empty it.",)


def test_sections_of_a_page_about_troubleshooting_are_records(write: Write) -> None:
    text = "# Trouble {#t}\n\nintro\n\n## Conflict {#conflict}\n\nstop one\n\n### Empty {#empty}\n\n### Deeper {#deeper}\n\nlook\n"
    found = records(write, "troubleshooting-pages", text, path="sms-troubleshooting.md")
    assert [record.id.partition("/")[2] for record in found] == ["t", "conflict", "deeper"]
    assert found[1].texts["en"].remedy == ("stop one",)


def test_nothing_is_taken_that_is_not_asked_for(write: Write) -> None:
    files = {"site.yml": LANGUAGES, "en/a.md": "# Why? {#why}\n\n+++ How?\n\nso\n\n+++\n", "ja/a.md": "# なぜ？ {#why}\n"}
    assert knowledge(write(files)).records == {}


@pytest.mark.parametrize("record", ["{label: Q}", "{label: Q, from: [accordions], columns: {A: subject}}"])
def test_a_type_says_either_its_columns_or_where_it_comes_from(write: Write, record: str) -> None:
    folder = write({"site.yml": f"{LANGUAGES}records:\n  questions: {record}\n", "en/a.md": "# A\n", "ja/a.md": "# A\n"})
    with pytest.raises(SiteError, match=r"site\.yml:6:3: records\.questions: say either"):
        load(folder / "site.yml")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("", "No page tells anything of records.q by troubleshooting-pages; name those that are about troubleshooting (pages)."),
        (", pages: ['helpp/**']", "No page of records.q (helpp/**) tells anything by troubleshooting-pages; check the paths."),
    ],
)
def test_a_kind_that_no_page_tells_is_a_finding(write: Write, more: str, said: str) -> None:
    settings = f"{LANGUAGES}records:\n  q: {{label: Q, from: [troubleshooting-pages]{more}}}\n"
    found = knowledge(write({"site.yml": settings, "en/help/a.md": "# It is down {#a}\n\nStart it.\n", "ja/b.md": "# 他 {#other}\n"})).findings
    assert [(finding.span.line, finding.message) for finding in found if finding.code == "table-missing"] == [(6, said)]


def test_pages_are_named_for_what_stands_outside_of_tables_only(write: Write) -> None:
    folder = write({"site.yml": f"{LANGUAGES}records:\n  m: {{label: M, columns: {{A: subject}}, pages: [x.md]}}\n", "en/a.md": "# A\n", "ja/a.md": "# A\n"})
    with pytest.raises(SiteError, match=r"site\.yml:6:\d+: records\.m\.pages: these are the pages of from"):
        load(folder / "site.yml")


def test_a_question_that_a_translation_lacks_gives_its_place_to_no_other(write: Write) -> None:
    en = "# FAQ {#faq}\n\n## Why? {#why}\n\nOne.\n\n## How? {#how}\n\nTwo.\n\n## When? {#when}\n\nThree.\n"
    ja = "# FAQ {#faq}\n\n## なぜ？ {#why}\n\n一。\n\n## いつ？ {#when}\n\n三。\n"
    found = {record.id: record.texts for record in records(write, "question-headings", en, ja)}
    assert {name: texts["ja"].remedy if "ja" in texts else None for name, texts in found.items()} == {
        "sub/faq/why": ("一。",), "sub/faq/how": None, "sub/faq/when": ("三。",),
    }  # fmt: skip


def test_accordions_of_a_section_that_lacks_one_are_paired_by_what_they_say(write: Write) -> None:
    en = "# A {#a}\n\n+++ Is it slow?\n\nRun `ctl fast`.\n\n+++\n\n+++ Is it down?\n\nRun `ctl up` on port 8080.\n\n+++\n\n## B {#b}\n\n+++ And now?\n\nWait.\n\n+++\n"
    ja = "# A {#a}\n\n+++ 停止していますか？\n\nポート 8080 で `ctl up` を実行します。\n\n+++\n\n## B {#b}\n\n+++ 次は？\n\n待ちます。\n\n+++\n"
    found = [record.texts["ja"].name if "ja" in record.texts else None for record in records(write, "accordions", en, ja)]
    assert found == [None, "停止していますか？", "次は？"]
