"""A site that browsers keep: read once over the network, then with the cable pulled, a server in trouble, a login page in between."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from msgspec import Struct
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.build import Options
from generator.exports.headers import HEADERS
from generator.serve import Options as Preview
from generator.serve import preview, sources_of
from generator.serve.apart import site_builder
from tests.sources import Quiet, built, served, written
from tests.waiting import eventually_in

pytestmark = pytest.mark.browser

SITE = """\
title: Ward
offline: {offline}
languages: {{en: {{root: en, reference: true}}, es: {{root: es}}, de: {{root: de}}}}
records: {{modules: {{columns: {{Module: {{roles: subject, identifier: true}}, Troubleshooting: [symptom, remedy]}}, symptoms: {{en: ["Check it if {{symptom}}"], es: ["Revíselo si {{symptom}}"]}}}}}}
"""
ROW = "| Module | Troubleshooting |\n|---|---|\n| mta | {} |\n"
PAGES = {
    "en/modules.md": f"# Modules {{#modules}}\n\n{ROW.format('Check it if the outgoing queue is full. Restart it.')}",
    "es/modules.md": f"# Módulos {{#modules}}\n\n{ROW.format('Revíselo si la cola de salida está llena. Reinícielo.')}",
    "de/modules.md": f"# Module {{#modules}}\n\n{ROW.format('Neu starten.')}",
    "en/queues in use.md": "# Queues {#queues}\n\nWhere queues lie.\n",
    "es/queues in use.md": "# Colas {#queues}\n\nDónde están las colas.\n",
}
KEPT = "async () => (await (await caches.match(new URL('kept.json', document.baseURI.split('/kb/')[0] + '/kb/')))?.json()) ?? null"


class Server(Struct):
    """A server of a folder, and how it is: `up`, `down`, in `trouble`, `silent`, behind a `login`, or `meddled` with."""

    folder: Path
    address: str = ""
    state: str = "up"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    found = Server(built(tmp_path, {"site.yml": SITE.format(offline="true"), **PAGES}))
    free = threading.Event()

    class Handler(Quiet):
        def translate_path(self, path: str) -> str:
            return super().translate_path(path.removeprefix("/kb"))

        def end_headers(self) -> None:
            for name, value in HEADERS.items():
                self.send_header(name, value)
            super().end_headers()

        def do_GET(self) -> None:  # noqa: N802  as the standard library calls it
            del self.headers["If-Modified-Since"]  # two builds within a second are not told apart by it
            if found.state == "meddled" and self.path.endswith(".html"):
                page = Path(self.translate_path(self.path)).read_bytes()
                self.say(200, page.replace(b"</body>", b"<!-- counted --></body>"))
            elif found.state in ("up", "meddled"):
                super().do_GET()
            elif found.state == "silent":
                free.wait(60)
            elif found.state != "down":
                self.say(503 if found.state == "trouble" else 200, b"<!doctype html><title>Sign in</title>")

        def say(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with served(found.folder, Handler) as address:
        found.address = f"{address}/kb"
        yield found
        free.set()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(locale="en")
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    opened, said = context.new_page(), list[str]()
    opened.on("console", lambda message: said.append(message.text))
    yield opened
    assert [text for text in said if "Content Security Policy" in text] == []


def kept(page: Page) -> dict[str, object]:
    return dict(page.evaluate(KEPT) or {"langs": []})


def read(page: Page, server: Server, path: str = "en/index.html", *langs: str) -> None:
    """Open a page, and wait until its language is kept."""
    page.goto(f"{server.address}/{path}")
    assert eventually_in(page, lambda: kept(page)["langs"] == list(langs or ("en",)))


@pytest.mark.parametrize("state", ["down", "trouble", "silent"])
def test_a_site_that_was_read_once_opens_and_is_searched_without_its_server(page: Page, server: Server, state: str) -> None:
    read(page, server)
    expect(page.locator("footer")).to_contain_text("Also opens without a network, as of")
    server.state = state
    page.goto(f"{server.address}/en/modules/mta.html")
    expect(page.locator("h1")).to_have_text("mta")
    expect(page.locator(".notice")).to_contain_text("No connection: this page was kept on")
    page.goto(f"{server.address}/en/docs/queues%20in%20use.html")
    expect(page.locator("h1")).to_contain_text("Queues")
    page.goto(f"{server.address}/en/?q=outgoing%20queue")
    expect(page.locator("#__hits-home li").first).to_contain_text("mta")


def test_while_the_server_answers_pages_are_its_own(page: Page, server: Server, tmp_path: Path) -> None:
    read(page, server)
    expect(page.locator(".notice")).to_have_count(0)
    before = kept(page)["release"]
    built(tmp_path, {"en/queues in use.md": "# Queues {#queues}\n\nQueues have moved.\n", "en/new.md": "# New {#new}\n"})
    page.reload()
    page.wait_for_timeout(4000)  # longer than a server is waited for
    page.goto(f"{server.address}/en/docs/queues%20in%20use.html")
    expect(page.locator("article")).to_contain_text("Queues have moved")
    expect(page.locator(".notice")).to_have_count(0)
    assert eventually_in(page, lambda: kept(page)["release"] != before)
    server.state = "down"
    page.goto(f"{server.address}/en/docs/new.html")
    expect(page.locator("h1")).to_contain_text("New")


def test_a_page_that_has_left_the_site_is_kept_no_longer(page: Page, server: Server, tmp_path: Path) -> None:
    read(page, server)
    before = kept(page)["release"]
    for lang in ("en", "es"):
        (tmp_path / lang / "queues in use.md").unlink()
    built(tmp_path, {})
    page.goto(f"{server.address}/en/index.html")
    assert eventually_in(page, lambda: kept(page)["release"] != before)
    names = page.evaluate("async () => (await (await caches.open((await caches.keys())[0])).keys()).map(({ url }) => url)")
    assert not [name for name in names if "queues" in name]
    assert len([name for name in names if "/en/modules/mta.html" in name]) == 1


def test_languages_are_kept_as_they_are_read(page: Page, server: Server) -> None:
    read(page, server)
    read(page, server, "es/index.html", "en", "es")
    server.state = "down"
    page.goto(f"{server.address}/es/modules/mta.html")
    expect(page.locator(".notice")).to_contain_text("Sin conexión")
    with pytest.raises(Exception, match="net::ERR"):
        page.goto(f"{server.address}/de/index.html")


def test_what_a_login_page_says_in_the_place_of_files_is_not_kept(page: Page, server: Server, tmp_path: Path) -> None:
    read(page, server)
    before = kept(page)
    built(tmp_path, {"en/new.md": "# New {#new}\n"})
    server.state = "login"
    page.goto(f"{server.address}/en/index.html")
    assert page.title() == "Sign in"
    server.state = "up"
    page.goto(f"{server.address}/en/index.html")
    assert eventually_in(page, lambda: kept(page)["release"] != before["release"])
    server.state = "down"
    page.goto(f"{server.address}/en/docs/new.html")
    expect(page.locator("h1")).to_contain_text("New")


def test_of_files_that_are_changed_on_their_way_none_is_kept(page: Page, server: Server) -> None:
    server.state = "meddled"
    page.goto(f"{server.address}/en/index.html")
    assert eventually_in(page, lambda: "rest" in kept(page))
    names = page.evaluate("async () => (await (await caches.open((await caches.keys())[0])).keys()).map(({ url }) => url)")
    assert not [name for name in names if name.endswith(".html")]


def test_a_browser_that_is_to_save_data_keeps_nothing(context: BrowserContext, page: Page, server: Server) -> None:
    context.add_init_script("Object.defineProperty(Navigator.prototype, 'connection', { get: () => ({ saveData: true }) })")
    page.goto(f"{server.address}/en/index.html")
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    assert kept(page)["langs"] == []


def test_a_site_that_is_not_to_be_kept_any_more_lets_go(page: Page, server: Server, tmp_path: Path) -> None:
    read(page, server)
    built(tmp_path, {"site.yml": SITE.format(offline="false")})
    page.goto(f"{server.address}/en/index.html")
    gone = "async () => (await navigator.serviceWorker.getRegistrations()).length === 0 && (await caches.keys()).length === 0"
    assert eventually_in(page, lambda: page.evaluate(gone))


def test_the_preview_is_not_kept(page: Page, tmp_path: Path) -> None:
    site_yml = written(tmp_path, {"site.yml": SITE.format(offline="true"), **PAGES}) / "site.yml"
    builder = site_builder(site_yml, Options(keep_going=True, cache=False))
    with closing(builder), preview(tmp_path / "site", builder, sources_of(site_yml), lambda _: None, Preview(port=0)) as shown:
        page.goto(f"{shown.address}en/index.html")
        page.wait_for_timeout(300)
        assert page.evaluate("async () => (await navigator.serviceWorker.getRegistrations()).length") == 0


def test_two_sites_of_one_server_keep_their_own(page: Page, server: Server) -> None:
    read(page, server)
    names = page.evaluate("caches.keys()")
    assert names == [f"sintoma {server.address}/"]
