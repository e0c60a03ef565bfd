"""axe-core on each kind of page: WCAG 2.2 AA and best practices, light and dark, phone and desktop, search closed and open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.screens import from_the_top
from tests.pages.damaged import built as damaged_site

pytestmark = pytest.mark.browser
Open = Callable[..., Any]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DESK, PHONE = {"width": 1360, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core, from the package axe-playwright-python."""
    spec = find_spec("axe_playwright_python")
    assert spec is not None, "pip install axe-playwright-python"
    return (Path(next(iter(spec.submodule_search_locations or ()))) / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site whose translation is damaged."""
    return damaged_site(tmp_path_factory.mktemp("damaged"))


def kinds(built: Path, lang: str) -> Iterator[str]:
    """One page of each kind in a language."""
    folder = built / lang
    yield from (f"{lang}/index.html", f"{lang}/modules/index.html", f"{lang}/modules/mta.html", f"{lang}/symptoms/index.html")
    yield next(f"{lang}/symptoms/{path.name}" for path in sorted((folder / "symptoms").glob("*.html")) if path.name != "index.html")
    yield from (f"{lang}/map.html", f"{lang}/tree.html", f"{lang}/topics/index.html")
    yield next(path.relative_to(built).as_posix() for path in sorted((folder / "topics").glob("*/*.html")))
    if lang != "en":
        yield from (f"{lang}/translation.html", f"{lang}/compare/modules/modules-and-frequent-issues.html")
    for path in sorted((folder / "docs").rglob("*.html")):
        if path.name != "index.html":
            yield path.relative_to(built).as_posix()


def faults(page: Page, axe: str) -> list[str]:
    page.evaluate(axe)
    found = page.evaluate("rules => axe.run({ runOnly: { type: 'tag', values: rules } })", RULES)
    return [f"{page.url}: {one['id']}: {one['nodes'][0]['html'][:200]}" for one in found["violations"]]


LOOKS = [(lang, size, scheme) for lang in ("en", "es", "fr", "de", "pt-BR", "ja") for size in (DESK, PHONE) for scheme in ("light", "dark")]
DAILY = [(DESK, "light"), (PHONE, "dark")]
"""How pages are looked at in every run, the languages by turns; the rest is for the night."""


def looks() -> Iterator[object]:
    """Each language in one look, English in two; all others marked as nightly."""
    for number, (lang, size, scheme) in enumerate(LOOKS):
        daily = (size, scheme) in DAILY and (lang == "en" or (size, scheme) == DAILY[number // 4 % 2])
        name = f"{lang}-{'desk' if size is DESK else 'phone'}-{scheme}"
        yield pytest.param(lang, size, scheme, id=name, marks=[] if daily else pytest.mark.nightly)


@pytest.mark.parametrize(("lang", "size", "scheme"), list(looks()))
def test_axe_finds_nothing_on_any_kind_of_page(
    open_tab: Open, over_http: str, built: Path, axe: str, lang: str, size: dict[str, int], scheme: str
) -> None:
    page = open_tab(f"{over_http}/{lang}/index.html", viewport=size, color_scheme=scheme).page
    paths = list(kinds(built, lang))
    found = []
    for path in paths if (lang, size, scheme) == ("en", DESK, "light") else paths[:13]:
        page.goto(f"{over_http}/{path}")
        found += faults(page, axe)
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("where", ["home", "dialog"])
@pytest.mark.parametrize("query", ["log", "qqqqqzzz"])
def test_axe_finds_nothing_while_searching(
    open_tab: Open, over_http: str, axe: str, where: str, size: dict[str, int], scheme: str, query: str
) -> None:
    page = open_tab(f"{over_http}/en/{'index' if where == 'home' else 'modules/mta'}.html", viewport=size, color_scheme=scheme).page
    if where == "dialog":
        page.locator("[data-open-search]").click()
    page.locator(f"#__query-{where}").fill(query)
    expect(page.locator(f'[data-where="{where}"] .search__panel')).to_be_visible()
    page.wait_for_timeout(300)
    assert faults(page, axe) == []


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "dark"), (PHONE, "light")], ids=["desk-dark", "phone-light"])
def test_axe_finds_nothing_where_a_translation_is_damaged(damaged: Path, axe: str, browser: Browser, size: ViewportSize, scheme: Literal["light", "dark"]) -> None:
    context = browser.new_context(viewport=size, color_scheme=scheme)
    page = context.new_page()
    found = []
    for path in ("es/docs/page.html", "es/compare/page.html", "ar/compare/page.html", "es/translation.html", "es/modules/export.html"):
        page.goto((damaged / path).as_uri())
        found += faults(page, axe)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    assert found == []
    context.close()


@pytest.mark.parametrize("path", ["404.html", "index.html"])
def test_axe_finds_nothing_on_the_pages_of_no_language(built: Path, axe: str, path: str, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=True, locale="xx")
    page = context.new_page()
    from_the_top(context, built)
    page.goto((built / path).as_uri())
    assert faults(page, axe) == []
    context.close()
