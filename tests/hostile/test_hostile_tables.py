"""An HTML table is laid out as a browser lays it out: random ragged ones, measured in Chromium; and no cell is ever lost."""

from __future__ import annotations

import random
import re
from collections import Counter

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from generator.model import DocPath, Document, Lang, Limits, SourceFile
from generator.parse import parse
from generator.parse.grid import displayed, grid
from generator.parse.sanitize import ALLOWED, sanitize
from tests.hostile.inputs import html5lib

MEASURE = """(html) => {
  const host = document.body.appendChild(document.createElement('div'));
  host.innerHTML = html;
  const table = host.querySelector('table');
  table.style.cssText = 'table-layout: fixed; border-spacing: 0; width: 600px; font-size: 0; line-height: 0';
  const columns = document.createElement('colgroup');
  for (let n = 0; n < 60; n++) columns.appendChild(document.createElement('col')).style.width = '10px';
  table.prepend(columns);
  for (const row of table.rows) row.style.height = '10px';
  const cells = [...table.rows].flatMap((row) => [...row.cells]);
  for (const cell of cells) cell.style.cssText = 'padding: 0; border: 0';
  const found = cells.map((cell) =>
    [cell.textContent.trim(), cell.offsetTop / 10, cell.offsetLeft / 10, cell.offsetHeight / 10, cell.offsetWidth / 10]);
  host.remove();
  return found;
}"""
"""Each column and row is ten pixels: where a cell stands and how far it reaches is its place in the grid."""

CELLS = """(html) => {
  const tables = new DOMParser().parseFromString(html, 'text/html').querySelectorAll('table');
  return [...tables].flatMap((table) => [...table.rows].flatMap((row) => [...row.cells].map((cell) => cell.textContent)));
}"""


def ragged(chance: random.Random) -> str:
    """A table of rows of any length, with spans that overlap, hang over the end, or make no sense."""
    number = iter(range(1000))
    spans = ["", "", "", ' colspan="2"', ' colspan="3"', ' rowspan="2"', ' rowspan="3"', ' rowspan="0"', ' colspan="0"', ' rowspan="99"',
             ' colspan=" 2x"', ' rowspan="-1"', ' colspan="abc"', ' rowspan="2" colspan="2"', ' rowspan="+2"', ' rowspan="2.9"']  # fmt: skip

    def rows() -> str:
        return "".join(
            "<tr>" + "".join(f"<{tag}{chance.choice(spans)}>c{next(number)}" for tag in chance.choices(("td", "th"), k=chance.randint(0, 5)))
            for _ in range(chance.randint(1, 4))
        )

    parts = chance.choice((("",), ("<thead>", "<tbody>"), ("<tbody>", "<tfoot>", "<thead>"), ("<tfoot>", "<tbody>", "<tbody>")))
    return "<table>" + "".join(part + rows() for part in parts) + "</table>"


def laid_out(html: str) -> list[list[str]]:
    table = BeautifulSoup(sanitize(html), "lxml").table
    assert table is not None
    lines = grid(displayed(table.find_all("tr")), 65_536, 1000).lines
    return [["" if cell is None else cell.get_text().strip() for cell in line] for line in lines]


@pytest.mark.browser
def test_random_tables_have_the_grid_that_chromium_shows(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<!doctype html><body>")
    chance = random.Random(9)
    seen = 0
    for html in (ragged(chance) for _ in range(250)):
        ours = laid_out(html)
        places: dict[tuple[int, int], set[str]] = {}
        for text, top, left, height, width in page.evaluate(MEASURE, html):
            assert ours[round(top)][round(left)] == text, html
            for row in range(round(top), round(top + height)):
                for column in range(round(left), round(left + width)):
                    places.setdefault((row, column), set()).add(text)
        for row, line in enumerate(ours):
            for column, text in enumerate(line):
                assert text in places.get((row, column), {""}), (html, row, column)
                seen += 1
    page.close()
    assert seen > 5000


def document(markdown: str, limits: Limits = Limits()) -> Document:  # noqa: B008  frozen
    return parse(SourceFile(Lang("en"), DocPath("a.md"), "a.md", markdown, "", limits=limits)).document


def texts(found: Document) -> list[str]:
    """The words of all cells, those of spans once."""
    cells = {id(cell): cell.text for table in found.tables for line in (table.header, *(row.cells for row in table.rows)) for cell in line}
    return sorted(text for text in cells.values() if text)


def filled(html: str) -> str:
    """The HTML with a word of its own in each cell."""
    number = iter(range(1000))
    return re.sub(r"<t[dh](?:\s[^>]*)?>", lambda tag: f"{tag[0]}w{next(number)} ", html)


@pytest.mark.browser
def test_no_cell_of_html5libs_tables_is_lost(browser: Browser) -> None:
    page = browser.new_page()
    page.set_content("<!doctype html><body>")
    known = [filled(html) for html in html5lib() if html.startswith("<table") and set(re.findall(r"</?([a-zA-Z][^\s/>]*)", html.lower())) <= ALLOWED]
    seen = 0
    for html in known:
        wanted = sorted(text for text in (" ".join(cell.split()) for cell in page.evaluate(CELLS, html)) if text)
        found = texts(document(f"# A\n\n{html}\n"))
        assert found == wanted, html
        seen += len(wanted)
    page.close()
    assert len(known) > 40
    assert seen > 20


WORD = st.text("abcdefghij", min_size=1, max_size=6)
GRIDS = st.integers(1, 6).flatmap(lambda width: st.lists(st.lists(WORD, min_size=width, max_size=width), min_size=2, max_size=8))


def words(found: Document) -> list[list[str]]:
    (table,) = found.tables
    return [[cell.text for cell in line] for line in (table.header, *(row.cells for row in table.rows))]


@given(GRIDS)
@settings(max_examples=100, deadline=None)
def test_a_grid_written_as_markdown_or_html_comes_back(rows: list[list[str]]) -> None:
    head, *body = rows
    pipes = "\n".join("| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *body))
    tags = "".join("<tr>" + "".join(f"<{tag}>{word}</{tag}>" for word in row) + "</tr>\n" for tag, row in (("th", head), *(("td", row) for row in body)))
    assert words(document(f"# A\n\n{pipes}\n")) == rows
    assert words(document(f"# A\n\n<table>\n{tags}</table>\n")) == rows


@given(st.lists(st.lists(WORD, min_size=1, max_size=9), min_size=1, max_size=9))
@settings(max_examples=100, deadline=None)
def test_ragged_rows_keep_every_cell_and_say_so(rows: list[list[str]]) -> None:
    pipes = "| a | b | c |\n|---|---|---|\n" + "\n".join("| " + " | ".join(row) + " |" for row in rows)
    found = document(f"# A\n\n{pipes}\n")
    kept = [word for line in words(found)[1:] for cell in line for word in cell.split(" | ") if word]
    assert kept == [word for row in rows for word in row]
    said = Counter(problem.code for problem in found.problems)
    assert (said["table-row-short"], said["table-row-width"]) == (sum(len(row) < 3 for row in rows), sum(len(row) > 3 for row in rows))


@pytest.mark.parametrize(
    "markdown",
    [
        "| a | b |\n|---|---|\n" + "".join(f"| {n} | x{n} |\n" for n in range(40_000)),
        "|" + "a|" * 1001 + "\n|" + "-|" * 1001 + "\n| last |\n",
        "|" + "a|" * 1000 + "\n|" + "-|" * 1000 + "\n" + "|a|\n" * 70 + "| last |\n",
        "<table>" + "".join(f"<tr><td>{n}</td><td>x{n}</td></tr>\n" for n in range(40_000)) + "</table>\n",
        "> | a | b |\n> |---|---|\n" + "".join(f"> | {n} | x{n} |\n" for n in range(40_000)),
    ],
    ids=["long", "wide", "sparse", "html", "quoted"],
)
def test_a_table_beyond_the_limits_is_shown_as_text_whole_with_a_finding(markdown: str) -> None:
    page = parse(SourceFile(Lang("en"), DocPath("a.md"), "a.md", f"# A\n\n{markdown}\nThe end.\n", ""))
    assert [problem.code for problem in page.document.problems] == ["table-too-large"]
    assert not page.document.tables
    lines = {line.removeprefix("> ").strip() for line in markdown.splitlines()}
    shown = BeautifulSoup(page.body, "lxml").pre
    assert shown is not None
    assert {line.strip() for line in shown.get_text().splitlines()} == lines
    assert "<p>The end.</p>" in page.body


@pytest.mark.parametrize("span", ['colspan="1000" rowspan="65534"', 'colspan="1000000000"', 'rowspan="0" colspan="1000"'])
def test_spans_that_stand_for_millions_of_places_are_a_finding_and_every_cell_is_there(span: str) -> None:
    rows = "".join(f"<tr><td {span}>c{n}</td></tr>\n" for n in range(300))
    found = document(f"# A\n\n<table>\n{rows}</table>\n")
    assert "table-too-large" in {problem.code for problem in found.problems}
    assert set(texts(found)) == {f"c{n}" for n in range(300)}


def test_limits_are_adjustable() -> None:
    markdown = "# A\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    assert document(markdown).tables
    assert not document(markdown, Limits(table_cells=3)).tables
    assert not document(markdown, Limits(table_columns=1)).tables


def test_a_cell_that_hangs_down_behind_a_gap_is_a_finding() -> None:
    found = document("# A\n\n<table><tr><td>a</td><td>b</td><td rowspan='2'>c</td></tr><tr><td>d</td></tr></table>\n")
    (table,) = found.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["a", "b", "c"], ["d", "", "c"]]
    assert "table-row-width" in {problem.code for problem in found.problems}


