"""Findings as one JSON document: the interface that scripts rely on."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

from generator.findings import fingerprints
from generator.model import Finding, Severity
from generator.report.kind import ReadLine

VERSION: Final = 1
"""Version of the document. It changes when a key changes its meaning or goes, not when one is added."""

_SURROGATE: Final = re.compile("[\ud800-\udfff]")


def document(findings: Sequence[Finding], read_line: ReadLine) -> str:
    """Return `{"version", "summary", "findings"}`, sorted by path, line, column and code: the same bytes in every run."""
    del read_line
    ordered = sorted(zip(findings, fingerprints(findings), strict=True), key=_place)
    return dump({"version": VERSION, "summary": _summary(findings), "findings": [_entry(*pair) for pair in ordered]})


def dump(value: Any) -> str:  # noqa: ANN401  any JSON
    """Return JSON text in readable UTF-8; what UTF-8 cannot carry stands as an escape."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return _SURROGATE.sub(lambda match: f"\\u{ord(match.group()):04x}", text) + "\n"


def _place(pair: tuple[Finding, str]) -> tuple[str, int, int, str, str, str]:
    finding, _ = pair
    return finding.file, finding.span.line, finding.span.column, finding.code, finding.message, finding.target


def _summary(findings: Sequence[Finding]) -> dict[str, Any]:
    severities = Counter(finding.severity for finding in findings)
    return {
        "findings": len(findings),
        "files": len({finding.file for finding in findings}),
        "errors": severities[Severity.ERROR],
        "warnings": severities[Severity.WARNING],
        "infos": severities[Severity.INFO],
        "codes": dict(sorted(Counter(finding.code for finding in findings).items())),
    }


def _entry(finding: Finding, fingerprint: str) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "lang": finding.lang,
        "path": finding.file,
        "line": finding.span.line,
        "column": finding.span.column,
        "end_line": finding.span.end_line,
        "end_column": finding.span.end_column,
        "message": finding.message,
        "target": finding.target,
        "suggestion": finding.suggestion,
        "fingerprint": fingerprint,
    }
