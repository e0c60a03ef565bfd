"""Slugs for headings that have no explicit id: GitHub's rule, which authors of this dialect expect."""

from __future__ import annotations

import unicodedata
from collections.abc import Container


def slug(title: str) -> str:
    """Lower case; letters, digits, `-` and `_` kept; each blank a `-`; anything else dropped."""
    kept = (c for c in title.strip().lower() if c in "-_ " or unicodedata.category(c)[0] in "LN")
    return "".join(kept).replace(" ", "-")


def unique(name: str, taken: Container[str]) -> str:
    """The name, or the name with the first free number behind it."""
    candidate, number = name, 0
    while candidate in taken:
        number += 1
        candidate = f"{name}-{number}"
    return candidate
