"""What was checked is what is published: every address in the built site, and in its search index, arrives."""

from __future__ import annotations

import html
import posixpath
import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from generator import build, config, site
from generator.build import Options
from generator.cache import opened
from generator.config import Config
from generator.entries import records, told, wanted
from generator.workers import crew
from tests.conftest import ROOT
from tests.test_outlines import corpus_config

ADDRESS = re.compile(r'<(?!/)[^<>]*?\s(?:href|src)="([^"]*)"')
MARK = re.compile(r"<(?:a|img|tr) [^<>]*data-(?:link|row)=[^<>]*>")
"""What should have become a link, a picture or a record."""
ID = re.compile(r'\sid="([^"]*)"')


def lost(folder: Path) -> list[str]:
    """Addresses of a built site that lead to no file, or to no id of their page: `page: address`."""
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    pages = {name: (folder / name).read_text(encoding="utf-8") for name in files if name.endswith(".html")}
    ids = {name: {html.unescape(found) for found in ID.findall(text)} for name, text in pages.items()}
    wrong = [f"{name}: {mark}" for name, text in pages.items() for mark in MARK.findall(text)]
    for name, text in pages.items():
        if name == "404.html":  # shown at any address, so its own are absolute
            continue
        for written in set(ADDRESS.findall(text)):
            address = html.unescape(written)
            if re.match(r"[a-z][a-z0-9+.-]*:|//", address):
                continue
            path, _, fragment = address.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path.partition("?")[0]))) if path else name
            if target not in files or (fragment and target in ids and unquote(fragment) not in ids[target]):
                wrong.append(f"{name}: {address}")
    return sorted(wrong)


def lost_in_search(settings: Config, folder: Path) -> list[str]:
    """Addresses that the search would show but that are not there."""
    with opened(settings.folder, keep=True) as store:
        gathered = site.gather(settings, store, crew(0))
    kb, wrong = gathered.knowledge, []
    for language in kb.languages:
        lang = language.lang
        pages = told(kb, gathered.library, lang, sorted(kb.documents[lang]), wanted(kb, lang))
        for entry in (*records(kb, settings, lang, [pages]), *pages.sections):
            path, _, fragment = entry.url.partition("#")
            place = folder / lang / unquote(path)
            if not place.is_file() or (fragment and f'id="{html.escape(unquote(fragment))}"' not in place.read_text(encoding="utf-8")):
                wrong.append(f"{lang} {entry.id}: {entry.url}")
    return wrong


def test_in_our_own_content_every_address_arrives(tmp_path: Path) -> None:
    settings = config.load(ROOT / "site.yml")
    assert build.build(settings, Options(output=tmp_path / "site", keep_going=True)).written
    assert lost(tmp_path / "site") == []
    assert lost_in_search(settings, tmp_path / "site") == []


@pytest.mark.corpus
def test_in_a_corpus_with_broken_links_every_address_arrives_too(corpus: Path, tmp_path: Path) -> None:
    settings = corpus_config(corpus, tmp_path)
    result = build.build(settings, Options(output=tmp_path / "site", keep_going=True))
    assert any(finding.code.startswith("link-missing") for finding in result.findings)
    assert lost(tmp_path / "site") == []
