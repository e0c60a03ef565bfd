"""A page as it will be, before its site is built."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import build, config
from generator.config import Config
from generator.drafts import Drafts, drafts
from tests.conftest import Write

SITE = """\
title: Shop
languages:
  en: {root: en, reference: true}
  de: {root: de}
  fr: {root: fr}
"""
PAGES = {
    "en/a.md": "# Orders {#orders}\n\nSee [stock](b.md#stock).\n",
    "en/b.md": "# Stock {#stock}\n\nCount it.\n",
    "de/a.md": "# Bestellungen {#orders}\n\nSiehe [Lager](b.md#stock).\n",
    "de/b.md": "# Lager {#stock}\n\nZählen Sie.\n",
    "fr/b.md": "# Stock {#stock}\n\nComptez.\n",
}


def made(settings: Config) -> tuple[build.Result, Drafts]:
    result = build.build(settings, build.Options(jobs=1, keep_going=True))
    assert result.inputs
    return result, drafts(settings, result.gathered, result.inputs)


@pytest.fixture
def folder(write: Write) -> Path:
    return write({"site.yml": SITE, **PAGES})


def test_a_draft_is_the_page_that_the_next_build_makes(folder: Path) -> None:
    settings = config.load(folder / "site.yml")
    _, ready = made(settings)
    page = folder / "de/a.md"
    page.write_text("# Aufträge {#orders}\n\nSiehe [das Lager](b.md#stock), [nichts](c.md) und `code`.\n\n## Neu {#neu}\n\nText.\n", encoding="utf-8")
    drafted = {file.path: file.data for file in ready.of([str(page)])}
    made(settings)
    assert list(drafted) == ["de/docs/a.html"]
    built = (folder / "site/de/docs/a.html").read_text(encoding="utf-8")
    text = drafted["de/docs/a.html"].decode()
    for piece in ("das Lager</a>", '<span class="broken">nichts</span>', "<code>code</code>", 'id="neu"', "<title>Aufträge"):
        assert piece in built
        assert piece in text


def test_a_draft_that_changes_no_finding_has_the_bytes_of_the_page(folder: Path) -> None:
    settings = config.load(folder / "site.yml")
    _, ready = made(settings)
    page = folder / "en/b.md"
    page.write_text("# Stock {#stock}\n\nCount all of it.\n", encoding="utf-8")
    drafted = {file.path: file.data for file in ready.of([str(page)])}
    made(settings)
    assert drafted == {"en/docs/b.html": (folder / "site/en/docs/b.html").read_bytes()}


def test_a_page_that_other_languages_borrow_is_drafted_in_all_of_them(folder: Path) -> None:
    _, ready = made(config.load(folder / "site.yml"))
    page = folder / "en/a.md"
    page.write_text("# Orders {#orders}\n\nNew words.\n", encoding="utf-8")
    drafted = ready.of([str(page)])
    assert [file.path for file in drafted] == ["en/docs/a.html", "fr/docs/a.html"]
    assert all(b"New words." in file.data for file in drafted)


def test_there_are_no_drafts_of_what_is_no_page_of_the_site(folder: Path) -> None:
    _, ready = made(config.load(folder / "site.yml"))
    (folder / "en/new.md").write_text("# New\n", encoding="utf-8")
    for other in ("site.yml", "en/new.md", "nowhere.md"):
        assert ready.of([str(folder / other)]) == ()
        assert ready.of([str(folder / "en/a.md"), str(folder / other)]) == ()
    assert ready.of([]) == ()


def test_a_page_whose_file_is_gone_is_told_as_such(folder: Path) -> None:
    _, ready = made(config.load(folder / "site.yml"))
    (folder / "en/a.md").unlink()
    with pytest.raises(OSError, match="cannot be read"):
        ready.of([str(folder / "en/a.md")])
