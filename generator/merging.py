"""Two checks that see one fault: the finding that says more stays, with the suggestion of the other where it has none and stands at the same place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from typing import Final

from msgspec.structs import replace

from generator.model import Finding, Span

_YIELDS: Final = (
    ("translation-link", "link-missing-*"),
    ("translation-link", "link-toc-missing"),
    ("link-malformed", "translation-link"),
    ("dialect-unknown", "translation-alert"),
    ("dialect-unknown", "translation-anchor"),
    ("emphasis-debris", "translation-emphasis"),
    ("translation-identifier", "html-repaired"),
    ("translation-debris", "translation-anchor"),
    ("table-row-short", "table-row-width"),
)
"""A code, and those that say more of the same place."""
_SAME_WORDS: Final = frozenset({"translation-link", "dialect-unknown"})
"""Codes that yield only where the other names the very same words."""


def merged(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Findings in their order, without those that another one at their place includes; a cell that spans two columns is told of once."""
    places: dict[tuple[str, int], list[Finding]] = {}
    for finding in findings:
        if any(finding.code == code or fnmatchcase(finding.code, more) for code, more in _YIELDS):
            places.setdefault((finding.file, finding.span.line), []).append(finding)
    given: dict[int, str] = {}
    gone: set[int] = set()
    for near in places.values():
        for finding, other in _pairs(near):
            if finding.suggestion and not other.suggestion and (finding.span, finding.target) != (other.span, other.target):
                gone.add(id(other))  # what is to be written belongs to its own place
                continue
            gone.add(id(finding))
            given[id(other)] = other.suggestion or finding.suggestion
    told: set[tuple[str, str, Span, str]] = set()
    for finding in findings:
        said = (finding.code, finding.file, finding.span, finding.message)
        if id(finding) not in gone and said not in told:
            told.add(said)
            suggestion = given.get(id(finding), finding.suggestion)
            yield finding if suggestion == finding.suggestion else replace(finding, suggestion=suggestion)


def _pairs(near: Sequence[Finding]) -> Iterator[tuple[Finding, Finding]]:
    """Findings of one line, each with the first other that says what it says, and more; of asterisks each half of a pair is a finding.

    Only those about a row need no words that tell them apart.
    """
    told = [finding for finding in near if finding.target or finding.code.startswith("table-row-")]
    for code in dict.fromkeys(code for code, _ in _YIELDS):
        ours = [finding for finding in told if finding.code == code]
        theirs = [other for other in told if ours and any(fnmatchcase(other.code, more) for less, more in _YIELDS if less == code)]
        places = {(other.span.column, other.target): other for other in reversed(theirs)}
        for finding in ours if theirs else ():
            if code in _SAME_WORDS:
                other = places.get((finding.span.column, finding.target))
            else:
                other = next((other for other in theirs if code == "emphasis-debris" or _overlap(finding.span, other.span)), None)
            if other:
                yield finding, other


def _overlap(one: Span, other: Span) -> bool:
    return other.column < max(one.end_column, one.column + 1) and one.column < max(other.end_column, other.column + 1)
