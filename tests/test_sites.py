"""The smallest bad site of each code: what is found in it, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import msgspec
import pytest

from generator import config, online
from generator.config import Config
from generator.findings import CODES, ONLINE, SINCE
from generator.history import pages_that_left_have_redirects
from generator.inspection import Ask, inspect
from generator.model import Finding
from generator.online import answers
from generator.online.fetch import World
from tests.conftest import apart

SITES = Path(__file__).parent / "sites"


def shown(finding: Finding) -> str:
    span = finding.span
    place = f"{finding.file}:{span.line}:{span.column}-{span.end_line}:{span.end_column}"
    return f"{place} {finding.severity.value} {finding.code} [{finding.target}] -> [{finding.suggestion}]"


def asks(folder: Path, settings: Config) -> list[Ask]:
    """What is asked besides.

    A site may hold what is known of addresses outside (times in seconds, now is a million, so no network is needed), or
    a list of pages that were there at the last commit.
    """
    found = []
    if (kept := folder / "outside.json").is_file():
        answers.write(folder, msgspec.json.decode(kept.read_bytes(), type=answers.Answers))
        found.append(Ask(ONLINE, lambda kb: apart(lambda: online.ask(kb, settings, folder, World(clock=lambda: 1_000_000.0)).findings)))
    if (left := folder / "left.txt").is_file():
        pages = [folder / name for name in left.read_text(encoding="utf-8").split()]
        for page in pages:
            page.write_text(f"# {page.stem}\n", encoding="utf-8")
        committed(folder)
        for page in pages:
            page.unlink()
        found.append(Ask(SINCE, lambda kb: pages_that_left_have_redirects(kb, settings, "HEAD")))
    return found


def committed(folder: Path) -> None:
    """Make a folder a repository with one commit of all that is in it."""
    for arguments in (["init", "-q"], ["add", "-A"], ["-c", "user.name=T", "-c", "user.email=t@example.com", "commit", "-qm", "All"]):
        subprocess.run(["git", *arguments], cwd=folder, check=True)


def test_every_code_has_one_and_every_one_a_code() -> None:
    assert sorted(CODES) == sorted(site.name for site in SITES.iterdir())


@pytest.mark.parametrize("code", sorted(CODES))
def test_its_fault_is_found_at_its_place_and_nothing_else(code: str, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(SITES / code, site, symlinks=True)
    settings = config.load(site / "site.yml")
    findings, _ = inspect(settings, cache=False, jobs=1, asks=asks(site, settings))
    assert (SITES / code / "expected.txt").read_text(encoding="utf-8").splitlines() == [shown(finding) for finding in findings]
    assert code in {finding.code for finding in findings}
