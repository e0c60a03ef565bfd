"""The engine in a real browser: over http and from a folder, with the network cut."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.model import Entry
from generator.search import ASSETS, Engine, Index, Options, scripts_for
from tests.search.entries import EN, FILLER, build_index, record, section
from tests.search.meaning import USERS, Model, of
from tests.sources import served

if TYPE_CHECKING:
    from playwright.sync_api import Browser

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.browser

PAGE = """<!doctype html><meta charset="utf-8"><title>Search</title>{scripts}<script>
const load = (file) => new Promise((done, failed) => {{
  const script = document.createElement("script");
  script.src = file; script.onload = done; script.onerror = failed;
  document.head.append(script);
}});
window.engine = Sintoma.createEngine({{ manifest: "{manifest}", load }});
</script>"""
SUBJECTS = ("mail", "queue", "server", "console", "workflow", "database", "report", "import", "export", "certificate")
TROUBLES = ("is slow", "does not start", "stops at night", "runs out of memory", "loses its connection")
QUERIES = tuple(f"{subject} {trouble}" for subject in SUBJECTS for trouble in TROUBLES)


def entries() -> tuple[Entry, ...]:
    pages = tuple(
        section(
            f"{subject}.md#{place}",
            f"The {subject}: part {place}",
            f"Now the {subject} {trouble}.",
            f"Restart the {subject}, then look at its log.",
        )
        for subject in SUBJECTS
        for place, trouble in enumerate(TROUBLES)
    )
    return (*pages, record("mta", "mails are no longer sent"), *FILLER)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Index]:
    folder = tmp_path_factory.mktemp("site")
    index = build_index(EN, entries(), Options(bundle_size=0, terms_size=600, docs_size=600))
    lay(folder, index, scripts_for(EN))
    return folder, index


def lay(folder: Path, index: Index, scripts: Sequence[str]) -> None:
    """Write an index, the engine and a page that opens it."""
    for file in index.artifacts:
        (folder / file.path).parent.mkdir(parents=True, exist_ok=True)
        (folder / file.path).write_bytes(file.data)
    tags = []
    for name in scripts:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ASSETS / name, folder / name)
        tags.append(f'<script src="{name}"></script>')
    (folder / "index.html").write_text(PAGE.format(scripts="".join(tags), manifest=index.manifest), encoding="utf-8")


@pytest.fixture(scope="module")
def address(built: tuple[Path, Index]) -> Iterator[str]:
    with served(built[0]) as server:
        yield f"{server}/index.html"


def answers(browser: Browser, url: str, *, offline: bool = False) -> list[list[str]]:
    context = browser.new_context(offline=offline)
    page = context.new_page()
    page.goto(url)
    found = page.evaluate(
        "async (queries) => { const all = []; for (const query of queries) {"
        " const { results, missing } = await engine.search(query); if (missing.length) throw new Error(missing);"
        " all.push(results.map((hit) => hit.id + ' ' + hit.score)); } return all; }",
        list(QUERIES),
    )
    context.close()
    return found


def test_fifty_queries_have_the_same_answers_over_http_and_from_a_folder_without_network(
    browser: Browser, built: tuple[Path, Index], address: str
) -> None:
    over_http = answers(browser, address)
    from_folder = answers(browser, (built[0] / "index.html").as_uri(), offline=True)
    assert len(over_http) == 50
    assert all(over_http)
    assert from_folder == over_http


def test_a_lost_file_is_named_and_the_search_goes_on(browser: Browser, built: tuple[Path, Index], address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    lost = next(file.path for file in built[1].artifacts if "/common-" in file.path)
    page.route(f"**/{lost}", lambda route: route.abort())
    page.goto(address)
    answer = page.evaluate("async () => await engine.search('queue is sloww ', { limit: 200 })")
    context.close()
    assert answer["missing"] == [lost]
    assert answer["results"][0]["id"] == "queue.md#0"


def test_what_is_left_is_fetched_when_idle_and_then_nothing_more(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.evaluate("async () => { await engine.search('queue'); await engine.prefetch(); }")
    before = len(asked)
    page.evaluate(
        "async () => { for (const word of ['mail slow', 'certificate', 'mispelt wrods', 'memory night']) await engine.search(word); }"
    )
    context.close()
    assert len(asked) == before
    assert len(asked) == len(set(asked))


def test_a_key_costs_no_frame_even_on_a_slow_machine(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    session = context.new_cdp_session(page)
    page.evaluate("async (queries) => { for (const query of queries) await engine.search(query); await engine.prefetch(); }", list(QUERIES))
    session.send("Emulation.setCPUThrottlingRate", {"rate": 6})
    times = page.evaluate(
        "async (queries) => { const all = []; for (const query of queries) for (let end = 1; end <= query.length; end++) {"
        " const start = performance.now(); engine.attempt(query.slice(0, end)); all.push(performance.now() - start); } return all; }",
        list(QUERIES[:20]),
    )
    context.close()
    assert sorted(times)[int(len(times) * 0.95)] < 100, json.dumps(sorted(times)[-5:])


def test_the_best_hit_is_handed_over_before_everything_is_fetched(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    first, whole = page.evaluate(
        "async () => { const seen = [];"
        " const answer = await engine.search('certificate runs out of memory', { early: (one) => seen.push(one) });"
        " return [seen, answer]; }"
    )
    context.close()
    assert [answer["results"][0]["id"] for answer in first] == [whole["results"][0]["id"]]
    assert len(whole["results"]) == 10
    assert whole["results"][0]["shown"]["summary"]


def test_the_page_orders_by_meaning_as_the_terminal_does_and_shows_the_first_hit_before(browser: Browser, tmp_path: Path) -> None:
    index = build_index(EN, (*USERS, *FILLER), Options(bundle_size=0), vectors=of(Model()))
    lay(tmp_path, index, scripts_for(EN, vectors=True))
    context = browser.new_context(offline=True)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((tmp_path / "index.html").as_uri())
    found = page.evaluate(
        "async () => { let early; const { results } = await engine.search('delete users', { early: (answer) => (early ??= answer) });"
        " return [early.results[0].id, ...results.map((hit) => [hit.id, hit.score])]; }"
    )
    context.close()
    hits = Engine.of_artifacts({EN: index.manifest}, index.artifacts).search("delete users", EN).hits
    assert found == ["b.md#files", *([hit.id, hit.score] for hit in hits)]
    assert hits[0].id == "a.md#remove"
    assert len(asked) == len(set(asked))
