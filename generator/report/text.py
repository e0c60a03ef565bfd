"""Findings for people: place, severity, code, message, and the source line with a caret."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Final

from generator.model import Finding, Severity
from generator.report.kind import ReadLine
from generator.report.visible import visible, worded

WINDOW: Final = 100
"""Characters of a source line that are shown around the caret."""

_COLOURS: Final = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36", Severity.OFF: "2"}


def text(findings: Sequence[Finding], read_line: ReadLine) -> str:
    """Return the findings as plain text, one paragraph each, and a line with their number."""
    return _render(findings, read_line, colour=False)


def coloured(findings: Sequence[Finding], read_line: ReadLine) -> str:
    """Return the same with ANSI colours, for terminals."""
    return _render(findings, read_line, colour=True)


def _render(findings: Sequence[Finding], read_line: ReadLine, *, colour: bool) -> str:
    lines: list[str] = []
    for finding in findings:
        paint = _COLOURS[finding.severity] if colour else ""
        place = f"{visible(finding.file)}:{finding.span.line}:{finding.span.column}:"
        kind = _painted(f"{finding.severity.value} {finding.code}:", paint)
        lines.append(f"{_painted(place, '1' if colour else '')} {kind} {worded(finding)}")
        lines.extend(_excerpt(finding, read_line(finding.file, finding.span.line), paint))
    lines.append(summary(findings))
    return "\n".join(lines) + "\n"


def summary(findings: Sequence[Finding]) -> str:
    """Return one line that says how many findings there are: `2 errors, 1 warning in 2 files`."""
    if not findings:
        return "no findings"
    counts = Counter(finding.severity for finding in findings)
    names = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
    parts = [f"{counts[severity]} {name}{'s'[: counts[severity] != 1]}" for severity, name in names.items() if counts[severity]]
    files = len({finding.file for finding in findings})
    return f"{', '.join(parts)} in {files} file{'s'[: files != 1]}"


def _excerpt(finding: Finding, source: str, paint: str) -> list[str]:
    """The source line and a caret line below it; nothing where the line is blank or gone."""
    source = source.rstrip("\r\n")
    if not source.strip():
        return []
    start = min(finding.span.column - 1, len(source))
    end = finding.span.end_column - 1 if finding.span.end_line == finding.span.line else len(source)
    end = min(max(end, start + 1), max(len(source), start + 1))
    first = max(0, min(start - WINDOW // 3, len(source) - WINDOW))
    last = min(len(source), first + WINDOW)
    before, marked = _shown(source[first:start]), _shown(source[start : min(end, last)])
    head, tail = "…" if first else "", "…" if last < len(source) else ""
    number = str(finding.span.line)
    gutter = " " * len(number)
    caret = " " * (_width(before) + len(head)) + _painted("^" * max(1, _width(marked)), paint)
    return [f"  {number} | {head}{_shown(source[first:last])}{tail}", f"  {gutter} | {caret}"]


def _shown(source: str) -> str:
    return visible(source.replace("\t", "    "))


def _width(shown: str) -> int:
    """Columns that a text takes in a terminal."""
    if shown.isascii():
        return len(shown)
    return sum(0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in shown)


def _painted(words: str, paint: str) -> str:
    return f"\x1b[{paint}m{words}\x1b[0m" if paint else words
