"""Tags in code are no tags: fenced code and code spans of a text, hidden from those who look for tags in it.

In the cells of HTML tables Markdown stands beside HTML, so what `<td>` in backticks means has to be known before any tag is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

FENCE: Final = re.compile(r"^[ \t>]*(?:(?:[-+*]|\d+[.)])[ \t]+)*(`{3,}(?=[^`\n]*$)|~{3,})", re.MULTILINE)
"""What begins or ends fenced code, in a quote or a list too."""
_END: Final = re.compile(r"[ \t]*$", re.MULTILINE)
_SPAN: Final = re.compile(r"(?<!`)(`{1,2}+)(?!`)([^`\n]++)\1(?!`)")
_TAG: Final = re.compile(r"<(/?)[A-Za-z]")
_TAGGED: Final = re.compile(r"[<>]")
_HIDDEN: Final = " "


def hidden(text: str) -> str:
    """The text with the angle brackets in its code replaced, everything else in its place."""
    if "`" not in text and "~~~" not in text:
        return text
    parts, last = [], 0
    for start, end in fences(text):
        parts += [_SPAN.sub(_without_tags, text[last:start]), _TAGGED.sub(_HIDDEN, text[start:end])]
        last = end
    return "".join([*parts, _SPAN.sub(_without_tags, text[last:])])


def fences(text: str) -> Iterator[tuple[int, int]]:
    """Where fenced code begins and ends; a fence that nothing closes is none."""
    opening: re.Match[str] | None = None
    for fence in FENCE.finditer(text):
        if opening is None:
            opening = fence
        elif fence[1].startswith(opening[1]) and _END.match(text, fence.end()):
            yield opening.start(), fence.end()
            opening = None


def fence_behind(line: str, before: str) -> str:
    """The signs of the fenced code that is open behind a line, or nothing; `before` are those before it."""
    fence = FENCE.match(line)
    if not before:
        return fence[1] if fence else ""
    return "" if fence and fence[1].startswith(before) and _END.match(line, fence.end()) else before


def _without_tags(span: re.Match[str]) -> str:
    """A code span with its angle brackets hidden; what begins in one element and ends in another, so that an end tag comes first, is none."""
    tags = _TAG.findall(span[2])
    return span[0] if span[1] == "`" and len(tags) > 1 and tags[0] else _TAGGED.sub(_HIDDEN, span[0])
