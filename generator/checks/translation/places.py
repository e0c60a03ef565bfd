"""From the block that a finding names to the exact words in its source."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec.structs import replace

from generator.alignment import Alignment
from generator.checks.translation.structure import AFTER_ROW, NO_ID
from generator.model import Block, Finding, Span

_SHARED: Final = re.compile(r"""\{\{\s*[$%]\s*(?i:include)\s+["']?[^\s{}]*\bdo-not-localize/""")
"""A call of a snippet that is the same in every language."""
_FAR: Final = 200
"""A block is not searched further than so many lines."""
_TAG: Final = re.compile(r"<(/?)([A-Za-z][\w-]*)[^<>]*>")
_EDGE: Final = "A-Za-z0-9_"
_BETWEEN: Final = r"(?:\s|&nbsp;|&#160;|&#x200B;|\u200b|\u00a0|<[^>]*>|[*_`>])+"


def locate(findings: Iterable[Finding], alignment: Alignment, ours: Sequence[str], theirs: Sequence[str]) -> Iterator[Finding]:
    """Findings with exact spans, but for what is not to be translated. `ours` are the lines of the reference's source, `theirs` those of the translation."""
    starts = sorted({pair.translation.span.line for pair in alignment.pairs if pair.translation})
    originals = {pair.translation.span: pair.original for pair in alignment.pairs if pair.translation and pair.original}
    after = {id(pair.original): following for pair, following in zip(alignment.pairs, _following(alignment), strict=True) if pair.original}
    for finding in findings:
        span = finding.span
        if finding.code == "translation-untranslated" and span.line <= len(theirs) and _SHARED.search(theirs[span.line - 1]):
            continue
        if finding.code == "translation-row" and finding.target == AFTER_ROW:
            yield replace(finding, target="", span=_line(theirs, _behind_row(theirs, span)))
            continue
        if finding.code == "translation-anchor" and finding.target == NO_ID:
            yield _without_id(finding, theirs)
            continue
        at = bisect_right(starts, span.line)
        limit = min(starts[at] if at < len(starts) else len(theirs) + 1, span.line + _FAR)
        limit = max(limit, span.line + 1, min(span.end_line, len(theirs)))
        found = _words(finding, theirs, limit) if finding.target else None
        original = originals.get(span)
        if found is None and original is not None and finding.suggestion:
            span = _same_line(finding, ours, theirs, original, after[id(original)], limit) or span
        written = theirs[found.line - 1][found.column - 1 : found.end_column - 1] if found and finding.target else finding.target
        suggestion = _marked(written, finding.suggestion) if written != finding.target else finding.suggestion
        yield replace(finding, span=found or _line(theirs, span), target=written, suggestion=suggestion)


def _marked(written: str, suggestion: str) -> str:
    """What to write over a text: with its asterisks where bold begins or ends within it; nothing where other marks do."""
    tags = sum(-1 if closes else 1 for closes, name in _TAG.findall(written) if name.lower() not in ("br", "img"))
    if not suggestion or tags or written.count("`") % 2:
        return ""
    before, bold, _ = written.partition("**")
    if written.count("**") % 2 == 0:
        return suggestion
    return f"{bold}{suggestion}" if before[-1:].isspace() else f"{suggestion}{bold}"


def _without_id(finding: Finding, lines: Sequence[str]) -> Finding:
    """A heading that lacks its id: its line, and the same with the id behind it; just the id where the line ends in something else.

    An id within the words, as before a Korean particle, moves to the end.
    """
    place = _line(lines, finding.span)
    line = lines[place.line - 1][place.column - 1 : place.end_column - 1] if place.line <= len(lines) else ""
    if not re.match(r"[>\s]*#{1,6}[ \t]", line) or line.endswith(("#", "}", "\\")):
        return replace(finding, span=place, target="")
    mark = f"{{#{finding.suggestion}}}"
    words = line.replace(f" {mark}", "").replace(mark, "")
    return replace(finding, span=place, target=line, suggestion=f"{words} {mark}")


def _behind_row(lines: Sequence[str], span: Span) -> Span:
    """The line behind a row of a table."""
    far = range(span.line, min(span.line + _FAR, len(lines)) + 1)
    end = next((number for number in far if AFTER_ROW in lines[number - 1].lower()), span.line) if "<" in lines[span.line - 1] else span.line
    return Span(end + 1, 1, end + 1, 1)


def _following(alignment: Alignment) -> list[int]:
    """For each pair, the line of the reference where the next block begins."""
    lines: list[int] = []
    line = 10**9
    for pair in reversed(alignment.pairs):
        lines.append(line)
        line = pair.original.span.line if pair.original else line
    return lines[::-1]


def _words(finding: Finding, lines: Sequence[str], limit: int) -> Span | None:
    """The first place of the target as written, from the finding's place on."""
    span, target = finding.span, finding.target
    if span.line <= len(lines) and lines[span.line - 1][span.column - 1 :].startswith(target) and span.column > 1:
        return Span(span.line, span.column, span.line, span.column + len(target))
    for pattern in _patterns(target):
        for number in range(span.line, min(limit, len(lines) + 1)):
            start = span.column - 1 if number == span.line else 0
            if match := pattern.search(lines[number - 1], start):
                return Span(number, match.start() + 1, number, match.end() + 1)
    return None


def _patterns(target: str) -> Iterator[re.Pattern[str]]:
    """Stricter ways to find a text first: whole words, then parts of words, then with entities and marks between."""
    left = f"(?<![{_EDGE}])" if target[0].isalnum() else ""
    right = f"(?![{_EDGE}]|[.-][{_EDGE}])" if target[-1].isalnum() else ""
    quoted, braces = target.replace("'", "&#39;").replace('"', "&quot;"), target.replace("{", "&lbrace;").replace("}", "&rbrace;")
    for text in dict.fromkeys((target, html.escape(target, quote=False), html.escape(target), quoted, braces)):
        yield re.compile(f"{left}{re.escape(text)}{right}")
    yield re.compile(f"{left}{re.escape(target)}(?![{_EDGE}])" if target[-1].isalnum() else re.escape(target))
    yield re.compile(re.escape(target))
    if " " in target:
        yield re.compile(_BETWEEN.join(re.escape(word) for word in target.split()))


def _same_line(finding: Finding, ours: Sequence[str], theirs: Sequence[str], original: Block, end: int, limit: int) -> Span | None:
    """The line of the translation that stands where the reference has what is missing: the whole line."""
    first = original.span.line
    for pattern in _patterns(finding.suggestion):
        for number in range(first, min(end, len(ours) + 1, first + _FAR)):
            start = original.span.column - 1 if number == first else 0
            if pattern.search(ours[number - 1], start):
                line = finding.span.line + number - first
                return _line(theirs, Span(line, 1, line, 1)) if line < limit else None
    return None


def _line(lines: Sequence[str], span: Span) -> Span:
    """A span that stays within its first line, without the blanks round it."""
    if not 0 < span.line <= len(lines):
        return Span(max(1, min(span.line, len(lines))), 1, max(1, min(span.line, len(lines))), 1)
    line = lines[span.line - 1]
    if span.column > 1:
        end = span.end_column if span.end_line == span.line else len(line.rstrip()) + 1
        return Span(span.line, span.column, span.line, max(end, span.column))
    return Span(span.line, len(line) - len(line.lstrip()) + 1, span.line, len(line.rstrip()) + 1)
