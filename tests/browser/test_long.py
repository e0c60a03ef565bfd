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
