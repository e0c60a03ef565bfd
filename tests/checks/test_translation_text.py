"""Code, links, marks, numbers and words survive translation; what languages write differently is no damage."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.pairs import findings, said


def codes(tmp_path: Path, english: str, other: str, lang: str = "es") -> list[str]:
    return [found[0] for found in said(tmp_path, f"# T {{#t}}\n\n{english}\n", f"# T {{#t}}\n\n{other}\n", lang)]


def test_a_changed_code_span_is_found_with_the_code_of_the_reference(tmp_path: Path) -> None:
    found = said(tmp_path, "# T {#t}\n\nRun `config -instance`.\n", "# T {#t}\n\nEjecute `config –instance`.\n")
    assert found == [("code", 3, 10, "config –instance", "config -instance")]


def test_code_in_another_order_or_in_one_span_is_the_same_code(tmp_path: Path) -> None:
    assert codes(tmp_path, "From `one` to `two`.", "A `two` desde `one`.") == []
    assert codes(tmp_path, "It is `[a-z]``[0-9]`.", "Es `[a-z]` `[0-9]`.") == []


def test_translated_code_that_is_like_no_other_is_paired_in_the_order_of_the_text(tmp_path: Path) -> None:
    english, french = "# T {#t}\n\nLook in `Desktop` and `Downloads`.\n", "# T {#t}\n\nVoyez `Bureau` et `Téléchargements`.\n"
    assert [one.message.split(". ")[0] for one in findings(tmp_path, english, french, "fr")] == [
        "“Bureau” stands for the code Desktop", "“Téléchargements” stands for the code Downloads",
    ]  # fmt: skip


def test_code_that_a_table_marks_by_a_class_is_code(tmp_path: Path) -> None:
    row = '# T {{#t}}\n\n<table>\n<tr><td><span class="codeph"> {} </span></td>\n<td>{} <span class="filepath"> {}</span></td></tr>\n</table>\n'
    en, es = row.format("queue::Name", "It lies in", "Maps/a.map"), row.format("cola::Name ", "Está en", "Mapas/a.map")
    assert said(tmp_path, en, es) == [("code", 4, 31, "cola::Name", "queue::Name"), ("code", 5, 37, "Mapas/a.map", "Maps/a.map")]
    assert said(tmp_path, en, row.format("queue::Name ", "Está en", " Maps/a.map ")) == []


def test_a_changed_line_of_a_block_of_code_is_found_at_its_line(tmp_path: Path) -> None:
    en = "# T {#t}\n\n```\nfirst\nnlserver stop web\n```\n"
    es = "# T {#t}\n\n```\nfirst\nnlserver parar web\n```\n"
    assert said(tmp_path, en, es) == [("code", 5, 1, "nlserver parar web", "nlserver stop web")]


def test_blanks_and_remarks_in_code_may_differ(tmp_path: Path) -> None:
    assert codes(tmp_path, "```\n# stop it\nnlserver  stop\n\n```", "```\n# párelo\nnlserver stop\n```") == []
    basic = "```\nprint total 'all of it\nSELECT a -- the first\n```"
    assert codes(tmp_path, basic, basic.replace("all of it", "la somme").replace("the first", "le premier"), "fr") == []
    assert codes(tmp_path, basic, basic.replace("total", "somme"), "fr") == ["code"]
    assert codes(tmp_path, "```\necho 'all of it'\n```", "```\necho 'la somme'\n```", "fr") == ["code"]


def test_reversed_brackets_are_found_with_the_link_as_it_should_be(tmp_path: Path) -> None:
    found = said(tmp_path, "# T {#t}\n\nSee [ports](a.md#p) now.\n", "# T {#t}\n\nVea ](a.md#p)puertos[ ya.\n")
    assert found == [("link", 3, 5, "](a.md#p)puertos[", "[puertos](a.md#p)")]


@pytest.mark.parametrize("torn", ["] (b.md#a)", "](b.md # a)", "]（b.md#a）", "]\u3000(b.md#a )"])
def test_a_link_with_blanks_or_wide_parentheses_is_found_with_its_end_as_it_should_be(tmp_path: Path, torn: str) -> None:
    found = said(tmp_path, "# T {#t}\n\nSee [all of it](b.md#a) now.\n", f"# T {{#t}}\n\n見る[全部{torn}今。\n", "ja")
    assert ("link", 3, 6, torn, "](b.md#a)") in found


def test_reversed_brackets_that_hug_the_words_outside_are_found_without_a_suggestion(tmp_path: Path) -> None:
    original = "# T {#t}\n\nSee [the list of all ports that are open](a.md#p) now.\n"
    found = said(tmp_path, original, "# T {#t}\n\nPara los puertos](a.md#p) vea la [lista de todos ya.\n")
    assert found == [("link", 3, 17, "](a.md#p) vea la [", "")]
    assert said(tmp_path, original, "# T {#t}\n\nポート ](a.md#p)の[一覧。\n", "ja")[0][4] == ""


def test_reversed_brackets_of_a_picture_are_found_with_the_picture_as_it_should_be(tmp_path: Path) -> None:
    found = said(tmp_path, "# T {#t}\n\nHere ![the ports](a.png) are.\n", "# T {#t}\n\nAquí ](a.png)los puertos![ están.\n")
    assert ("link", 3, 6, "](a.png)los puertos![", "![los puertos](a.png)") in found


def test_reversed_brackets_are_found_in_comments_too(tmp_path: Path) -> None:
    original = "# T {#t}\n\n<!-- See [ports](a.md#p),\nthen [logs](b.md) and [more](b.md). -->\n"
    found = said(tmp_path, original, "# T {#t}\n\n<!-- Vea [puertos](a.md#p),\nluego ](b.md)registros[ y [más](b.md). -->\n")
    assert found == [("link", 4, 7, "](b.md)registros[", "[registros](b.md)")]


def test_links_side_by_side_in_a_comment_are_no_reversed_ones_and_a_comment_may_be_left_out(tmp_path: Path) -> None:
    original = "# T {#t}\n\n<!-- [ports](a.md), [logs](b.md) -->\n"
    assert codes(tmp_path, original, "# T {#t}\n\n<!-- [puertos](a.md), [registros](b.md) -->\n") == []
    assert codes(tmp_path, original, "# T {#t}\n") == []
    assert codes(tmp_path, original, "# T {#t}\n\n<!-- [puertos](a.md), [más](c.md), [registros](d.md) -->\n") == []
    twice = original + "\n<!-- [ports](a.md) -->\n"
    assert codes(tmp_path, twice, twice.replace("[ports](a.md) -->", "[ports](x.md) -->")) == []


def test_a_changed_address_is_found_in_comments_too(tmp_path: Path) -> None:
    original = "# T {#t}\n\n<!-- See [ports](list/ports.md#open-ports),\nand [home](https://help.example.com/home). -->\n"
    translation = original.replace("open-ports", "open_ports").replace(".com", ".como")
    assert said(tmp_path, original, translation) == [
        ("link", 3, 18, "list/ports.md#open_ports", "list/ports.md#open-ports"),
        ("address", 4, 12, "https://help.example.como/home", "https://help.example.com/home"),
    ]


def test_comments_whose_links_all_differ_are_other_comments(tmp_path: Path) -> None:
    original, translation = (f"# T {{#t}}\n\n<!-- {' '.join(f'[p](pages/part-{n}-{end}.md)' for n in range(3000))} -->\n" for end in ("one", "two"))
    assert codes(tmp_path, original, translation) == []


def test_a_changed_address_is_found_at_the_address(tmp_path: Path) -> None:
    found = said(tmp_path, "# T {#t}\n\nSee [ports](a.md#list-of-ports).\n", "# T {#t}\n\nVea [puertos](a.md#list_of-ports).\n")
    assert found == [("link", 3, 15, "a.md#list_of-ports", "a.md#list-of-ports")]


def test_a_link_may_be_written_in_another_way_that_leads_to_the_same_place(tmp_path: Path) -> None:
    en = "See [ports](b.md#list), [keys](#keys), [all](guides/all.md) and ![](p/i.png)."
    zh = "请参阅[端口](./b.md#list)、[密钥](a.md#keys)、[全部](guides/x/../all.md)和![](./p/i.png)。"
    assert said(tmp_path, f"# T {{#t}}\n\n{en}\n", f"# T {{#t}}\n\n{zh}\n", "zh") == []
    assert codes(tmp_path, "See [ports](b.md#list).", "Vea [puertos](x/b.md#list).") == ["link"]


@pytest.mark.parametrize("words", ["", "\U0001f517", "&#128279;", "…"])
def test_a_link_whose_words_are_lost_is_found_at_its_address(tmp_path: Path, words: str) -> None:
    found = said(tmp_path, "# T {#t}\n\nSee [open ports](https://p.example/) now.\n", f"# T {{#t}}\n\nVea [{words}](https://p.example/) ya.\n")
    assert [(code, line, target) for code, line, _, target, _ in found] == [("empty", 3, "https://p.example/")]


def test_links_that_say_something_or_never_did_have_lost_nothing(tmp_path: Path) -> None:
    assert codes(tmp_path, "See [ports](a.md) or [»](b.md).", "Vea [\u200b puertos \u200b](a.md) o [»](b.md).") == []
    assert codes(tmp_path, "[![](i.png)](a.md) and [`x`](b.md).", "[![](i.png)](a.md) y [`x`](b.md).") == []
    assert codes(tmp_path, "[Ports](a.md)", "[](a.md)") == ["empty"]


def test_a_lost_link_is_found(tmp_path: Path) -> None:
    assert codes(tmp_path, "See [ports](a.md).", "Vea los puertos.") == ["link"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://www.example.como/a", ["address"]),
        ("https://example.ex?lang=ample.com/a", ["address"]),
        ("https://www.example.com/es/a?lang=es", []),
        ("https://docs.other.org/a", []),
    ],
)
def test_an_address_outside_may_be_another_page_but_not_a_ruin(tmp_path: Path, address: str, expected: list[str]) -> None:
    assert codes(tmp_path, "See [it](https://www.example.com/a?lang=en).", f"Vea [esto]({address}).") == expected


def test_asterisks_that_are_shown_are_found_where_the_reference_shows_none(tmp_path: Path) -> None:
    assert codes(tmp_path, "Click **Save** now.", "Haga clic en Guardar.****") == ["emphasis"]
    assert codes(tmp_path, "<table><tr><td><b>Save</b> is grey.</td></tr></table>", "<table><tr><td><b></b> está gris.</td></tr></table>") == ["emphasis"]
    assert codes(tmp_path, "<table><tr><td>Do<b> </b>it.</td></tr></table>", "<table><tr><td>Hágalo<b> </b>ya.</td></tr></table>") == []
    assert codes(tmp_path, "Log in as **root**.", 'Melden Sie sich als "**"**.', "de")[:1] == ["emphasis"]


def test_braces_that_a_translation_program_left_are_found(tmp_path: Path) -> None:
    assert codes(tmp_path, "Open the **Zone** field.", "Abra el campo {0 **Zona**.") == ["debris"]
    assert codes(tmp_path, "The **zone of the shop**.", "La 1&rbrace; zona **de la** tienda.") == ["debris"]
    assert codes(tmp_path, "Open the **Zone** field.", "Abra el campo {Zona}.") == ["debris"]
    english = "# T {#t}\n\nRun `pdump` first.\n"
    assert said(tmp_path, english, "# T {#t}\n\nEjecute {0} primero.\n") == [("debris", 3, 9, "{0}", "`pdump`")]
    assert codes(tmp_path, "Run `one` and `two`.", "Ejecute {0} y {1}.") == ["code", "code", "debris"]
    assert codes(tmp_path, "Type `{zone}` now.", "Escriba `{zone}` ahora.") == []
    assert codes(tmp_path, "Type {zone} now.", "Escriba {zona} ahora.") == []


def test_a_word_of_english_grammar_before_words_of_another_language_is_found(tmp_path: Path) -> None:
    assert codes(tmp_path, "The `200 OK` answer says that.", "The `200 OK` svar säger det.", "sv") == ["untranslated"]
    assert codes(tmp_path, "It is a name. An [!DNL Event] is one.", "名前です。 An [!DNL Event] は一つです。", "ja") == ["untranslated"]
    menus = "Wait. From the **[!UICONTROL File]** menu, choose **[!UICONTROL Stop]**."
    assert codes(tmp_path, menus, menus.replace("Wait.", "请稍候。"), "zh") == ["untranslated"]
    assert codes(tmp_path, menus, "请稍候。在 **[!UICONTROL From the start]** 菜单中选择 **[!UICONTROL Stop]**。", "zh") == []
    assert codes(tmp_path, "It is **not** ready.", "Den är **not** redo.", "sv") == ["untranslated"]
    assert codes(tmp_path, "An [!DNL Event] comes.", "An [!DNL Event] wird gedacht.", "de") == []
    assert codes(tmp_path, "The Weather Company knows.", "The Weather Company weiß es.", "de") == []
    assert codes(tmp_path, "**[!UICONTROL The next task]** runs.", "**[!UICONTROL The next task]** se ejecuta.") == []


def test_words_torn_out_of_a_picture_are_found(tmp_path: Path) -> None:
    english = '![The window with the **bell** of [!DNL Desk]](a.png){width="50"}'
    assert codes(tmp_path, english, "在 [!DNL Desk] 中顯示鈴的![視窗](a.png)", "zh-Hant") == ["link"]
    assert codes(tmp_path, english, "![在 [!DNL Desk] 中顯示鈴的視窗](a.png)", "zh-Hant") == []
    assert codes(tmp_path, f"See {english}", "請參閱 ![視窗](a.png)", "zh-Hant") == []
    assert codes(tmp_path, "![](a.png)", "![](a.png)", "zh-Hant") == []


def test_a_lost_text_and_a_lost_label_are_found(tmp_path: Path) -> None:
    en = "# T {#t}\n\n<table><tr><th>A</th><th>B</th></tr><tr><td>mode is on</td><td>x one</td></tr></table>\n"
    es = "# T {#t}\n\n<table><tr><th>A</th><th>B</th></tr><tr><td></td><td>x uno</td></tr></table>\n"
    assert [found[0] for found in said(tmp_path, en, es)] == ["empty"]
    assert codes(tmp_path, "Click [!UICONTROL Save] or [!UICONTROL Quit].", "Klicken Sie auf [!UICONTROL Speichern].", "de") == ["label"]
    assert codes(tmp_path, "Click **Save** or [!UICONTROL Quit].", "Klicken Sie auf **[!UICONTROL Speichern]** oder [!UICONTROL Beenden].", "de") == []
    assert codes(tmp_path, "Press [!UICONTROL +] to add [!UICONTROL Users].", "Premere il segno più per aggiungere [!UICONTROL Utenti].", "it") == []


def test_a_sentence_left_as_it_was_is_found(tmp_path: Path) -> None:
    english = "This method also shows users who create too many objects in the tree."
    assert codes(tmp_path, english, english) == ["untranslated"]
    assert codes(tmp_path, f"{english} And more of it.", f"{english} Y más de ello.") == ["untranslated"]


def test_a_short_phrase_left_as_it_was_is_found_and_a_name_is_none(tmp_path: Path) -> None:
    assert codes(tmp_path, "## Starting the server {#s}", "## Starting the server {#s}") == ["untranslated"]
    assert codes(tmp_path, "## What Your Port Says {#s}", "## What Your Port Says {#s}", "ja") == ["untranslated"]
    for name in ("Relational Database Service (RDS)", "Mid-sourcing server", "Save `the` port"):
        assert codes(tmp_path, f"## {name} {{#s}}", f"## {name} {{#s}}") == []


def test_what_was_left_is_quoted_as_it_is_written(tmp_path: Path) -> None:
    def message(english: str, other: str) -> str:
        (found,) = findings(tmp_path, f"# T {{#t}}\n\n{english}\n", f"# T {{#t}}\n\n{other}\n", "fr")
        return found.message

    english = "Click on **[!UICONTROL Sound]**, then wait until the panel opens."
    assert "“Click on Sound, then wait until the panel opens” is left" in message(english, english)
    french = "Ouvrez le panneau. The `path` must be absolute."
    assert "“The path must be absolute.” is left" in message("Open the panel. The `path` must be absolute.", french)


def test_names_formulas_and_labels_may_stay_as_they_are(tmp_path: Path) -> None:
    assert codes(tmp_path, "Adobe Campaign Classic", "Adobe Campaign Classic") == []
    assert codes(tmp_path, "count(Iif([url/@type]=4 or @x, 0))", "count(Iif([url/@type]=4 or @x, 0))") == []
    assert codes(tmp_path, "**[!UICONTROL Show the list of users]**", "**[!UICONTROL Show the list of users]**") == []
    assert codes(tmp_path, ".doc .docx .dot .odt .ott .rtf", ".doc .docx .dot .odt .ott .rtf") == []


@pytest.mark.parametrize(
    ("english", "other", "wrong"),
    [
        ("Wait 2.5 seconds.", "Espere 25 segundos.", "25"),
        ("Wait 2.5 seconds.", "Espere 2,6 segundos.", "2,6"),
        ("Wait 2.5 of 25 seconds.", "Espere 2,5 de 25 segundos.", ""),
        ("Version 7.2 of 8.30 am", "Versión 7.2 de las 8:30", ""),
        ("It takes 1.5 times 0.5 MB.", "0,5 MB por 1,5.", ""),
    ],
)
def test_a_number_that_lost_its_decimal_sign_or_a_digit_is_found(tmp_path: Path, english: str, other: str, wrong: str) -> None:
    found = [finding.target for finding in findings(tmp_path, f"# T {{#t}}\n\n{english}\n", f"# T {{#t}}\n\n{other}\n")]
    assert found == ([wrong] if wrong else [])


def test_letters_of_another_script_are_found(tmp_path: Path) -> None:
    assert codes(tmp_path, "Open the list.", "목록 리스트を開きます。", "ja") == ["script"]
    assert codes(tmp_path, "Open the Русский list.", "Abra la lista Русский.") == []


@pytest.mark.parametrize(
    ("english", "other", "lang"),
    [
        ("Port 1,000 of 25,000.5", "Puerto 1.000 de 25.000,5", "es"),
        ("On 10/25/2021 at 2:30 PM", "Am 25.10.2021 um 14.30 Uhr", "de"),
        ("Up to 10,000,000 recipients", "1,000 万人の受信者まで", "ja"),
        ("Some 30 to 100 million mails", "3,000 万から 1 億通", "ja"),
        ("Values 10,20,30", "Valores 10, 20 y 30", "es"),
        ("Release of June 26", "Versión de junio de 2026", "es"),
        ("It has 12 parts", "Es hat zwölf Teile", "de"),
        ("On x86_64 with 64 bits", "En x86_64 con 64 bits", "es"),
        ("Up to 20,000 of 64 GB", "حتى ٢٠٬٠٠٠ من ٦٤ غيغابايت", "ar"),
        ("Up to 1,000,000 mails", "حتى 1،000،000 رسالة", "ar"),
        ("Up to 1,500,000 mails", "१५,००,००० तक ईमेल", "hi"),
        ("Up to 250,000 mails", "2,50,000 तक ईमेल", "hi"),
        ("At most 10 meters (33 feet) away, 60-inch screens", "10 mètres au plus", "fr"),
        ("A disk of 64 kB", "Un disco de 64 KB", "pt-BR"),
        ("In May 2016, June 2016 and July 2016", "En mai, juin et juillet 2016", "fr"),
        ("Up to 25,000 mails", "До 25\u00a0000 писем", "ru"),
        ("Two files of 10 MB, so 2*10MB", "10MB 파일 두 개, 즉 2*10MB", "ko"),
    ],
)
def test_numbers_may_be_written_as_the_language_writes_them(tmp_path: Path, english: str, other: str, lang: str) -> None:
    assert codes(tmp_path, english, other, lang) == []


@pytest.mark.parametrize(
    ("english", "other", "wrong"),
    [
        ("The 404 error", "El error 44", "44"),
        ("Port 8080 is open", "El puerto 8081 está abierto", "8081"),
        ("10% of 10,000 mails", "El 40 % de 10.000 mensajes", "40"),
        ("In May 2016 and June 2016", "En mayo de 2016 y junio de 2018", "2018"),
    ],
)
def test_a_changed_number_is_found_with_the_right_one(tmp_path: Path, english: str, other: str, wrong: str) -> None:
    (found,) = said(tmp_path, f"# T {{#t}}\n\n{english}\n", f"# T {{#t}}\n\n{other}\n")
    assert (found[0], found[3], found[4] in english) == ("number", wrong, True)


def test_a_number_of_other_length_is_found_but_may_be_of_another_version(tmp_path: Path) -> None:
    found = said(tmp_path, "# T {#t}\n\nUpgrade to release 31 or later.\n", "# T {#t}\n\n请升级到内部版本 6204 或更高版本。\n", "zh")
    assert found == [("number", 3, 10, "6204", "")]


def test_a_word_of_a_third_language_is_found_at_its_column(tmp_path: Path) -> None:
    found = said(tmp_path, "# T {#t}\n\nIt triggers an error.\n", "# T {#t}\n\nEsto déclencheur un error.\n")
    assert found == [("foreign-word", 3, 6, "déclencheur", "")]
    assert codes(tmp_path, "A word of French: déclencheur", "Una palabra francesa: déclencheur") == []
    assert codes(tmp_path, "It is a function.", "Es una función también pingüino.") == []


def test_a_faithful_translation_has_no_findings(tmp_path: Path) -> None:
    en = (
        "# Restart {#restart}\n\nRun `nlserver restart web` on port **8080**. See [the log](log.md#top).\n\n>[!NOTE]\n>\n>Keep [!DNL Tomcat] open.\n\n"
        "1. Open **[!UICONTROL Tools > Advanced]**.\n1. Set `maxProcess` to 1,000.\n\n```\nnlserver start\n```\n"
    )
    ja = (
        "# 再起動 {#restart}\n\nポート **8080** で `nlserver restart web` を実行します。[ログ](log.md#top)を参照してください。\n\n>[!NOTE]\n>\n>[!DNL Tomcat] を開いたままにします。\n\n"
        "1. **[!UICONTROL ツール／詳細]**&#x200B;を開きます。\n1. `maxProcess` を 1,000 に設定します。\n\n```\nnlserver start\n```\n"
    )
    assert said(tmp_path, en, ja, "ja") == []


def test_the_number_behind_letters_is_kept_where_the_letters_are(tmp_path: Path) -> None:
    en = "# T {#t}\n\nReplace the fuse F3 beside K2.\n\nReport of Q1.\n\nF1 to F4.\n"
    es = "# T {#t}\n\nCambie el fusible F4 junto a K2.\n\nInforme del T1.\n\nDe F1 a F4.\n"
    assert said(tmp_path, en, es) == [("number", 3, 19, "F4", "F3")]
    assert not said(tmp_path, en, es.replace("fusible F4", "fusible F3"))


def test_a_paragraph_of_a_cell_and_the_first_words_of_a_sentence_are_told_where_they_are_left(tmp_path: Path) -> None:
    row = "<table><tr><td><p>{}</p><p>{}</p></td></tr></table>"
    kept = "The queue stops when the disk of the server is full."
    assert codes(tmp_path, row.format("Wait a moment.", kept), row.format("Espere un momento.", kept)) == ["untranslated"]
    assert codes(tmp_path, row.format("Wait a moment.", "iOS 9 and later"), row.format("Espere.", "iOS 9 and later")) == []
    swedish = said(tmp_path, "# T {#t}\n\nIt waits. For more, see [this](#t).\n", "# T {#t}\n\nDen väntar. For more, see [det](#t).\n", "sv")
    assert swedish == []
    swedish = said(tmp_path, "# T {#t}\n\nIt waits. For more information, see [this](#t).\n", "# T {#t}\n\nDen väntar. For more information, see [det](#t).\n", "sv")
    assert swedish == [("untranslated", 3, 13, "For more", "")]


def test_an_entity_that_is_shown_as_its_letters_is_found(tmp_path: Path) -> None:
    english = "# T {#t}\n\nWrite &lt;name&gt;&mdash;with a back tick (&grave;)&mdash;first &amp; last.\n"
    chinese = "# T {#t}\n\n首先写&lt;name&gt;&mdash；带有反撇号(&amp;amp；grave；)&amp;mdash;首尾。\n"
    assert said(tmp_path, english, chinese, "zh-Hans") == [
        ("debris", 3, 16, "&mdash；", "&mdash;"), ("debris", 3, 29, "&amp;amp；grave；", "&grave;"), ("debris", 3, 45, "&amp;mdash;", "&mdash;"),
    ]  # fmt: skip
    assert codes(tmp_path, "Write it as &amp;lt; there.", "按 &amp;lt; 编写。", "zh-Hans") == []
    assert codes(tmp_path, "Research and trade.", "研发 R&D；贸易和 `&mdash；`。", "zh-Hans") == []


def test_underscores_of_emphasis_between_letters_are_found(tmp_path: Path) -> None:
    assert said(tmp_path, "# T {#t}\n\nA _new_ name.\n", "# T {#t}\n\n这是_新_名称。\n", "zh-Hans") == [("emphasis", 3, 3, "_新_", "*新*")]
    assert codes(tmp_path, "A _new_ name.", "这是 _新_ 名称 `_x_`。", "zh-Hans") == []
    assert codes(tmp_path, "The log_file_name holds it.", "它在log_file_name中。", "zh-Hans") == []


def test_a_snippet_that_is_missing_is_not_called_a_placeholder_too(tmp_path: Path) -> None:
    assert codes(tmp_path, "Restart it.", "{{reiniciarlo}}", "es") == []
    assert codes(tmp_path, "Restart it.", "Ahora {{reiniciarlo}}.", "es") == ["debris"]
