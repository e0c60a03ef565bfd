"""Outlines say of links what whole pages say, and a run that finds them kept gives the same bytes."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator import config, read
from generator.config import Config
from generator.model import SourceFile
from generator.parse import outline, parse
from tests.conftest import ROOT, Write
from tests.parse.test_cases import FOLDER, cases


def corpus_config(corpus: Path, folder: Path) -> Config:
    """A site of the first language of the corpus that has a list of assets."""
    lang = min(path.name for path in corpus.iterdir() if (path / "ASSETS.txt").is_file())
    text = f"title: T\nlanguages:\n  {lang}: {{root: {corpus / lang / 'help'}, repository: {corpus / lang}, assets: ASSETS.txt}}\n"
    (folder / "site.yml").write_text(text, encoding="utf-8")
    return config.load(folder / "site.yml")


@pytest.mark.corpus
def test_an_outline_has_the_links_anchors_and_faults_of_the_whole_page(corpus: Path, tmp_path: Path) -> None:
    settings = corpus_config(corpus, tmp_path)
    (language,) = settings.languages
    for path in read.tree(settings, language).pages[::3]:
        source = read.source(settings, language, path)[0]
        assert source is not None
        same(source)


@pytest.mark.parametrize("page", sorted((ROOT / "content" / "en").rglob("*.md")), ids=str)
def test_so_it_is_with_our_own_content(page: Path) -> None:
    same(SourceFile("en", page.name, page.name, page.read_text(encoding="utf-8"), "0"))


@pytest.mark.parametrize("rule", sorted(FOLDER.glob("*.md")), ids=lambda path: path.stem)
def test_so_it_is_with_every_case_of_the_dialect(rule: Path) -> None:
    for title, written, _ in cases(rule.read_text(encoding="utf-8")):
        same(SourceFile("en", title, title, written, "0"))


def test_so_it_is_with_the_examples_of_commonmark() -> None:
    for example in json.loads((ROOT / "tests" / "commonmark" / "spec.json").read_text(encoding="utf-8")):
        same(SourceFile("en", "page.md", "page.md", example["markdown"], "0"))


@pytest.mark.corpus
@pytest.mark.nightly
def test_so_it_is_with_every_page_of_every_language_of_the_corpus(corpus: Path) -> None:
    for page in sorted(corpus.rglob("*.md")):
        same(SourceFile("en", page.name, page.name, page.read_text(encoding="utf-8-sig"), "0"))


def same(source: SourceFile) -> None:
    whole, light = parse(source).document, outline(source)
    assert light.links == whole.links
    assert light.anchors == whole.anchors
    assert light.headings == whole.headings
    assert light.title == whole.title
    assert light.commented == whole.commented
    assert light.ignores == whole.ignores
    assert light.problems == tuple(problem for problem in whole.problems if problem.code.startswith("link-"))


def test_a_page_whose_snippet_changes_is_read_anew(write: Write) -> None:
    site = write({
        "site.yml": "title: T\nlanguages:\n  en: {root: en}\n",
        "en/page.md": "# Page {#page}\n\n{{$include _includes/part.md}}\n",
        "en/_includes/part.md": "[a](gone.md)\n",
    })  # fmt: skip
    assert b"gone.md" in check(site)
    (site / "en" / "_includes" / "part.md").write_text("[a](page.md)\n", encoding="utf-8")
    assert b"gone.md" not in check(site)


def test_a_run_in_which_nothing_changed_loads_no_parser(write: Write) -> None:
    site = write({"site.yml": "title: T\nlanguages:\n  en: {root: en}\n", "en/TOC.md": "* [Page](page.md)\n", "en/page.md": "# Page {#page}\n"})
    check(site)
    again = f"import sys; from generator.cli import main; main({['check', '--config', str(site / 'site.yml'), '--only', 'link-*']})"
    code = f"{again}; print(sorted(set(sys.modules) & {{'markdown_it', 'generator.parse.reading', 'generator.site', 'generator.extract'}}))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()[-1] == "[]"


def test_a_page_that_changed_went_or_came_is_seen_by_the_next_run(write: Write) -> None:
    site = write({"site.yml": "title: T\nlanguages:\n  en: {root: en}\n", "en/a.md": "[b](b.md#b)\n", "en/b.md": "# B {#b}\n"})
    assert b"link-missing" not in check(site)
    (site / "en" / "b.md").write_text("# B {#c}\n", encoding="utf-8")
    assert b"link-missing-anchor" in check(site)
    (site / "en" / "b.md").unlink()
    assert b"link-missing-page" in check(site, "--jobs", "2")
    (site / "en" / "b.md").write_text("# B {#b}\n", encoding="utf-8")
    assert b"link-missing" not in check(site, "--jobs", "1")
    assert b"link-missing" not in check(site)


@pytest.mark.corpus
def test_two_runs_and_one_or_two_processes_give_the_same_bytes(corpus: Path, tmp_path: Path) -> None:
    corpus_config(corpus, tmp_path)
    runs = [check(tmp_path, "--jobs", "1"), check(tmp_path)]
    shutil.rmtree(tmp_path / ".sintoma-cache")
    runs.append(check(tmp_path, "--jobs", "2"))
    assert len(set(runs)) == 1
    assert b"link-missing-anchor" in runs[0]


def check(folder: Path, *options: str) -> bytes:
    command = [sys.executable, "-m", "generator", "check", "--config", str(folder / "site.yml"), "--only", "link-*", "--format", "sarif", *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).stdout
