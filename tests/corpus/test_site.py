"""A real tree of hundreds of pages in each of several languages becomes a site that opens."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage

from tests.conftest import corpus_languages
from tests.sources import served

SAMPLE = 40


@pytest.fixture(scope="module")
def pages(corpus_site: Path) -> list[Path]:
    """A sample of the pages of all languages and kinds."""
    found = sorted((corpus_site / "site").rglob("*.html"))
    return random.Random(20).sample(found, SAMPLE)


@pytest.fixture(scope="module")
def server(corpus_site: Path) -> Iterator[str]:
    with served(corpus_site / "site") as address:
        yield address


def test_the_build_ends_without_a_traceback_and_counts_what_it_made(corpus: Path, corpus_site: Path) -> None:
    said = (corpus_site / "build.txt").read_text(encoding="utf-8")
    assert "Traceback" not in said
    counted = re.search(r"sintoma: (\d+) pages in (\d+) languages, (\d+) records, \d+ symptoms, \d+ findings", said)
    assert counted
    sources = sum(1 for lang in corpus_languages(corpus) for path in (corpus / lang / "help").rglob("*.md"))
    assert int(counted[1]) > 0.98 * sources
    assert int(counted[2]) == len(corpus_languages(corpus))


def test_every_page_of_the_reference_has_a_page_in_every_language(corpus: Path, corpus_site: Path) -> None:
    docs = {lang: {path.relative_to(corpus_site / "site" / lang) for path in (corpus_site / "site" / lang / "docs").rglob("*.html")} for lang in corpus_languages(corpus)}
    for lang, found in docs.items():
        assert docs["en"] <= found, lang


@pytest.mark.parametrize("kind", ["http", "file"])
def test_a_sample_of_pages_opens_in_chromium_without_a_complaint(
    kind: str, corpus_site: Path, pages: list[Path], server: str, browser: Browser
) -> None:
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(f"{message.location.get('url')}: {message.text}")

    root = corpus_site / "site"
    page = browser.new_page()
    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    # What the next page cuts short is no fault: a file that is missing says so in other words.
    page.on("requestfailed", lambda request: complaints.append(f"{request.failure}: {request.url}") if request.failure != "net::ERR_ABORTED" else None)
    outside = "http" if kind == "file" else "file"
    page.on("request", lambda request: complaints.append(f"left the site: {request.url}") if request.url.startswith(outside) else None)
    for path in pages:
        address = path.as_uri() if kind == "file" else f"{server}/{path.relative_to(root).as_posix()}"
        page.goto(address)
        assert page.title(), path
        assert page.locator("h1").count() >= 1, path
    page.close()
    assert not complaints
