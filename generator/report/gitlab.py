"""Findings as a GitLab code quality report, shown in merge requests."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from generator.findings import fingerprints
from generator.model import Finding, Severity
from generator.report.document import dump
from generator.report.kind import ReadLine
from generator.report.visible import worded

_SEVERITIES: Final = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info", Severity.OFF: "info"}


def gitlab(findings: Sequence[Finding], read_line: ReadLine) -> str:
    """Return the list that GitLab takes as `artifacts: reports: codequality`."""
    del read_line
    entries = []
    for finding, fingerprint in zip(findings, fingerprints(findings), strict=True):
        entries.append({
            "description": worded(finding),
            "check_name": finding.code,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[finding.severity],
            "location": {"path": finding.file, "lines": {"begin": finding.span.line, "end": finding.span.end_line}},
        })  # fmt: skip
    return dump(entries)
