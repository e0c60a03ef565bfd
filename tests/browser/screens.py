"""Pictures of each kind of page: `python tests/browser/screens.py [SITE] [FOLDER] [LANG]`, by default of `site` into `screens`.

Each is taken light, dark, on a phone, on paper and in forced colours; those of search at work as well.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

DESK, PHONE, PAPER = {"width": 1360, "height": 900}, {"width": 390, "height": 844}, {"width": 720, "height": 1020}
WAYS: dict[str, dict[str, Any]] = {
    "light": {"viewport": DESK, "color_scheme": "light"},
    "dark": {"viewport": DESK, "color_scheme": "dark"},
    "phone": {"viewport": PHONE, "color_scheme": "light"},
    "print": {"viewport": PAPER, "color_scheme": "light"},
    "forced": {"viewport": DESK, "color_scheme": "dark", "forced_colors": "active"},
}


def largest(folder: Path, pattern: str) -> Path:
    """The page with the most to show; one that is not there where there is none."""
    pages = [path for path in folder.glob(pattern) if path.name != "index.html"]
    return max(pages, key=lambda path: (path.stat().st_size, path.name), default=folder / "none.html")


def kinds(site: Path, lang: str) -> dict[str, str]:
    """One page of each kind, by the name of its picture; kinds that a site lacks are left out."""
    folder = site / lang
    records = next(path.parent for path in sorted(folder.glob("*/index.html")) if path.parent.name not in ("docs", "symptoms", "topics"))
    symptoms = [path for path in sorted((folder / "symptoms").glob("*.html")) if path.name != "index.html"]
    pages = {
        "home": folder / "index.html",
        "records": records / "index.html",
        "record": largest(records, "*.html"),
        "symptoms": folder / "symptoms" / "index.html",
        "symptom": max(symptoms, key=lambda path: path.read_text("utf-8").count("check__head")),
        "map": folder / "map.html",
        "document": largest(folder / "docs", "**/*.html"),
        "compare": largest(folder / "compare", "**/*.html"),
        "translation": folder / "translation.html",
        "tree": folder / "tree.html",
        "sheet": largest(folder / "print", "*.html"),
        "topics": folder / "topics" / "index.html",
        "entry": site / "index.html",
        "missing": site / "404.html",
    }
    return {name: path.as_uri() for name, path in pages.items() if path.exists()}


def from_the_top(context: BrowserContext, site: Path) -> None:
    """The page for wrong addresses names its files from the top of a server; of a site on a disk, that is its folder."""
    context.route("file:///assets/*", lambda route: route.fulfill(path=site / urlsplit(route.request.url).path[1:]))


def searches(page: Page, pages: dict[str, str], folder: Path, way: str) -> None:
    """The search at home with hits, and the dialogue with nothing found."""
    page.goto(pages["home"])
    page.locator("#__query-home").fill(page.locator(".hero__examples a").first.inner_text())
    page.locator("#__hits-home li").first.wait_for()
    page.screenshot(path=folder / f"search-{way}.png")
    page.goto(pages["document"])
    page.locator("[data-open-search]").click()
    page.locator("#__query-dialog").fill("qqqqqzzz")
    page.locator('[data-where="dialog"] [data-empty]').wait_for()
    page.screenshot(path=folder / f"nothing-{way}.png")


def shoot(browser: Browser, site: Path, folder: Path, lang: str) -> None:
    """Write the pictures of a language."""
    pages = kinds(site, lang)
    for way, options in WAYS.items():
        context = browser.new_context(locale="xx", **options)
        page = context.new_page()
        from_the_top(context, site)
        page.emulate_media(media="print" if way == "print" else "screen")
        for name, address in pages.items():
            page.goto(address)
            page.screenshot(path=folder / f"{name}-{way}.png", full_page=way in ("phone", "print"))
        if way != "print":
            searches(page, pages, folder, way)
        context.close()


def main() -> None:
    """Run."""
    site, folder, lang = (*sys.argv[1:], *("site", "screens", "en")[len(sys.argv) - 1 :])
    Path(folder).mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        shoot(browser, Path(site).resolve(), Path(folder), lang)
        browser.close()


if __name__ == "__main__":
    main()
