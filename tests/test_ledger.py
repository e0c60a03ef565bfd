"""When nothing has changed since the last build there is nothing to do; anything that can change a page is noticed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.starter import init
from tests.conftest import Write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    init(tmp_path / "kb")
    assert "files written" in build(tmp_path / "kb")
    return tmp_path / "kb"


def build(folder: Path, *arguments: str) -> str:
    run = subprocess.run([sys.executable, "-m", "generator", "build", *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert run.returncode in (0, 1), run.stderr
    return run.stderr


def test_the_second_build_does_nothing(folder: Path) -> None:
    assert "Nothing has changed" in build(folder)


def test_new_times_of_files_are_no_change(folder: Path) -> None:
    for path in folder.rglob("*.md"):
        os.utime(path, (0, 0))
    for path in (folder / "site").rglob("*.html"):
        path.touch()
    assert "Nothing has changed" in build(folder)


def edit_a_page(folder: Path) -> None:
    path = next(path for path in sorted((folder / "content" / "en").rglob("*.md")) if path.name != "TOC.md")
    times = path.stat()
    path.write_text(path.read_text(encoding="utf-8").rstrip() + "\n\nOne more line.\n", encoding="utf-8")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def edit_site_yml(folder: Path) -> None:
    path = folder / "site.yml"
    path.write_text(path.read_text(encoding="utf-8") + "\n# a remark\n", encoding="utf-8")


def lose_a_file(folder: Path) -> None:
    (folder / "site" / "index.html").unlink()


def change_a_letter_of_the_site(folder: Path) -> None:
    page = folder / "site" / "en" / "index.html"
    page.write_text(page.read_text(encoding="utf-8").replace("<title>", "<tItle>", 1), encoding="utf-8")


def add_a_file(folder: Path) -> None:
    (folder / "content" / "en" / "picture.png").write_bytes(b"\x89PNG")


def die_while_writing(folder: Path) -> None:
    (folder / ".site.sintoma-lock").touch()
    (folder / ".site.sintoma-new" / "en").mkdir(parents=True)


def forget_the_cache(folder: Path) -> None:
    (folder / ".sintoma-cache" / "last-build").write_bytes(b"\x00damaged")


@pytest.mark.parametrize("change", [edit_a_page, edit_site_yml, lose_a_file, change_a_letter_of_the_site, add_a_file, die_while_writing, forget_the_cache])
def test_a_change_is_noticed(folder: Path, change: Callable[[Path], None]) -> None:
    change(folder)
    assert "Nothing has changed" not in build(folder)
    assert (folder / "site" / "index.html").is_file()
    assert "<title>" in (folder / "site" / "en" / "index.html").read_text(encoding="utf-8")
    assert not list(folder.glob(".site.*"))


def test_findings_are_told_again_although_nothing_has_changed(folder: Path) -> None:
    page = folder / "content" / "en" / "extra.md"
    page.write_text("# Extra {#extra}\n\nText.\n", encoding="utf-8")
    first = build(folder)
    second = build(folder)
    assert "extra.md:1:1: warning link-orphan-page" in first
    assert "extra.md:1:1: warning link-orphan-page" in second
    assert "Nothing has changed" in second


def test_a_failing_build_is_never_taken_for_a_good_one(folder: Path) -> None:
    page = folder / "content" / "en" / "extra.md"
    page.write_text("# Extra {#extra}\n\n[nowhere](gone.md)\n", encoding="utf-8")
    assert "Nothing was written" in build(folder)
    assert "Nothing was written" in build(folder)


BESIDE = {
    "site.yml": "title: T\nlanguages: {en: {root: help, repository: .}}\nsisters: {other: {url: https://other.example.org, inventory: lists/other.json}}\n",
    "lists/other.json": '{"generator": "sintoma", "version": 1, "pages": {"a.html": []}}',
    "help/a.md": "# A {#a}\n\n{{$include /_includes/x.md}} {{$include /_includes/x.txt}}\n\n[b](https://other.example.org/a.html)\n",
    "_includes/x.md": "The first words.\n",
    "_includes/x.txt": "The first words.\n",
}


@pytest.mark.parametrize("name", ["_includes/x.md", "_includes/x.txt"])
def test_a_snippet_beside_the_pages_is_noticed(write: Write, name: str) -> None:
    folder = write(BESIDE)
    build(folder)
    assert "Nothing has changed" in build(folder)
    (folder / name).write_text("The other words.\n", encoding="utf-8")
    assert "Nothing has changed" not in build(folder)
    assert "The other words." in (folder / "site/en/docs/a.html").read_text(encoding="utf-8")


def test_what_a_sister_site_has_lost_is_noticed(write: Write) -> None:
    folder = write(BESIDE)
    build(folder)
    (folder / "lists/other.json").write_text(BESIDE["lists/other.json"].replace("a.html", "b.html"), encoding="utf-8")
    assert "link-outside-missing" in build(folder)


def test_a_link_in_place_of_a_file_beside_the_pages_ends_no_build(write: Write) -> None:
    folder = write(BESIDE)
    (folder / "metadata.md").symlink_to(folder / "site.yml")
    assert "files written" in build(folder)


def test_a_file_outside_of_all_folders_that_a_link_leads_to_is_looked_for_again(folder: Path) -> None:
    page, notes = folder / "content" / "en" / "far.md", folder.parent / "notes.md"
    page.write_text("# Far {#far}\n\nSee [the notes](../../../notes.md).\n", encoding="utf-8")
    assert "link-missing-page" in build(folder, "--keep-going")
    assert "Nothing has changed" in build(folder, "--keep-going")
    notes.write_text("# Notes\n", encoding="utf-8")
    assert "link-outside-root" in build(folder, "--keep-going")
    assert "Nothing has changed" in build(folder, "--keep-going")
    notes.unlink()
    assert "link-missing-page" in build(folder, "--keep-going")
