"""Names of files, odd files, encodings and knots: a finding with its place or a page, never a hang, never another file's text."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from generator import build, config, read
from generator.build import Options, Result
from generator.errors import SiteError
from generator.model import DocPath, Finding, Severity
from tests.hostile.inputs import encodings
from tests.publish.sites import is_whole

SITE = "title: T\nlanguages:\n  en: {root: en, reference: true, redirects: redirects.csv}\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "en").mkdir()
    (tmp_path / "site.yml").write_text(SITE, encoding="utf-8")
    (tmp_path / "en" / "first.md").write_text("# First {#first}\n\ntext\n", encoding="utf-8")
    return tmp_path


def built(folder: Path) -> Result:
    """Build whatever is there; the output is whole, and so are the messages."""
    result = build.build(config.load(folder / "site.yml"), Options(cache=False, keep_going=True, jobs=1))
    assert is_whole(folder / "site")
    return result


def codes(findings: tuple[Finding, ...], file: str = "") -> set[str]:
    return {finding.code for finding in findings if finding.severity is Severity.ERROR and (not file or file in finding.file)}


PLAIN = ("a b.md", "100%.md", "a#b.md", "what?.md", "a&b.md", "ünï.md", "日本語.md", "😀.md", "it's.md", 'say "hi".md', "<b>.md", "a;b.md", "$(id).md", "`id`.md", "a:b.md",
         "-rf.md", "index.md", "404.md", "a.b.c.md", "a+b.md", "{x}.md", "[x](y).md", "*.md", "~.md", "ı.md", "ﬁ.md", "a'b/c d.md", "x" * 240 + ".md", "é" * 120 + ".md", "%2e%2e.md", "%00.md")  # fmt: skip
BAD = {
    "con.md": "file-unsafe", "AUX.md": "file-unsafe", "nul.md": "file-unsafe", "com1.md": "file-unsafe", "dot..md": "file-unsafe", "blank .md": "file-unsafe", "a\\b.md": "file-unsafe",
    "C:\\x.md": "file-unsafe", "line\nbreak.md": "file-unsafe", "esc\x1b[31m.md": "file-unsafe", "rtl\u202egpj.md": "file-unsafe", "nul/x.md": "", "tab\t.md": "file-unsafe",
    "y" * 252 + ".md": "path-too-long", "/".join("d" * 100 for _ in range(9)) + "/x.md": "path-too-long",
}  # fmt: skip


def test_pages_of_odd_names_are_published_and_linked(folder: Path) -> None:
    for number, name in enumerate(PLAIN):
        place = folder / "en" / name
        place.parent.mkdir(exist_ok=True)
        place.write_text(f"# Page {{#page}}\n\nword{number}\n", encoding="utf-8")
    result = built(folder)
    assert codes(result.findings) == set()
    for name in PLAIN:
        assert (folder / "site" / "en" / "docs" / f"{name.removesuffix('.md')}.html").is_file(), name


@pytest.mark.parametrize("name", BAD, ids=ascii)
def test_names_that_are_not_safe_everywhere_are_findings(folder: Path, name: str) -> None:
    place = folder / "en" / name
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text("# Page {#page}\n", encoding="utf-8")
    result = built(folder)
    assert codes(result.findings) == ({BAD[name]} if BAD[name] else set())
    assert (folder / "site" / "en" / "docs" / "first.html").is_file()


def test_a_name_that_is_no_utf8_is_a_finding(folder: Path) -> None:
    Path(os.fsdecode(os.fsencode(folder / "en") + b"/caf\xe9.md")).write_text("# Page {#page}\n", encoding="utf-8")
    assert codes(built(folder).findings) == {"file-unsafe"}


@pytest.mark.parametrize(
    ("one", "other"),
    [("a.md", "A.md"), (unicodedata.normalize("NFC", "é.md"), unicodedata.normalize("NFD", "é.md")), ("ß.md", "ẞ.md")],
)
def test_names_that_some_file_systems_take_for_one_are_told_with_both(folder: Path, one: str, other: str) -> None:
    for name in (one, other):
        (folder / "en" / name).write_text("# Page {#page}\n", encoding="utf-8")
    assert "output-collision" in codes(built(folder).findings)


def test_odd_files_are_never_followed(folder: Path) -> None:
    secret = folder / "secret"
    secret.mkdir()
    (secret / "s.md").write_text("# Secret {#secret}\n\nhunter2\n", encoding="utf-8")
    (folder / "en" / "link.md").symlink_to(secret / "s.md")
    (folder / "en" / "pic.png").symlink_to(secret / "s.md")
    (folder / "en" / "up").symlink_to(secret)
    (folder / "en" / "loop.md").symlink_to("loop.md")
    (folder / "en" / "broken.md").symlink_to("nowhere.md")
    (folder / "en" / "folder.md").mkdir()
    os.mkfifo(folder / "en" / "pipe.md")
    (folder / "en" / "first.md").write_text("# First {#first}\n\n[a](up/s.md) ![b](pic.png) [c](../secret/s.md) {{$include ../secret/s.md}}\n\n{{$include /up/s.md}}\n", encoding="utf-8")
    result = built(folder)
    assert {"file-unsafe", "link-outside-root", "include-missing"} <= codes(result.findings)
    assert not any("hunter2" in path.read_text(encoding="utf-8", errors="replace") for path in (folder / "site").rglob("*") if path.is_file())


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become nobody")
def test_names_that_no_disk_takes_are_not_there(folder: Path) -> None:
    long = "n" * 300
    text = f"[a](../{long}.md) [b](../a%00.md) ![c](../{long}.png)\n\n{{{{$include /do-not-localize/{long}.md}}}}\n"
    (folder / "en" / "first.md").write_text(f"# First {{#first}}\n\n{text}", encoding="utf-8")
    assert codes(built(folder).findings) == {"link-missing-page", "link-missing-image", "include-missing"}
    (folder / "site.yml").write_text(SITE.replace("root: en", f"root: {long}"), encoding="utf-8")
    with pytest.raises(SiteError, match="there is no folder nnn"):
        config.load(folder / "site.yml")


def test_a_page_that_may_not_be_read_is_a_finding(folder: Path) -> None:
    (folder / "en" / "closed.md").write_text("# Closed {#closed}\n", encoding="utf-8")
    (folder / "en" / "closed.md").chmod(0)
    for parent in (folder, *folder.parents[:3]):
        parent.chmod(0o755)
    settings = config.load(folder / "site.yml")
    os.seteuid(65_534)
    try:
        source, finding = read.source(settings, settings.languages[0], DocPath("closed.md"))
    finally:
        os.seteuid(0)
    assert source is None
    assert finding is not None
    assert (finding.code, finding.file) == ("file-unsafe", "en/closed.md")


def test_bytes_are_a_page_or_a_finding_with_its_line(folder: Path) -> None:
    cases = {f"{number}.md": (data, good) for number, (_, data, good) in enumerate(encodings())}
    for name, (data, _) in cases.items():
        (folder / "en" / name).write_bytes(data)
    result = built(folder)
    for name, (_, good) in cases.items():
        assert codes(result.findings, f"en/{name}") == (set() if good else {"file-encoding"}), name
    settings = config.load(folder / "site.yml")
    read_as = {source.text.replace("\r\n", "\n").replace("\r", "\n") for name, (_, good) in cases.items() if good and (source := read.source(settings, settings.languages[0], DocPath(name))[0])}
    assert len(read_as) == 1


def test_circles_and_chains_end_with_findings(folder: Path) -> None:
    for number in range(400):
        (folder / "en" / f"s{number}.txt").write_text(f"{{{{$include s{number + 1}.txt}}}}\n", encoding="utf-8")
    (folder / "en" / "s400.txt").write_text("{{$include s0.txt}}\n", encoding="utf-8")
    (folder / "en" / "first.md").write_text("# First {#first}\n\n{{$include s0.txt}}\n\n<a id='x'></a><a id='x'></a>\n", encoding="utf-8")
    (folder / "en" / "redirects.csv").write_text("source,destination\n/a,/b\n/b,/c\n/c,/a\n" + "".join(f"/r{n},/r{n + 1}\n" for n in range(3000)), encoding="utf-8")
    (folder / "en" / "TOC.md").write_text("".join("  " * n + f"- [x](first.md#{n})\n" for n in range(150)) + "- [y](TOC.md)\n", encoding="utf-8")
    assert codes(built(folder).findings) >= {"nesting-too-deep", "link-redirect-loop", "link-duplicate-id"}
    (folder / "en" / "s40.txt").write_text("{{$include s0.txt}}\n", encoding="utf-8")
    assert "include-cycle" in codes(built(folder).findings)


def test_a_hidden_text_direction_is_a_finding_and_every_cell_stays(folder: Path) -> None:
    (folder / "en" / "first.md").write_text("# First {#first}\n\n| a | b |\n|---|---|\n| \u202etxet | 1 |\n", encoding="utf-8")
    assert codes(built(folder).findings) == {"file-encoding"}
