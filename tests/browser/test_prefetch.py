"""The index is fetched at the first focus of the search box: nothing before, everything after, and typing never waits for it."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from generator.search import Index

pytestmark = pytest.mark.browser

BOX = "#__query-home"
HITS = "#__hits-home li"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    opened = browser.new_page()
    yield opened
    opened.close()


def watched(page: Page) -> list[str]:
    """What the page asks for from now on that belongs to the search, below the site's root."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.split("/", 3)[3]) if "search/" in request.url else None)
    return asked


def pieces(index: Index) -> set[str]:
    return {file.path for file in index.artifacts if file.path not in (index.manifest, index.current) and "/common-" not in file.path}


def test_nothing_of_the_search_is_fetched_before_the_box_has_focus_and_all_of_it_after(ward: tuple[str, Index], page: Page) -> None:
    address, index = ward
    asked = watched(page)
    page.goto(address, wait_until="networkidle")
    assert asked == []
    assert page.evaluate("'createEngine' in Sintoma") is False
    page.locator(BOX).focus()
    page.wait_for_function(
        "(many) => performance.getEntriesByType('resource').filter(({ name }) => name.includes('/search/en/')).length > many",
        arg=len(pieces(index)),
    )
    scripts = [path for path in asked if path.startswith("assets/search/")]
    assert scripts
    assert asked[: len(scripts) + 1] == [*scripts, index.current]
    fetched = asked[len(scripts) + 1 :]
    assert sorted(fetched) == sorted(pieces(index))
    before = len(asked)
    page.locator(BOX).press_sequentially("certificte memry")
    expect(page.locator(HITS).first).to_contain_text("certificate")
    assert len(asked) == before


def test_a_question_does_not_wait_for_what_is_fetched_beside_it(ward: tuple[str, Index], page: Page) -> None:
    address, index = ward
    held: list[Route] = []
    first = min(pieces(index), key=[file.path for file in index.artifacts].index)
    page.route(f"**/{first}", lambda route: held.append(route))  # noqa: PLW0108  Playwright marks the function it is given
    page.goto(address)
    with page.expect_request(f"**/{first}"):
        page.locator(BOX).focus()
    page.locator(BOX).press_sequentially("workflow stops at night")
    expect(page.locator(HITS).first).to_contain_text("workflow")
    assert len(held) == 1
    for route in held:
        route.continue_()


def test_letters_appear_while_not_even_the_engine_has_come(ward: tuple[str, Index], page: Page) -> None:
    held: list[Route] = []
    released = threading.Event()
    page.route("**/search/**", lambda route: route.continue_() if released.is_set() else held.append(route))
    page.goto(ward[0])
    page.locator(BOX).press_sequentially("database is slow")
    expect(page.locator(BOX)).to_have_value("database is slow")
    expect(page.locator(HITS)).to_have_count(0)
    assert held
    released.set()
    for route in held:
        route.continue_()
    expect(page.locator(HITS).first).to_contain_text("database")
