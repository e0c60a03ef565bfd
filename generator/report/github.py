"""Findings as GitHub Actions annotations: workflow commands on standard output."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from generator.model import Finding, Severity
from generator.report.kind import ReadLine
from generator.report.text import summary
from generator.report.visible import visible, worded

_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice", Severity.OFF: "debug"}


def github(findings: Sequence[Finding], read_line: ReadLine) -> str:
    """Return one `::error file=…,line=…::message` line for each finding, and a line with their number."""
    del read_line
    return "".join(f"{_annotation(finding)}\n" for finding in findings) + f"{summary(findings)}\n"


def _annotation(finding: Finding) -> str:
    span = finding.span
    places: dict[str, str | int] = {"file": visible(finding.file), "line": span.line, "endLine": span.end_line}
    if span.line == span.end_line:  # GitHub takes columns only within one line
        places |= {"col": span.column, "endColumn": max(span.column, span.end_column - 1)}
    places["title"] = finding.code
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in places.items())
    return f"::{_COMMANDS[finding.severity]} {properties}::{_data(worded(finding))}"


def _data(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")
