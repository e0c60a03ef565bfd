"""Slugs for headings that have no explicit id: GitHub's rule, which authors of this dialect expect."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Container
from typing import Final

_COUNTED: Final = 100
MAX_NAME: Final = 200
"""Bytes of a name that becomes a file's: file systems take 255, `.html` and a number come behind."""


def slug(title: str) -> str:
    """Lower case; letters, digits, `-` and `_` kept; each blank a `-`; anything else dropped."""
    kept = (c for c in title.strip().lower() if c in "-_ " or unicodedata.category(c)[0] in "LN")
    return "".join(kept).replace(" ", "-")


def unique(name: str, taken: Container[str]) -> str:
    """The name, or the name with the first free number behind it; beyond a hundred, a free one found in longer steps."""
    if name not in taken:
        return name
    number = next((number for number in range(1, _COUNTED) if f"{name}-{number}" not in taken), 0)
    if number:
        return f"{name}-{number}"
    step = _COUNTED
    while f"{name}-{step}" in taken:
        step *= 2
    low = step // 2
    while step - low > 1:
        middle = (low + step) // 2
        low, step = (middle, step) if f"{name}-{middle}" in taken else (low, middle)
    return f"{name}-{step}"


def shortened(name: str) -> str:
    """A name that fits a file system: one of more than 200 bytes is cut, with the beginning of its SHA-256 behind it."""
    data = name.encode("utf-8", "surrogatepass")
    if len(data) <= MAX_NAME:
        return name
    return f"{data[: MAX_NAME - 9].decode('utf-8', 'ignore')}-{hashlib.sha256(data).hexdigest()[:8]}"
