"""The project's own site, built once, served under a sub-path with a strict policy, and opened in Chromium."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct, field
from msgspec.structs import replace
from playwright.sync_api import Browser, Page

from generator import build, config
from generator.model import Entry
from generator.search import Index, Options
from tests import sources
from tests.browser.search_test import entries
from tests.search.entries import EN, build_index
from tests.sources import Quiet, served

ROOT = Path(__file__).parents[2]
POLICY = "default-src 'self'"


class _Handler(Quiet):
    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix("/help") if path.startswith("/help/") else "/nothing-here")

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site; `SINTOMA_SITE` names one that is built already."""
    if "SINTOMA_SITE" in os.environ:
        return Path(os.environ["SINTOMA_SITE"])
    output = tmp_path_factory.mktemp("own") / "site"
    # Each test would have its browser keep a language; test_offline.py has a site for that.
    settings = replace(config.load(ROOT / "site.yml"), offline=False)
    build.build(settings, build.Options(output=output, cache=False, keep_going=True))
    return output


@pytest.fixture(scope="session")
def over_http(built: Path) -> Iterator[str]:
    """The address of the site under a sub-path."""
    with served(built, _Handler) as address:
        yield f"{address}/help"


@pytest.fixture(scope="session", params=["http", "file"])
def address(request: pytest.FixtureRequest, built: Path) -> str:
    """The site from a server, and from a disk."""
    return str(request.getfixturevalue("over_http")) if request.param == "http" else built.as_uri()


def in_many_files(folder: Path, searched: Iterable[Entry]) -> tuple[Path, Index]:
    """A small site whose index lies in many files."""
    site_yml = "title: Ward\nlanguages: {en: {root: en, reference: true}}\n"
    site = sources.built(folder, {"site.yml": site_yml, "en/queues.md": "# Queues\n\nThe outgoing queue is full.\n"})
    index = build_index(EN, searched, Options(bundle_size=0, terms_size=120, docs_size=2000, common_size=100))
    for file in index.artifacts:
        (site / file.path).write_bytes(file.data)
    return site, index


@pytest.fixture(scope="session")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Index]]:
    """The address of a small site's home, whose index lies in many files."""
    site, index = in_many_files(tmp_path_factory.mktemp("ward"), entries())
    with served(site) as address:
        yield f"{address}/en/index.html", index


class Tab(Struct):
    """A page and everything that went wrong in it."""

    page: Page
    faults: list[str] = field(default_factory=list)


Open = Callable[..., Tab]


@pytest.fixture
def open_tab(browser: Browser) -> Iterator[Open]:
    """Open an address; at the end nothing may have gone wrong: no error, no warning, no request elsewhere."""
    tabs: list[Tab] = []

    def do(address: str, **options: Any) -> Tab:  # noqa: ANN401  as Playwright takes them
        context = browser.new_context(**({"viewport": {"width": 1280, "height": 860}, "locale": "xx"} | options))
        tab = Tab(context.new_page())
        tabs.append(tab)
        home = address.split("/help/", maxsplit=1)[0] if "/help/" in address else "file:"
        tab.page.on("console", lambda message: tab.faults.append(message.text) if message.type in ("error", "warning") else None)
        tab.page.on("pageerror", lambda error: tab.faults.append(str(error)))
        tab.page.on("request", lambda asked: None if asked.url.startswith(home) else tab.faults.append(asked.url))
        tab.page.goto(address)
        return tab

    yield do
    for tab in tabs:
        tab.page.context.close()
    assert [fault for tab in tabs for fault in tab.faults] == []
