"""Tags that a sentence speaks of, `put it into the <head> of the page`: read as tags they would vanish, and the sentence lack a word."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from generator.parse.code_in_html import hidden
from generator.parse.open_tags import OPTIONAL
from generator.parse.sanitize import ALLOWED, FORBIDDEN
from generator.parse.stretches import PHRASES

_BARE: Final = re.compile(r"<([A-Za-z][A-Za-z0-9]*)>")
_NAMES: Final = (ALLOWED | FORBIDDEN) - PHRASES - OPTIONAL - {"ul", "ol", "dl", "center", "col", "hr", "plaintext", "xmp"} | {"img"}
"""Elements that a writer does not begin in a sentence and leave open, without an attribute."""
_BESIDE: Final = "\"'“”‘’.,;:!?([{)]}"
_FIRST_CJK: Final = "\u2e80"


def is_spoken_of(text: str, start: int, end: int) -> bool:
    """Whether a start tag stands among words of a text, as a word does, and nothing behind it ends the element."""
    bare = _BARE.fullmatch(text, start, end)
    if bare is None or (name := bare[1].lower()) not in _NAMES or _last_end(text, name) > start:
        return False
    before, after = text[start - 1 : start], text[end : end + 1]
    if after == "\n" and not text[text.rfind("\n", 0, start) + 1 : start].strip(" \t"):
        return False  # a line of its own is no sentence
    if not after or not _is_beside(after) or (before and not _is_beside(before)):
        return False
    return text[end : end + 2].strip(" \t\n")[:1] not in ("", "<", "|")


def _is_beside(letter: str) -> bool:
    """Whether a letter may stand beside a word that is no part of it."""
    return letter.isspace() or letter in _BESIDE or letter >= _FIRST_CJK


@lru_cache(maxsize=64)
def _last_end(text: str, name: str) -> int:
    """Where the last end tag of a name begins in a text, code left out; looked up once for all start tags."""
    return max((end.start() for end in re.finditer(f"</{name}", hidden(text), re.IGNORECASE)), default=-1)
