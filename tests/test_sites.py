"""The smallest bad site of each code: what is found in it, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator import config
from generator.findings import CODES
from generator.inspection import inspect
from generator.model import Finding

SITES = Path(__file__).parent / "sites"


def shown(finding: Finding) -> str:
    span = finding.span
    place = f"{finding.file}:{span.line}:{span.column}-{span.end_line}:{span.end_column}"
    return f"{place} {finding.severity.value} {finding.code} [{finding.target}] -> [{finding.suggestion}]"


def test_every_code_has_one_and_every_one_a_code() -> None:
    assert sorted(CODES) == sorted(site.name for site in SITES.iterdir())


@pytest.mark.parametrize("code", sorted(CODES))
def test_its_fault_is_found_at_its_place_and_nothing_else(code: str, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(SITES / code, site, symlinks=True)
    findings, _ = inspect(config.load(site / "site.yml"), cache=False, jobs=1)
    assert (SITES / code / "expected.txt").read_text(encoding="utf-8").splitlines() == [shown(finding) for finding in findings]
    assert code in {finding.code for finding in findings}
