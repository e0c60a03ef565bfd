"""Names and words that are longer than their place: nothing is cut, and nothing else is squeezed for them."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open
from tests.sources import built

pytestmark = pytest.mark.browser

SITE = """\
title: Long
languages: {en: {root: en, reference: true}}
records:
  services:
    columns: {Service: {roles: subject, identifier: true}, Does: scope, Signs: symptom, Remedy: remedy}
"""
PAGE = """\
# Hovercraftmaintenancescheduleadministration {#page}

| Service | Does | Signs | Remedy |
|---|---|---|---|
| very_long_service_identifier_for_the_reconciliation_worker | Reconciliationconfirmationpreparation | invoicereconciliationinterruptions are seen | Run `/opt/reconciliation/bin/worker --config=/etc/reconciliation/worker.yaml`. |
"""
CUT = """(boxes) => [...document.querySelectorAll(boxes)].filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.textContent.trim())"""


@pytest.fixture
def home(tmp_path: Path) -> str:
    """The address of a site of long words."""
    return (built(tmp_path, {"site.yml": SITE, "en/page.md": PAGE}) / "en").as_uri()


def cut(page: Page, boxes: str) -> list[str]:
    found: list[str] = page.evaluate(CUT, boxes)
    return found


@pytest.mark.parametrize("path", ["docs/page.html", "services/index.html"])
def test_on_a_phone_long_words_of_records_are_broken_and_not_cut(open_tab: Open, home: str, path: str) -> None:
    page = open_tab(f"{home}/{path}", viewport={"width": 320, "height": 800}).page
    assert cut(page, ".md-typeset__scrollwrap, .near li a") == []


def test_on_a_desk_the_navigation_shows_a_long_title_whole(open_tab: Open, home: str) -> None:
    page = open_tab(f"{home}/docs/page.html", viewport={"width": 1440, "height": 900}).page
    assert page.locator(".near li a").first.is_visible()
    assert cut(page, ".near li a, .toc a") == []


@pytest.mark.parametrize("path", ["docs/page.html", "services/index.html"])
def test_on_a_desk_code_beside_a_long_name_is_no_column_of_letters(open_tab: Open, home: str, path: str) -> None:
    page = open_tab(f"{home}/{path}", viewport={"width": 1440, "height": 900}).page
    assert page.locator("tbody tr").first.evaluate("(row) => row.clientHeight") < 220


def test_on_a_phone_rows_stand_below_the_names_of_their_columns_unless_cells_hang_down(open_tab: Open, tmp_path: Path) -> None:
    row = '<tr><td rowspan="2">a</td><td>{0}</td><td>{0}</td><td>{0}</td></tr>\n<tr><td>{0}</td><td>{0}</td><td>{0}</td></tr>\n'
    head = "".join(f"<th>{name}</th>" for name in ("Service", "Does", "Signs", "Remedy"))
    table = f"<table><thead><tr>{head}</tr></thead><tbody>\n{row.format('several words that need some room')}</tbody></table>\n"
    text = PAGE.replace("|---|---|---|---|", "|:-:|--:|---|---|") + "\n" + table
    place = built(tmp_path, {"site.yml": SITE, "en/page.md": text}) / "en"
    page = open_tab(f"{place.as_uri()}/docs/page.html", viewport={"width": 390, "height": 800}).page
    assert page.locator("table").first.locator("th").evaluate_all("(cells) => cells.map((cell) => cell.checkVisibility())") == [True] * 4
    cells = "(cells) => cells.map((cell) => [Math.round(cell.getBoundingClientRect().left), getComputedStyle(cell).textAlign])"
    assert len({tuple(place) for place in page.locator("table").first.locator("td").evaluate_all(cells)}) == 1
    assert len({place[0] for place in page.locator("table").nth(1).locator("td").evaluate_all(cells)}) == 4


def test_on_a_phone_a_table_of_two_columns_is_read_without_scrolling(open_tab: Open, tmp_path: Path) -> None:
    words = "several words that need some room in their cell, and more of them than a line of a phone has"
    rows = f'<tr><td role="rowheader">Wait for the queue of the day</td><td><p>{words}</p><ul><li>{words}</li></ul></td></tr>\n'
    table = f"<table>\n<col>\n<col>\n<tbody>\n{rows * 2}</tbody></table>\n"
    place = built(tmp_path, {"site.yml": SITE, "en/page.md": f"# Page\n\n{table}\n1. In a list:\n\n   {table.replace(chr(10), chr(10) + '   ')}\n"}) / "en"
    page = open_tab(f"{place.as_uri()}/docs/page.html", viewport={"width": 390, "height": 800}).page
    boxes = page.locator(".md-typeset__scrollwrap").evaluate_all("(boxes) => boxes.map((box) => box.scrollWidth - box.clientWidth)")
    assert boxes == [0, 0]
    borders = "(cells) => cells.map((cell) => getComputedStyle(cell).borderTopWidth)"
    assert page.locator("tr:first-child > td").evaluate_all(borders) == ["0px"] * 4


def test_on_a_phone_no_cell_slides_over_one_that_stands_beside_several_rows(open_tab: Open, tmp_path: Path) -> None:
    cell = "<td>several words that need some room in their cell</td>"
    table = f'<table>\n<tr><td rowspan="2">Both</td>{cell * 3}</tr>\n<tr>{cell * 3}</tr>\n</table>\n'
    place = built(tmp_path, {"site.yml": SITE, "en/page.md": f"# Page\n\n{table}"}) / "en"
    page = open_tab(f"{place.as_uri()}/docs/page.html", viewport={"width": 390, "height": 800}).page
    lefts = "(cells) => cells.map((cell) => Math.round(cell.getBoundingClientRect().left))"
    page.locator(".md-typeset__scrollwrap").evaluate("(box) => { box.scrollLeft = 150; }")
    found = page.locator("td").evaluate_all(lefts)
    assert found[1:4] == found[4:]
