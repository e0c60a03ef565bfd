"""A text without the parts of it that are marked: code, names, labels."""

from __future__ import annotations

from collections.abc import Iterable


def without(text: str, parts: Iterable[str], mark: str = " ") -> str:
    """A text with a mark in place of each part, once for each: where the part stands by itself, else within a longer word."""
    for part in parts:
        if part:
            at = _place(text, part)
            text = text if at < 0 else f"{text[:at]}{mark}{text[at + len(part) :]}"
    return text


def _place(text: str, part: str) -> int:
    at = first = text.find(part)
    while at >= 0:
        end = at + len(part)
        if not (at and text[at - 1].isalnum() and part[0].isalnum()) and not (end < len(text) and text[end].isalnum() and part[-1].isalnum()):
            return at
        at = text.find(part, at + 1)
    return first
