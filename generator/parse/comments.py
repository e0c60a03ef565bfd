"""Comments: blanked out before anything else reads the text, so that unpublished words never reach a page.

Line and column of all that remains stay as they were.
"""

from __future__ import annotations

import re
from typing import Final

from msgspec import Struct

from generator.parse.code_in_html import FENCE

_CODE_SPAN: Final = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
_MAYBE: Final = re.compile(r"[ \t>\d.)*+-]*+(?:```|~~~|\Z)")
_LEAD: Final = re.compile(r"[ \t>]*(?:[-+*][ \t]+|\d+[.)][ \t]+)*(?:`{3,}[^`]*)?")
"""What can become the line of a fence when a comment behind it is gone."""
_LONG: Final = 500
"""No fence stands behind so many marks of lists and quotes."""
_VISIBLE: Final = re.compile(r"[^\n]")
_MARKS: Final = re.compile("<!--|```|~~~")


class Stripped(Struct, frozen=True):
    """A text without its comments, the comments with the 0-based line each starts on, and an unclosed one's offset."""

    text: str
    comments: tuple[tuple[int, str], ...]
    unclosed: int | None = None


def strip(text: str) -> Stripped:
    """Replace each comment outside code by blanks, newlines kept."""
    if "<!--" not in text:
        return Stripped(text, ())
    out: list[str] = []
    comments: list[tuple[int, str]] = []
    offset, end, fence, number, counted = 0, 0, "", 0, 0
    lead: str | None = ""  # what could still begin a fence stands before, on this line; None where none can
    while offset < len(text):
        if offset >= end:
            start = _next_mark(text, offset)
            out.append(text[offset:start])
            offset = start
            end = text.find("\n", offset) + 1 or len(text)
            lead = ""
        mark = _fence(lead, text, offset, end) if lead is not None else None
        start = -1
        if fence:
            if mark and mark[1].startswith(fence) and not text[offset:end][mark.end() :].strip():
                fence = ""
        elif mark:
            fence = mark[1]
        else:
            start = _outside_code(text, offset, end)
        if start < 0:
            out.append(text[offset:end])
            offset = end
            continue
        stop = text.find("-->", start + 2)  # <!--> is a whole comment
        if stop < 0:
            return Stripped("".join(out) + text[offset:], tuple(comments), start)
        comment = text[start : stop + 3]
        number, counted = number + text.count("\n", counted, start), start
        comments.append((number, comment))
        before = text[offset:start]
        out.append(before + _VISIBLE.sub(" ", comment))
        offset = stop + 3
        if offset > end:
            mark = FENCE.match(lead + before) if lead is not None else None
            fence = mark[1] if mark else ""
            lead, end = "", text.find("\n", offset) + 1 or len(text)
        elif lead is not None:
            lead = f"{(lead + before).rstrip()} " if len(lead + before) < _LONG and _LEAD.fullmatch(lead + before) else None
    return Stripped("".join(out), tuple(comments))


def _fence(lead: str, text: str, offset: int, end: int) -> re.Match[str] | None:
    """The fence that a line begins with; long lines are looked at only where one may."""
    return FENCE.match(lead + text[offset:end]) if _MAYBE.match(lead + text[offset : min(end, offset + _LONG)]) else None


def _next_mark(text: str, offset: int) -> int:
    """Offset of the next line that has to do with comments or fences; that of the end where there is none."""
    found = _MARKS.search(text, offset)
    return text.rfind("\n", offset, found.start()) + 1 or offset if found else len(text)


def _outside_code(text: str, offset: int, end: int) -> int:
    """Offset of the first comment of a line that does not stand in a code span, or -1."""
    start = text.find("<!--", offset, end)
    if start < 0 or text.find("`", offset, start) < 0:
        return start
    for span in _CODE_SPAN.finditer(text, offset, end):
        if span.start() > start:
            break
        if span.end() > start:
            start = text.find("<!--", span.end(), end)
    return start
