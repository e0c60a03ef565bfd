"""Cells of prose in tables that have words too long for their columns: such words push, and sentences would stand word below word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

NAME: Final = "prose"
"""The class of such a cell."""
_LONG: Final = 30
"""Letters of a word, a path or an expression, that takes as much room as some words of a sentence."""
_SENTENCE: Final = 60
"""Letters of a text that is read line by line."""


def needs_room(texts: Sequence[str]) -> list[bool]:
    """Of each cell of a table whether it is prose that long words beside it would press together."""
    pressed = any(len(word) >= _LONG for text in texts if len(text) >= _LONG for word in text.split())
    return [pressed and len(text) >= _SENTENCE and " " in text for text in texts]
