"""The picture of the README: the home page with a misspelt symptom typed. Written by `SINTOMA_SCREENSHOT=docs/screenshot.png`."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
Open = Callable[..., Any]


def test_the_home_page_shows_modules_for_a_misspelt_symptom(open_tab: Open, over_http: str, tmp_path: Path) -> None:
    page = open_tab(f"{over_http}/en/index.html", viewport={"width": 1280, "height": 800}, color_scheme="light").page
    page.locator("#__query-home").fill("mails not leavng")
    expect(page.locator("#__hits-home li").first).to_contain_text("mta")
    page.wait_for_timeout(400)
    picture = Path(os.environ.get("SINTOMA_SCREENSHOT") or tmp_path / "screenshot.png")
    picture.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=picture)
    assert picture.stat().st_size > 10_000
