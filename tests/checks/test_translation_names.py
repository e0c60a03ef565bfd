"""Names, commands and placeholders stay what they are, and the finding says what to write where."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.checks.translation.names import code_words
from tests.checks.pairs import SITE, findings, page, said

TABLE_EN = "# M {#m}\n\n| Module | Does |\n|---|---|\n| mtachild | sends |\n| watchdog | restarts |\n| syslogd | writes |\n\n```\nwatchdog start\n```\n"
TABLE_ES = "# M {#m}\n\n| Módulo | Hace |\n|---|---|\n| mtachild | envía |\n| perro guardián | reinicia |\n| syslogd | escribe |\n\n```\nwatchdog start\n```\n"


def test_a_translated_cell_of_a_column_of_names_is_an_error_with_its_replacement(tmp_path: Path) -> None:
    english = TABLE_EN + "\n`mtachild` and `syslogd` are modules.\n"
    spanish = TABLE_ES + "\n`mtachild` y `syslogd` son módulos.\n"
    assert said(tmp_path, english, spanish) == [("identifier", 6, 3, "perro guardián", "watchdog")]


def test_a_column_that_site_yml_marks_needs_no_other_evidence(tmp_path: Path) -> None:
    site = SITE + "records:\n  modules:\n    columns:\n      Module: {roles: subject, identifier: true}\n      Does: scope\n"
    english = "# M {#m}\n\n| Module | Does |\n|---|---|\n| export | sends |\n"
    spanish = "# M {#m}\n\n| Módulo | Hace |\n|---|---|\n| exportar | envía |\n"
    assert said(tmp_path, english, spanish, site=site) == [("identifier", 5, 3, "exportar", "export")]
    assert said(tmp_path, english, spanish) == []


def test_yes_and_no_are_no_names_though_code_has_them(tmp_path: Path) -> None:
    english = "# M {#m}\n\n| L | A |\n|---|---|\n| x one | yes |\n| y two | no |\n| z three | yes |\n| v four | yes |\n\n`yes` or `no`\n"
    spanish = "# M {#m}\n\n| L | A |\n|---|---|\n| x uno | sí |\n| y dos | no |\n| z tres | sí |\n| v cuatro | sí |\n\n`yes` o `no`\n"
    assert said(tmp_path, english, spanish) == []


def test_in_a_column_of_code_a_cell_without_code_is_prose(tmp_path: Path) -> None:
    english = "# M {#m}\n\n| What | File |\n|---|---|\n| `mta` | a |\n| `stat` | b |\n| logins | c |\n\n`logins`\n"
    spanish = "# M {#m}\n\n| Qué | File |\n|---|---|\n| `mta` | a |\n| `stat` | b |\n| inicios de sesión | c |\n\n`logins`\n"
    assert said(tmp_path, english, spanish) == []


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("maxProcessCount", "maxProcesoCount"),
        ("Deliver_LastDate", "Deliver_UltimaDate"),
        ("nms:recipient", "nms:destinatario"),
        ("queue::Entry", "cola::Entry"),
        ("/etc/apache2/envvars", "/etc/apache2/envars"),
        ("serverConf.xml", "servidorConf.xml"),
        ("$(install_dir)", "$(instalar_dir)"),
        ("acme/mail-tools 2.1", "acme/mail-herramientas 2.1"),
        ("acme/acme-mail-tools", "acme/acme-correo-tools"),
    ],
)
def test_a_name_in_a_sentence_is_found_by_its_shape(tmp_path: Path, name: str, wrong: str) -> None:
    english = f"# M {{#m}}\n\nFirst line.\nSet the value of {name} to a number.\n"
    spanish = f"# M {{#m}}\n\nPrimera línea.\nDé a {wrong} un número.\n"
    (found,) = said(tmp_path, english, spanish)
    assert found[:2] == ("identifier", 4)
    assert found[3] in wrong


def test_what_an_address_asks_for_or_leads_to_is_no_name(tmp_path: Path) -> None:
    english = "# M {#m}\n\n[https://a.example.org/x?pageSize=3&sortBy=b#maxCount](https://a.example.org/x) and $(install_dir)\n"
    spanish = "# M {#m}\n\n[https://a.example.org/x#otroSitio](https://a.example.org/x) y $(instalar_dir)\n"
    assert [found[4] for found in said(tmp_path, english, spanish)] == ["$(install_dir)"]


def test_a_misspelt_name_that_is_a_cell_is_found_though_its_column_holds_words(tmp_path: Path) -> None:
    english = "# M {#m}\n\n| Right | Does |\n|---|---|\n| SpawnQueue | makes one |\n| Signing | signs |\n| SendMail | sends |\n| FormPost | posts |\n"
    spanish = "# M {#m}\n\n| Derecho | Hace |\n|---|---|\n| SpanQueue | crea una |\n| Firma | firma |\n| Sendmail | envía |\n| CorreoPost | publica |\n"
    assert said(tmp_path, english, spanish) == [("identifier", 5, 3, "SpanQueue", "SpawnQueue")]


def test_capitals_blanks_and_hyphens_of_a_name_are_a_warning(tmp_path: Path) -> None:
    english = "# M {#m}\n\nThe **threadPool** node and nms:recipient.\n"
    assert said(tmp_path, english, "# M {#m}\n\nEl nodo **ThreadPool** y nms:recipient.\n") == [("case", 3, 11, "ThreadPool", "threadPool")]
    assert said(tmp_path, english, "# M {#m}\n\nEl nodo **threadPool** y nms: recipient.\n") == [("case", 3, 26, "nms: recipient", "nms:recipient")]


def test_marks_of_japanese_print_in_a_name_are_an_error(tmp_path: Path) -> None:
    english = "# M {#m}\n\nIt lies in $(INSTALL_DIR) of nms:delivery.\n"
    japanese = "# M {#m}\n\nnms：deliveryの$（INSTALL_DIR）にあります。\n"
    assert [found[0] for found in said(tmp_path, english, japanese, "ja")] == ["identifier", "identifier"]


def test_a_command_in_bold_keeps_its_verb(tmp_path: Path) -> None:
    code = "\n```\nnlserver start web\nnlserver stop web\nnlserver restart web\n```\n"
    english = f"# M {{#m}}\n\nRun **nlserver shutdown** now.\n{code}"
    spanish = f"# M {{#m}}\n\nEjecute **nlserver apagado** ahora.\n{code}"
    assert said(tmp_path, english, spanish) == [("identifier", 3, 11, "nlserver apagado", "nlserver shutdown")]


@pytest.mark.parametrize(
    ("typed", "chinese"),
    [
        ("/etc/init.d/pump7 stop", "/etc/init.d/pump7停止"),
        ("net start pump7", "网络启动pump7"),
        ("kill -9", "终止 -9"),
        ("ps -e | grep pump7", "ps 该命令 | grep pump7"),
    ],
)
def test_a_command_in_bold_is_known_by_its_path_its_option_or_the_name_that_it_is_about(tmp_path: Path, typed: str, chinese: str) -> None:
    code = "\n```\npumpctl start web\npumpctl stop web\npumpctl restart web\nnet start pump7\n```\n"
    english, other = f"# M {{#m}}\n\nTo stop it, enter **{typed}** twice.\n{code}", f"# M {{#m}}\n\n要停止它，请输入两次 **{chinese}**。\n{code}"
    assert [one[::3] for one in said(tmp_path, english, other, "zh-Hans")] == [("identifier", chinese)]
    assert said(tmp_path, english, other.replace(chinese, typed), "zh-Hans") == []


def test_what_a_path_in_bold_leads_to_may_be_translated(tmp_path: Path) -> None:
    english = "# M {#m}\n\nOpen the **/etc/pump folder** and **net working hours**.\n\n```\nnet working\n```\n"
    assert said(tmp_path, english, english.replace("/etc/pump folder", "/etc/pump 文件夹").replace("net working hours", "净工时"), "zh-Hans") == []


def test_an_option_in_bold_is_missed_where_it_stands_once_more(tmp_path: Path) -> None:
    english = "# M {#m}\n\nAdd **-who** to see users. Without “-who” there are none.\n\n```\npumpctl list -who\n```\n"
    korean = "# M {#m}\n\n사용자를 보려면 **-누구**를 추가하세요. “-who”가 없으면 표시되지 않습니다.\n\n```\npumpctl list -who\n```\n"
    assert [one[::3] for one in said(tmp_path, english, korean, "ko")] == [("identifier", "-누구")]
    assert said(tmp_path, english, korean.replace("-누구", "-who").replace("“-who”", "이 옵션"), "ko") == []


@pytest.mark.parametrize(
    ("written", "wrong", "right"),
    [
        ("请在v5/conf/apSrv.conf文件中设置。", "v5/conf/apSrv.conf", "v5/conf/appSrv.conf"),
        ("v5/conf/apSrv.conf에서 설정합니다.", "v5/conf/apSrv.conf", "v5/conf/appSrv.conf"),
        ("请在v5/配置/appSrv.conf文件中设置。", "请在v5/配置/appSrv.conf文件中设置", ""),
    ],
)
def test_what_stands_for_a_name_ends_where_chinese_or_korean_begins(tmp_path: Path, written: str, wrong: str, right: str) -> None:
    found = said(tmp_path, "# M {#m}\n\nSet it in v5/conf/appSrv.conf first.\n", f"# M {{#m}}\n\n{written}\n", "ko" if "서" in written else "zh")
    assert [(one[3], one[4]) for one in found] == [(wrong, right)]


def test_a_value_behind_an_equals_sign_is_not_translated(tmp_path: Path) -> None:
    original = "# T {#t}\n\nSet q=reject first, then mode=strict (pct=20).\n"
    found = said(tmp_path, original, "# T {#t}\n\nPonga primero q=rechazar y luego mode=strict (pct=20).\n")
    assert found == [("identifier", 3, 15, "q=rechazar", "q=reject")]


def test_a_value_that_stands_elsewhere_is_not_written_twice(tmp_path: Path) -> None:
    found = said(tmp_path, "# T {#t}\n\nIt ends with iRc=16384 here.\n", "# T {#t}\n\n它以 (iRc= **[** 16384) 结束。\n", "zh")
    assert [(one[3], one[4]) for one in found] == [("16384", "")]


@pytest.mark.parametrize(
    ("chinese", "right"),
    [
        ("**/opt/pump/ pump7**", "/opt/pump/pump7"),
        ("/opt/pump/ **pump7 状态**", "**/opt/pump/pump7"),
        ("**程序 /opt/pump/** pump7", "/opt/pump/pump7**"),
        ("<b>/opt/pump/</b> pump7", ""),
    ],
)
def test_bold_that_begins_or_ends_within_what_is_replaced_stays_bold(tmp_path: Path, chinese: str, right: str) -> None:
    english = "# T {#t}\n\nThe command /opt/pump/pump7 tells it.\n"
    assert [(one[0], one[4]) for one in said(tmp_path, english, f"# T {{#t}}\n\n命令 {chinese} 会显示。\n", "zh")] == [("case", right)]


def test_a_name_of_several_parts_is_not_translated(tmp_path: Path) -> None:
    found = said(tmp_path, "# T {#t}\n\n* urn:example:attribute-def:portNumber\n", "# T {#t}\n\n* urn:example:attribute-def:número\n")
    assert [(code, line) for code, line, *_ in found] == [("identifier", 3)]


def test_an_equation_of_plain_words_may_be_translated(tmp_path: Path) -> None:
    original = "# T {#t}\n\nThe price is the cost. Here price=cost.\n"
    assert said(tmp_path, original, "# T {#t}\n\nEl precio es el coste. Aquí precio=coste.\n") == []


def test_a_bold_word_of_the_pages_code_is_a_warning(tmp_path: Path) -> None:
    english = '# M {#m}\n\nThe **target** attribute names it.\n\n```\n<link target="a"/>\n```\n'
    spanish = '# M {#m}\n\nEl atributo **destino** lo indica.\n\n```\n<link target="a"/>\n```\n'
    assert said(tmp_path, english, spanish) == [("keyword", 3, 15, "destino", "target")]


@pytest.mark.parametrize(("chinese", "wrong"), [("**模板（字符串）**：", "模板"), ("**模板(字符串**)：", "模板"), ("**template（字符串）**：", "")])
def test_a_remark_behind_a_bold_word_of_code_may_be_translated(tmp_path: Path, chinese: str, wrong: str) -> None:
    english = "# M {#m}\n\n`<use template='a'/>`\n\n**template (text)**: what it begins with.\n\n**idle (text)**: waits.\n"
    other = f"# M {{#m}}\n\n`<use template='a'/>`\n\n{chinese}它以什么开始。\n\n**空闲（文本）**：等待。\n"
    assert said(tmp_path, english, other, "zh-Hans") == ([("keyword", 5, 3, wrong, "template")] if wrong else [])


def test_attributes_that_a_page_names_are_words_of_its_code() -> None:
    words = code_words(page("# M {#m}\n\n* @template (text)\n* `@label`, me@stop.example, @every.one, @2x\n", "en"))
    assert words == {"template", "label"}


def test_what_the_reference_itself_says_of_a_bold_word_is_not_its_other_spelling(tmp_path: Path) -> None:
    english = "# M {#m}\n\n* **target**: the revTarget of it.\n\n```\n<link target='a'/>\n```\n"
    spanish = "# M {#m}\n\n* **destino**: su revTarget.\n\n```\n<link target='a'/>\n```\n"
    assert said(tmp_path, english, spanish) == [("keyword", 3, 5, "destino", "target")]
    assert said(tmp_path, english, spanish.replace("destino", "Target")) == [("case", 3, 5, "Target", "target")]


@pytest.mark.parametrize(
    ("english", "spanish", "wrong"),
    [
        ("The maxCount holds; @maxCount sets it.", "El maxCuent vale; @maxCount lo fija.", "maxCuent"),
        ("Rename appSrv.conf to zz-appSrv.conf now.", "Cambie apSrv.conf por zz-appSrv.conf ya.", "apSrv.conf"),
        ("See appSrv.conf and v5/conf/appSrv.conf here.", "Vea appSrv.conf y v5/conf/apSrv.conf aquí.", "v5/conf/apSrv.conf"),
    ],
)
def test_a_name_within_a_longer_one_does_not_stand_for_it(tmp_path: Path, english: str, spanish: str, wrong: str) -> None:
    assert [one[::3] for one in said(tmp_path, f"# M {{#m}}\n\n{english}\n", f"# M {{#m}}\n\n{spanish}\n")] == [("identifier", wrong)]


def test_a_verb_of_the_language_is_not_the_command_that_it_resembles(tmp_path: Path) -> None:
    code = "\n```\nnlserver start web\nnlserver stop web\nnlserver restart web\n```\n"
    english = f"# M {{#m}}\n\nStart it with nlserver start web.\n{code}"
    german = f"# M {{#m}}\n\nStarten Sie es mit nlserver starten web.\n{code}"
    assert [one[0] for one in said(tmp_path, english, german, "de")] == ["identifier"]


def test_a_program_with_a_name_of_code_is_a_command_though_no_code_has_both(tmp_path: Path) -> None:
    code = "\n```\nnlserver start web\nnlserver stop web\nnlserver restart web\nps mtad\n```\n"
    english = f"# M {{#m}}\n\n**Delivery server** (nlserver mtad)\n{code}"
    spanish = f"# M {{#m}}\n\n**Servidor de envíos** (nlservr mtad)\n{code}"
    assert [one[::3] for one in said(tmp_path, english, spanish)] == [("identifier", "nlservr mtad")]


def test_a_marked_name_is_not_translated(tmp_path: Path) -> None:
    found = said(tmp_path, "# M {#m}\n\nUse [!DNL Tomcat] here.\n", "# M {#m}\n\nUse aquí [!DNL Gato].\n")
    assert found == [("identifier", 3, 16, "Gato", "Tomcat")]


def test_a_placeholder_may_be_translated_but_not_lost(tmp_path: Path) -> None:
    english = "# M {#m}\n\nOpen https://&lt;server name&gt;/r/test and %s.\n"
    assert said(tmp_path, english, "# M {#m}\n\nAbra https://&lt;nombre del servidor&gt;/r/test y %s.\n") == []
    lost = said(tmp_path, english, "# M {#m}\n\nAbra https:///r/test y %s.\n")
    assert ("identifier", 3) in [found[:2] for found in lost]
    assert [found[4] for found in said(tmp_path, english, "# M {#m}\n\nAbra https://&lt;nombre&gt;/r/test y.\n")] == ["%s"]


def test_declared_names_are_names_whatever_they_look_like(tmp_path: Path) -> None:
    site = SITE + "identifiers: [Journey]\n"
    found = said(tmp_path, "# M {#m}\n\nOpen Journey here.\n", "# M {#m}\n\nAbra Viaje aquí.\n", site=site)
    assert [(one[0], one[4]) for one in found] == [("identifier", "Journey")]


def test_code_within_a_longer_name_is_not_cut_out_of_it(tmp_path: Path) -> None:
    english = "# M {#m}\n\n* `items` (WindowMenuOptions[] | Menu): a `Menu` or its options.\n"
    assert said(tmp_path, english, english.replace("or its options", "oder seine Optionen").replace(": a", ": ein"), "de") == []
    (found,) = findings(tmp_path, english, english.replace("WindowMenuOptions", "Fenstermenüoptionen"), "de")
    assert "WindowMenuOptions" in found.message


def test_a_file_whose_name_is_a_frequent_word_is_a_name_but_a_full_stop_without_a_blank_makes_none(tmp_path: Path) -> None:
    english = "# M {#m}\n\nLook at it.So at.js 1 is enough at once, and the log is so old.\n"
    (found,) = said(tmp_path, english, "# M {#m}\n\nSehen Sie es an.So reicht um.js 1 sofort, und das Protokoll ist so alt.\n", "de")
    assert (found[0], found[4]) == ("identifier", "at.js")
    for slip in ("it.log", "the.zip"):
        assert said(tmp_path, english.replace("at.js", slip), "# M {#m}\n\nSehen Sie es an.So reicht es.Protokoll 1 sofort, und es ist so alt.\n", "de") == []


def test_a_name_right_behind_code_is_there(tmp_path: Path) -> None:
    english = "# M {#m}\n\n* `hostView` HostView (optional)\n\n`HostView`\n"
    spanish = "# M {#m}\n\n* `hostView`HostView(opcional)\n\n`HostView`\n"
    assert said(tmp_path, english, spanish) == []
    assert [one[0] for one in said(tmp_path, english, spanish.replace("HostView(", "Vista("))] == ["identifier"]


def test_a_blank_to_fill_in_is_no_name(tmp_path: Path) -> None:
    assert said(tmp_path, "# M {#m}\n\nWrite ___ here.\n", "# M {#m}\n\nSchreiben Sie hier.\n", "de") == []


def test_a_word_in_bold_for_the_stress_alone_may_be_translated_though_code_has_it(tmp_path: Path) -> None:
    english = "# M {#m}\n\nIt logs **all** events.\n\n```\nlog --all all\n```\n"
    assert said(tmp_path, english, english.replace("It logs **all** events", "Il consigne **tous** les événements"), "fr") == []


def test_endings_plurals_and_brands_are_no_damage(tmp_path: Path) -> None:
    english = "# M {#m}\n\nA JavaScript, the @ids and myWidget of LinkedIn and LinkedIn.\n\n`JavaScript` `LinkedIn`\n"
    german = "# M {#m}\n\nEin Teil eines JavaScripts, die @id und myWidgets von LinkedIn.\n\n`JavaScript` `LinkedIn`\n"
    assert said(tmp_path, english, german, "de") == []


def test_a_command_in_brackets_is_a_command(tmp_path: Path) -> None:
    en = "# T {#t}\n\n" + "\n\n".join(f"`srvctl {name}`" for name in ("start", "stop", "web")) + "\n\nThe server (srvctl web) waits.\n"
    es = en.replace("The server (srvctl web) waits", "El servidor (srvctl red) espera")
    assert said(tmp_path, en, es) == [("identifier", 9, 14, "srvctl red", "srvctl web")]


def test_a_code_at_the_beginning_of_a_cell_is_the_same_in_every_language(tmp_path: Path) -> None:
    site = SITE + "records: {e: {columns: {Alarm: {roles: code, split: '^(?P<code>[A-Z]\\d+): (?P<message>.+)$'}, Do: remedy}}}\n"
    en = "# T {#t}\n\n| Alarm | Do |\n|---|---|\n| F31: Too hot | Wait. |\n| F32: Too cold | Heat. |\n"
    es = "# T {#t}\n\n| Alarma | Qué |\n|---|---|\n| F13: Demasiado calor | Espere. |\n| F32 : Demasiado frío | Caliente. |\n"
    assert said(tmp_path, en, es, site=site) == [("identifier", 5, 3, "F13", "F31")]


def test_a_cell_that_is_one_code_needs_no_pattern(tmp_path: Path) -> None:
    site = SITE + "records: {e: {columns: {Do: remedy, Code: code}}}\n"
    en = "# T {#t}\n\n| Do | Code |\n|---|---|\n| Wait. | F31 |\n| Heat. | unknown |\n"
    es = "# T {#t}\n\n| Qué | Código |\n|---|---|\n| Espere. | F13 |\n| Caliente. | desconocido |\n"
    assert said(tmp_path, en, es, site=site) == [("identifier", 5, 13, "F13", "F31")]


def test_a_column_that_site_yml_marks_may_stand_anywhere_among_its_headers(tmp_path: Path) -> None:
    site = SITE + "records: {m: {columns: {Module: {roles: subject, identifier: true}, Do: remedy}}}\n"
    en, es = "# T {#t}\n\n| Do | Module |\n|---|---|\n| Wait. | tracker |\n", "# T {#t}\n\n| Qué | Módulo |\n|---|---|\n| Espere. | rastreador |\n"
    assert said(tmp_path, en, es, site=site) == [("identifier", 5, 13, "rastreador", "tracker")]


def test_a_heading_within_a_table_is_translated_though_names_stand_below_it(tmp_path: Path) -> None:
    site = SITE + "records: {m: {columns: {Module: {roles: subject, identifier: true}, Do: remedy}}}\n"
    page = "# T {{#t}}\n\n<table><tr><th>Module</th><th>Do</th></tr>\n<tr><td colspan='2'>{0}</td></tr>\n<tr><td>{1}</td><td>{2}</td></tr></table>\n"
    en, es = page.format("Doors", "tracker", "Wait."), page.format("Puertas", "rastreador", "Espere.")
    assert [(code, target) for code, _, _, target, _ in said(tmp_path, en, es, site=site)] == [("identifier", "rastreador")]
