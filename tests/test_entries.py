"""What the search can find: every record and every section, under ids that are the same in all languages."""

from __future__ import annotations

from pathlib import Path

from generator.model import Entry, Lang
from tests.conftest import Write
from tests.sources import gathered, indexed

EN, DE = Lang("en"), Lang("de")
SITE = """\
title: T
languages:
  en: {root: en, reference: true}
  de: {root: de}
records:
  modules:
    columns: {Module: subject, Help: [symptom, remedy]}
    symptoms: {en: ["Check this if {symptom}"], de: ["Prüfen, wenn {symptom}"]}
    aliases: {mta: [postman]}
"""
EN_PAGE = """\
# Modules {#modules}

| Module | Help |
|---|---|
| mta | Check this if mails stay. See [the queue](queue.md#the-queue). |

## More words

Text.
"""
DE_PAGE = """\
# Module {#modules}

| Modul | Hilfe |
|---|---|
| Postamt | Prüfen, wenn Mails bleiben. Siehe [Schlange](queue.md#the-queue). |

## Mehr Worte

Wörter.
"""
QUEUE = "# Queue {#queue}\n\nRun `nlserver restart mta@x` now.\n\n## The queue {#the-queue}\n\nIt grows.\n"
FILES = {"site.yml": SITE, "en/m.md": EN_PAGE, "de/m.md": DE_PAGE, "en/queue.md": QUEUE, "de/queue.md": QUEUE}


def entries(folder: Path, lang: Lang) -> tuple[Entry, ...]:
    """The entries of a language, records first."""
    return indexed(*gathered(folder), lang).entries


def lines(folder: Path) -> set[tuple[str, str]]:
    """The lines of the translation, each behind that of the reference."""
    return set(indexed(*gathered(folder), DE).aligned)


def test_records_and_sections_of_each_language_have_neutral_ids(write: Write) -> None:
    folder = write(FILES)
    ids = {lang: [entry.id for entry in entries(folder, lang)] for lang in (EN, DE)}
    assert ids[EN] == ids[DE] == ["mta", "m.md#modules", "m.md#more-words", "queue.md#queue", "queue.md#the-queue"]


def test_an_entry_leads_to_the_place_in_its_own_language(write: Write) -> None:
    urls = {entry.id: entry.url for entry in entries(write(FILES), DE)}
    assert urls["m.md#more-words"] == "docs/m.html#mehr-worte"
    assert urls["mta"] == "modules/mta.html"


def test_a_record_is_known_by_all_its_names_by_what_mentions_it_and_by_what_it_links_to(write: Write) -> None:
    record = entries(write(FILES), EN)[0]
    assert record.texts["names"] == ("mta", "Postamt", "postman")
    assert record.texts["symptom"] == ("mails stay",)
    assert record.texts["context"] == ("Run nlserver restart mta@x now.", "The queue It grows.")


def test_lines_of_pages_with_the_same_skeleton_are_aligned(write: Write) -> None:
    assert {("Text.", "Wörter."), ("More words", "Mehr Worte")} <= lines(write(FILES))


def test_a_paragraph_without_a_translation_leaves_the_other_lines_aligned(write: Write) -> None:
    found = lines(write({**FILES, "en/m.md": f"{EN_PAGE}\nA paragraph that is new.\n"}))
    assert {("Text.", "Wörter."), ("More words", "Mehr Worte")} <= found
    assert "A paragraph that is new." not in dict(found)


def test_a_cell_across_several_columns_is_said_once(write: Write) -> None:
    rows = '<tr><th>A</th><th>B</th></tr>\n<tr><td colspan="2">Doors</td></tr>\n<tr><td rowspan="2">eye</td><td>dirty</td></tr>\n<tr><td>dark</td></tr>'
    folder = write({"site.yml": "title: T\nlanguages: {en: {root: en}}\n", "en/a.md": f"# A {{#a}}\n\n<table>{rows}</table>\n"})
    (entry,) = entries(folder, Lang("en"))
    assert entry.texts["cells"] == ("A", "B", "Doors", "eye", "dirty", "eye", "dark")


def test_a_hit_does_not_say_its_title_again_as_its_symptom(write: Write) -> None:
    kind = "  help: {from: [question-headings]}\n"
    folder = write({**FILES, "site.yml": f"{SITE}{kind}", "en/ask.md": "# Ask {#ask}\n\n## Why is it slow?\n\nThe disk is full.\n"})
    found = {entry.type: entry.shown for entry in entries(folder, EN) if entry.type != "section"}
    assert (found["help"]["symptoms"], found["help"]["remedy"]) == ("", "The disk is full.")
    assert found["modules"]["symptoms"] == "mails stay"
