"""A search index that arrives damaged: the page says so, goes on with the rest, never hangs; and memory stays where it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from msgspec import Struct, field
from playwright.sync_api import Browser, Page, Route, expect

from generator.search import Index
from generator.search.codec import manifest_script
from generator.search.options import VERSION

pytestmark = pytest.mark.browser
BOX = "#__query-home"
PANEL = ".search--home .search__panel"
HITS = "#__hits-home li"
INCOMPLETE = "Part of the index could not be loaded; there may be more results."
FAILED = "The index could not be loaded. All entries are in the table."
SLIPS = "certificte fillng"
LONG = "window.__long = []; new PerformanceObserver((list) => __long.push(...list.getEntries())).observe({ type: 'longtask' })"
QUIET = 3
"""Tries to type without holding the page up: the machine may be busy with something else."""
HELD = 200
"""Milliseconds of a task that readers would feel; one costs a few."""
GROWTH = 8 << 20


class Seen(Struct):
    """A tab whose box was typed into, what it showed, and the scripts in which something was thrown."""

    page: Page
    thrown: list[str] = field(default_factory=list)

    def type(self, query: str) -> tuple[int, str]:
        """How many hits a query has, and what the panel says beside them."""
        self.page.locator(BOX).fill("")
        expect(self.page.locator(f"{HITS}:visible")).to_have_count(0)  # those of the last query are no answer to this one
        self.page.locator(BOX).fill(query)
        said = self.page.locator(f"{PANEL} [data-note]:visible, {PANEL} [data-empty]:visible, {HITS}")
        expect(said.first).to_be_visible()
        expect(self.page.locator(PANEL)).not_to_contain_text("Loading")
        return self.page.locator(HITS).count(), self.page.locator(PANEL).inner_text()

    def blocked(self) -> list[float]:
        """Milliseconds of each task that held the page up."""
        return [task["duration"] for task in self.page.evaluate("__long.map((task) => task.toJSON())") if task["duration"] > HELD]


@pytest.fixture
def tabs() -> Iterator[list[Seen]]:
    opened: list[Seen] = []
    yield opened
    for tab in opened:
        tab.page.context.close()


def opened(browser: Browser, tabs: list[Seen], address: str, spoilt: dict[str, bytes | None]) -> Seen:
    """The home of a site, some files of which arrive as given, or not at all."""
    tab = Seen(browser.new_context().new_page())
    tabs.append(tab)
    session = tab.page.context.new_cdp_session(tab.page)
    session.send("Runtime.enable")
    session.on("Runtime.exceptionThrown", lambda told: tab.thrown.append(str(told["exceptionDetails"].get("url")).partition("?")[0]))

    def answer(route: Route) -> None:
        data = spoilt[next(path for path in spoilt if route.request.url.partition("?")[0].endswith(path))]
        route.fulfill(status=200 if data is not None else 404, body=data or b"", content_type="text/javascript")

    for path in spoilt:
        tab.page.route(f"**/{path}*", answer)
    tab.page.goto(address)
    tab.page.evaluate(LONG)
    return tab


def damages(data: bytes) -> dict[str, bytes | None]:
    """What may become of a file on its way."""
    flipped = bytearray(data)
    flipped[len(data) * 2 // 3] ^= 1
    return {"missing": None, "cut": data[: len(data) * 2 // 3], "one bit": bytes(flipped), "a page": b"<!doctype html><p>Not here"}


@pytest.mark.parametrize("kind", ["terms", "docs", "common", "lexicon"])
def test_a_damaged_piece_is_told_and_the_rest_is_searched(browser: Browser, tabs: list[Seen], ward: tuple[str, Index], kind: str) -> None:
    address, index = ward
    files = {file.path: file.data for file in index.artifacts}
    pieces = {path: data for path, data in files.items() if f"/{kind}-" in path}
    current = {index.current: files[index.current].replace(b"/common-", b"/c0mmon-")}  # else its pieces come with the manifest
    for name in damages(b"``"):
        spoilt = {path: damages(data)[name] for path, data in pieces.items()} | (current if kind == "common" else {})
        for _ in range(QUIET):
            tab = opened(browser, tabs, address, spoilt)
            hits, said = tab.type(SLIPS)
            if not tab.blocked():
                break
        assert tab.blocked() == [], name
        assert (INCOMPLETE if hits else FAILED) in said, name
        assert hits or kind != "lexicon", name
        assert all(any(address.endswith(path) for path in spoilt) for address in tab.thrown), (name, tab.thrown)


def test_one_damaged_piece_costs_its_own_words_only(browser: Browser, tabs: list[Seen], ward: tuple[str, Index]) -> None:
    address, index = ward
    piece = next(file for file in index.artifacts if "/terms-" in file.path and b"certif" in file.data)
    tab = opened(browser, tabs, address, {piece.path: damages(piece.data)["one bit"]})
    hits, said = tab.type("certificate memory")
    assert hits
    assert INCOMPLETE in said
    hits, said = tab.type("workflow night ")
    assert hits
    assert INCOMPLETE not in said
    assert tab.thrown == []


def test_a_damaged_manifest_is_fetched_from_its_other_file(browser: Browser, tabs: list[Seen], ward: tuple[str, Index]) -> None:
    address, index = ward
    data = next(file.data for file in index.artifacts if file.path == index.current)
    at = data.index(b'"passages":"') + 14
    tab = opened(browser, tabs, address, {index.current: data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]})
    hits, said = tab.type("certificate memory")
    assert hits
    assert INCOMPLETE not in said
    assert tab.thrown == []


@pytest.mark.parametrize("name", ["missing", "cut", "another version"])
def test_an_index_that_cannot_be_used_is_told_and_the_page_stays_alive(browser: Browser, tabs: list[Seen], ward: tuple[str, Index], name: str) -> None:
    address, index = ward
    data = next(file.data for file in index.artifacts if file.path == index.current)
    spoilt = damages(data) | {"another version": manifest_script(index.current, {"version": VERSION + 1}).encode()}
    tab = opened(browser, tabs, address, {index.current: spoilt[name]})
    for query in ("certificate", "certificate memory"):
        hits, said = tab.type(query)
        assert hits == 0
        assert FAILED in said
    assert all(thrown.endswith(index.current) for thrown in tab.thrown)


ASK = """async ([many, from]) => {
  const engine = await Sintoma.engine();
  await engine.prefetch();
  const letters = "abcdefghijklmnoprstuvw", words = ["certificate", "workflow", "memory", "night", "database", "slow"], times = [];
  for (let at = from; at < from + many; at++) {
    const word = words[at % 6], cut = at % word.length, odd = letters[(at * 7) % 22] + letters[(at >> 3) % 22];
    const query = `${words[(at >> 2) % 6]} ${word.slice(0, cut)}${odd}${word.slice(cut + 1)} ${at}`;
    const start = performance.now();
    await engine.search(query, { limit: 28 });
    times.push(performance.now() - start);
  }
  return times.sort((one, other) => one - other)[Math.floor(many * 0.99)];
}"""


def used(session: Any) -> tuple[int, int]:  # noqa: ANN401  Playwright's session
    """Bytes and nodes that a page holds, what nobody needs collected."""
    session.send("HeapProfiler.collectGarbage")
    nodes = next(item["value"] for item in session.send("Performance.getMetrics")["metrics"] if item["name"] == "Nodes")
    return int(session.send("Runtime.getHeapUsage")["usedSize"]), int(nodes)


@pytest.mark.parametrize("many", [2_000, pytest.param(10_000, marks=pytest.mark.nightly)])
def test_memory_stays_where_it_was_over_thousands_of_queries(browser: Browser, tabs: list[Seen], ward: tuple[str, Index], many: int) -> None:
    tab = opened(browser, tabs, ward[0], {})
    session = tab.page.context.new_cdp_session(tab.page)
    session.send("Performance.enable")
    tab.page.evaluate(ASK, [1_000, 0])
    tab.type("certificate memory")
    before, nodes = used(session)
    slowest = tab.page.evaluate(ASK, [many, 1_000])
    for number in range(40):
        tab.type(f"certificate memory {number}")
    after, left = used(session)
    assert after - before < GROWTH
    assert left - nodes < 500
    assert slowest < 50
    assert tab.thrown == []
