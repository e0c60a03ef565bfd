"""A language that is read from right to left, in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.sources import built

pytestmark = pytest.mark.browser

SITE = "title: Ward\nlanguages: {en: {root: en, reference: true}, ar: {root: ar}}\n"
PAGES = {
    "en": "# Restart {#restart}\n\nAdd `-verbose` to see more.\n",
    "ar": "# إعادة التشغيل {#restart}\n\nأضف `-verbose` لترى المزيد.\n",
}
SIDES = """text => {
  const node = [...document.querySelectorAll("code")].find((code) => code.textContent === text).firstChild;
  const at = (place) => { const range = document.createRange(); range.setStart(node, place); range.setEnd(node, place + 1); return range.getBoundingClientRect().x; };
  return [at(0), at(text.length - 1)];
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    site = built(tmp_path_factory.mktemp("ward"), {"site.yml": SITE, **{f"{lang}/restart.md": text for lang, text in PAGES.items()}})
    return (site / "ar/docs/restart.html").as_uri()


@pytest.fixture
def page(browser: Browser, address: str) -> Page:
    page: Page = browser.new_context(viewport={"width": 390, "height": 800}).new_page()
    page.goto(address)
    return page


def test_the_page_runs_from_right_to_left_in_words_of_its_language_and_needs_no_scrolling_aside(page: Page) -> None:
    heading = page.locator("h1").bounding_box()
    assert heading is not None
    assert heading["x"] + heading["width"] > 300  # it begins at the right
    assert page.get_by_text("الوثائق").count() > 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_an_option_in_code_is_shown_as_it_is_typed(page: Page) -> None:
    first, last = page.evaluate(SIDES, "-verbose")
    assert first < last
