"""Which cells of a table are prose and need room: beside a long path their column would be so narrow that a sentence stands word below word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

NAME: Final = "prose"
"""The class of such a cell."""
_LONG: Final = re.compile(r"[!-~]{30}")
"""A path or an expression that takes as much room as some words of a sentence; Chinese and Japanese break anywhere."""
_SENTENCE: Final = 60
"""Columns that a text takes which is read line by line."""
_FIRST_WIDE: Final = "\u2e80"


def needs_room(texts: Sequence[str]) -> list[bool]:
    """Of each cell of a table whether it is prose that long words beside it would press together."""
    if not any(map(_LONG.search, texts)):
        return [False] * len(texts)
    return [_width(text) >= _SENTENCE and any(letter == " " or letter >= _FIRST_WIDE for letter in text) for text in texts]


def _width(text: str) -> int:
    """How many columns a text takes: wide letters take two."""
    return len(text) + (0 if text.isascii() else sum(letter >= _FIRST_WIDE for letter in text))
