"""Pictures of each kind of page, light, dark, phone and print: `python tests/browser/screens.py SITE FOLDER [LANG]`."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

DESK, PHONE = {"width": 1360, "height": 900}, {"width": 390, "height": 844}
WAYS = {
    "light": (DESK, "light", "screen"),
    "dark": (DESK, "dark", "screen"),
    "phone": (PHONE, "light", "screen"),
    "print": (DESK, "light", "print"),
}


def kinds(site: Path, lang: str) -> dict[str, str]:
    """One page of each kind, by the name of its picture."""
    folder = site / lang
    symptom = max(
        (folder / "symptoms").glob("*.html"), key=lambda path: (path.name != "index.html", path.read_text("utf-8").count("check__head"))
    )
    document = max((folder / "docs").rglob("*.html"), key=lambda path: (path.name != "index.html", path.stat().st_size))
    records = next(path.parent for path in sorted(folder.glob("*/index.html")) if path.parent.name not in ("docs", "symptoms", "topics"))
    pages = {
        "home": folder / "index.html",
        "records": records / "index.html",
        "record": max(records.glob("*.html"), key=lambda path: (path.name != "index.html", path.stat().st_size)),
        "symptoms": folder / "symptoms" / "index.html",
        "symptom": symptom,
        "document": document,
        "tree": folder / "tree.html",
        "entry": site / "index.html",
    }
    return {name: path.as_uri() for name, path in pages.items()}


def shoot(browser: Browser, site: Path, folder: Path, lang: str) -> None:
    """Write the pictures of a language, and one of the search at work."""
    for way, (size, scheme, media) in WAYS.items():
        context = browser.new_context(viewport=size, color_scheme=scheme, locale="xx")  # type: ignore[arg-type]  # literals
        page = context.new_page()
        page.emulate_media(media=media)  # type: ignore[arg-type]  # literals
        for name, address in kinds(site, lang).items():
            page.goto(address)
            page.screenshot(path=folder / f"{name}-{way}.png", full_page=way in ("phone", "print"))
        if media == "screen":
            page.goto(kinds(site, lang)["home"])
            words = page.locator(".hero__examples a").first.inner_text()
            page.locator("#__query-home").fill(words)
            page.locator("#__hits-home li").first.wait_for()
            page.screenshot(path=folder / f"search-{way}.png")
        context.close()


def main() -> None:
    """Run."""
    site, folder = Path(sys.argv[1]).resolve(), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        shoot(browser, site, folder, sys.argv[3] if len(sys.argv) > 3 else "en")
        browser.close()


if __name__ == "__main__":
    main()
