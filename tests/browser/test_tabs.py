"""Tab sets in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.sources import built

pytestmark = pytest.mark.browser

SITE = "title: Ward\nlanguages: {en: {root: en, reference: true}}\n"
SET = "\n>[!BEGINTABS]\n\n>[!TAB Linux]\n\nUse sh.\n\n>[!TAB Windows]\n\nUse cmd.\n\n### Paths {#paths%d}\n\nBack slashes.\n\n>[!ENDTABS]\n"
PAGE = "# Shells {#shells}\n\n[Windows paths](#paths1)\n" + SET % 1 + "\nThe same again.\n" + SET % 2


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    site = built(tmp_path_factory.mktemp("ward"), {"site.yml": SITE, "en/shells.md": PAGE})
    return (site / "en/docs/shells.html").as_uri()


@pytest.fixture
def page(browser: Browser, address: str) -> Page:
    page: Page = browser.new_context().new_page()
    page.goto(address)
    return page


def shown(page: Page) -> list[str]:
    return [panel.inner_text().split("\n")[0] for panel in page.locator("[role=tabpanel]:not([hidden])").all()]


def test_one_tab_of_each_set_is_shown_and_a_choice_holds_for_all_sets_and_the_next_visit(page: Page) -> None:
    assert shown(page) == ["Use sh.", "Use sh."]
    page.get_by_role("tab", name="Windows").first.click()
    assert shown(page) == ["Use cmd.", "Use cmd."]
    page.reload()
    assert shown(page) == ["Use cmd.", "Use cmd."]


def test_arrows_home_and_end_move_between_tabs(page: Page) -> None:
    first = page.get_by_role("tab").first
    first.focus()
    for key, name in (("ArrowRight", "Windows"), ("ArrowRight", "Linux"), ("End", "Windows"), ("Home", "Linux"), ("ArrowLeft", "Windows")):
        page.keyboard.press(key)
        expect(page.get_by_role("tab", name=name).first).to_be_focused()


def test_a_link_into_a_tab_opens_it(page: Page, address: str) -> None:
    page.get_by_text("Windows paths").click()
    assert shown(page) == ["Use cmd.", "Use sh."]
    page.goto("about:blank")
    page.goto(f"{address}#paths2")
    assert shown(page) == ["Use sh.", "Use cmd."]


def test_on_paper_and_without_scripts_all_tabs_stand_below_each_other(page: Page, browser: Browser, address: str) -> None:
    page.emulate_media(media="print")
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(address)
    for one in (page, plain):
        assert [title.inner_text() for title in one.locator(".tabs__title").all() if title.is_visible()] == ["Linux", "Windows"] * 2
        assert all(panel.is_visible() for panel in one.locator(".tabs__tab").all())
