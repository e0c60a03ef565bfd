"""Findings as JUnit XML, for servers that show test results.

Each file is a test suite, each finding a test case: an error has failed, a warning or a note is shown as skipped.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from xml.etree import ElementTree as ET

from generator.model import Finding, Severity
from generator.report.kind import ReadLine
from generator.report.visible import visible, worded


def junit(findings: Sequence[Finding], read_line: ReadLine) -> str:
    """Return a `testsuites` document; without findings it holds one test that passed."""
    failed = sum(finding.severity is Severity.ERROR for finding in findings)
    root = ET.Element("testsuites", _counts("sintoma", max(1, len(findings)), failed, len(findings) - failed))
    if not findings:
        suite = ET.SubElement(root, "testsuite", _counts("sintoma", 1, 0, 0))
        ET.SubElement(suite, "testcase", classname="sintoma", name="check")
    for file, group in groupby(sorted(findings, key=lambda finding: finding.file), key=lambda finding: finding.file):
        _suite(root, file, list(group), read_line)
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _suite(root: ET.Element, file: str, findings: Sequence[Finding], read_line: ReadLine) -> None:
    failed = sum(finding.severity is Severity.ERROR for finding in findings)
    suite = ET.SubElement(root, "testsuite", _counts(visible(file), len(findings), failed, len(findings) - failed))
    for finding in findings:
        span = finding.span
        case = ET.SubElement(suite, "testcase", classname=visible(file), name=f"{finding.code} {span.line}:{span.column}")
        case.set("file", visible(file))
        case.set("line", str(span.line))
        message = worded(finding)
        if finding.severity is Severity.ERROR:
            failure = ET.SubElement(case, "failure", type=finding.code, message=message)
            source = visible(read_line(file, span.line).rstrip("\r\n"))
            failure.text = f"{visible(file)}:{span.line}:{span.column}: {message}\n{source}"
        else:
            ET.SubElement(case, "skipped", message=f"{finding.severity.value}: {message}")


def _counts(name: str, tests: int, failures: int, skipped: int) -> dict[str, str]:
    return {"name": name, "tests": str(tests), "failures": str(failures), "errors": "0", "skipped": str(skipped)}
