"""The project's own site, built once, served under a sub-path with a strict policy, and opened in Chromium."""

from __future__ import annotations

import functools
import http.server
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct, field
from playwright.sync_api import Browser, Page

from generator import build, config
from generator.search import Index, Options, build_index
from tests.browser.search_test import Quiet, entries
from tests.search.entries import EN

ROOT = Path(__file__).parents[2]
POLICY = "default-src 'self'"


class _Handler(http.server.SimpleHTTPRequestHandler):
    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix("/help") if path.startswith("/help/") else "/nothing-here")

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site; `SINTOMA_SITE` names one that is built already."""
    if "SINTOMA_SITE" in os.environ:
        return Path(os.environ["SINTOMA_SITE"])
    output = tmp_path_factory.mktemp("own") / "site"
    build.build(config.load(ROOT / "site.yml"), build.Options(output=output, cache=False, keep_going=True))
    return output


@pytest.fixture(scope="session")
def over_http(built: Path) -> Iterator[str]:
    """The address of the site under a sub-path."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Handler, directory=str(built)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/help"
    server.shutdown()


@pytest.fixture(scope="session", params=["http", "file"])
def address(request: pytest.FixtureRequest, built: Path) -> str:
    """The site from a server, and from a disk."""
    return str(request.getfixturevalue("over_http")) if request.param == "http" else built.as_uri()


@pytest.fixture(scope="session")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Index]]:
    """The address of a small site's home, whose index lies in many files."""
    folder = tmp_path_factory.mktemp("ward")
    (folder / "en").mkdir()
    (folder / "en" / "queues.md").write_text("# Queues\n\nThe outgoing queue is full.\n", encoding="utf-8")
    (folder / "site.yml").write_text("title: Ward\nlanguages: {en: {root: en, reference: true}}\n", encoding="utf-8")
    build.build(config.load(folder / "site.yml"), build.Options(cache=False))
    index = build_index(EN, entries(), Options(bundle_size=0, terms_size=120, docs_size=2000, common_size=100))
    for file in index.artifacts:
        (folder / "site" / file.path).write_bytes(file.data)
    handler = functools.partial(Quiet, directory=str(folder / "site"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/en/index.html", index
        server.shutdown()


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
