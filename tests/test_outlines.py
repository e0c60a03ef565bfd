"""Outlines say of links what whole pages say, and a run that finds them kept gives the same bytes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from generator import config, read
from generator.config import Config
from generator.model import SourceFile
from generator.parse import outline, parse
from tests.conftest import ROOT


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


def same(source: SourceFile) -> None:
    whole, light = parse(source).document, outline(source)
    assert light.links == whole.links
    assert light.anchors == whole.anchors
    assert light.headings == whole.headings
    assert light.commented == whole.commented
    assert light.problems == tuple(problem for problem in whole.problems if problem.code.startswith("link-"))


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
