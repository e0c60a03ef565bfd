"""Addresses outside are asked with care: what a server that misbehaves can do, and what is said of it."""

from __future__ import annotations

import socket
import tracemalloc
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from time import perf_counter

import pytest
from msgspec import Struct, field
from msgspec.structs import replace

from generator import config, online
from generator.cache import opened
from generator.config import Config
from generator.findings import ONLINE
from generator.inspection import Ask, inspect
from generator.neighbours import DAY, Outside
from generator.online import answers
from generator.online.addresses import Gate, is_public
from generator.online.answers import State
from generator.online.fetch import World
from generator.outlines import outlines
from generator.workers import crew
from tests.conftest import Write, apart
from tests.online.server import Handler, running


@pytest.fixture
def port() -> Iterator[int]:
    with running() as number:
        yield number


class Desk(Struct):
    """A site whose one page links to a server, and the world that it is checked in."""

    write: Write
    port: int
    settings: str = ""
    patience: int = 3
    time: float = 1_000_000.0
    waits: list[float] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    folder: Path | None = None

    def config(self, *paths: str) -> Config:
        links = "".join(f"[a]({path if '://' in path else f'http://127.0.0.1:{self.port}/{path}'})\n\n" for path in paths)
        folder = self.write({
            "site.yml": f"title: T\nlanguages:\n  en: {{root: en}}\nonline: {{allow: [127.0.0.1/32], timeout: 1, fails_after_days: {self.patience}{self.settings}}}\n",
            "en/page.md": f"# Page {{#page}}\n\n{links}",
        })  # fmt: skip
        self.folder = folder / ".sintoma-cache"
        return config.load(folder / "site.yml")

    async def lookup(self, host: str, port: int) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (self.names[host], port))]

    async def pause(self, seconds: float) -> None:
        self.waits.append(seconds)

    def clock(self) -> float:
        self.time += 0.001
        return self.time

    def ask(self, *paths: str) -> online.Asked:
        settings = self.config(*paths)
        with opened(settings.folder, keep=False) as store:
            kb = outlines(settings, store, crew(1))()
        return apart(lambda: online.ask(kb, settings, self.folder, World(self.lookup, self.pause, self.clock)))

    def codes(self, *paths: str) -> list[str]:
        return [finding.code for finding in self.ask(*paths).findings]

    def answer(self, path: str) -> answers.Answer:
        self.ask(path)
        return answers.read(self.folder)[f"http://127.0.0.1:{self.port}/{path.partition('#')[0]}"]


@pytest.fixture
def desk(write: Write, port: int) -> Desk:
    return Desk(write, port)


@pytest.mark.parametrize("path", ["good", "good#top-id", "good#old-name", "good#readme", "good#top", "good#:~:text=T", "zipped#top-id", "pdf#page=3", "shut"])
def test_what_is_there_is_no_finding(desk: Desk, path: str) -> None:
    assert desk.codes(path) == []


@pytest.mark.parametrize("path", ["no-head", "hangs-up-on-head"])
def test_a_server_that_refuses_to_say_only_whether_is_asked_for_the_page(desk: Desk, path: str) -> None:
    assert desk.codes(path) == []
    assert Handler.asked[f"GET /{path}"] == 1


def test_the_anchor_of_a_page_outside_is_looked_up(desk: Desk) -> None:
    (finding,) = desk.ask("good#gone").findings
    assert (finding.code, finding.span.line, finding.target) == ("link-outside-anchor", 3, f"http://127.0.0.1:{desk.port}/good#gone")
    assert "id gone" in finding.message


def test_an_address_that_fails_is_a_note_at_first_and_a_fault_when_it_has_failed_for_days(desk: Desk) -> None:
    assert desk.codes("gone", "broken") == ["link-outside-failing"] * 2
    desk.time += 2.9 * DAY
    assert desk.codes("gone", "broken") == ["link-outside-failing"] * 2
    desk.time += 0.2 * DAY
    assert desk.codes("gone", "broken") == ["link-outside-missing", "link-outside-unreachable"]


def test_an_address_that_recovers_begins_anew(desk: Desk) -> None:
    assert desk.codes("gone") == ["link-outside-failing"]
    kept = answers.read(desk.folder)
    (address,) = kept
    answers.write(desk.folder, {address: replace(kept[address], state=State.GOOD, since=0.0)})
    desk.time += 8 * DAY
    assert desk.codes("gone") == ["link-outside-failing"]


def test_without_patience_a_failure_is_a_fault_at_once(desk: Desk) -> None:
    desk.patience = 0
    assert desk.codes("gone", "broken") == ["link-outside-missing", "link-outside-unreachable"]


def test_good_answers_live_longer_than_failed_ones(desk: Desk) -> None:
    assert (desk.ask("good", "gone").asked, desk.ask("good", "gone").known) == (2, 2)
    desk.time += 7 * 3600
    again = desk.ask("good", "gone")
    assert (again.asked, again.known) == (1, 1)
    desk.time += 7 * DAY
    assert desk.ask("good", "gone").asked == 2


def test_an_anchor_is_asked_for_although_the_page_was_known(desk: Desk) -> None:
    assert desk.ask("good").asked == 1
    assert desk.codes("good#gone") == ["link-outside-anchor"]
    assert desk.ask("good#gone").asked == 0


def test_a_cache_that_is_damaged_is_made_anew(desk: Desk) -> None:
    desk.ask("good")
    assert desk.folder
    (desk.folder / answers.NAME).write_bytes(b"\xc1rubbish")
    assert desk.ask("good").asked == 1


def test_trouble_that_passes_is_waited_for_ever_longer(desk: Desk) -> None:
    assert desk.codes("flaky#top-id") == []
    assert desk.waits == [1.0, 2.0]


def test_a_server_that_says_when_to_come_back_is_obeyed(desk: Desk) -> None:
    assert desk.codes("busy#top-id") == []
    assert desk.waits == [7.0]


def test_a_server_that_is_always_busy_is_there(desk: Desk) -> None:
    assert desk.codes("always-busy") == []
    assert len(desk.waits) == 2


def test_nobody_waits_for_a_server_until_tomorrow(desk: Desk) -> None:
    assert desk.codes("come-back-tomorrow") == ["link-outside-failing"]
    assert desk.waits == []


@pytest.mark.parametrize("path", ["slow-body#x", "slow-header"])
def test_a_server_that_drips_is_left_when_its_time_is_over(desk: Desk, path: str) -> None:
    start = perf_counter()
    answer = desk.answer(path)
    assert (answer.state, answer.why) == (State.SILENT, "no answer within 1 s")
    assert perf_counter() - start < 15


def test_ten_redirects_are_followed_and_no_more(desk: Desk) -> None:
    assert desk.answer("long/10").state is State.GOOD
    endless = desk.answer("long/11")
    assert (endless.state, endless.why) == (State.SILENT, "more than 10 redirects")
    assert desk.codes("round/0") == ["link-outside-failing"]


def test_a_redirect_for_good_is_said_and_one_for_today_is_not(desk: Desk) -> None:
    (finding,) = desk.ask("moved", "elsewhere-today").findings
    assert finding.code == "link-outside-moved"
    assert f"http://127.0.0.1:{desk.port}/good" in finding.message


def test_a_redirect_into_a_private_network_is_not_followed(desk: Desk) -> None:
    assert desk.codes("to-private") == ["link-outside-private"]
    assert set(Handler.asked) == {"HEAD /to-private"}


def test_a_redirect_to_a_file_is_not_followed(desk: Desk) -> None:
    assert desk.codes("to-file") == []
    assert set(Handler.asked) == {"HEAD /to-file"}


def test_a_name_that_means_a_private_address_is_refused_before_anything_is_sent(desk: Desk) -> None:
    desk.names = {"rebound.example": "127.0.0.3"}
    assert desk.codes(f"http://rebound.example:{desk.port}/good") == ["link-outside-private"]
    assert not Handler.asked


def test_what_was_looked_up_is_what_is_connected_to(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second look-up would give a name's owner the chance to answer otherwise."""
    desk.names = {"named.example": "127.0.0.1"}
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: pytest.fail("a name was looked up twice"))
    assert desk.codes(f"http://named.example:{desk.port}/good") == []
    assert Handler.asked == {"HEAD /good": 1}


@pytest.mark.parametrize("written", ["http://10.0.0.1/", "http://169.254.169.254/latest/", "http://[::1]/", "http://[::ffff:10.0.0.1]/", "http://192.168.1.1/"])
def test_a_private_address_in_a_link_is_refused(desk: Desk, written: str) -> None:
    assert desk.codes(written) == ["link-outside-private"]


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True), ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("127.0.0.1", False), ("0.0.0.1", False), ("100.64.0.1", False), ("224.0.0.1", False), ("255.255.255.255", False),
        ("fe80::1", False), ("fc00::1", False), ("::", False), ("64:ff9b::7f00:1", False), ("64:ff9b::5db8:d70e", True), ("2002:7f00:1::", False),
        ("ff02::1", False), ("198.18.0.1", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(address: str, *, public: bool) -> None:
    assert is_public(ip_address(address)) is public


def test_a_private_name_can_be_allowed() -> None:
    gate = Gate(Outside(allow=("wiki.corp", "10.1.0.0/16")))
    assert gate.passes("wiki.corp", "10.9.9.9")
    assert gate.passes("other.corp", "10.1.2.3")
    assert not gate.passes("other.corp", "10.2.2.3")


def test_a_gzip_bomb_is_not_unpacked(desk: Desk) -> None:
    desk.config("bomb#x")
    tracemalloc.start()
    try:
        answer = desk.answer("bomb#x")
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert (answer.state, answer.why) == (State.GOOD, "the page is too long to read whole")
    assert peak < 30 * 2**20


@pytest.mark.parametrize(
    ("path", "state", "why"),
    [
        ("endless#x", State.GOOD, "the page is too long to read whole"),
        ("not-zipped#x", State.SILENT, "its body cannot be unpacked"),
        ("huge-header", State.SILENT, ""),
        ("pdf#x", State.GOOD, "it is application/pdf, not a page"),
    ],
)
def test_a_body_or_a_head_that_is_no_page_is_said_so(desk: Desk, path: str, state: State, why: str) -> None:
    answer = desk.answer(path)
    assert answer.state is state
    assert answer.why.startswith(why)


def test_nobody_at_the_door_is_silence(desk: Desk) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = free.getsockname()[1]
    assert desk.codes(f"http://127.0.0.1:{nobody}/") == ["link-outside-failing"]


def test_one_host_is_asked_two_things_at_a_time(desk: Desk) -> None:
    desk.ask(*(f"many/{number}" for number in range(8)))
    assert Handler.most[""] == 2


def test_an_address_that_many_pages_link_to_is_asked_once(desk: Desk) -> None:
    assert len(desk.ask(*["gone"] * 5).findings) == 5
    assert Handler.asked == {"HEAD /gone": 1, "GET /gone": 1}


def test_what_is_to_be_skipped_is_not_asked(desk: Desk) -> None:
    desk.settings = ', skip: ["http://127.0.0.1:*/gone"]'
    assert desk.codes("gone") == []
    assert not Handler.asked


def test_a_comment_and_a_rule_about_the_outside_are_not_idle_while_nobody_asks(write: Write) -> None:
    files = {
        "site.yml": "title: T\nlanguages:\n  en: {root: en}\nseverity:\n  - {code: link-outside-moved, level: warning}\n",
        "en/page.md": "# Page {#page}\n\n<!-- sintoma-ignore link-outside-missing: it is planned -->\n[a](https://example.com/x)\n",
    }
    settings = config.load(write(files) / "site.yml")
    assert inspect(settings, cache=False, jobs=1)[0] == ()
    asked, _ = inspect(settings, cache=False, jobs=1, asks=[Ask(ONLINE, lambda _: ())])
    assert {finding.code for finding in asked} == {"ignore-unused", "severity-unused"}
