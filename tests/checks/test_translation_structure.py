"""What is missing from a translation is said at the line where it belongs."""

from __future__ import annotations

from pathlib import Path

from generator.config import load
from generator.inspection import inspect
from tests.checks.pairs import findings, said
from tests.conftest import Write

ROW = "  <tr>\n    <td>{0}</td>\n    <td>{1}</td>\n  </tr>\n"
HEAD = "# T {#t}\n\n<table>\n  <tr>\n    <th>Error</th>\n    <th>Help</th>\n  </tr>\n"


def table(*rows: tuple[str, str]) -> str:
    return HEAD + "".join(ROW.format(*row) for row in rows) + "</table>\n"


EN = table(("ODB-240000", "The disk is full"), ("XTK-170036", "The name is wrong"), ("WKF-560247", "The workflow stopped"))


def test_a_lost_row_is_found_where_it_stood(tmp_path: Path) -> None:
    es = table(("ODB-240000", "El disco está lleno"), ("WKF-560247", "El flujo se detuvo"))
    assert [found[:2] for found in said(tmp_path, EN, es)] == [("row", 12)]


def test_the_last_row_is_missed_behind_the_others(tmp_path: Path) -> None:
    es = table(("ODB-240000", "El disco está lleno"), ("XTK-170036", "El nombre es incorrecto"))
    assert [found[:2] for found in said(tmp_path, EN, es)] == [("row", 16)]


def test_a_row_without_names_is_told_apart_by_what_the_page_says_elsewhere(tmp_path: Path) -> None:
    rows = [("Chapter", "Read"), ("Offer", "Write"), ("Space", "Read"), ("Rule", "None")]
    words = {"Chapter": "項目", "Offer": "提案", "Space": "場所", "Rule": "規則", "Read": "読取", "Write": "書込", "None": "なし"}
    japanese = [(words[left], words[right]) for left, right in rows]
    en = table(*rows) + "\nAgain:\n\n" + table(*rows).removeprefix("# T {#t}\n\n")
    ja = table(*japanese) + "\n再び:\n\n" + table(*(row for row in japanese if row[0] != "場所")).removeprefix("# T {#t}\n\n")
    (found,) = findings(tmp_path, en, ja, "ja")
    assert "Space" in found.message


def test_swapped_cells_are_one_warning_and_nothing_else(tmp_path: Path) -> None:
    es = table(("ODB-240000", "El disco está lleno"), ("El nombre es incorrecto", "XTK-170036"), ("WKF-560247", "El flujo se detuvo"))
    assert [found[:2] for found in said(tmp_path, EN, es)] == [("cell", 12)]


def test_a_heading_of_another_level_is_found_with_its_marks(tmp_path: Path) -> None:
    found = said(tmp_path, "# T {#t}\n\n## A {#a}\n\nText.\n", "# T {#t}\n\n### A {#a}\n\nTexto.\n")
    assert found == [("heading", 3, 1, "###", "##")]


def test_a_changed_id_is_found_with_the_one_that_links_use(tmp_path: Path) -> None:
    found = said(tmp_path, "# T {#t}\n\n## Ports {#list-of-ports}\n\nText.\n", "# T {#t}\n\n## Puertos {#lista-de-puertos}\n\nTexto.\n")
    assert found == [("anchor", 3, 14, "lista-de-puertos", "list-of-ports")]


def test_an_id_that_a_particle_follows_moves_to_the_end_of_its_heading(tmp_path: Path) -> None:
    en, ko = "# T {#t}\n\n## Full queues {#full}\n\nWait.\n", "# T {#t}\n\n## 가득 찬 대기열 {#full}을 비우기\n\n기다리세요.\n"
    assert said(tmp_path, en, ko, "ko") == [("anchor", 3, 1, "## 가득 찬 대기열 {#full}을 비우기", "## 가득 찬 대기열을 비우기 {#full}")]


def test_a_lost_section_is_said_once_where_it_belongs(tmp_path: Path) -> None:
    en = "# T {#t}\n\n## A {#a}\n\nFirst text.\n\n## B {#b}\n\nSecond text.\n\n* item\n\n## C {#c}\n\nThird.\n"
    es = "# T {#t}\n\n## A {#a}\n\nPrimer texto.\n\n## C {#c}\n\nTercero.\n"
    (found,) = findings(tmp_path, en, es)
    assert (found.code, found.span.line) == ("translation-heading", 7)
    assert "2 more blocks" in found.message


def test_one_block_behind_a_lost_one_is_said_in_good_english(tmp_path: Path) -> None:
    en = "# T {#t}\n\n## A {#a}\n\nFirst text.\n\n* item\n\n## C {#c}\n\nThird.\n"
    (lost,) = findings(tmp_path, en, "# T {#t}\n\n## A {#a}\n\n## C {#c}\n\nTercero.\n")
    assert "(line 5) and one more block after it are missing here" in lost.message
    (added,) = findings(tmp_path, "# T {#t}\n\n## A {#a}\n\n## C {#c}\n\nThird.\n", en.replace("Third", "Tercero"))
    assert "This paragraph and one more block after it have no counterpart" in added.message


def test_sections_in_another_order_keep_their_ids(tmp_path: Path) -> None:
    en = "# T {#t}\n\n## Apples {#apples}\n\nOne text.\n\n## Pears {#pears}\n\nAnother text.\n"
    fr = "# T {#t}\n\n## Poires {#pears}\n\nUn autre texte.\n\n## Pommes {#apples}\n\nUn texte.\n"
    (found,) = [one for one in findings(tmp_path, en, fr, "fr") if one.code == "translation-anchor"]
    assert (found.span.line, found.target, found.suggestion) == (3, "pears", "")
    assert "in line 7: the sections stand in another order here" in found.message


def test_what_the_reference_has_not_is_found_too(tmp_path: Path) -> None:
    found = said(tmp_path, "# T {#t}\n\nOne.\n\n## B {#b}\n\nTwo.\n", "# T {#t}\n\nUno.\n\n* más\n\n## B {#b}\n\nDos.\n")
    assert [one[:2] for one in found] == [("structure", 5)]


def test_a_block_whose_construct_was_damaged_is_one_finding(tmp_path: Path) -> None:
    en = "# T {#t}\n\nOne.\n\n>[!VIDEO](https://example.org/v)\n\nTwo.\n"
    (found,) = findings(tmp_path, en, "# T {#t}\n\n一。\n\n>[!VIDEO]（https://example.org/v)\n\n二。\n", "zh")
    assert (found.code, found.span.line) == ("translation-structure", 5)
    assert "video (line 5)" in found.message


def test_a_page_of_another_version_is_one_finding(tmp_path: Path) -> None:
    en = "# T {#t}\n\n" + "\n\n".join(f"* item {n}\n\n```\ncode {n}\n```" for n in range(8))
    assert [found[0] for found in said(tmp_path, en, "# T {#t}\n\nNada más.\n")] == ["structure"]


def test_what_front_matter_says_of_a_pages_own_making_may_differ(tmp_path: Path) -> None:
    en = "---\nsource-git-commit: 0a1b2c3d\nlast-update: 2026-03-04\nworkflow-type: ht\n---\n# T {#t}\n"
    es = "---\nsource-git-commit: 9a8b7c6d\nlast-update: 2026-02-01\nworkflow-type: tm+mt\n---\n# T {#t}\n"
    assert said(tmp_path, en, es) == []


def test_a_value_of_a_list_is_not_translated_but_may_be_another(tmp_path: Path) -> None:
    en = "---\nfeature: Hash Tables\nrole: User, Admin\nkeywords: hash\n---\n# T {#t}\n"
    assert said(tmp_path, en, en.replace("Hash Tables", "해시 표").replace("keywords: hash", "keywords: 해시"), "ko") == [
        ("front-matter", 2, 10, "해시 표", "Hash Tables")
    ]
    assert said(tmp_path, en, en.replace("User, Admin", "Developer"), "ko") == []


def test_a_translated_front_matter_key_is_found_with_the_key_it_stands_for(tmp_path: Path) -> None:
    en, es = "---\ntitle: T\ndescription: D\nrole: User\n---\n# T {#t}\n", "---\ntitle: T\ndescripción: D\nfunción: User\n---\n# T {#t}\n"
    assert said(tmp_path, en, es) == [("front-matter", 3, 1, "descripción", "description"), ("front-matter", 4, 1, "función", "role")]


def test_a_front_matter_key_is_missed_behind_the_one_before_it(tmp_path: Path) -> None:
    en = "---\ntitle: A\naudience: production\ntopic-tags: troubleshooting\n---\n# T {#t}\n"
    es = "---\ntitle: A\ntopic-tags: solución\nht-degree: 5%\n---\n# T {#t}\n"
    assert said(tmp_path, en, es) == [("front-matter", 3, 1, "", "audience"), ("front-matter", 3, 13, "solución", "troubleshooting")]


def test_keys_that_the_reference_has_got_since_are_one_finding(tmp_path: Path) -> None:
    en = "---\ntitle: A\nfeature: Tools\nrole: User\nexl-id: 1a2b3c4d\nTQID: abc\n---\n# T {#t}\n"
    es = "---\ntitle: A\nseo-title: A\ntopic: Tools\nuuid: 5e6f\nsource-git-commit: 9a8b7c6d\nht-degree: 5%\n---\n# T {#t}\n"
    (found,) = findings(tmp_path, en, es)
    assert (found.code, found.span.line, found.target, found.suggestion) == ("translation-front-matter", 3, "", "feature, role, exl-id, TQID")
    assert "has feature, role, exl-id and TQID, which are missing here" in found.message


def test_a_key_of_another_meaning_stands_for_none(tmp_path: Path) -> None:
    en, zh = "---\ntitle: Queues\nproduct: pump\nhide: true\n---\n# T {#t}\n", "---\ntitle: 队列\n{}\nhide: true\n---\n# T {{#t}}\n"
    assert said(tmp_path, en, zh.format("badge-old: 旧版"), "zh-Hans") == [("front-matter", 3, 1, "", "product")]
    for line in ("产品: 泵", "producto: 泵", "guide: pump"):
        assert said(tmp_path, en, zh.format(line), "zh-Hans") == [("front-matter", 3, 1, line.split(":")[0], "product")]


def alerts(*texts: str) -> str:
    return "# T {#t}\n\n" + "\n\n".join(texts) + "\n"


WAIT, STOP = ">[!NOTE]\n>\n>Wait for the queue.", "* Stop it.\n\n  >[!WARNING]\n  >The data is lost."


def test_a_label_that_became_another_is_found_with_the_one_of_the_reference(tmp_path: Path) -> None:
    es = alerts(">[!tip]\n>\n>Espere a la cola.", "* Deténgalo.\n\n  >[!注意]\n  >Se pierden los datos.")
    assert said(tmp_path, alerts(WAIT, STOP), es) == [("alert", 3, 4, "tip", "NOTE"), ("alert", 9, 6, "注意", "WARNING")]


def test_labels_of_one_meaning_are_one(tmp_path: Path) -> None:
    assert not said(tmp_path, alerts(">[!ADMIN]\n>Ask for rights."), alerts(">[!administration]\n>Pida permisos."))


def test_alerts_in_each_other_are_compared_with_their_own(tmp_path: Path) -> None:
    en = alerts(">[!NOTE]\n>>[!TIP]\n>>Wait for the queue.")
    assert said(tmp_path, en, alerts(">[!NOTE]\n>>[!ERROR]\n>>Espere a la cola.")) == [("alert", 4, 5, "ERROR", "TIP")]
    assert not said(tmp_path, en, alerts(">[!TIP]\n>Espere a la cola."))


def test_an_alert_that_was_added_or_left_out_changes_nothing_about_the_others(tmp_path: Path) -> None:
    wait, stop = ">[!NOTE]\n>\n>Espere a la cola.", "* Deténgalo.\n\n  >[!WARNING]\n  >Se pierden los datos."
    for es in (alerts(stop), alerts(">[!TIP]\n>Un consejo que no estaba, largo.", wait, stop), alerts(wait, ">[!TIP]\n>", stop)):
        assert "alert" not in [code for code, *_ in said(tmp_path, alerts(WAIT, STOP), es)]


def test_an_alert_without_its_label_is_found_where_its_text_stands(tmp_path: Path) -> None:
    for quote in (">[NOTE]\n>Espere a la cola.", ">\n>Espere a la cola.", ">[!NOTE]\n\nEspere a la cola."):
        ((code, line, _, _, _),) = said(tmp_path, alerts(WAIT), alerts(quote))
        assert code == "alert"
        assert quote.split("\n")[line - 3].strip(">")


def test_what_no_one_knows_in_the_reference_asks_nothing_of_a_translation(tmp_path: Path) -> None:
    assert not said(tmp_path, alerts(">[!NOTTE]\n>Wait for the queue."), alerts(">[!NOTE]\n>Espere a la cola."))


def test_rows_that_have_changed_places_are_one_finding_and_their_cells_are_compared_with_their_own_reference(tmp_path: Path) -> None:
    en = "# T {#t}\n\n| Do | Name |\n|---|---|\n| Run `ctl a 10`. | `alpha` |\n| Run `ctl b 20`. | `beta` |\n| Wait. | `gamma` |\n"
    es = "# T {#t}\n\n| Haga | Nombre |\n|---|---|\n| Ejecute `ctl b 20`. | `beta` |\n| Ejecute `ctl a 10`. | `alpha` |\n| Espere. | `gamma` |\n"
    assert [found[:2] for found in said(tmp_path, en, es)] == [("row", 5)]


def test_a_row_that_has_changed_places_may_have_lost_its_name_too(tmp_path: Path) -> None:
    en = "# T {#t}\n\n| Do | Name |\n|---|---|\n| Run `ctl a 10` on the first machine. | alpha-one |\n| Run `ctl b 20`. | beta-two |\n| Wait. | gamma-three |\n"
    es = "# T {#t}\n\n| Haga | N |\n|---|---|\n| Ejecute `ctl b 20`. | beta-two |\n| Ejecute `ctl a 10` en la primera máquina. | alfa uno |\n| Espere. | gamma-three |\n"
    site = "title: T\nlanguages: {en: {root: en, reference: true}, es: {root: es}}\nrecords: {m: {columns: {Do: remedy, Name: {roles: subject, identifier: true}}}}\n"
    assert [found[:2] for found in said(tmp_path, en, es, site=site)] == [("row", 5), ("identifier", 6)]


def test_a_title_of_the_contents_that_is_not_translated_is_found(write: Write) -> None:
    site = "title: T\nlanguages:\n  en: {root: en, reference: true}\n  nl: {root: nl}\n"
    page = "# Modules {#modules}\n\nx\n"
    contents = "+ [Modules and the frequent issues](a.md)\n+ [Log files](b.md)\n"
    found, _ = inspect(load(write({"site.yml": site, **{f"{lang}/{name}": page for lang in ("en", "nl") for name in ("a.md", "b.md")}, "en/TOC.md": contents, "nl/TOC.md": contents}) / "site.yml"), cache=False, jobs=1)
    assert [(one.code, one.file, one.span.line) for one in found if one.file.endswith("TOC.md")] == [("translation-untranslated", "nl/TOC.md", 1)]


def test_a_heading_that_lost_its_id_is_offered_with_it(tmp_path: Path) -> None:
    en = "# T {#t}\n\nOne.\n\n## Logs {#logs}\n\nTwo.\n\n## Ports {#ports}\n\nThree.\n"
    es = en.replace("## Logs {#logs}", "## Registros  ").replace("## Ports {#ports}", "## Puertos ##")
    assert said(tmp_path, en, es) == [
        ("anchor", 5, 1, "## Registros", "## Registros {#logs}"),
        ("anchor", 9, 1, "", "ports"),
    ]


def test_where_a_heading_is_missing_too_an_id_is_named_and_put_nowhere(tmp_path: Path) -> None:
    en = "# T {#t}\n\nOne.\n\n## Logs {#logs}\n\nTwo 22.\n\n## Ports {#ports}\n\nThree 33.\n"
    es = "# T {#t}\n\nUno.\n\n## Puertos\n\nTres 33.\n"
    assert [(code, suggestion) for code, *_, suggestion in said(tmp_path, en, es) if code == "anchor"] == [("anchor", "ports")]


LISTED = '# T {{#t}}\n\n<table>\n<tr><td rowspan="2"><ul><li>{}</li>{}</ul></td><td>{}</td></tr>\n<tr><td>{}</td></tr>\n</table>\n'


def test_a_cell_lists_as_much_as_its_reference(tmp_path: Path) -> None:
    en = LISTED.format("Wait for it", "<li>Stop it</li>", "One", "Two")
    assert said(tmp_path, en, LISTED.format("Espere", "<li>Párelo</li>", "Uno", "Dos")) == []
    (found,) = findings(tmp_path, en, LISTED.format("Espere", "", "Uno", "Dos"))
    assert (found.code, found.span.line) == ("translation-structure", 4)
    assert "have 1 entry, those of its reference (line 4) 2 entries" in found.message
