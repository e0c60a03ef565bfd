"""What every page can do besides searching, where an address, a browser or a second tab is not as one would wish."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.sources import built

pytestmark = pytest.mark.browser

SITE = "title: Ward\nlanguages: {en: {root: en, reference: true}}\n"
WIDE = f"| Log | Meaning |\n|---|---|\n| `{'x' * 200}` | full |\n"
PAGE = f"""# Logs {{#logs}}

## First {{#first}}

Soon: <span class="preview">new *[here](logs.md)*</span>.

```
tail -f a.log
```

>[!BEGINTABS]

>[!TAB Linux]

Use sh.

>[!TAB Windows]

{WIDE}

>[!ENDTABS]

+++Long

{WIDE}

+++

## Fifty {{#fifty%}}

The last.
"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    site = built(tmp_path_factory.mktemp("ward"), {"site.yml": SITE, "en/logs.md": PAGE})
    return (site / "en/docs/logs.html").as_uri()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context()
    yield opened
    opened.close()


def opened(context: BrowserContext, address: str) -> tuple[Page, list[str]]:
    """A page, and what goes wrong in it."""
    page, faults = context.new_page(), list[str]()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(address)
    return page, faults


@pytest.mark.parametrize("fragment", ["#%", "#%zz", "#%E0%A4%A", "#nowhere"])
def test_a_fragment_that_names_nothing_stops_no_script(context: BrowserContext, address: str, fragment: str) -> None:
    page, faults = opened(context, address + fragment)
    assert faults == []
    expect(page.get_by_role("tab", name="Windows")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("details")).to_have_attribute("open", "")


def test_what_was_opened_for_paper_is_closed_afterwards(context: BrowserContext, address: str) -> None:
    page, _ = opened(context, address)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("details")).to_have_attribute("open", "")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator("details")).not_to_have_attribute("open", "")


def test_a_wide_table_is_reached_by_keyboard_as_soon_as_its_tab_or_accordion_is_opened(context: BrowserContext, address: str) -> None:
    page, _ = opened(context, address)
    tables = page.locator(".md-typeset__scrollwrap")
    page.get_by_role("tab", name="Windows").click()
    expect(tables.first).to_have_attribute("tabindex", "0")
    expect(tables.first).to_have_attribute("aria-label", "Logs – Ward")
    page.get_by_text("Long").click()
    expect(tables.last).to_have_attribute("tabindex", "0")
    page.evaluate("for (const one of document.querySelectorAll('.frame, .middle')) one.style.maxInlineSize = 'none'")
    page.set_viewport_size({"width": 8000, "height": 800})
    expect(tables.last).not_to_have_attribute("tabindex", "0")


def test_copying_the_older_way_leaves_the_focus_where_it_was(context: BrowserContext, address: str) -> None:
    context.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
    page, _ = opened(context, address)
    page.locator("pre .copy").focus()
    page.keyboard.press("Enter")
    expect(page.locator("pre .copy")).to_have_text("Copied")
    expect(page.locator("pre .copy")).to_be_focused()


def test_the_chosen_tab_and_the_place_in_the_contents_are_seen_in_forced_colours(context: BrowserContext, address: str) -> None:
    page, _ = opened(context, address)
    page.emulate_media(forced_colors="active")
    for chosen, others in (("[role=tab][aria-selected=true]", "[role=tab][aria-selected=false]"), (".toc [aria-current]", ".toc a:not([aria-current])")):
        seen = [
            page.locator(which).first.evaluate("(one) => getComputedStyle(one).textDecorationLine")
            for which in (chosen, others)
        ]
        assert seen == ["underline", "none"]


@pytest.mark.parametrize(
    ("lang", "font"), [("ja", "Hiragino Sans"), ("zh-Hans", "PingFang SC"), ("zh", "PingFang SC"), ("zh-Hant", "PingFang TC"), ("zh-TW", "PingFang TC"), ("ko", "Apple SD Gothic Neo")]
)
def test_chinese_japanese_and_korean_have_the_letters_of_their_own_language_and_korean_words_stay_whole(context: BrowserContext, address: str, lang: str, font: str) -> None:
    page, _ = opened(context, address)
    page.evaluate("(lang) => { document.documentElement.lang = lang }", lang)
    family, breaks = page.evaluate("[getComputedStyle(document.body).fontFamily, getComputedStyle(document.querySelector('article p')).wordBreak]")
    assert family.split(",")[0].strip('"') == font
    assert breaks == ("keep-all" if lang == "ko" else "normal")


@pytest.mark.parametrize(("forced", "seen"), [("none", ("background-color", "rgba(0, 0, 0, 0)")), ("active", ("text-decoration-line", "none"))])
def test_what_is_marked_as_a_preview_is_seen(browser: Browser, address: str, forced: Literal["active", "none"], seen: tuple[str, str]) -> None:
    context = browser.new_context(forced_colors=forced)
    page, _ = opened(context, address)
    expect(page.locator(".preview")).not_to_have_css(*seen)
    context.close()
