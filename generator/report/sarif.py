"""Findings as SARIF 2.1.0, which GitHub, GitLab, Azure and most editors show beside the code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import quote

from generator import __version__
from generator.findings import CODES, fingerprints
from generator.model import Finding, Severity
from generator.report.document import dump
from generator.report.explain import explain
from generator.report.kind import ReadLine
from generator.report.visible import worded

SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note", Severity.OFF: "none"}


def sarif(findings: Sequence[Finding], read_line: ReadLine) -> str:
    """Return one run with a rule for each code that occurs; paths are relative to the folder of site.yml."""
    codes = sorted({finding.code for finding in findings})
    driver = {"name": "Sintoma", "version": __version__, "rules": [_rule(code) for code in codes]}
    results = [
        _result(finding, codes.index(finding.code), fingerprint, read_line)
        for finding, fingerprint in zip(findings, fingerprints(findings), strict=True)
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: str) -> dict[str, Any]:
    page = explain(code)
    return {
        "id": code,
        "shortDescription": {"text": CODES[code].rule},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": _LEVELS[CODES[code].severity]},
    }


def _result(finding: Finding, rule: int, fingerprint: str, read_line: ReadLine) -> dict[str, Any]:
    span = finding.span
    region: dict[str, Any] = {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }
    line = read_line(finding.file, span.line).rstrip("\r\n")
    if line:
        region["snippet"] = {"text": line}
    artifact = {"uri": quote(finding.file, errors="surrogateescape"), "uriBaseId": "%SRCROOT%"}
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": worded(finding)},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
        "partialFingerprints": {"sintoma/v1": fingerprint},
        "properties": {"lang": finding.lang, "target": finding.target, "suggestion": finding.suggestion},
    }
