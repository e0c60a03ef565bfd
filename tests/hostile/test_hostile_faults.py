"""A build whose disk, permissions, clock or cache fail: the old site stays whole, the status is 3, the message says what to do."""

from __future__ import annotations

import os
import random
import re
import sys
from pathlib import Path

import pytest

from generator import build, config
from generator.build import Options
from generator.cli import main
from tests.publish.sites import is_whole, tree
from tests.publish.test_swap import in_namespace

ROOT = Path(__file__).parents[2]
RUN = f"cd {{folder}} && PYTHONPATH={ROOT} PYTHONDONTWRITEBYTECODE=1 {sys.executable} -m generator build --jobs 1"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A site, built once, then changed."""
    (tmp_path / "en").mkdir()
    (tmp_path / "site.yml").write_text("title: T\nlanguages:\n  en: {root: en, reference: true}\n", encoding="utf-8")
    for number in range(12):
        (tmp_path / "en" / f"p{number}.md").write_text(f"# Page {number} {{#page}}\n\nold {'word ' * 400}\n", encoding="utf-8")
    make(tmp_path)
    for page in (tmp_path / "en").iterdir():
        page.write_text(page.read_text(encoding="utf-8").replace("old", "new"), encoding="utf-8")
    return tmp_path


def make(folder: Path, output: str = "site") -> dict[str, bytes]:
    """Build in this process; every file of the site."""
    build.build(config.load(folder / "site.yml"), Options(output=folder / output, jobs=1))
    return tree(folder / output)


FAULTS = {
    "full disk": ("mount -t tmpfs -o size={half} none {folder}/disk && cp -a {folder}/site {folder}/disk/ && {run} --output {folder}/disk/site", "disk is full"),
    "read-only": ("mount --bind {folder} {folder} && mount -o remount,ro,bind {folder} && {run} --no-cache", "read-only"),
    "file limit": ("ulimit -f 8 && {run} --no-cache", "ulimit -f"),
    "few files": ("ulimit -n 7 && {run} --no-cache", "open files"),
    "cache full": ("mkdir -p {folder}/.sintoma-cache && mount -t tmpfs -o size=16k none {folder}/.sintoma-cache && {run}", "disk is full"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_build_that_cannot_write_ends_with_3_and_says_what_to_do(folder: Path, fault: str) -> None:
    before = tree(folder / "site")
    (folder / "disk").mkdir()
    script, words = FAULTS[fault]
    size = sum(len(data) for data in before.values())
    filled = script.format(folder=folder, run=RUN.format(folder=folder), half=f"{size * 3 // 2 // 1024}k")
    done = in_namespace(f"{filled}; echo status $?")
    assert done.stdout.splitlines()[-1] == "status 3", done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert re.search(words, done.stderr, re.IGNORECASE), done.stderr
    assert tree(folder / "site") == before
    assert is_whole(folder / "site")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become nobody")
def test_a_build_without_permission_ends_with_3_and_keeps_the_old_site(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree(folder / "site")
    for parent in (folder, *folder.parents[:3]):
        parent.chmod(0o755)
    os.seteuid(65_534)
    try:
        status = main(["build", "--jobs", "1", "--config", str(folder / "site.yml")])
    finally:
        os.seteuid(0)
    assert status == 3
    assert "permission denied; write to that folder as a user who may" in capsys.readouterr().err
    assert tree(folder / "site") == before


@pytest.mark.parametrize("damage", ["cut", "zeros", "noise", "one bit", "links"])
def test_no_damage_to_the_cache_changes_a_byte_of_the_site(folder: Path, damage: str) -> None:
    clean = make(folder)
    chance = random.Random(11)
    for entry in [path for path in (folder / ".sintoma-cache").rglob("*") if path.is_file()]:
        data = bytearray(entry.read_bytes())
        if damage == "links":
            entry.unlink()
            entry.symlink_to("/etc/passwd")
            continue
        if data and damage == "one bit":
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        entry.write_bytes({"cut": bytes(data[: len(data) // 2]), "zeros": bytes(len(data)), "noise": chance.randbytes(len(data)), "one bit": bytes(data)}[damage])
    assert make(folder, "again") == clean


@pytest.mark.parametrize("time", [0, 4_102_444_800], ids=["1970", "2100"])
def test_dates_of_files_decide_nothing(folder: Path, time: int) -> None:
    make(folder)
    page = folder / "en" / "p3.md"
    old = page.stat()
    page.write_text(page.read_text(encoding="utf-8").replace("new", "now"), encoding="utf-8")
    os.utime(page, ns=(old.st_atime_ns, old.st_mtime_ns))
    assert b"now word" in make(folder)["en/docs/p3.html"]
    page.write_text(page.read_text(encoding="utf-8").replace("now", "not"), encoding="utf-8")
    os.utime(page, (time, time))
    assert b"not word" in make(folder)["en/docs/p3.html"]
