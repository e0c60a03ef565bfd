"""Comments: blanked out before anything else reads the text, so that unpublished words never reach a page.

Line and column of all that remains stay as they were.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_FENCE: Final = re.compile(r"^[ \t>]*(?:[-+*][ \t]+|\d+[.)][ \t]+)*(`{3,}(?=[^`]*$)|~{3,})")
_CODE_SPAN: Final = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
_VISIBLE: Final = re.compile(r"[^\n]")
_MARKS: Final = re.compile("<!--|```|~~~")


@dataclass(frozen=True, slots=True)
class Stripped:
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
    offset, fence = 0, ""
    while offset < len(text):
        start = _next_mark(text, offset)
        out.append(text[offset:start])
        offset = start
        end = text.find("\n", offset)
        end = len(text) if end < 0 else end + 1
        line = text[offset:end]
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line[mark.end() :].strip():
                fence = ""
        elif mark:
            fence = mark[1]
        elif "<!--" in line:
            start = _outside_code(line)
            if start >= 0:
                start += offset
                stop = text.find("-->", start + 2)  # <!--> is a whole comment
                if stop < 0:
                    return Stripped("".join(out) + text[offset:], tuple(comments), start)
                comment = text[start : stop + 3]
                comments.append((text.count("\n", 0, start), comment))
                text = f"{text[:start]}{_VISIBLE.sub(' ', comment)}{text[stop + 3 :]}"
                continue
        out.append(line)
        offset = end
    return Stripped("".join(out), tuple(comments))


def _next_mark(text: str, offset: int) -> int:
    """Offset of the next line that has to do with comments or fences; that of the end where there is none."""
    found = _MARKS.search(text, offset)
    return text.rfind("\n", offset, found.start()) + 1 or offset if found else len(text)


def _outside_code(line: str) -> int:
    """Offset of the first comment of a line that does not stand in a code span, or -1."""
    masked = _CODE_SPAN.sub(lambda span: "x" * len(span[0]), line)
    return masked.find("<!--")
