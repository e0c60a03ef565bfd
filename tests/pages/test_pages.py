"""What the pages of a site say, looked at in their HTML."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

import lxml.html
import pytest

Pages = dict[str, str]
Make = Callable[[dict[str, str]], Pages]


def body(pages: Pages, path: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(pages[path])


def words(element: lxml.html.HtmlElement, path: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in element.cssselect(path)]


def html_pages(pages: Pages) -> list[str]:
    return sorted(path for path in pages if path.endswith(".html"))


def test_every_language_has_a_home_its_records_symptoms_documents_and_tree(pages: Pages) -> None:
    for lang in ("en", "es", "ar"):
        for rest in (
            "index",
            "modules/index",
            "modules/mta",
            "symptoms/index",
            "tree",
            "docs/modules",
            "docs/guide/only",
            "topics/index",
        ):
            assert f"{lang}/{rest}.html" in pages


@pytest.mark.parametrize(
    "contents",
    [{}, {"content/en/TOC.md": ""}, {"content/es/TOC.md": "+ [Módulos](modules.md)\n+ Más\n  + [Registros](guide/logs.md)\n"}],
    ids=["of the reference", "none", "another in a translation"],
)
def test_every_link_of_every_page_arrives_at_a_file_and_an_id(make: Make, contents: dict[str, str]) -> None:
    pages = make(contents)
    ids = {path: {e.get("id") for e in lxml.html.fromstring(pages[path]).iter() if e.get("id")} for path in html_pages(pages)}
    lost = []
    for path in html_pages(pages):
        if path == "404.html":
            continue
        for element in lxml.html.fromstring(pages[path]).iter():
            address = urlsplit(element.get("href") or element.get("src") or "")
            if address.scheme or not (address.path or address.fragment) or address.path.endswith((".json", ".csv", ".xml")):
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(address.path))) if address.path else path
            if target not in pages or (address.fragment and target in ids and unquote(address.fragment) not in ids[target]):
                lost.append((path, address.geturl()))
    assert lost == []


def test_a_language_without_a_table_of_contents_has_the_order_of_the_reference_and_the_titles_of_its_own_pages(make: Make) -> None:
    pages = make({"content/es/guide/logs.md": "# Registros\n\nMire.\n"})
    assert words(body(pages, "es/tree.html"), ".tree a:not(.tree__paper), .tree__group") == ["Start", "Módulos", "Registros", "More", "Only in English"]
    assert words(body(pages, "es/docs/modules.html"), ".near ul a") == ["Módulos", "Registros"]
    assert words(body(pages, "es/index.html"), ".section h3, .section a") == ["Start", "Módulos", "Registros", "More", "Only in English"]


def test_folders_are_the_navigation_where_no_language_has_one(make: Make) -> None:
    pages = make({"content/en/TOC.md": ""})
    assert words(body(pages, "es/tree.html"), ".tree a:not(.tree__paper), .tree__group") == ["Guide", "Logs", "Only in English", "Módulos"]
    assert words(body(pages, "es/docs/guide/only.html"), ".trail li") == ["Inicio", "Guide"]


def test_the_path_up_to_a_page_that_only_the_reference_s_table_of_contents_has_names_no_place_among_the_language_s_own(make: Make) -> None:
    pages = make({"content/es/TOC.md": "+ [Módulos](modules.md)\n+ Más\n  + [Registros](guide/logs.md)\n"})
    steps = body(pages, "es/docs/guide/only.html").cssselect(".trail li a")
    assert [(step.text_content(), step.get("href")) for step in steps] == [("Inicio", "../../../es/index.html"), ("More", "../../../es/tree.html")]


def test_a_link_that_says_nothing_shows_where_it_leads(make: Make, ward: dict[str, str]) -> None:
    text = "# Words {#words}\n\n[](modules.md) [](https://ports.example/list)\n"
    page = body(make(ward | {"content/en/words.md": text}), "en/docs/words.html")
    assert words(page, "article p a") == ["modules.md", "https://ports.example/list"]


def test_links_and_pictures_of_an_html_table_arrive_whatever_else_their_tags_say(make: Make, ward: dict[str, str]) -> None:
    cells = '<td><a class="outside" title="Out" href="modules.md">Modules</a></td><td><img alt="A list" src="list.png"></td>'
    text = f'# Words {{#words}}\n\n<table><tr class="odd">{cells}</tr></table>\n'
    page = body(make(ward | {"content/en/words.md": text, "content/en/list.png": "x"}), "en/docs/words.html")
    assert [link.get("href") for link in page.cssselect("td a")] == ["../../en/docs/modules.html"]
    assert [picture.get("alt") for picture in page.cssselect("td img[src]")] == ["A list"]
    assert not page.cssselect("[data-link], [data-row]")


HELP = """# Parcels stay {#parcels}

Nobody comes.

## Issue

The list is empty.

## Solution

1. Run `shop key --all`.
1. See [Logs](guide/logs.md).

   ```
   shop restart
   ```

## Details

>[!NOTE]
>
>It takes a minute.
"""


def test_the_page_of_a_record_told_by_sections_has_their_lists_links_and_code(make: Make, ward: dict[str, str]) -> None:
    kind = '  help:\n    label: Help\n    from: [troubleshooting-pages]\n    pages: ["parcels.md"]\n'
    pages = make(ward | {"site.yml": ward["site.yml"] + kind, "content/en/parcels.md": HELP})
    page = body(pages, "en/help/parcels/parcels.html")
    assert words(page, ".record-main h1, .record-main h2") == ["Parcels stay", "What to do", "Issue", "Details", "Step by step"]
    assert words(page, ".remedy li code, .remedy pre") == ["shop key --all", "shop restart", "shop restart"]
    assert [link.get("href") for link in page.cssselect(".remedy a")] == ["../../../en/docs/guide/logs.html"]
    assert words(page, ".record-main > div > div:not([class]) p")[0] == "Nobody comes."
    assert words(page, ".admonition p:not(.admonition-title)") == ["It takes a minute."]
    assert words(page, ".commands code") == ["shop key --all"]
    assert words(body(pages, "en/help/index.html"), "td") == ["Run shop key --all. See Logs. shop restart"]


def test_the_page_of_a_record_told_by_an_accordion_has_its_code_and_links(make: Make, ward: dict[str, str]) -> None:
    kind = "  asked:\n    label: Asked\n    from: [accordions]\n"
    text = "# Ask {#ask}\n\n+++ **Is `mta` *slow*?**\n\n+++ Other\n\nNo.\n\n+++\n\n* See [Logs](guide/logs.md).\n\n+++\n\n+++ Why?\n\n```\nctl fast\n```\n\n+++\n"
    pages = make(ward | {"site.yml": ward["site.yml"] + kind, "content/en/ask.md": text})
    first, second = (body(pages, f"en/asked/ask/ask-{name}.html") for name in ("is-mta-slow", "why"))
    assert words(first, ".remedy summary, .remedy li a") == ["Other", "Logs"]
    assert words(second, ".remedy pre") == ["ctl fast"]


def test_badges_of_the_front_matter_stand_below_the_title(make: Make, ward: dict[str, str]) -> None:
    badges = """badge: label="[!DNL v7] & up" type="Informative" tooltip="Since v7"
badge-host: label="On-premise" type="Caution" url=" https://example.org/hosting newtab=true"
badge-bad: label="Odd" type="Shiny" url="javascript:alert(1)"
badge-none: type="Positive"
"""
    pages = make({"content/en/guide/logs.md": ward["content/en/guide/logs.md"].replace("role: Admin\n", badges)})
    found = body(pages, "en/docs/guide/logs.html").cssselect(".badges .badge")
    assert [(one.text_content(), one.get("class"), one.get("title"), one.getparent().get("href")) for one in found] == [
        ("v7 & up", "badge badge--informative", "Since v7", None),
        ("On-premise", "badge badge--caution", None, "https://example.org/hosting"),
        ("Odd", "badge badge--neutral", None, None),
    ]


def test_a_hidden_page_asks_search_engines_of_the_world_to_leave_it_out(make: Make, ward: dict[str, str]) -> None:
    pages = make({"content/en/guide/logs.md": ward["content/en/guide/logs.md"].replace("role: Admin", "hide: true")})
    robots = {path: body(pages, path).xpath("//meta[@name='robots']/@content") for path in ("en/docs/guide/logs.html", "en/docs/modules.html")}
    assert robots == {"en/docs/guide/logs.html": ["noindex"], "en/docs/modules.html": []}


def test_no_address_names_a_folder(pages: Pages) -> None:
    for path in html_pages(pages):
        for element in lxml.html.fromstring(pages[path]).iter("a"):
            address = urlsplit(element.get("href") or "")
            assert address.scheme or not address.path.endswith("/"), (path, element.get("href"))


def test_no_page_has_a_script_a_style_or_a_handler_in_it_nor_loads_anything_from_outside(pages: Pages) -> None:
    for path in html_pages(pages):
        for element in lxml.html.fromstring(pages[path]).iter():
            assert element.tag != "style"
            assert element.tag != "script" or (element.get("src") and not (element.text or "").strip())
            assert not [name for name in element.attrib if name.startswith("on") or name == "style"], path
            loaded = element.get("src") or (
                element.get("href") if element.tag == "link" and element.get("rel") in ("stylesheet", "icon") else ""
            )
            assert not urlsplit(loaded or "").scheme


def test_the_style_sheet_asks_for_nothing_that_a_strict_policy_refuses(pages: Pages) -> None:
    (styles,) = [text for path, text in pages.items() if path.endswith(".css")]
    assert "data:" not in styles
    assert not re.search(r"url\((?!#)", styles)


def test_no_id_stands_twice_on_a_page(pages: Pages) -> None:
    for path in html_pages(pages):
        ids = [element.get("id") for element in lxml.html.fromstring(pages[path]).iter() if element.get("id")]
        assert len(ids) == len(set(ids)), path


def test_a_broken_link_is_words_and_never_a_link(pages: Pages) -> None:
    page = body(pages, "en/docs/modules.html")
    assert "lost page" in words(page, "span.broken")
    assert "bad address" in words(page, "span.broken")
    assert "javascript:" not in pages["en/docs/modules.html"]


def test_a_link_to_a_place_that_is_not_there_leads_to_the_page_and_in_a_translation_to_its_heading(make: Make, ward: dict[str, str]) -> None:
    text = "# Lines {{#lines}}\n\n## {heading}\n\n[one](#port-list) [two](lines.md#port-list) [three](modules.md#none) [four](#none)\n"
    pages = make(ward | {f"content/{lang}/lines.md": text.format(heading=heading) for lang, heading in (("en", "Port list"), ("es", "Puertos"))})
    links = body(pages, "es/docs/lines.html").cssselect("article p a:not(.badge)")
    assert [(link.text_content(), link.get("href")) for link in links] == [("one", "#puertos"), ("two", "#puertos"), ("three", "../../es/docs/modules.html")]
    assert words(body(pages, "es/docs/lines.html"), "span.broken") == ["four"]


def test_an_address_outside_stays_as_it_is_written(pages: Pages) -> None:
    (link,) = body(pages, "en/docs/modules.html").cssselect("article a[rel~=external][href^='https://example.org']")
    assert link.get("href") == "https://example.org/?a=1&b=2"


def test_a_picture_is_copied_under_a_name_of_its_content_with_its_size(pages: Pages) -> None:
    (picture,) = body(pages, "en/docs/modules.html").cssselect("article img")
    assert (picture.get("width"), picture.get("height"), picture.get("loading"), picture.get("alt")) == ("1", "1", "lazy", "A dot")
    assert re.search(r"assets/files/dot\.[0-9a-f]{8}\.png$", picture.get("src"))


def test_a_picture_that_is_not_there_is_a_labelled_placeholder(pages: Pages) -> None:
    assert "Not here gone.png" in words(body(pages, "en/docs/modules.html"), "span.picture")


def test_a_row_that_is_a_record_has_the_record_s_id_and_a_permanent_link(pages: Pages) -> None:
    (row,) = body(pages, "en/docs/modules.html").cssselect("tr#mta")
    assert [link.get("href") for link in row.cssselect("a.rowlink")] == ["#mta"]


def test_a_record_s_id_gives_way_where_a_heading_has_taken_it(make: Make, ward: Pages) -> None:
    pages = make({"content/en/modules.md": ward["content/en/modules.md"] + "\n## Mail {#mta}\n"})
    page = body(pages, "en/docs/modules.html")
    assert [element.tag for element in page.cssselect("#mta")] == ["h2"]
    assert [element.tag for element in page.cssselect("#modules-mta")] == ["tr"]


def test_alerts_speak_the_language_of_the_page(pages: Pages) -> None:
    assert words(body(pages, "en/docs/guide/logs.html"), ".admonition-title") == ["Note"]


def test_a_page_that_is_not_translated_shows_the_reference_with_a_notice(pages: Pages) -> None:
    page = body(pages, "es/docs/guide/only.html")
    assert words(page, ".notice") == ["Esta página aún no está traducida. Se muestra en inglés."]
    assert page.cssselect("article div[lang=en][dir=ltr] h1")
    assert page.get("lang") == "es"
    assert [link.get("href") for link in page.cssselect("link[rel=canonical]")] == ["https://docs.example.org/help/en/docs/guide/only.html"]


def test_language_and_direction_are_those_of_the_page(pages: Pages) -> None:
    page = body(pages, "ar/docs/guide/logs.html")
    assert (page.get("lang"), page.find("body").get("dir")) == ("ar", "rtl")


@pytest.mark.parametrize("path", ["index.html", "modules/index.html", "modules/mta.html", "docs/guide/logs.html", "tree.html"])
def test_the_language_switch_stays_on_the_page(pages: Pages, path: str) -> None:
    links = body(pages, f"en/{path}").cssselect("#__menu-languages a")
    up = "../" * (path.count("/") + 1)
    assert [(link.get("hreflang"), link.get("href")) for link in links] == [(lang, f"{up}{lang}/{path}") for lang in ("en", "es", "ar")]


def test_pages_name_their_address_and_their_translations(pages: Pages) -> None:
    page = body(pages, "es/docs/modules.html")
    assert page.cssselect("link[rel=canonical]")[0].get("href") == "https://docs.example.org/help/es/docs/modules.html"
    assert {link.get("hreflang"): link.get("href").rpartition("/help/")[2] for link in page.cssselect("link[rel=alternate][hreflang]")} == {
        "en": "en/docs/modules.html", "es": "es/docs/modules.html", "ar": "ar/docs/modules.html", "x-default": "en/docs/modules.html",
    }  # fmt: skip


def test_a_site_without_an_address_of_its_own_names_none(make: Make, ward: Pages) -> None:
    pages = make({"site.yml": ward["site.yml"].replace("url: https://docs.example.org/help\n", "")})
    assert "canonical" not in pages["en/index.html"]


def test_the_making_of_a_translation_and_its_day_are_said_in_plain_words(pages: Pages) -> None:
    assert words(body(pages, "es/docs/modules.html"), ".badge") == [
        "Traducción automática en parte: 40 % por personas",
        "Al día con el original",
        "Actualizado el 4 de marzo de 2026",
        "Original: inglés",
    ]


def test_a_page_shows_its_neighbours_and_the_path_up_and_not_the_whole_tree(pages: Pages) -> None:
    page = body(pages, "en/docs/guide/logs.html")
    assert words(page, ".near li") == ["Modules", "Logs"]
    assert words(page, ".trail li") == ["Home", "Start"]
    assert words(page, ".near [aria-current]") == ["Logs"]


def test_the_page_before_and_the_page_after_follow_the_navigation(pages: Pages) -> None:
    page = body(pages, "en/docs/guide/logs.html")
    assert [link.get("href") for link in page.cssselect(".turn a")] == ["../../../en/docs/modules.html", "../../../en/docs/guide/only.html"]


def test_headings_make_the_table_of_contents(pages: Pages) -> None:
    assert words(body(pages, "en/docs/guide/logs.html"), ".toc li") == ["Where they are", "When they are missing"]


def test_facets_are_links_and_their_pages_list_their_documents(pages: Pages) -> None:
    page = body(pages, "es/docs/modules.html")
    assert [link.get("href").rpartition("/topics/")[2] for link in page.cssselect(".facets a")] == [
        "feature/monitoring.html", "feature/alerts.html", "role/admin.html",
    ]  # fmt: skip
    assert sorted(words(body(pages, "es/topics/role/admin.html"), ".links a")) == ["Logs", "Módulos"]


def test_a_record_s_page_tells_symptoms_remedy_commands_and_where_to_read_on(pages: Pages) -> None:
    page = body(pages, "en/modules/mta.html")
    assert words(page, "h1") == ["mta"]
    assert words(page, ".signs li") == ["mails stay"]
    assert words(page, ".remedy") == ["Run nlserver restart mta. See Logs."]
    assert words(page, ".commands li") == ["nlserver restart mta"]
    assert page.cssselect(".remedy a")[0].get("href") == "../../en/docs/guide/logs.html#where"
    assert "../../en/docs/modules.html#mta" in [link.get("href") for link in page.cssselect(".record-side a")]


def test_a_code_is_shown_with_the_message_that_stands_beside_it(make: Make, ward: dict[str, str]) -> None:
    kind = "  alarms:\n    columns: {Level: severity, Alarm: {roles: code, split: '^(?P<code>[A-Z]\\d+): (?P<message>.+)$'}, Action: remedy}\n"
    text = "# Alarms {#alarms}\n\n| Level | Alarm | Action |\n|---|---|---|\n| high | F31: Too hot | Wait. |\n"
    pages = make(ward | {"site.yml": ward["site.yml"] + kind, "content/en/alarms.md": text})
    page = body(pages, "en/alarms/F31.html")
    assert (words(page, "h1"), words(page, ".lead"), words(page, "h2")[:2]) == (["F31"], ["Too hot"], ["What to do", "Level"])
    assert "Too hot" in words(body(pages, "en/index.html"), ".card__scope")
    assert words(body(pages, "en/alarms/index.html"), "tbody td") == ["Too hot", "Wait."]


def test_a_cell_beside_several_rows_is_each_one_s_and_moves_no_other_cell(make: Make, ward: dict[str, str]) -> None:
    kind = "  parts:\n    columns: {Part: group, Do: remedy, Name: subject, Why: cause}\n"
    rows = (
        '<tr><td rowspan="3">Front</td><td rowspan="2">Run <code>fix it</code></td><td>lamp</td><td>It is dark.</td></tr>\n',
        "<tr><td>horn</td><td>It is dumb.</td></tr>\n<tr><td>Wait.</td><td>bell</td><td>It is wet.</td></tr>\n</tbody><tbody>\n",
        '<tr><td colspan="2">Look.</td><td>tyre</td><td>It is flat.</td></tr>\n',
    )
    head = "<tr><th>Part</th><th>Do</th><th>Name</th><th>Why</th></tr>"
    text = f"# Parts {{#parts}}\n\n<table><thead>{head}</thead><tbody>\n{''.join(rows)}</tbody></table>\n"
    pages = make(ward | {"site.yml": ward["site.yml"] + kind, "content/en/parts.md": text})
    told = {name: words(body(pages, f"en/parts/{name}.html"), ".record-main .remedy, .record-main h2 + div:not(.remedy)") for name in ("lamp", "horn", "bell", "tyre")}
    assert told == {
        "lamp": ["Run fix it", "Front", "It is dark."],
        "horn": ["Run fix it", "Front", "It is dumb."],
        "bell": ["Wait.", "Front", "It is wet."],
        "tyre": ["Look.", "Look.", "It is flat."],
    }
    assert words(body(pages, "en/parts/horn.html"), ".commands li") == ["fix it"]


def test_a_record_s_page_shows_the_reference_s_row_beside_a_translation(pages: Pages) -> None:
    page = body(pages, "es/modules/mta.html")
    assert words(page, ".lead") == ["Envía correos"]
    assert "Sends mail" in page.cssselect("details.original [lang=en]")[0].text_content()


def test_a_record_that_is_not_translated_is_shown_in_the_reference_s_words(pages: Pages) -> None:
    page = body(pages, "ar/modules/mta.html")
    assert page.cssselect(".notice")
    assert words(page, "[lang=en] .lead") == ["Sends mail"]


def test_records_that_share_a_symptom_are_checked_in_order_on_its_page(pages: Pages) -> None:
    (path,) = [path for path in pages if re.fullmatch(r"en/symptoms/(?!index).*\.html", path)]
    page = body(pages, path)
    assert words(page, ".check h2") == ["mta", "stat"]
    assert [box.get("value") for box in page.cssselect(".check input")] == ["modules/mta", "modules/stat"]
    assert words(body(pages, "en/modules/stat.html"), ".record-side a.id") == ["mta"]


def test_pages_that_name_a_record_in_code_are_found_from_its_page(make: Make) -> None:
    pages = make({"content/en/guide/only.md": "# Only in English {#only}\n\nStop `stat` first.\n"})
    assert words(body(pages, "en/modules/stat.html"), "#mentions + .links a") == ["Only in English"]
    assert not body(pages, "en/modules/mta.html").cssselect("#mentions + .links a[href$='only.html']")


def test_symptoms_stand_below_what_to_check_first_for_them(make: Make, ward: Pages) -> None:
    more = ward["content/en/modules.md"].replace("Check this module if mails stay. <p>Run", "Check this module if: <ul><li>mails stay</li><li>it is slow</li></ul><p>Run")
    page = body(make({"content/en/modules.md": more}), "en/symptoms/index.html")
    assert words(page, ".area h2") == ["mta"]
    assert words(page, ".area li") == ["mails stay stat", "it is slow"]


def test_where_headings_would_only_lengthen_the_list_symptoms_stand_in_one(pages: Pages) -> None:
    assert words(body(pages, "en/symptoms/index.html"), ".symptoms > li > a") == ["mails stay"]


def test_paper_says_where_it_comes_from(pages: Pages) -> None:
    assert words(body(pages, "es/docs/modules.html"), ".paper") == ["Ward · https://docs.example.org/help/es/docs/modules.html"]


def test_the_reference_is_one_key_away(pages: Pages) -> None:
    for path in ("es/modules/mta.html", "es/docs/modules.html"):
        (link,) = body(pages, path).cssselect("a[accesskey=o]")
        assert link.get("href") == f"../../en{path.removeprefix('es')}"
    assert not body(pages, "en/modules/mta.html").cssselect("a[accesskey=o]")


def test_the_table_of_all_records_has_an_anchor_on_each_row(pages: Pages) -> None:
    assert [row.get("id") for row in body(pages, "es/modules/index.html").cssselect("tbody tr")] == ["mta", "stat"]


def test_the_first_page_offers_every_language_without_a_script(pages: Pages) -> None:
    links = body(pages, "index.html").cssselect("[data-languages] a")
    assert [(link.get("hreflang"), link.get("href")) for link in links] == [(lang, f"{lang}/index.html") for lang in ("en", "es", "ar")]


def test_who_is_lost_is_led_to_the_search_box_the_records_the_symptoms_and_all_pages(pages: Pages) -> None:
    links = body(pages, "404.html").cssselect('li[lang="en"] a')
    assert [(link.text_content(), link.get("href")) for link in links] == [
        ("Home", "/help/en/index.html"), ("Modules", "/help/en/modules/index.html"), ("Symptoms", "/help/en/symptoms/index.html"), ("All pages", "/help/en/tree.html"),
    ]  # fmt: skip
    assert all(link.get("href").removeprefix("/help/") in pages for link in links)


def test_the_page_for_what_is_missing_names_its_files_from_the_top(pages: Pages) -> None:
    page = body(pages, "404.html")
    assert all(link.get("href").startswith("/help/") for link in page.cssselect("a, link"))


def test_titles_and_names_with_markup_in_them_stay_words(make: Make, ward: Pages) -> None:
    pages = make({
        "site.yml": ward["site.yml"].replace("title: Ward", 'title: "<b>Ward</b> & co"'),
        "content/en/guide/only.md": "# A <script>alert(1)</script> & `<img src=x>` {#only}\n\nWords.\n",
    })  # fmt: skip
    for path in html_pages(pages):
        assert "<script>alert" not in pages[path]
        assert "<b>Ward" not in pages[path]
        assert not body(pages, path).cssselect("img[src=x]")


def test_a_tree_without_navigation_is_ordered_by_its_folders(make: Make) -> None:
    pages = make({"content/en/TOC.md": ""})
    assert words(body(pages, "en/docs/guide/logs.html"), ".trail li") == ["Home", "Guide"]


def test_the_same_site_gives_the_same_bytes(make: Make, pages: Pages) -> None:
    assert make({}) == pages


def test_names_that_are_words_are_words_and_not_said_twice(make: Make) -> None:
    cases = "# Questions {#q}\n\n## The mail does not leave? {#leave}\n\nStart it.\n"
    site = (
        "title: W\nlanguages: {en: {root: content/en, reference: true}}\n"
        "records: {faq: {label: Questions, singular: Question, from: [question-headings]}}\n"
    )
    pages = make({"site.yml": site, "content/en/modules.md": cases, "content/en/TOC.md": "", "content/en/guide/logs.md": ""})
    assert words(body(pages, "en/index.html"), ".card h3 a.named:not([translate])") == ["The mail does not leave?"]
    assert not body(pages, "en/index.html").cssselect(".card__symptoms, .symptoms__checks a")
    assert [head.text_content() for head in body(pages, "en/faq/index.html").cssselect("thead th")] == ["Question", "What to do"]


def test_a_record_s_page_says_how_its_translation_was_made_and_when_it_changed(pages: Pages) -> None:
    found = words(body(pages, "es/modules/mta.html"), ".badges .badge")
    assert found[0] == "Traducción automática en parte: 40 % por personas"
    assert "Actualizado el 4 de marzo de 2026" in found
