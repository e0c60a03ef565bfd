"""A strict Content-Security-Policy behind a real web server serves the whole site."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from generator import build, config
from generator.exports.headers import HEADERS
from tests.nginx import nginx
from tests.waiting import eventually_in

pytestmark = pytest.mark.browser
Open = Callable[..., Any]


@pytest.fixture(scope="session")
def behind_nginx(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site below /help/ of an nginx."""
    server = f"include {built}/headers.nginx.conf; location /help/ {{ alias {built}/; error_page 404 /help/404.html; }}"
    with nginx(tmp_path_factory.mktemp("nginx"), server) as address:
        yield f"{address}/help"


def test_every_kind_of_page_and_the_search_keep_the_policy(open_tab: Open, behind_nginx: str, built: Path) -> None:
    page = open_tab(f"{behind_nginx}/index.html").page
    for path in sorted((built / "en").rglob("*.html"))[::3]:
        page.goto(f"{behind_nginx}/{path.relative_to(built).as_posix()}")
    page.goto(f"{behind_nginx}/de/index.html?q=mta")
    expect(page.locator("#__hits-home li").first).to_be_visible()


def test_the_server_sends_every_header_with_every_answer(behind_nginx: str, built: Path) -> None:
    for path, wanted in (("en/index.html", 200), ("nowhere", 404)):
        try:
            answer = urllib.request.urlopen(f"{behind_nginx}/{path}")  # noqa: S310  our own server
        except urllib.error.HTTPError as error:
            answer = error
        assert answer.status == wanted
        for name, value in HEADERS.items():
            assert answer.headers[name] == value
    assert [line.split(": ") for line in (built / "_headers").read_text().splitlines()[1:]] == [[f"  {name}", value] for name, value in HEADERS.items()]


@pytest.mark.parametrize(("url", "folder"), [("", ""), ("url: https://help.example.org/a/kb/\n", "/a/kb")])
def test_who_is_lost_at_any_depth_sees_a_page_with_its_styles_and_links_that_arrive(
    browser: Any, tmp_path: Path, url: str, folder: str  # noqa: ANN401
) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "queues.md").write_text("# Queues\n\nThe outgoing queue is full.\n", encoding="utf-8")
    (tmp_path / "site.yml").write_text(f"title: Ward\n{url}languages: {{en: {{root: en, reference: true}}}}\n", encoding="utf-8")
    build.build(config.load(tmp_path / "site.yml"), build.Options(cache=False))
    site = tmp_path / "site"
    where = f"location {folder}/ {{ alias {site}/; }}" if folder else f"root {site};"
    with nginx(tmp_path, f"include {site}/headers.nginx.conf; error_page 404 {folder}/404.html; {where}") as address:
        for path in ("nowhere", "en/nowhere.html", "en/docs/far/away/nowhere.html"):
            page = browser.new_page()
            failed: list[str] = []
            page.on("requestfailed", lambda request, failed=failed: failed.append(request.url))
            page.on("response", lambda answer, failed=failed: answer.status != HTTPStatus.OK and failed.append(answer.url))
            page.goto(f"{address}{folder}/{path}")
            assert failed == [f"{address}{folder}/{path}"]
            assert page.evaluate("getComputedStyle(document.querySelector('.bare')).maxWidth") != "none"
            links = page.eval_on_selector_all("a", "links => links.map(link => link.href)")
            assert links
            assert all(page.goto(link).status == HTTPStatus.OK for link in links)
            page.close()


def test_pages_from_a_disk_have_a_policy_of_their_own(browser: Any, built: Path) -> None:  # noqa: ANN401
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto((built / "en" / "index.html").as_uri())
    assert page.evaluate("document.scripts.length") > 0
    assert said == []
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=window.__ran=1>')")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.__ran = 1' }))")
    assert eventually_in(page, lambda: sum("Content Security Policy" in text for text in said) >= 2)
    assert page.evaluate("window.__ran") is None
    page.close()


def test_a_policy_that_is_broken_would_be_seen(browser: Any, behind_nginx: str) -> None:  # noqa: ANN401
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{behind_nginx}/en/index.html")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), { textContent: '1' }))")
    assert eventually_in(page, lambda: any("Content Security Policy" in text for text in said))
    page.close()
