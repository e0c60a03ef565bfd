"""Searches without a click: kept in the reader's browser where site.yml asks for it, and nowhere else."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.sources import built

pytestmark = pytest.mark.browser

SITE = """title: Ward
languages: {en: {root: en, reference: true}}
search: {misses: %s}
"""
PAGE = "# Queues\n\nThe outgoing queue is full.\n\n## Certificates\n\nA certificate has expired.\n"


def ward(folder: Path, misses: str) -> str:
    """The address of a small site's home."""
    return (built(folder, {"site.yml": SITE % misses, "en/queues.md": PAGE}) / "en/index.html").as_uri()


def ask(page: Page, query: str) -> None:
    page.locator("#__query-home").fill(query)
    expect(page.locator('[data-where="home"] [data-live]')).not_to_be_empty()


def test_a_question_that_is_left_is_kept_exported_and_forgotten(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(ward(tmp_path / "on", "true"))
    ask(page, "outgoing queue")
    page.keyboard.press("Enter")
    page.wait_for_url("**/queues.html*")
    page.go_back()
    ask(page, "printer on fire")
    page.keyboard.press("Escape")
    ask(page, "=certificate")
    page.locator("#__query-home").fill("")
    ask(page, "certificate")
    line = page.locator('[data-where="home"] [data-misses]')
    expect(line).to_contain_text("2")
    with page.expect_download() as download:
        line.locator("[data-export]").click()
    rows = list(csv.reader(download.value.path().read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0] == ["when", "lang", "query", "results"]
    assert [row[1:] for row in rows[1:]] == [["en", "printer on fire", "0"], ["en", "'=certificate", rows[2][3]]]
    line.locator("[data-forget]").click()
    expect(line).to_be_hidden()
    assert page.evaluate("localStorage.getItem('sintoma:misses')") is None
    page.close()


def test_nothing_is_kept_where_site_yml_does_not_ask_for_it(browser: Browser, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(ward(tmp_path / "off", "false"))
    ask(page, "printer on fire")
    page.keyboard.press("Escape")
    page.reload()
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('misses'))") == []
    assert page.locator("[data-misses]").count() == 0
    page.close()
