"""Code is the same in every language, but for its remarks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from generator.checks.translation.comparison import Comparison
from generator.findings import shorten
from generator.model import Block, Finding, Span

_REMARK: Final = re.compile(r"\s*(?:#|//|--|;|/\*|\*|<!--|rem\b|')", re.IGNORECASE)
_PLACEHOLDER: Final = re.compile(r"\{\d+\}")
_SURE: Final = 0.6
"""Code that is less alike is named, but no replacement is offered for it."""
_TRAILING: Final = re.compile(r"\s(?:(?:#|//|--)\s.*|'[^']*|/\*.*\*/|<!--.*-->)$")


def code_spans(pages: Comparison) -> Iterator[Finding]:
    """Each code span of a text stands in its translation."""
    for pair, block, other in pages.pairs:
        for code, near, sure in () if pages.is_name(pair) or placeheld(block, other) else changed(block, other):
            message = f"“{shorten(near)}” stands for the code {shorten(code)}." if near else f"The code {shorten(code)} of the reference is missing here."
            yield pages.finding("translation-code", other.span, f"{message} Code is not translated.", near, code if sure else "")


def placeheld(block: Block, other: Block) -> tuple[str, str] | None:
    """The one placeholder that a translation program left in a text, and the one code span that it stands for; None where it may stand for another."""
    if "{" not in other.text or "{" in block.text:
        return None
    left, lost = _PLACEHOLDER.findall(other.text), list(changed(block, other))
    return (left[0], lost[0][0]) if len(left) == len(lost) == 1 and not lost[0][1] else None


def changed(block: Block, other: Block) -> Iterator[tuple[str, str, bool]]:
    """The code of a text that its translation lacks, what stands in its place (or nothing), and whether that is sure."""
    if not block.codes or _joined(block) == _joined(other):
        return
    ours, theirs = Counter(map(str.strip, block.codes)), Counter(map(str.strip, other.codes))
    spare, lost = list((theirs - ours).elements()), list((ours - theirs).elements())
    only = len(spare) == len(lost) == 1
    likest: list[str] = []
    for code in lost:
        near = max(spare, key=lambda text: _alike(code, text), default="")
        likest.append(near if near and (only or _alike(code, near) > _SURE) else "")
        if likest[-1]:
            spare.remove(near)
    for code, near in zip(lost, likest, strict=True):
        if near or spare:  # what is like nothing else stands where its turn is
            yield code, near or spare.pop(0), bool(near)
        elif code not in other.text:
            yield code, "", True


def _alike(code: str, other: str) -> float:
    return SequenceMatcher(None, code, other, autojunk=False).ratio()


def _joined(block: Block) -> str:
    """All code of a block: spans side by side may be one or two."""
    return "".join(block.codes).replace("`", "")


def fences(pages: Comparison) -> Iterator[Finding]:
    """Each block of code is the reference's, whatever its blanks; remarks in it may be translated."""
    for _, block, other in pages.pairs:
        if block.kind == other.kind == "fence" and block.text.split() != other.text.split():
            yield from _fence(pages, block, other)


def _fence(pages: Comparison, block: Block, other: Block) -> Iterator[Finding]:
    ours, theirs = _lines(block), _lines(other)
    matcher = SequenceMatcher(None, [text for _, text in ours], [text for _, text in theirs], autojunk=False)
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what == "equal" or _same_code([text for _, text in ours[i1:i2]], [text for _, text in theirs[j1:j2]]):
            continue
        line = other.span.line + (theirs[min(j1, len(theirs) - 1)][0] if theirs else 0)
        was, now = " ".join(text for _, text in ours[i1:i2]), " ".join(text for _, text in theirs[j1:j2])
        if was and now:
            message = f"This line of code is “{shorten(was)}” in the reference; code is not translated."
        elif was:
            message = f"The line of code “{shorten(was)}” of the reference is missing here."
        else:
            message = "This line of code is not in the reference."
        single = i2 - i1 == j2 - j1 == 1
        yield pages.finding("translation-code", Span(line, 1, line, 1), message, now if single else "", was if single else "")
        return


def _lines(block: Block) -> list[tuple[int, str]]:
    """The lines of code that say something, with their number from the fence's first line."""
    return [(number, " ".join(line.split())) for number, line in enumerate(block.text.split("\n"), 1) if line.strip()]


def _same_code(ours: list[str], theirs: list[str]) -> bool:
    return _without_remarks(ours) == _without_remarks(theirs)


def _without_remarks(lines: list[str]) -> list[str]:
    return [text for line in lines if not _REMARK.match(line) and (text := _TRAILING.sub("", line).strip())]
