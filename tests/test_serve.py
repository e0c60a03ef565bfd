"""The preview: builds on save, tells the page, and is deaf to everybody else."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from msgspec import Struct, field
from playwright.sync_api import Browser

from generator import build
from generator.model import Artifact, Finding, Span
from generator.publish import PublishError, write_site
from generator.serve import Built, Options, PreviewError, preview, serve, sources_of
from generator.serve.apart import Apart, site_builder
from generator.serve.watching import changes
from generator.starter import init
from tests.conftest import ROOT, Write
from tests.waiting import eventually

FINDING = Finding("link-missing-page", "en/\x1b[2Ja.md", Span(3, 1, 3, 9), "no page <img src=x>", target="b.md")


class Desk(Struct):
    """A folder with one source, a build that copies it into a page, and what the terminal was told."""

    folder: Path
    told: list[str] = field(default_factory=list)
    fault: str = ""
    drafts: bool = False
    findings: tuple[Finding, ...] = ()

    @property
    def output(self) -> Path:
        return self.folder / "site"

    @property
    def source(self) -> Path:
        return self.folder / "content" / "a.md"

    def build(self) -> Built:
        if self.fault:
            raise PublishError(self.fault)
        page = f"<!doctype html><title>t</title><body><p>{self.source.read_text()}</p></body>"
        pages = [Artifact("en/a.html", page.encode()), Artifact("index.html", page.encode()), Artifact("a b/ü%.css", b"p {}")]
        write_site(pages, self.output, durable=False)
        return Built(self.findings, seconds=0.1, read_line=lambda _file, _line: "[x](b.md)")

    def draft(self, files: Sequence[str]) -> Mapping[str, bytes]:
        return {"en/a.html": f"<body><p>draft of {len(files)}</p></body>".encode()} if self.drafts else {}

    def sources(self) -> list[Path]:
        return [self.source.parent]


def process_of(files: Sequence[str]) -> Mapping[str, bytes]:
    """For each file the process that was asked."""
    return {name: str(os.getpid()).encode() for name in files}


class Work(Struct):
    """A builder that does one thing."""

    build: Callable[[], Any]
    draft: Callable[[Sequence[str]], Mapping[str, bytes]] = process_of


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    made.source.parent.mkdir()
    made.source.write_text("first")
    (tmp_path / "secret").write_text("root:x:0:0")
    return made


@pytest.fixture
def address(desk: Desk) -> Iterator[str]:
    with preview(desk.output, desk, desk.sources, desk.told.append, Options(port=0, interval=0.05)) as shown:
        yield shown.address


class Answer(Struct, frozen=True):
    status: int
    headers: dict[str, str]
    body: str


def ask(address: str, target: str = "/", method: str = "GET", **headers: str) -> Answer:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
    connection.putrequest(method, target, skip_host="Host" in headers, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read().decode()
    connection.close()
    return Answer(answer.status, dict(answer.getheaders()), body)


def raw(address: str, data: bytes) -> bytes:
    with socket.create_connection((urlsplit(address).hostname, urlsplit(address).port), timeout=10) as connection:
        connection.sendall(data)
        connection.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def here() -> Built:
    """Tells the process that builds."""
    return Built(error=str(os.getpid()))


def endless(files: Sequence[str]) -> Mapping[str, bytes]:
    """A page that takes too long; preparing takes nothing."""
    time.sleep(60 if files else 0)
    return {}


def full() -> Built:
    raise PublishError("the disk is full")


def is_alive(process: int) -> bool:
    return Path(f"/proc/{process}").exists()


APART = "from pathlib import Path; from tests.test_serve import *; Apart(Work(partial({})), Path()).build()"
"""A script of a preview whose build calls something."""


class TestPages:
    def test_shows_a_page_with_the_script_that_reloads_it(self, address: str) -> None:
        answer = ask(address, "/en/a.html?q=1#x")

        assert answer.status == 200
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert '<p>first</p><script src="/__sintoma/live.js" data-version="1" defer></script></body>' in answer.body

    def test_shows_the_first_page_of_a_folder(self, address: str) -> None:
        assert "first" in ask(address, "/").body

    def test_knows_kinds_of_files_and_quoted_names(self, address: str) -> None:
        answer = ask(address, f"/{quote('a b/ü%.css')}")

        assert (answer.status, answer.body, answer.headers["Content-Type"]) == (200, "p {}", "text/css; charset=utf-8")

    def test_sends_a_page_once_as_long_as_it_does_not_change(self, address: str) -> None:
        tag = ask(address).headers["ETag"]
        again = ask(address, If_None_Match=tag)

        assert (again.status, again.body) == (304, "")

    def test_head_has_the_headers_and_no_body(self, address: str) -> None:
        get, head = ask(address), ask(address, method="HEAD")

        assert (head.body, head.headers["Content-Length"]) == ("", get.headers["Content-Length"])

    def test_serves_the_script_itself(self, address: str) -> None:
        assert "EventSource" in ask(address, "/__sintoma/live.js").body

    def test_shows_the_sites_own_page_for_what_is_missing(self, desk: Desk) -> None:
        def rebuild() -> Built:
            write_site([Artifact("404.html", b"<p>Lost?</p>")], desk.output)
            return Built()

        with preview(desk.output, Work(rebuild), desk.sources, desk.told.append, Options(port=0)) as shown:
            answer = ask(shown.address, "/nowhere.html")

        assert answer.status == 404
        assert "Lost?" in answer.body


TRAVERSALS = [
    "/../secret", "/en/../../secret", "/%2e%2e/secret", "/%2e%2e%2fsecret", "/..%2fsecret", "/%252e%252e%252fsecret", "/..%5csecret",
    "/..\\secret", "//secret", "///etc/passwd", "/%2fetc%2fpasswd", "/en/%2e%2e/%2e%2e/secret", "/..;/secret", "/.%00./secret",
    "/secret%00.html", "/%00", "/en/a.html%00", "/en/a.html/", "/en//a.html", "/./en/a.html", "/en/a.html%20", "/en/a.html.", "/EN/A.HTML",
    "/%c0%ae%c0%ae/secret", "/%ff", "/.sintoma-lock", "/../content/a.md", "/link", "/stranger.html", "/~", "/.git/config",
    "/__sintoma/", "/__sintoma/../secret", "/__sintoma/live.js/../../../secret", "/C:/secret", "/file:///etc/passwd", "/?/../secret#",
]  # fmt: skip


class TestStrangers:
    @pytest.mark.parametrize("target", TRAVERSALS[:-1])
    def test_only_what_the_manifest_lists_is_there(self, desk: Desk, address: str, target: str) -> None:
        (desk.output / "stranger.html").write_text("root:x:0:0")
        (desk.output / "link").symlink_to(desk.folder / "secret")
        answer = ask(address, target)

        assert answer.status == 404
        assert "root:" not in answer.body

    def test_a_page_that_has_become_a_link_is_not_followed(self, desk: Desk, address: str) -> None:
        (desk.output / "index.html").unlink()
        (desk.output / "index.html").symlink_to(desk.folder / "secret")

        assert ask(address).status == 404

    @pytest.mark.parametrize("kind", ["folder", "pipe"])
    def test_a_page_that_is_a_file_no_more_is_not_there_and_nobody_waits(self, desk: Desk, address: str, kind: str) -> None:
        (desk.output / "index.html").unlink()
        (desk.output / "index.html").mkdir() if kind == "folder" else os.mkfifo(desk.output / "index.html")

        assert ask(address).status == 404

    @pytest.mark.parametrize(
        "host",
        ["evil.example", "evil.example:{port}", "localhost.evil.example:{port}", "127.0.0.1:1", "localhost@evil.example:{port}", "", "127.0.0.1:{port}/x", "[::1", "127.0.0.1:{port}:1"],
    )
    def test_another_host_is_refused(self, address: str, host: str) -> None:
        assert ask(address, Host=host.format(port=urlsplit(address).port)).status == 403

    @pytest.mark.parametrize("host", ["localhost:{port}", "LOCALHOST:{port}", "127.0.0.1:{port}", "[::1]:{port}"])
    def test_its_own_names_are_welcome(self, address: str, host: str) -> None:
        assert ask(address, Host=host.format(port=urlsplit(address).port)).status == 200

    def test_a_request_without_a_host_or_with_two_is_refused(self, address: str) -> None:
        host = urlsplit(address).netloc.encode()

        assert b" 403 " in raw(address, b"GET / HTTP/1.0\r\n\r\n").splitlines()[0]
        assert b" 403 " in raw(address, b"GET / HTTP/1.1\r\nHost: " + host + b"\r\nHost: evil.example\r\n\r\n").splitlines()[0]

    def test_names_can_be_added(self, desk: Desk) -> None:
        with preview(desk.output, desk, desk.sources, desk.told.append, Options(port=0, hosts=("desk.lan",))) as shown:
            assert ask(shown.address, Host=f"desk.lan:{urlsplit(shown.address).port}").status == 200

    @pytest.mark.parametrize("target", ["/", "/__sintoma/events", "/__sintoma/live.js"])
    @pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://localhost:1", "https://127.0.0.1:{port}"])
    def test_scripts_of_other_pages_are_refused(self, address: str, target: str, origin: str) -> None:
        assert ask(address, target, Origin=origin.format(port=urlsplit(address).port)).status == 403

    def test_other_sites_cannot_embed_but_can_link(self, address: str) -> None:
        assert ask(address, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="no-cors").status == 403
        assert ask(address, Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate").status == 200

    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "GETX"])
    def test_other_methods_are_refused(self, address: str, method: str) -> None:
        answer = ask(address, method=method)

        assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")

    def test_a_request_that_makes_no_sense_gets_an_error_and_nothing_of_itself_back(self, address: str) -> None:
        for data in (b"GET /" + b"a" * 70_000 + b" HTTP/1.1\r\n\r\n", b"\0\xff<script>\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n"):
            answer = raw(address, data)
            assert answer.startswith((b"HTTP/1.1 4", b"HTTP/1.1 5"))
            assert b"<script>" not in answer
            assert b"aaaa" not in answer
        many = b"".join(b"X-%d: 1\r\n" % number for number in range(500))
        assert b" 431 " in raw(address, b"GET / HTTP/1.1\r\n" + many + b"\r\n").splitlines()[0]
        assert ask(address).status == 200

    def test_a_thousand_silent_connections_block_nobody(self, address: str) -> None:
        place = (urlsplit(address).hostname, urlsplit(address).port)
        silent = [socket.create_connection(place, timeout=10) for _ in range(1000 if open_files() > 4000 else 200)]
        try:
            assert ask(address).status == 200
        finally:
            for connection in silent:
                connection.close()


def open_files() -> int:
    import resource

    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


class Listener:
    """A page that listens to the events."""

    def __init__(self, address: str) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
        self.connection.request("GET", "/__sintoma/events")
        self.answer = self.connection.getresponse()

    def next(self) -> dict[str, object]:
        while not (line := self.answer.readline()).startswith(b"data: "):
            assert line
        found: dict[str, object] = json.loads(line.removeprefix(b"data: "))
        return found


class TestRebuilding:
    def test_a_change_is_built_and_told_to_every_page(self, desk: Desk, address: str) -> None:
        listeners = [Listener(address), Listener(address)]
        assert [listener.next()["version"] for listener in listeners] == [1, 1]
        desk.source.write_text("second")

        assert [listener.next()["version"] for listener in listeners] == [2, 2]
        assert "second" in ask(address).body
        assert 'data-version="2"' in ask(address).body

    def test_a_change_of_the_same_size_with_an_old_date_is_seen(self, desk: Desk, address: str) -> None:
        fresh = desk.folder / "fresh"
        fresh.write_text("FIRST")
        subprocess.run(["touch", "-r", desk.source, fresh], check=True)
        fresh.rename(desk.source)

        assert eventually(lambda: "FIRST" in ask(address).body)

    def test_new_and_deleted_files_are_seen(self, desk: Desk, address: str) -> None:
        extra = desk.source.with_name("b.md")
        extra.write_text("x")
        assert eventually(lambda: 'data-version="2"' in ask(address).body)
        extra.unlink()
        assert eventually(lambda: 'data-version="3"' in ask(address).body)
        assert any("b.md changed" in line for line in desk.told)

    def test_a_changed_page_is_shown_before_the_site_is_built(self, desk: Desk) -> None:
        desk.drafts, building = True, threading.Event()

        def slow() -> Built:
            if building.is_set():
                building.clear()
                assert eventually(building.is_set)
            return desk.build()

        with preview(desk.output, Work(slow, desk.draft), desk.sources, desk.told.append, Options(port=0, interval=0.02)) as shown:
            building.set()
            desk.source.write_text("second")
            assert eventually(lambda: "draft of 1" in ask(shown.address, "/en/a.html").body)
            assert 'data-version="2"' in ask(shown.address, "/en/a.html").body
            assert "first" in ask(shown.address, "/index.html").body
            building.set()
            assert eventually(lambda: "second" in ask(shown.address, "/en/a.html").body)

    def test_the_site_of_before_is_shown_while_the_first_build_goes_on(self, desk: Desk) -> None:
        seen: list[Answer] = []

        def looked_at() -> Built:
            seen.append(ask(desk.told[-1].split()[2], "/en/a.html"))
            return desk.build()

        for _ in range(2):
            with preview(desk.output, Work(looked_at), desk.sources, desk.told.append, Options(port=0)) as shown:
                assert "first" in ask(shown.address, "/en/a.html").body
        assert [(answer.status, "no site yet" in answer.body, "first" in answer.body) for answer in seen] == [(404, True, False), (200, False, True)]

    @pytest.mark.browser
    def test_a_page_that_is_opened_before_there_is_a_site_waits_and_shows_it(self, desk: Desk, browser: Browser) -> None:
        page, loads = browser.new_page(), []  # type: ignore[var-annotated]
        page.on("load", lambda _: loads.append(1))

        def looked_at() -> Built:
            page.goto(f"{desk.told[-1].split()[2]}en/a.html")
            page.wait_for_timeout(1000)
            assert "no site yet" in page.content()
            assert len(loads) == 1
            return desk.build()

        with preview(desk.output, Work(looked_at), desk.sources, desk.told.append, Options(port=0)):
            page.wait_for_selector("text=first")
        page.close()

    def test_a_change_of_many_pages_has_no_drafts(self, desk: Desk) -> None:
        asked: list[int] = []

        def draft(files: Sequence[str]) -> Mapping[str, bytes]:
            asked.append(len(files))
            return {}

        with preview(desk.output, Work(desk.build, draft), desk.sources, desk.told.append, Options(port=0, interval=0.05)):
            for number in range(20):
                (desk.source.parent / f"{number}.md").write_text("x")
            assert eventually(lambda: sum("changed" in line for line in desk.told) > 0)
            desk.source.write_text("second")
            assert eventually(lambda: 1 in asked)
        assert max(asked) <= 4

    def test_a_change_during_a_build_is_not_lost(self, desk: Desk) -> None:
        seen = []

        def slow() -> Built:
            seen.append(desk.source.read_text())
            if len(seen) < 3:
                desk.source.write_text(f"change {len(seen)}")
            return desk.build()

        with preview(desk.output, Work(slow), desk.sources, desk.told.append, Options(port=0, interval=0.02)):
            assert eventually(lambda: seen == ["first", "change 1", "change 2"])

    def test_a_file_that_never_rests_does_not_keep_the_site_from_being_built(self, monkeypatch: pytest.MonkeyPatch) -> None:
        written, stop = count(), threading.Event()
        monkeypatch.setattr("generator.serve.watching.signature", lambda _: {"noise.log": (next(written), 0, 0)})
        end = threading.Timer(10, stop.set)
        end.start()
        assert next(changes(lambda: (), {}, 0.01, stop)) == ["noise.log"]
        assert not stop.is_set()
        end.cancel()

    def test_hidden_files_of_editors_do_not_build(self, desk: Desk, address: str) -> None:
        (desk.source.parent / ".a.md.swp").write_text("x")
        time.sleep(0.3)

        assert 'data-version="1"' in ask(address).body

    def test_findings_reach_the_page_and_the_terminal_without_control_characters(self, desk: Desk, address: str) -> None:
        listener = Listener(address)
        listener.next()
        desk.findings = (FINDING,)
        desk.source.write_text("second")
        state = listener.next()

        assert state["findings"] == [
            {
                "place": r"en/\x1b[2Ja.md:3:1",
                "severity": "error",
                "code": "link-missing-page",
                "message": "no page <img src=x>",
                "source": "[x](b.md)",
            }
        ]
        assert any("link-missing-page" in line for line in desk.told)
        assert not [line for line in desk.told if "\x1b" in line]

    def test_a_build_that_fails_keeps_the_old_pages_and_says_why(self, desk: Desk, address: str) -> None:
        listener = Listener(address)
        listener.next()
        desk.fault = "the disk is full"
        desk.source.write_text("second")

        assert listener.next()["error"] == "the disk is full"
        assert "first" in ask(address).body
        desk.fault = ""
        desk.source.write_text("third")
        assert listener.next()["error"] == ""
        assert "third" in ask(address).body

    def test_says_that_there_is_no_site_yet_and_shows_it_when_there_is(self, desk: Desk) -> None:
        desk.fault = "site.yml:1:1: titel: unknown key"
        with preview(desk.output, desk, desk.sources, desk.told.append, Options(port=0, interval=0.05)) as shown:
            answer = ask(shown.address)
            assert (answer.status, "no site yet" in answer.body, 'data-version="1"' in answer.body) == (404, True, True)
            desk.fault = ""
            desk.source.write_text("second")
            assert eventually(lambda: "second" in ask(shown.address).body)


def test_what_lies_beside_the_pages_is_looked_at_too(write: Write) -> None:
    sister = "sisters: {other: {url: https://other.example.org, inventory: other.json}}\n"
    folder = write({"site.yml": f"title: T\nlanguages: {{en: {{root: en/help, repository: en}}}}\n{sister}", "en/help/a.md": "# A {#a}\n", "other.json": "{}"})
    seen = {path.relative_to(folder).as_posix() for path in sources_of(folder / "site.yml")()}
    assert {"site.yml", "en/help", "en/_includes", "en/do-not-localize", "en/metadata.md", "en/redirects.csv", "other.json"} <= seen


class TestStarting:
    def test_a_port_that_is_taken_is_told_with_what_to_do(self, desk: Desk, address: str) -> None:
        options = Options(port=urlsplit(address).port or 0)

        with pytest.raises(PreviewError, match="choose another with --port"):
            serve(desk.output, desk, desk.sources, desk.told.append, options)

    def test_listens_on_loopback_unless_told_otherwise(self) -> None:
        assert Options().host == "127.0.0.1"

    def test_ends_with_its_connections_and_threads(self, desk: Desk) -> None:
        with preview(desk.output, desk, desk.sources, desk.told.append, Options(port=0)) as shown:
            listener = Listener(shown.address)
            listener.next()
        assert listener.answer.read().strip() == b""
        assert eventually(lambda: not [thread for thread in threading.enumerate() if "process_request" in thread.name])


WORK = "import pathlib, time; pathlib.Path(folder, 'begun').touch(); time.sleep(1.5); pathlib.Path(folder, 'ended').touch()"


class TestApart:
    def test_a_build_goes_on_in_another_process(self, tmp_path: Path) -> None:
        with closing(Apart(Work(here), tmp_path)) as builder:
            assert int(builder.build().error) != os.getpid()

    def test_drafts_come_from_the_process_of_the_last_build(self, tmp_path: Path) -> None:
        with closing(Apart(Work(here), tmp_path)) as builder:
            assert builder.draft(["a"]) == {}
            first = builder.build().error.encode()
            assert builder.draft(["a"]) == builder.draft(["a"]) == {"a": first}
            second = builder.build().error.encode()
            assert builder.draft(["a", "b"]) == {"a": second, "b": second}
            os.kill(int(second), signal.SIGKILL)
            assert eventually(lambda: builder.draft(["a"]) == {})
            assert builder.build().error.encode() not in (first, second)

    def test_a_draft_that_takes_too_long_is_left_to_the_next_build(self, tmp_path: Path) -> None:
        with closing(Apart(Work(here, endless), tmp_path)) as builder:
            first, began = builder.build(), time.monotonic()
            assert builder.draft(["a"]) == {}
            second = builder.build()
            assert first.error != second.error
            assert not is_alive(int(first.error))
            assert time.monotonic() - began < 30

    def test_nothing_is_left_of_a_builder_that_is_closed_or_of_a_preview_that_is_gone(self, tmp_path: Path) -> None:
        with closing(Apart(Work(here), tmp_path)) as builder:
            process = int(builder.build().error)
            assert is_alive(process)
        assert not is_alive(process)
        script = (
            "from pathlib import Path; from tests.test_serve import *\n"
            "if __name__ == '__main__':\n"
            "    builder = Apart(Work(here), Path()); print(builder.build().error, flush=True); time.sleep(60)"
        )
        preview = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert preview.stdout
        process = int(preview.stdout.readline())
        assert is_alive(process)
        preview.kill()
        preview.wait()
        assert eventually(lambda: not is_alive(process))

    def test_what_cannot_be_written_is_told_here(self, tmp_path: Path) -> None:
        with closing(Apart(Work(full), tmp_path)) as builder, pytest.raises(PublishError, match="the disk is full"):
            builder.build()

    def test_a_build_that_is_killed_is_told_and_the_next_one_builds(self, tmp_path: Path) -> None:
        with closing(Apart(Work(partial(signal.raise_signal, signal.SIGKILL)), tmp_path)) as builder:
            for _ in range(2):
                with pytest.raises(PublishError, match="was killed, perhaps because memory ran out; the next change builds again"):
                    builder.build()
                assert builder.draft(["a"]) == {}

    def test_a_fault_of_the_program_is_shown_and_the_preview_goes_on(self) -> None:
        said = subprocess.run([sys.executable, "-c", APART.format("int, 'x'")], cwd=ROOT, capture_output=True, text=True, check=False).stderr
        assert "ValueError: invalid literal" in said
        assert "PublishError: the build ended with a fault of the program, shown above; the site stays as it was" in said

    def test_a_build_ends_with_the_preview_that_asked_for_it(self, tmp_path: Path) -> None:
        script = APART.format(f"exec, {WORK!r}, {{'folder': {str(tmp_path)!r}}}")
        preview = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT)
        assert eventually((tmp_path / "begun").exists)
        preview.terminate()
        preview.wait()
        time.sleep(2)
        assert not (tmp_path / "ended").exists()

    def test_a_site_that_cannot_be_read_is_told(self, tmp_path: Path) -> None:
        init(tmp_path)
        (tmp_path / ".sintoma-cache").write_text("a file where a folder should be")
        built = site_builder(tmp_path / "site.yml", build.Options(jobs=1)).build()

        assert "a part of the path is a file, not a folder" in built.error


class TestWholeSite:
    def test_a_page_of_a_real_site_has_a_draft_until_its_site_cannot_be_built(self, tmp_path: Path) -> None:
        init(tmp_path)
        page, wrong = tmp_path / "content/en/log-files.md", tmp_path / "site.yml"
        with closing(site_builder(tmp_path / "site.yml", build.Options(output=tmp_path / "site"))) as builder:
            assert not builder.build().error
            page.write_text(page.read_text().replace("All of them lie", "They have always lain"))
            drafted = builder.draft([str(page)])
            assert "always lain" in drafted["en/docs/log-files.html"].decode()
            page.unlink()
            assert builder.draft([str(page)]) == {}
            wrong.write_text("titel: x\n")
            assert builder.build().error
            assert builder.draft([str(tmp_path / "content/en/index.md")]) == {}

    def test_an_edit_of_a_real_site_is_shown_and_a_wrong_site_yml_is_told(self, tmp_path: Path) -> None:
        init(tmp_path)
        path, told = tmp_path / "site.yml", []  # type: ignore[var-annotated]
        builder = site_builder(path, build.Options(cache=True))
        with closing(builder), preview(tmp_path / "site", builder, sources_of(path), told.append, Options(port=0, interval=0.05)) as shown:
            page = tmp_path / "content/en/log-files.md"
            page.write_text(page.read_text().replace("All of them lie", "They have always lain"))
            assert eventually(lambda: "always lain" in ask(shown.address, "/en/docs/log-files.html").body)
            good = path.read_text()
            path.write_text(good.replace("title:", "titel:"))
            assert eventually(lambda: any("did you mean title?" in line for line in told)), told
            path.write_text(good.replace("Shop operations", "Shop help"))
            assert eventually(lambda: "Shop help" in ask(shown.address, "/en/index.html").body)

    @pytest.mark.browser
    def test_a_browser_reloads_by_itself_and_shows_findings(self, desk: Desk, address: str, browser: Browser) -> None:
        page = browser.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(f"{address}en/a.html")
        desk.findings = (FINDING,)
        desk.source.write_text("second")
        page.wait_for_selector("text=second")
        page.wait_for_selector("#sintoma-findings[open]")
        assert r"en/\x1b[2Ja.md:3:1: error link-missing-page" in page.inner_text("#sintoma-findings")
        assert page.query_selector("#sintoma-findings img") is None
        desk.findings = ()
        desk.source.write_text("third")
        page.wait_for_selector("text=third")
        assert page.query_selector("#sintoma-findings") is None
        assert faults == []
        page.close()


LOAD = """
import http.client, sys, time
host, seconds = sys.argv[1], float(sys.argv[2])
end = time.monotonic() + seconds
count = 0
connection = http.client.HTTPConnection(host, timeout=10)
while time.monotonic() < end:
    connection.request("GET", "/en/a.html")
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200, answer.status
    start = body.index(b"<p>") + 3
    words = set(body[start:body.index(b"</p>")].split())
    assert len(words) == 1, words
    count += 1
print(count)
"""


@pytest.mark.parametrize("seconds", [2, pytest.param(60, marks=pytest.mark.nightly)])
def test_visitors_see_whole_pages_and_no_error_while_the_site_is_rebuilt(desk: Desk, address: str, seconds: int) -> None:
    desk.source.write_text("v0 " * 3000)
    assert eventually(lambda: "v0" in ask(address).body)
    command = [sys.executable, "-c", LOAD, urlsplit(address).netloc, str(seconds)]
    visitors = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        desk.source.write_text(f"v{time.monotonic()} " * 3000)
        time.sleep(0.2)
    results = [visitor.communicate() for visitor in visitors]

    assert [errors for _, errors in results if errors] == []
    assert sum(int(output) for output, _ in results) > 100 * seconds
