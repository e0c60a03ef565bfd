"""Only regular files inside a language's folder are ever opened, and what is no text is a finding."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from generator import config, read
from generator.config import Config
from generator.errors import SiteError
from generator.model import DocPath, Finding, SourceFile
from tests.conftest import Write


def test_what_python_compiled_is_not_among_what_a_build_is_made_of(tmp_path: Path) -> None:
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_bytes(b"1")
    (tmp_path / "a.py").write_bytes(b"1")
    assert [path for path, _ in read.digests(tmp_path)] == ["a.py"]


@pytest.fixture
def site(write: Write) -> tuple[Path, Config]:
    folder = write(
        {
            "site.yml": "title: T\nlanguages:\n  en: {root: repo/help, repository: repo, assets: ASSETS.txt}\nexclude: ['old/**']\n",
            "repo/help/a.md": "# A\n", "repo/help/b/c.md": "# C\n", "repo/help/TOC.md": "", "repo/help/README.md": "", "repo/help/old/x.md": "",
            "repo/help/new.draft.md": "", "repo/help/.hidden/x.md": "", "repo/help/b/pic.png": "", "repo/ASSETS.txt": "help/b/far.png\nother/top.pdf\n",
            "secret.txt": "secret",
        }
    )  # fmt: skip
    return folder / "repo" / "help", config.load(folder / "site.yml")


def page(settings: Config, path: str) -> tuple[SourceFile | None, Finding | None]:
    return read.source(settings, settings.languages[0], DocPath(path))


def test_pages_are_markdown_that_no_pattern_leaves_out(site: tuple[Path, Config]) -> None:
    tree = read.tree(site[1], site[1].languages[0])
    assert tree.pages == ("a.md", "b/c.md")
    assert "b/pic.png" in tree.files
    assert tree.tocs == ("TOC.md",)


def test_assets_are_listed_relative_to_the_repository(site: tuple[Path, Config]) -> None:
    assert read.tree(site[1], site[1].languages[0]).listed == {"b/far.png", "../other/top.pdf"}


@pytest.mark.parametrize("kind", ["link to a file", "link to a folder", "loop", "pipe", "socket"])
def test_what_is_no_regular_file_is_refused_and_never_followed(site: tuple[Path, Config], kind: str) -> None:
    root, settings = site
    odd = root / "odd.md"
    if kind == "link to a file":
        odd.symlink_to(root.parents[1] / "secret.txt")
    elif kind == "link to a folder":
        odd.symlink_to("/etc")
    elif kind == "loop":
        odd.symlink_to(odd)
    elif kind == "pipe":
        os.mkfifo(odd)
    else:
        folder = os.open(root, os.O_RDONLY)
        with socket.socket(socket.AF_UNIX) as opened:
            opened.bind(f"/proc/self/fd/{folder}/odd.md")
    tree = read.tree(settings, settings.languages[0])
    assert "odd.md" not in tree.pages
    assert [problem.code for problem in tree.problems] == ["file-unsafe"]
    source, finding = page(settings, "odd.md")
    assert source is None
    assert finding is not None


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        (b"# A\n\ncaf\xe9\n", 3, 4),
        ("# A\n".encode("utf-16"), 1, 1),
        (b"ok\n\xed\xa0\x80", 2, 1),
        (b"\xc0\xaf", 1, 1),
        (b"cut \xe3\x81", 1, 5),
    ],
)
def test_a_file_that_is_no_utf8_is_a_finding_with_its_place(site: tuple[Path, Config], data: bytes, line: int, column: int) -> None:
    root, settings = site
    (root / "a.md").write_bytes(data)
    source, finding = page(settings, "a.md")
    assert source is None
    assert finding is not None
    assert (finding.code, finding.span.line, finding.span.column) == ("file-encoding", line, column)


def test_a_byte_order_mark_is_no_part_of_the_text(site: tuple[Path, Config]) -> None:
    (site[0] / "a.md").write_bytes(b"\xef\xbb\xbf# A\n")
    source, finding = page(site[1], "a.md")
    assert source is not None
    assert source.text == "# A\n"
    assert finding is None


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\u202e", "\u2066"])
def test_invisible_control_characters_are_findings(site: tuple[Path, Config], character: str) -> None:
    (site[0] / "a.md").write_text(f"# A\n\nab{character}cd\n", encoding="utf-8")
    _, finding = page(site[1], "a.md")
    assert finding is not None
    assert (finding.span.line, finding.span.column) == (3, 3)


def test_a_huge_file_is_refused(site: tuple[Path, Config]) -> None:
    (site[0] / "a.md").write_bytes(b"a" * (site[1].limits.file_bytes + 1))
    source, finding = page(site[1], "a.md")
    assert source is None
    assert finding is not None
    assert "larger than 16 MB" in finding.message


@pytest.mark.parametrize(("kind", "why"), [("link", "it is a symbolic link"), ("huge", "larger than 16 MB")])
def test_a_list_beside_the_pages_that_cannot_be_read_is_said_with_its_path(tmp_path: Path, kind: str, why: str) -> None:
    place = tmp_path / "redirects.csv"
    if kind == "link":
        place.symlink_to(tmp_path / "other.csv")
    else:
        place.touch()
        os.truncate(place, (16 << 20) + 1)
    with pytest.raises(SiteError, match=f"redirects.csv: this file cannot be read: {why}"):
        read.text(place)


def test_a_file_that_ends_almost_like_a_page_is_said_unless_it_is_left_out(site: tuple[Path, Config]) -> None:
    folder, settings = site
    for name in ("b/UPPER.MD", "b/x.markdown", "README.MD", "old/y.markdown", "b/z.mdx"):
        (folder / name).write_text("# X\n", encoding="utf-8")
    problems = read.tree(settings, settings.languages[0]).problems
    assert [problem.file.rpartition("/")[2] for problem in problems] == ["UPPER.MD", "x.markdown"]
    assert all("rename it" in problem.message for problem in problems)


def test_the_lines_of_a_source_are_those_that_findings_count(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes("\ufeffa\u2028b\x0cc\r\nd\re\nf".encode())
    assert [read.reader(tmp_path)("a.md", number) for number in (1, 2, 3, 4, 5)] == ["a\u2028b\x0cc", "d", "e", "f", ""]
