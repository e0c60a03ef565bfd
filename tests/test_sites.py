"""The smallest bad site of each code: what is found in it, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec
import pytest

from generator import config, online
from generator.config import Config
from generator.findings import CODES
from generator.inspection import Ask, inspect
from generator.model import Finding
from generator.online import answers
from generator.online.fetch import World

SITES = Path(__file__).parent / "sites"


def shown(finding: Finding) -> str:
    span = finding.span
    place = f"{finding.file}:{span.line}:{span.column}-{span.end_line}:{span.end_column}"
    return f"{place} {finding.severity.value} {finding.code} [{finding.target}] -> [{finding.suggestion}]"


def asking(folder: Path, settings: Config) -> Ask | None:
    """Asks where a site holds what is known of addresses outside (times in seconds, now is a million): no network is needed."""
    kept = folder / "outside.json"
    if not kept.is_file():
        return None
    answers.write(folder, msgspec.json.decode(kept.read_bytes(), type=answers.Answers))
    return lambda kb: online.ask(kb, settings, folder, World(clock=lambda: 1_000_000.0)).findings


def test_every_code_has_one_and_every_one_a_code() -> None:
    assert sorted(CODES) == sorted(site.name for site in SITES.iterdir())


@pytest.mark.parametrize("code", sorted(CODES))
def test_its_fault_is_found_at_its_place_and_nothing_else(code: str, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(SITES / code, site, symlinks=True)
    settings = config.load(site / "site.yml")
    findings, _ = inspect(settings, cache=False, jobs=1, ask=asking(site, settings))
    assert (SITES / code / "expected.txt").read_text(encoding="utf-8").splitlines() == [shown(finding) for finding in findings]
    assert code in {finding.code for finding in findings}
