"""Two checks that see one fault: the finding that says more stays, with the suggestion of the other where it has none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import Final

from generator.model import Finding

_YIELDS: Final = (
    ("translation-link", "link-missing-*"),
    ("translation-link", "link-toc-missing"),
    ("link-malformed", "translation-link"),
    ("emphasis-debris", "translation-emphasis"),
)
"""A code, and those that say more of the same place."""


def merged(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Findings in their order, without those that another one at their place includes."""
    places: dict[tuple[str, int], list[Finding]] = {}
    for finding in findings:
        if any(finding.code == code or fnmatchcase(finding.code, more) for code, more in _YIELDS):
            places.setdefault((finding.file, finding.span.line), []).append(finding)
    given: dict[int, str] = {}
    gone: set[int] = set()
    for near in places.values():
        for finding in near:
            if other := next((other for other in near if _includes(other, finding)), None):
                gone.add(id(finding))
                given[id(other)] = other.suggestion or finding.suggestion
    for finding in findings:
        if id(finding) not in gone:
            suggestion = given.get(id(finding), finding.suggestion)
            yield finding if suggestion == finding.suggestion else replace(finding, suggestion=suggestion)


def _includes(other: Finding, finding: Finding) -> bool:
    """Whether another finding of the line says what this one says, and more; of asterisks each half of a pair is a finding."""
    if not any(finding.code == code and fnmatchcase(other.code, more) for code, more in _YIELDS) or not (finding.target and other.target):
        return False
    ours, theirs = finding.span, other.span
    if finding.code == "translation-link":
        return (ours.column, finding.target) == (theirs.column, other.target)
    return finding.code == "emphasis-debris" or (theirs.column < max(ours.end_column, ours.column + 1) and ours.column < max(theirs.end_column, theirs.column + 1))
