"""The search box while its index is still on the way, and for every way of pointing and leaving."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from generator.search import Index
from tests.browser.conftest import in_many_files
from tests.browser.search_test import entries
from tests.search.entries import section
from tests.sources import served
from tests.waiting import eventually_in

pytestmark = pytest.mark.browser

BOX = "#__query-home"
HITS = "#__hits-home li"
PANEL = ".search--home .search__panel"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context()
    # No index is fetched beforehand, as where data is to be saved.
    opened.add_init_script("Object.defineProperty(Navigator.prototype, 'connection', { get: () => ({ saveData: true }) })")
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext, ward: tuple[str, Index]) -> Page:
    page = context.new_page()
    page.goto(ward[0])
    return page


@contextmanager
def held(page: Page) -> Iterator[list[Route]]:
    """While this runs, what is asked of the index waits; then it comes."""
    waiting: list[Route] = []
    released = threading.Event()
    page.route("**/search/en/**", lambda route: route.continue_() if released.is_set() else waiting.append(route))
    yield waiting
    released.set()
    for route in waiting:
        route.continue_()


def first(page: Page, words: str) -> None:
    expect(page.locator(HITS).first).to_contain_text(words)


def test_enter_before_the_answer_opens_a_hit_of_what_was_typed_and_no_earlier_one(page: Page) -> None:
    page.locator(BOX).fill("certificate memory")
    first(page, "certificate")
    with held(page) as waiting:
        page.locator(BOX).fill("workflow stops at night")
        assert eventually_in(page, lambda: waiting)
        page.keyboard.press("Enter")
        page.wait_for_timeout(100)
        assert page.url.split("?")[0].endswith("/en/index.html")
    page.wait_for_url("**/workflow.md*")


def test_an_answer_that_comes_late_does_not_open_a_box_that_was_left(page: Page) -> None:
    with held(page) as waiting:
        page.locator(BOX).fill("workflow stops at night")
        assert eventually_in(page, lambda: waiting)
        page.locator(BOX).blur()
        expect(page.locator(PANEL)).to_be_hidden()
    page.wait_for_timeout(300)
    expect(page.locator(PANEL)).to_be_hidden()
    page.locator(BOX).focus()
    first(page, "workflow")
    expect(page.locator(BOX)).to_have_attribute("aria-expanded", "true")


def test_an_answer_that_comes_after_the_dialogue_was_closed_leaves_the_address_alone(page: Page) -> None:
    page.keyboard.press("Control+k")
    with held(page) as waiting:
        page.locator("#__query-dialog").fill("workflow stops at night")
        assert eventually_in(page, lambda: waiting)
        page.keyboard.press("Escape")
        expect(page.locator("#__dialog")).to_be_hidden()
    page.wait_for_timeout(300)
    assert "?q=" not in page.url


def test_the_chosen_hit_stays_chosen_while_one_looks_at_another_window(page: Page) -> None:
    page.keyboard.press("Control+k")
    box = page.locator("#__query-dialog")
    box.fill("certificate memory")
    expect(page.locator("#__hits-dialog li").nth(3)).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    box.blur()
    box.focus()
    page.wait_for_timeout(100)
    expect(box).to_have_attribute("aria-activedescendant", "__hits-dialog-2")


def test_results_that_were_closed_are_announced_as_open_when_they_come_back(page: Page) -> None:
    box = page.locator(BOX)
    box.fill("certificate memory")
    first(page, "certificate")
    for keys in (["ArrowDown"], ["Shift+Tab", "Tab"]):
        page.keyboard.press("Escape")
        expect(box).to_have_attribute("aria-expanded", "false")
        for key in keys:
            page.keyboard.press(key)
        expect(page.locator(PANEL)).to_be_visible()
        expect(box).to_have_attribute("aria-expanded", "true")


def test_a_click_on_words_of_the_panel_or_on_a_kind_does_not_close_it(page: Page) -> None:
    page.locator(BOX).fill("certificate memory qqqqzzz")
    first(page, "certificate")
    page.locator(f"{PANEL} [data-note]").click()
    expect(page.locator(PANEL)).to_be_visible()
    expect(page.locator(BOX)).to_be_focused()


def test_escape_on_a_kind_closes_the_results_and_leads_back_to_the_box(page: Page) -> None:
    page.locator(BOX).fill("certificate")
    first(page, "certificate")
    page.locator(f'{PANEL} [data-kind="section"]').focus()
    page.keyboard.press("Escape")
    expect(page.locator(PANEL)).to_be_hidden()
    expect(page.locator(BOX)).to_be_focused()


def test_the_key_that_ends_a_composition_opens_nothing(page: Page) -> None:
    page.locator(BOX).fill("certificate memory")
    first(page, "certificate")
    ending = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', %s, bubbles: true, cancelable: true }))"
    for sign in ("isComposing: true", "keyCode: 229"):
        assert page.evaluate(ending % sign)
    page.wait_for_timeout(100)
    assert page.url.split("?")[0].endswith("/en/index.html")


def test_what_was_opened_in_another_tab_is_not_marked_in_this_one(page: Page, context: BrowserContext) -> None:
    page.locator(BOX).fill("certificate memory")
    first(page, "certificate")
    with context.expect_page():
        page.keyboard.press("Control+Enter")
    page.goto(page.url.split("?")[0])
    assert page.evaluate("CSS.highlights.get('sintoma')?.size ?? 0") == 0


def test_a_part_of_the_index_that_could_not_be_fetched_is_asked_for_again(page: Page) -> None:
    page.clock.install()
    page.locator(BOX).fill("certificate memory")
    first(page, "certificate")
    page.route("**/search/en/**", lambda route: route.abort())
    page.locator(BOX).fill("workflow stops at night")
    expect(page.locator(f"{PANEL} [data-note]")).to_contain_text("could not be loaded")
    page.clock.fast_forward(11_000)
    page.unroute("**/search/en/**")
    page.locator(BOX).blur()
    page.locator(BOX).focus()
    first(page, "workflow")


def test_the_scripts_of_the_engine_are_asked_for_at_once(context: BrowserContext, ward: tuple[str, Index]) -> None:
    page = context.new_page()
    waiting: list[Route] = []
    page.route("**/assets/search/**", lambda route: waiting.append(route))  # noqa: PLW0108
    page.goto(ward[0])
    page.locator(BOX).focus()
    scripts = (page.locator("#__dialog").get_attribute("data-scripts") or "").split()
    assert eventually_in(page, lambda: len(waiting) == len(scripts))
    for route in reversed(waiting):
        route.continue_()
    page.locator(BOX).fill("certificate memory")
    first(page, "certificate")


def test_a_page_that_was_opened_before_the_site_was_published_anew_asks_the_new_index(page: Page, tmp_path: Path) -> None:
    changed = section("new.md#stops", "Night shift", "A workflow stops at night where certificates have expired.")
    sites = [in_many_files(tmp_path / name, searched)[0] for name, searched in (("one", entries()), ("two", [*entries(), changed]))]
    shown = tmp_path / "shown"
    shown.symlink_to(sites[0])
    with served(shown) as address:
        page.goto(f"{address}/en/index.html")
        page.locator(BOX).fill("certificate memory")
        first(page, "certificate")
        shown.unlink()
        shown.symlink_to(sites[1])
        page.locator(BOX).fill("workflow stops at night")
        first(page, "Night shift")
        expect(page.locator(f"{PANEL} [data-note]")).to_be_hidden()
