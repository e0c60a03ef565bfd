"""Rows of mapped tables become records whose ids no translation can change."""

from __future__ import annotations

from generator.model import DocPath, KnowledgeBase, Lang, SourceFile
from generator.parse import parse
from tests.sources import knowledge

EN, DE = Lang("en"), Lang("de")
SITE = """\
title: T
languages:
  en: {root: en, reference: true}
  de: {root: de}
records:
  modules:
    columns: {Module: {roles: subject, identifier: true}, Scope: scope, Help: [symptom, remedy]}
    symptoms: {en: ["Check this if {symptom}"], de: ["Prüfen, wenn {symptom}"]}
    aliases: {export: [exportieren]}
    headers: {de: [Modul, Bereich, Hilfe]}
"""


def table(headers: str, *rows: str) -> str:
    cells = [[cell.strip() for cell in row.split("|")] for row in (headers, *rows)]
    head = "".join(f"<th>{cell}</th>" for cell in cells[0])
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>\n" for row in cells[1:])
    return f"# T {{#t}}\n\n<table><thead><tr>{head}</tr></thead><tbody>\n{body}</tbody></table>\n"


def codes(kb: KnowledgeBase) -> list[str]:
    return [finding.code for finding in kb.findings]


def test_translations_follow_by_position_whatever_their_words() -> None:
    en = table("Module | Scope | Help", "mta | Sends | Check this if mails stay. Restart it.", "stat | Counts | See the log.")
    de = table("Baustein | Umfang | Was tun", "Postamt | Sendet | Prüfen, wenn Mails liegen bleiben. Neu starten.", "Staat | Zählt | Siehe Log.")
    kb = knowledge(SITE, {"en/m.md": en, "de/m.md": de})
    first, second = kb.records["modules"]
    assert (first.id, second.id) == ("mta", "stat")
    assert first.texts[DE].name == "Postamt"
    assert first.texts[DE].symptoms == ("Mails liegen bleiben",)
    assert first.texts[DE].remedy == ("Neu starten.",)
    assert kb.symptoms[0].id == "mails-stay"
    assert kb.symptoms[0].texts == {EN: "mails stay", DE: "Mails liegen bleiben"}


def test_without_a_reference_declared_headers_and_aliases_give_the_ids() -> None:
    alone = SITE.replace("  en: {root: en, reference: true}\n", "")
    kb = knowledge(alone, {"de/m.md": table("Modul | Bereich | Hilfe", "exportieren | Schreibt | Prüfen, wenn nichts kommt.")})
    record = kb.records["modules"][0]
    assert record.id == "export"
    assert record.texts[DE].name == "exportieren"


def test_a_symptom_in_two_rows_is_one_with_its_records_in_order() -> None:
    rows = ("mta | Sends | Check this if mails stay.", "stat | Counts | Check this if Mails  stay. Then wait.")
    kb = knowledge(SITE, {"en/m.md": table("Module | Scope | Help", *rows), "de/x.md": ""})
    assert [symptom.records for symptom in kb.symptoms] == [(("modules", "mta"), ("modules", "stat"))]


def test_a_column_that_names_the_record_by_its_symptom_needs_no_sentences() -> None:
    site = "title: T\nlanguages: {en: {root: en, reference: true}, de: {root: de}}\n"
    site += "records:\n  issues: {columns: {Issue: [subject, symptom], Solution: remedy}}\n"
    en = table("Issue | Solution", "The page stays blank | Reload it.", "Nobody can log in | Wait.")
    de = table("Problem | Abhilfe", "Die Seite bleibt leer | Neu laden.", "Niemand kommt hinein | Warten.")
    kb = knowledge(site, {"en/m.md": en, "de/m.md": de})
    assert [record.texts[DE].symptoms for record in kb.records["issues"]] == [("Die Seite bleibt leer",), ("Niemand kommt hinein",)]
    assert [symptom.texts[EN] for symptom in kb.symptoms] == ["The page stays blank", "Nobody can log in"]


def test_each_item_of_a_list_behind_the_lead_in_is_a_symptom() -> None:
    cell = "Check this if:<ul><li>mails stay;</li><li>the queue grows</li></ul><p>Restart it.</p>"
    kb = knowledge(SITE, {"en/m.md": table("Module | Scope | Help", f"mta | Sends | {cell}"), "de/x.md": ""})
    text = kb.records["modules"][0].texts[EN]
    assert text.symptoms == ("mails stay", "the queue grows")
    assert text.remedy == ("Restart it.",)


def test_ports_codes_and_links_of_a_row_are_fields() -> None:
    row = 'log | Writes | It listens on port 6666 and 53/udp. ODB-240000 means the disk. See <a href="n.md#x">n</a>.'
    kb = knowledge(SITE, {"en/m.md": table("Module | Scope | Help", row), "en/n.md": "# N {#x}\n", "de/x.md": ""})
    text = kb.records["modules"][0].texts[EN]
    assert text.ports == ("6666", "53")
    assert text.codes == ("ODB-240000",)
    assert [kb.documents[EN][text.place.path].links[number].target for number in text.links] == ["n.md#x"]


def test_where_a_row_is_lost_the_others_keep_their_partners() -> None:
    en = table("Module | Scope | Help", "a | 1 | one", "b | 2 | two", "c | 3 | three")
    de = table("M | B | H", "a | 1 | eins", "c | 3 | drei")
    kb = knowledge(SITE, {"en/m.md": en, "de/m.md": de})
    assert [record.texts[DE].remedy if DE in record.texts else None for record in kb.records["modules"]] == [("eins",), None, ("drei",)]


def test_the_same_name_twice_is_a_warning_and_both_rows_stay() -> None:
    kb = knowledge(SITE, {"en/m.md": table("Module | Scope | Help", "a | 1 | one", "a | 2 | two"), "de/x.md": ""})
    assert [record.id for record in kb.records["modules"]] == ["a", "a-1"]
    assert codes(kb).count("record-duplicate") == 1


def test_a_name_beside_several_rows_is_no_name_that_stands_twice() -> None:
    rows = '<tr><td rowspan="2">mta</td><td>a</td><td>b</td></tr>\n<tr><td>c</td><td>d</td></tr>\n'
    kb = knowledge(SITE, {"en/m.md": table("Module | Scope | Help").replace("<tbody>\n", f"<tbody>\n{rows}"), "de/x.md": "# X {#x}\n"})
    assert [record.id for record in kb.records["modules"]] == ["mta", "mta-1"]
    assert codes(kb) == []


def test_a_code_with_two_causes_is_two_records_without_a_warning() -> None:
    site = "title: T\nlanguages: {en: {root: en}}\nrecords: {errors: {columns: {Code: code, Cause: cause}}}\n"
    kb = knowledge(site, {"en/m.md": table("Code | Cause", "503 | No power.", "503 | No cable.", "504 | No clock.")})
    assert [record.id for record in kb.records["errors"]] == ["503", "503-1", "504"]
    assert "record-duplicate" not in codes(kb)
    again = knowledge(site, {"en/m.md": table("Code | Cause", "503 | No power.", "503 | No cable.", "503 | No cable.")})
    assert codes(again).count("record-duplicate") == 1


def test_two_rows_of_a_name_that_say_the_same_keep_their_places() -> None:
    rows = '<tr><td rowspan="2">mta</td><td>a</td><td>b</td></tr>\n<tr><td>a</td><td>b</td></tr>\n'
    kb = knowledge(SITE, {"en/m.md": table("Module | Scope | Help").replace("<tbody>\n", f"<tbody>\n{rows}"), "de/x.md": "# X {#x}\n"})
    assert [(record.id, record.texts[EN].place.row) for record in kb.records["modules"]] == [("mta", 0), ("mta-1", 1)]
    assert codes(kb) == ["record-duplicate"]


def test_group_keys_fill_down_and_columns_split_by_pattern() -> None:
    site = """\
title: T
languages: {en: {root: en}}
records:
  errors:
    columns:
      Tier: {roles: group, fill_down: true}
      Code: {roles: [code, message], split: '^(?P<code>\\S+) - (?P<message>.+)$'}
      Free: {roles: "variant:cloud"}
"""
    rows = ("One | A-1 - it broke | x", " | A-2 - it burnt | y")
    kb = knowledge(site, {"en/m.md": table("Tier | Code | Free", *rows)})
    first, second = kb.records["errors"]
    assert (first.id, second.id) == ("A-1", "A-2")
    assert second.texts[EN].fields == {"group": "One", "code": "A-2", "message": "it burnt", "variant:cloud": "y"}


def test_pipe_tables_are_records_too() -> None:
    text = "# T\n\n| Module | Scope | Help |\n|---|---|---|\n| `mta` | Sends | Check this if mails stay. Restart.|\n"
    kb = knowledge(SITE, {"en/m.md": text, "de/x.md": ""})
    assert kb.records["modules"][0].id == "mta"
    assert kb.records["modules"][0].texts[EN].span.line == 5


def test_a_table_without_header_is_taken_at_its_declared_place() -> None:
    placed = SITE.replace("  modules:\n", "  modules:\n    tables: [{page: m.md, ordinal: 1}]\n")
    text = "# T\n\n<table><tbody><tr><td>mta</td><td>Sends</td><td>Restart.</td></tr></tbody></table>\n"
    assert [record.id for record in knowledge(placed, {"en/m.md": text, "de/x.md": ""}).records["modules"]] == ["mta"]


def test_a_first_row_in_bold_is_the_header() -> None:
    def bold(*rows: str) -> str:
        return "# T\n\n<table><tbody>\n" + "".join(f"<tr>{row}</tr>\n" for row in rows) + "</tbody></table>\n"

    def cells(text: str) -> str:
        return "".join(f"<td>{cell.strip()}</td>" for cell in text.split("|"))

    en = bold(cells("<strong>Module</strong> | <p><b>Scope</b></p> | <strong>Help</strong>"), cells("<strong>log</strong> | Writes | Free the disk."))
    de = bold(cells("<strong>Baustein</strong> | <p><b>Umfang</b></p> | <strong>Hilfe</strong>"), cells("<strong>log</strong> | Schreibt | Platz schaffen."))
    kb = knowledge(SITE, {"en/m.md": en, "de/m.md": de})
    assert [(record.id, record.texts[DE].remedy) for record in kb.records["modules"]] == [("log", ("Platz schaffen.",))]


def test_rows_that_are_all_in_bold_are_no_headers() -> None:
    text = "# T\n\n<table>" + 2 * "<tr><td><b>a</b></td><td><b>b</b></td></tr>" + "</table>\n"
    (table,) = parse(SourceFile(EN, DocPath("m.md"), "en/m.md", text, "0")).document.tables
    assert (table.header, len(table.rows)) == ((), 2)


def test_codes_have_any_number_of_groups() -> None:
    kb = knowledge(SITE, {"en/m.md": table("Module | Scope | Help", "log | Writes | ABCDEF-1510-500 is a full disk, UTF-8 none."), "de/x.md": ""})
    assert kb.records["modules"][0].texts[EN].codes == ("ABCDEF-1510-500",)


def test_a_mapping_that_finds_no_table_is_said() -> None:
    assert "table-missing" in codes(knowledge(SITE, {"en/m.md": "# T\n", "de/m.md": "# T\n"}))


def test_ids_are_safe_for_addresses() -> None:
    kb = knowledge(SITE, {"en/m.md": table("Module | Scope | Help", "../a b?#c | 1 | one"), "de/x.md": ""})
    assert kb.records["modules"][0].id == "a-b-c"


def test_a_table_with_the_same_headers_in_another_order_is_mapped_too() -> None:
    en = table("Help | Module | Scope", "Check this if mails stay. Restart it. | mta | Sends")
    de = table("Was tun | Baustein | Umfang", "Prüfen, wenn Mails liegen bleiben. Neu starten. | Postamt | Sendet")
    kb = knowledge(SITE, {"en/m.md": en, "de/m.md": de})
    (record,) = kb.records["modules"]
    assert (record.id, record.texts[EN].fields["scope"], record.texts[EN].remedy) == ("mta", "Sends", ("Restart it.",))
    assert (record.texts[DE].name, record.texts[DE].symptoms) == ("Postamt", ("Mails liegen bleiben",))
    assert "table-missing" not in codes(kb)


def test_declared_headers_of_a_language_may_stand_in_another_order_too() -> None:
    alone = SITE.replace("  en: {root: en, reference: true}\n", "")
    kb = knowledge(alone, {"de/m.md": table("Hilfe | Modul | Bereich", "Neu starten. | mta | Sendet")})
    assert [(record.id, record.texts[DE].remedy) for record in kb.records["modules"]] == [("mta", ("Neu starten.",))]


def test_rows_that_have_changed_places_in_a_translation_stay_with_their_names() -> None:
    en = table("Module | Scope | Help", "mta | Sends | Restart it: ctl mta.", "stat | Counts | Look at 7777.", "log | Writes | Free the disk.")
    de = table("M | B | H", "stat | Zählt | Sieh nach 7777.", "mta | Sendet | Neu starten: ctl mta.", "Log | Schreibt | Platz schaffen.")
    kb = knowledge(SITE, {"en/m.md": en, "de/m.md": de})
    assert [(record.id, record.texts[DE].fields["scope"]) for record in kb.records["modules"]] == [("mta", "Sendet"), ("stat", "Zählt"), ("log", "Schreibt")]


def test_names_that_were_exchanged_alone_leave_the_rows_where_they_stand() -> None:
    en = table("Module | Scope | Help", "mta | Sends mail on port 25 | Run ctl_mta -r.", "stat | Counts up to 7777 | Run ctl_stat -s.")
    de = table("M | B | H", "stat | Sendet Mail über Port 25 | ctl_mta -r ausführen.", "mta | Zählt bis 7777 | ctl_stat -s ausführen.")
    kb = knowledge(SITE, {"en/m.md": en, "de/m.md": de})
    assert [record.texts[DE].fields["scope"] for record in kb.records["modules"]] == ["Sendet Mail über Port 25", "Zählt bis 7777"]


def test_a_port_of_the_reference_is_one_in_words_of_any_language() -> None:
    en = table("Module | Scope | Help", "log | Writes | It listens on port 6666.")
    de = table("M | B | H", "log | Schreibt | Es lauscht am Anschluss 6666, seit 2019.")
    (record,) = knowledge(SITE, {"en/m.md": en, "de/m.md": de}).records["modules"]
    assert record.texts[DE].ports == ("6666",)


def test_a_pattern_holds_for_the_marks_of_other_languages() -> None:
    site = """\
title: T
languages: {en: {root: en, reference: true}, de: {root: de}}
records: {errors: {columns: {Code: {roles: code, split: '^(?P<code>[A-Z]\\d+): (?P<message>.+)$'}}}}
"""
    for translated in ("F12：zu niedrig", "F12 : zu niedrig", "F12\u00a0: zu niedrig", "F12: zu niedrig"):
        kb = knowledge(site, {"en/m.md": table("Code", "F12: Too low"), "de/m.md": table("Fehler", translated)})
        assert kb.records["errors"][0].texts[DE].fields == {"code": "F12", "message": "zu niedrig"}, translated


def test_a_table_with_almost_the_headers_of_a_mapping_is_said_with_its_place() -> None:
    good = table("Module | Scope | Help", "mta | Sends | Restart it.")
    for headers, why in (("Module | Scope | Helps", "its header “Helps” is “Help”"), ("Module | Scope | Help | Since", "it has one more header, “Since”")):
        row = " | ".join(["stat"] * len(headers.split("|")))
        kb = knowledge(SITE, {"en/m.md": good, "en/n.md": table(headers, row), "de/x.md": ""})
        (finding,) = [finding for finding in kb.findings if finding.code == "table-missing"]
        assert (finding.file, finding.span.line) == ("en/n.md", 3)
        assert why in finding.message


def test_other_tables_are_none_of_a_mapping_and_nothing_is_said_of_them() -> None:
    good = table("Module | Scope | Help", "mta | Sends | Restart it.")
    for headers in ("Module | Scope | Owner", "Module | Help", "Name | Scope | Help | Since", "Option | Default"):
        row = " | ".join(["x"] * len(headers.split("|")))
        kb = knowledge(SITE, {"en/m.md": good, "en/n.md": table(headers, row), "de/x.md": ""})
        assert not [finding for finding in kb.findings if finding.code == "table-missing"], headers


def test_a_heading_within_a_table_is_no_record() -> None:
    across = '<tr><td colspan="3">Senders</td></tr>\n'
    rows = table("Module | Scope | Help", "mta | Sends | Restart it.", "<b>Counters</b> | | ", "stat | Counts | See the log.")
    kb = knowledge(SITE, {"en/m.md": rows.replace("<tbody>\n", f"<tbody>\n{across}"), "de/x.md": "# X {#x}\n"})
    assert [record.id for record in kb.records["modules"]] == ["mta", "stat"]
    assert codes(kb) == []


def test_a_row_with_a_wide_cell_or_a_bold_name_is_a_record_all_the_same() -> None:
    rows = table("Module | Scope | Help", "<b>mta</b> | Sends | Restart it.", "<b>log</b> | Writes | ")
    wide = '<tr><td>stat</td><td colspan="2">Counts</td></tr>\n'
    kb = knowledge(SITE, {"en/m.md": rows.replace("<tbody>\n", f"<tbody>\n{wide}"), "de/x.md": "# X {#x}\n"})
    assert [record.id for record in kb.records["modules"]] == ["stat", "mta", "log"]
