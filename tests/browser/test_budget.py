"""How much a page loads, and at night what Lighthouse says of it."""

from __future__ import annotations

import gzip
import shutil
import tempfile
from pathlib import Path

import lxml.html
import pytest

from tests.benchmarks.lighthouse import audits
from tests.browser.screens import kinds
from tests.conftest import absent

FIRST_PAINT, SCRIPTS = 120 * 1024, 40 * 1024
"""Compressed bytes of a page with its style sheets and scripts, and of its scripts alone."""


def weight(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), mtime=0))


def test_a_page_with_all_it_loads_and_its_scripts_stay_small(built: Path) -> None:
    pages = {name: Path(address.removeprefix("file://")) for name, address in kinds(built, "ja").items()}
    for name, path in pages.items():
        page = lxml.html.fromstring(path.read_bytes())
        scripts = sum(weight(path.parent / (script.get("src") or "")) for script in page.cssselect("script[src]")) if name != "missing" else 0
        styles = sum(weight(path.parent / (link.get("href") or "").lstrip("/")) for link in page.cssselect("link[rel=stylesheet], link[rel=icon]"))
        assert scripts <= SCRIPTS, name
        assert weight(path) + styles + scripts <= FIRST_PAINT, name


@pytest.mark.nightly
def test_lighthouse_finds_the_pages_fast_accessible_and_sound(built: Path) -> None:
    if shutil.which("npm") is None:
        absent("npm", "apt-get install npm")
    for name, found in audits(built, "en", Path(tempfile.gettempdir()) / "sintoma-lighthouse"):
        assert found.scores["performance"] >= 98, name
        assert (found.scores["accessibility"], found.scores["best-practices"]) == (100, 100), name
        assert found.scores["seo"] >= 95, name
        assert found.before_paint <= FIRST_PAINT, name
        assert found.scripts <= SCRIPTS, name
