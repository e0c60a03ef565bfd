"""What people do, in a real browser: from a server under a sub-path with a strict policy, and from a disk."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

Open = Callable[..., Any]

pytestmark = pytest.mark.browser


def hits(page: Page, box: str = "home") -> list[str]:
    expect(page.locator(f"#__hits-{box} li").first).to_be_visible()
    return page.locator(f"#__hits-{box} li").all_inner_texts()


def test_typing_a_symptom_shows_the_module_and_the_arrow_opens_the_second_hit(open_tab: Open, address: str) -> None:
    page = open_tab(f"{address}/en/index.html").page
    page.locator("#__query-home").press_sequentially("mails are not leaving", delay=5)
    found = hits(page)
    assert {found[0].split()[0], found[1].split()[0]} == {"mta", "stat"}
    assert page.locator("#__query-home").get_attribute("aria-activedescendant") == "__hits-home-0"
    page.keyboard.press("ArrowDown")
    second = page.locator("#__hits-home li").nth(1)
    assert second.get_attribute("aria-selected") == "true"
    name = second.locator(".hit__title").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(name)


@pytest.mark.parametrize("size", [(1280, 720), (390, 844)])
def test_the_results_at_home_end_within_the_window(open_tab: Open, over_http: str, size: tuple[int, int]) -> None:
    page = open_tab(f"{over_http}/en/index.html", viewport={"width": size[0], "height": size[1]}).page
    page.locator("#__query-home").fill("log")
    hits(page)
    place = page.locator(".search--home .search__panel").bounding_box()
    assert place
    assert place["y"] + place["height"] <= size[1]


def test_a_slash_opens_the_search_anywhere_and_escape_closes_it(open_tab: Open, address: str) -> None:
    page = open_tab(f"{address}/en/docs/operations/log-files.html").page
    page.keyboard.press("/")
    expect(page.locator("#__dialog")).to_be_visible()
    expect(page.locator("#__query-dialog")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#__dialog")).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(page.locator("#__dialog")).to_be_visible()


def test_a_misspelt_word_is_understood_and_the_page_says_so(open_tab: Open, address: str) -> None:
    page = open_tab(f"{address}/en/index.html").page
    page.locator("#__query-home").fill("watchdgo")
    assert hits(page)[0].startswith("watchdog")
    expect(page.locator("#__query-home").locator("xpath=ancestor::sintoma-search").locator("[data-note]")).to_contain_text("watchdog")


def test_the_number_of_results_is_announced(open_tab: Open, address: str) -> None:
    page = open_tab(f"{address}/en/index.html").page
    page.locator("#__query-home").fill("port 7777")
    hits(page)
    expect(page.locator('[data-where="home"] [data-live]')).to_contain_text("result")


def test_where_nothing_is_found_there_is_a_way_on(open_tab: Open, address: str) -> None:
    page = open_tab(f"{address}/es/index.html").page
    page.locator("#__query-home").fill("qqqqqzzzzzz")
    help_text = page.locator('[data-where="home"] [data-empty]')
    expect(help_text).to_be_visible()
    assert help_text.locator("a").first.get_attribute("href") == "../es/modules/index.html"
    assert "../en/index.html?q=qqqqqzzzzzz" in [link.get_attribute("href") for link in help_text.locator("a").all()]


def test_an_unknown_error_code_leads_to_those_that_begin_alike(open_tab: Open, address: str) -> None:
    page = open_tab(f"{address}/en/index.html").page
    page.locator("#__query-home").fill("xtk:sessionless")
    expect(page.locator('[data-where="home"] [data-note]')).to_contain_text("xtk:session")


def test_the_best_hit_stands_there_while_the_other_language_is_still_fetched(open_tab: Open, over_http: str) -> None:
    page = open_tab(f"{over_http}/es/index.html").page
    held: list[Any] = []
    page.route("**/search/en/index-*.js", lambda route: held.append(route))  # noqa: PLW0108  Playwright marks the function it is given
    page.locator("#__query-home").fill("los correos no salen")
    assert hits(page)[0].split()[0] in ("mta", "stat")
    assert len(hits(page)) == 1
    for route in held:
        route.continue_()
    expect(page.locator("#__hits-home li").nth(5)).to_be_visible()


def test_a_search_that_lacks_a_part_of_its_index_says_so_and_goes_on(browser: Browser, over_http: str) -> None:
    page = browser.new_page()
    page.route("**/search/en/index-*.js", lambda route: route.abort())
    page.goto(f"{over_http}/es/index.html")
    page.locator("#__query-home").fill("los correos no salen")
    expect(page.locator("#__hits-home li").nth(1)).to_be_visible()
    expect(page.locator('[data-where="home"] [data-note]')).to_contain_text("parte del índice")
    page.close()


def test_a_word_that_only_the_reference_knows_is_said_to_be_looked_up_there(open_tab: Open, address: str) -> None:
    page = open_tab(f"{address}/es/index.html").page
    page.locator("#__query-home").fill("throttled ")
    expect(page.locator('[data-where="home"] [data-note]')).to_contain_text("Buscado en English: throttled")


def test_an_address_with_a_question_opens_with_its_results(open_tab: Open, address: str) -> None:
    page = open_tab(f"{address}/en/index.html?q=syslogd").page
    assert hits(page)[0].startswith("syslogd")
    page.goto(f"{address}/en/modules/mta.html?q=syslogd")
    assert hits(page, "dialog")[0].startswith("syslogd")


def test_a_question_with_markup_in_it_stays_words(open_tab: Open, address: str) -> None:
    page = open_tab(f"{address}/en/index.html?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3Ezzz").page
    page.wait_for_timeout(400)
    assert page.locator("article img, dialog img").count() == 0


def test_a_pasted_log_line_finds_the_row(open_tab: Open, address: str) -> None:
    page = open_tab(f"{address}/en/index.html").page
    log = "12:00:01 > started\\n2026-03-04 12:00:02.123 PID 4711 xtk:session error: console cannot connect\\n12:00:03 > end"
    page.locator("#__query-home").focus()
    page.evaluate(
        """text => { const data = new DataTransfer(); data.setData("text", text.replaceAll("\\\\n", "\\n"));
        document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }""",
        log,
    )
    assert any(hit.startswith("web") for hit in hits(page)[:3])


def test_what_was_searched_is_marked_on_the_page_that_was_opened(open_tab: Open, address: str) -> None:
    page = open_tab(f"{address}/en/index.html").page
    page.locator("#__query-home").fill("statistics server")
    hits(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/**/*.html")
    page.wait_for_load_state()
    assert page.evaluate("CSS.highlights.get('sintoma')?.size ?? 0") > 0


def test_questions_that_led_somewhere_are_offered_again(open_tab: Open, address: str) -> None:
    page = open_tab(f"{address}/en/index.html").page
    page.locator("#__query-home").fill("syslogd")
    hits(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/*.html")
    expect(page.locator("h1")).to_have_text("syslogd")
    page.keyboard.press("/")
    assert hits(page, "dialog") == ["syslogd"]


def test_a_command_is_copied(open_tab: Open, over_http: str) -> None:
    tab = open_tab(f"{over_http}/en/modules/mta.html", permissions=["clipboard-read", "clipboard-write"])
    tab.page.locator(".commands .copy").first.click()
    expect(tab.page.locator(".commands .copy").first).to_have_text("Copied")
    assert tab.page.evaluate("navigator.clipboard.readText()").startswith("nlserver ")


def test_the_language_changes_on_the_page_and_the_way_back_leads_back(open_tab: Open, address: str) -> None:
    page = open_tab(f"{address}/en/modules/mta.html").page
    page.locator('[popovertarget="__menu-languages"]').click()
    page.locator('#__menu-languages a[hreflang="de"]').click()
    page.wait_for_url("**/de/modules/mta.html")
    assert page.evaluate("document.documentElement.lang") == "de"
    page.go_back()
    page.wait_for_url("**/en/modules/mta.html")


def test_ticks_are_kept_in_this_browser_and_copied_as_markdown(open_tab: Open, over_http: str) -> None:
    page = open_tab(f"{over_http}/en/symptoms/index.html", permissions=["clipboard-read", "clipboard-write"]).page
    page.locator(".area li", has=page.locator(".id")).first.locator("a").first.click()
    page.wait_for_load_state()
    page.locator(".check input").first.check()
    page.reload()
    expect(page.locator(".check input").first).to_be_checked()
    page.locator("[data-copy-ticks]").click()
    expect(page.locator("[data-said]")).not_to_be_empty()
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("## ")
    assert re.search(r"^\d{4}-\d\d-\d\d \d\d:\d\d UTC, <http", text, re.MULTILINE)
    assert "- [x] **" in text
    assert "- [ ] **" in text
    assert "`nlserver restart mta@my_instance`" in text
    page.locator("[data-reset-ticks]").click()
    page.reload()
    expect(page.locator(".check input").first).not_to_be_checked()


def test_ticks_of_two_tabs_are_one_list(open_tab: Open, over_http: str) -> None:
    page = open_tab(f"{over_http}/en/symptoms/index.html").page
    page.locator(".area li", has=page.locator(".id")).first.locator("a").first.click()
    page.wait_for_load_state()
    other = page.context.new_page()
    other.goto(page.url)
    page.locator(".check input").first.check()
    expect(other.locator(".check input").first).to_be_checked()
    other.locator(".check input").last.check()
    page.reload()
    assert [box.is_checked() for box in (page.locator(".check input").first, page.locator(".check input").last)] == [True, True]


def test_the_colours_follow_the_system_until_they_are_chosen(open_tab: Open, address: str) -> None:
    page = open_tab(f"{address}/en/index.html", color_scheme="dark").page
    ground = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(ground)
    page.locator('[popovertarget="__menu-scheme"]').click()
    page.locator('[data-scheme-choice="light"]').click()
    assert page.evaluate(ground) == "rgb(255, 255, 255)" != dark
    page.reload()
    assert page.evaluate(ground) == "rgb(255, 255, 255)"


def test_the_first_page_goes_on_to_the_language_of_the_browser(open_tab: Open, address: str) -> None:
    page = open_tab(f"{address}/index.html", locale="pt-BR").page
    page.wait_for_url("**/pt-BR/index.html")


def test_the_keyboard_alone_reaches_content_menu_and_search(open_tab: Open, address: str) -> None:
    page = open_tab(f"{address}/en/docs/operations/log-files.html").page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "md-skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "__content"
    page.locator('[popovertarget="__menu-languages"]').focus()
    page.keyboard.press("Enter")
    expect(page.locator("#__menu-languages")).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#__menu-languages') !== null")
    page.keyboard.press("Escape")
    expect(page.locator("#__menu-languages")).to_be_hidden()


@pytest.mark.parametrize(
    "path", ["en/index.html", "en/modules/index.html", "en/modules/mta.html", "en/docs/operations/log-files.html", "index.html"]
)
def test_without_scripts_every_page_shows_its_content_and_its_navigation(open_tab: Open, address: str, path: str) -> None:
    page = open_tab(f"{address}/{path}", java_script_enabled=False).page
    expect(page.locator("h1").first).to_be_visible()
    assert page.locator(".js-only:visible").count() == 0
    if path != "index.html":
        page.locator('[popovertarget="__menu-languages"]').click()
        expect(page.locator("#__menu-languages a").first).to_be_visible()


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
def test_no_page_is_wider_than_its_window(open_tab: Open, address: str, width: int) -> None:
    page = open_tab(f"{address}/ja/index.html", viewport={"width": width, "height": 800}).page
    for path in (
        "de/index.html",
        "de/modules/index.html",
        "ja/modules/mta.html",
        "fr/docs/architecture/general-architecture.html",
        "de/tree.html",
        "ja/map.html",
    ):
        page.goto(f"{address}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (path, width)


@pytest.mark.parametrize("width", [390, 1280])
def test_right_to_left_turns_every_kind_of_page_round_without_overflow(open_tab: Open, over_http: str, width: int) -> None:
    page = open_tab(f"{over_http}/en/index.html", viewport={"width": width, "height": 800}).page
    begins = """() => {
      const box = document.querySelector("h1").getBoundingClientRect(), room = document.querySelector("article").getBoundingClientRect();
      return [Math.round(box.left - room.left), Math.round(room.right - box.right)];
    }"""
    for path in ("index", "modules/index", "modules/mta", "symptoms/index", "map", "tree", "topics/index", "docs/operations/log-files"):
        page.goto(f"{over_http}/en/{path}.html")
        before = page.evaluate(begins)
        page.evaluate("document.body.dir = 'rtl'")
        assert page.evaluate(begins) == before[::-1], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth && scrollX === 0"), path


def test_on_a_phone_a_row_of_a_record_reads_downwards_and_other_tables_scroll(open_tab: Open, over_http: str) -> None:
    page = open_tab(f"{over_http}/de/docs/modules/modules-and-frequent-issues.html", viewport={"width": 390, "height": 800}).page
    cells = "[...document.querySelectorAll('#mta > td')].map((cell) => Math.round(cell.getBoundingClientRect().width))"
    assert min(page.evaluate(cells)) > 300
    page.goto(f"{over_http}/de/docs/architecture/general-architecture.html")
    scrolls = "[...document.querySelectorAll('.md-typeset__scrollwrap')].map((box) => box.scrollWidth > box.clientWidth)"
    assert all(page.evaluate(scrolls))
    split = "[...document.querySelectorAll('td code')].filter((code) => code.getClientRects().length > 1 && !/[\\s-]/.test(code.textContent)).length"
    assert page.evaluate(split) == 0


def test_a_module_fits_on_one_sheet_of_paper_with_the_addresses_to_read_on(open_tab: Open, over_http: str) -> None:
    page = open_tab(f"{over_http}/en/modules/index.html").page
    for name in ("mta", "wfserver"):
        page.goto(f"{over_http}/en/modules/{name}.html")
        assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1
    page.emulate_media(media="print")
    expect(page.locator(".paper")).to_have_text("Sintoma · en/modules/wfserver.html")
    shown = page.locator("#next + .links a").first.evaluate("link => getComputedStyle(link, '::after').content")
    assert shown == '"en/docs/modules/workflow-engine.html"'


def test_a_section_is_printed_in_one_go_each_page_on_a_new_sheet(open_tab: Open, address: str) -> None:
    page = open_tab(f"{address}/en/docs/operations/log-files.html").page
    page.locator(".near .whole", has_text="Print this section").click()
    texts = page.locator(".sheet__page")
    expect(page.locator("h1")).to_have_text("Operations")
    expect(texts).to_have_count(3)
    page.evaluate("window.print = () => { document.title = 'printed'; }")
    page.locator("[data-print]").click()
    expect(page).to_have_title("printed")
    page.emulate_media(media="print")
    assert texts.evaluate_all("pages => pages.map((page) => getComputedStyle(page).breakBefore)") == ["auto", "page", "page"]
    expect(page.locator("[data-print]")).to_be_hidden()
    expect(page.locator(".sheet__address").first).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_section_inside_another_is_printed_alone(open_tab: Open, address: str, *, scripts: bool) -> None:
    page = open_tab(f"{address}/en/tree.html", java_script_enabled=scripts).page
    page.locator(".tree__paper", has=page.locator("xpath=self::*[contains(@aria-label, 'Access')]")).click()
    shown = page.locator(".sheet__page:visible")
    expect(page.locator(".sheet__section:visible > h2")).to_have_text(["Access and data"])
    expect(shown).to_have_count(3)
    page.locator(".sheet__whole").click()
    expect(shown).to_have_count(page.locator(".sheet__page").count())


def test_print_leaves_out_what_is_no_use_on_paper(open_tab: Open, address: str) -> None:
    page = open_tab(f"{address}/en/docs/operations/log-files.html").page
    page.emulate_media(media="print")
    for path in (".bar", ".foot", ".side", ".turn", ".copy"):
        assert page.locator(f"{path}:visible").count() == 0
    expect(page.locator("article h1")).to_be_visible()


def test_a_search_can_be_narrowed_to_one_kind(open_tab: Open, address: str) -> None:
    page = open_tab(f"{address}/en/index.html").page
    page.locator("#__query-home").fill("log")
    hits(page)
    page.locator('[data-where="home"] [data-kind="section"]').click()
    expect(page.locator("#__hits-home li.hit--record")).to_have_count(0)
    expect(page.locator("#__hits-home li").first).to_be_visible()
    page.locator('[data-where="home"] [data-kind="modules"]').click()
    expect(page.locator("#__hits-home li.hit--section")).to_have_count(0)
    expect(page.locator("#__hits-home li").first).to_be_visible()


def test_a_gap_in_commands_is_filled_once_for_all_pages_and_copied_filled(open_tab: Open, over_http: str) -> None:
    page = open_tab(f"{over_http}/en/modules/mta.html", permissions=["clipboard-read", "clipboard-write"]).page
    page.get_by_label("my_instance").fill("prod1")
    page.locator(".commands .copy").first.click()
    assert page.evaluate("navigator.clipboard.readText()") == "nlserver restart mta@prod1"
    page.goto(f"{over_http}/en/modules/stat.html")
    expect(page.locator(".commands code").first).to_have_text("nlserver start stat@prod1")


def test_what_else_to_check_for_a_symptom_is_set_apart_for_the_eye_only(open_tab: Open, over_http: str) -> None:
    page = open_tab(f"{over_http}/en/symptoms/index.html").page
    more = page.locator(".area .symptoms__checks").get_by_role("link", name="stat", exact=True)
    assert more.evaluate("(link) => getComputedStyle(link, '::before').content").startswith('"+ "')


def test_the_values_of_gaps_stay_within_the_text_of_a_narrow_phone(open_tab: Open, over_http: str) -> None:
    page = open_tab(f"{over_http}/de/docs/troubleshooting/mail-not-leaving.html", viewport={"width": 320, "height": 800}).page
    assert page.evaluate("""() => [...document.querySelectorAll('.fill input')].every((field) =>
        field.getBoundingClientRect().right <= field.closest('.fill').getBoundingClientRect().right + 1)""")


def test_an_index_that_cannot_be_loaded_leads_to_the_table_and_may_be_tried_again(browser: Browser, over_http: str) -> None:
    page = browser.new_page(locale="xx")
    page.route("**/search/**", lambda route: route.abort())
    page.goto(f"{over_http}/en/index.html")
    page.locator("#__query-home").fill("mta")
    failure = page.locator('[data-where="home"] [data-empty]')
    expect(failure).to_contain_text("could not be loaded")
    expect(failure.locator("a")).to_have_attribute("href", "../en/modules/index.html")
    page.unroute("**/search/**")
    page.reload()
    page.locator("#__query-home").fill("mta")
    assert hits(page)[0].startswith("mta")
    page.close()
