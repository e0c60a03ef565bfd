"""Hostile pages in Chromium: no script runs, no dialog opens, the policy is never broken, nothing is asked of another host."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import pytest
from msgspec import Struct, field
from playwright.sync_api import Browser, Page, Route

from generator.model import DocPath, Lang, SourceFile
from generator.parse import parse
from tests.hostile import inputs
from tests.hostile.conftest import Built

pytestmark = pytest.mark.browser
HOST = "http://hostile.test"
POLICY = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
MAIN = re.compile(r"<article.*</article>", re.DOTALL)


class Watch(Struct, dict=True):
    """A tab, the documents it may ask for, and what went wrong in it. Playwright notes something of its own at it."""

    tab: Page
    pages: dict[str, bytes]
    root: Path
    faults: list[str] = field(default_factory=list)

    def answer(self, route: Route) -> None:
        """Serve a joined page or a file of the site, under the policy; nothing else."""
        address = urlsplit(route.request.url)
        path = unquote(address.path).lstrip("/")
        if address.netloc != "hostile.test":
            self.faults.append(route.request.url)
        file = self.root / path
        inside = ".." not in path.split("/") and len(path) < 500 and file.is_file()
        body = self.pages.get(path) or (file.read_bytes() if inside else None)
        kind = mimetypes.guess_type(path)[0] or "text/html"
        headers = {"Content-Security-Policy": POLICY, "Content-Type": f"{kind}; charset=utf-8"}
        route.fulfill(status=404 if body is None else 200, body=body or b"", headers=headers)

    def look(self, path: str) -> None:
        """Open a page and let what it holds happen."""
        self.tab.goto(f"{HOST}/{path}")
        self.tab.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
        self.tab.wait_for_timeout(30)
        if self.tab.evaluate("window.__ran") is not None:
            self.faults.append(f"{path}: a script ran")


@contextmanager
def watched(browser: Browser, site: Path) -> Iterator[Watch]:
    """A tab that is watched, for a site."""
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    found = Watch(context.new_page(), {}, site)
    found.tab.route("**/*", found.answer)
    found.tab.on("dialog", lambda dialog: (found.faults.append(dialog.message), dialog.dismiss()))
    found.tab.on("console", lambda said: found.faults.append(said.text) if "Content Security Policy" in said.text else None)
    found.tab.on("pageerror", lambda error: found.faults.append(str(error)))
    try:
        yield found
    finally:
        context.close()


@pytest.fixture
def watch(browser: Browser, hostile: Built) -> Iterator[Watch]:
    with watched(browser, hostile.site) as found:
        yield found


def joined(watch: Watch, bodies: list[str], name: str, size: int = 60) -> list[str]:
    """Bodies, many to a page: the addresses of the pages."""
    for first in range(0, len(bodies), size):
        text = "\n<hr>\n".join(bodies[first : first + size])
        watch.pages[f"joined/{name}{first}"] = f"<!doctype html><meta charset=utf-8><title>x</title><main>{text}</main>".encode()
    return [path for path in watch.pages if path.startswith(f"joined/{name}")]


def test_a_watch_sees_a_script_that_runs_and_one_that_the_policy_stops(watch: Watch) -> None:
    watch.pages["joined/bad"] = b"<!doctype html><img src=x onerror='window.__ran=1'>"
    watch.look("joined/bad")
    assert any("Content Security Policy" in fault for fault in watch.faults)


def test_no_body_of_a_hostile_page_runs_anything(watch: Watch) -> None:
    strings = [*inputs.vectors(), *inputs.blns(), *inputs.html5lib(), *inputs.wfuzz()]
    bodies = [parse(SourceFile(Lang("en"), DocPath("a.md"), "a.md", f"# A\n\n{text}\n", "")).body for text in strings]
    for path in joined(watch, bodies, "body", 120):
        watch.look(path)
    assert watch.faults == []


def test_no_page_of_a_hostile_site_runs_anything(watch: Watch, hostile: Built) -> None:
    pages = sorted(hostile.site.rglob("*.html"))
    articles = [found[0] for page in pages if (found := MAIN.search(page.read_text(encoding="utf-8")))]
    assert len(articles) > 300
    for path in joined(watch, articles, "page"):
        watch.look(path)
    for page in pages[:: max(1, len(pages) // 15)]:
        watch.look(quote(page.relative_to(hostile.site).as_posix()))
    assert watch.faults == []


QUERIES = ("__proto__", "constructor", "*:*", "a~50", "(((", "\\", "[", "^$.*", "\0", "\ud83d", "%", "&amp;<img src=x onerror=window.__ran=1>", "a" * 20_000)


def test_no_address_of_the_search_runs_anything(watch: Watch) -> None:
    for query in (*QUERIES, *inputs.vectors()[:50:10]):
        watch.look(f"en/index.html?q={quote(query, errors='replace')}")
    watch.look(f"en/index.html?h={quote(inputs.vectors()[5])}")
    for address in ("?__proto__[ran]=1", "?constructor[prototype][ran]=1", "?q=a&q=b", "?q=%", "?%E0%A4%A", "?q#q=x", "?" + "q&" * 5000):
        watch.look(f"en/index.html{address}")
        assert watch.tab.evaluate("({}).ran") is None
    assert watch.faults == []


def test_no_hit_of_a_hostile_index_runs_anything(watch: Watch) -> None:
    watch.look("en/index.html?q=script")
    watch.tab.locator("#__hits-home li").first.wait_for()
    for word in ("onerror", "javascript", "svg", "img", "window", "ran", "alert", "iframe", "é", "字"):
        watch.tab.locator("#__query-home").fill(word)
        watch.tab.wait_for_timeout(120)
        assert watch.tab.evaluate("window.__ran") is None
    assert watch.faults == []
