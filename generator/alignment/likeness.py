"""How well a text may be the translation of another: by what no translation changes, and by their lengths."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from math import exp, log
from typing import Final

_HARD: Final = re.compile(r"[A-Za-z0-9_@$%./:-]*[0-9_@$%/:][A-Za-z0-9_@$%./:-]*|[a-z]+[A-Z]\w+|\b[A-Z][A-Z0-9]+\b")
_IDEOGRAPHS: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_BEFORE_BRACKET: Final = re.compile(r"(?<=\w) \(")
_LATIN: Final = re.compile(r"[a-z0-9]{2,}")
_LETTERS: Final = re.compile(r"[a-z]+")
_LEAST: Final = 10
"""Lengths are compared with so many letters more, since those of short texts say little."""
_STEM: Final = 4
"""So many first letters of a word say its origin."""
_LONG: Final = re.compile(rf"[a-z]{{{_STEM},}}")
SAME: Final = 2.5
"""The likeness of equal texts: more than any two others have."""
SHORT: Final = 60
"""Longer texts say enough by their length."""


@lru_cache(maxsize=4096)
def _hard(text: str) -> frozenset[str]:
    return frozenset(_HARD.findall(text))


@lru_cache(maxsize=4096)
def _latin(text: str) -> frozenset[str]:
    """The words in Latin letters: in a text of another script they are names."""
    return frozenset(_LATIN.findall(text.lower()))


@lru_cache(maxsize=4096)
def _bigrams(text: str) -> frozenset[str]:
    return frozenset(word[i : i + 2] for word in _LETTERS.findall(text.lower()) for i in range(len(word) - 1))


def _cognate(left: str, right: str) -> float:
    """Words of one origin share letters: the share of pairs of letters in common."""
    ours, theirs = _bigrams(left), _bigrams(right)
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours and theirs else 0.0


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _LONG.findall(text.lower()))


def _related(left: str, right: str) -> float:
    """The share of longer words that begin alike: those of one origin, and names."""
    ours, theirs = _stems(left), _stems(right)
    return len(ours & theirs) / min(len(ours), len(theirs)) if ours and theirs else 0.0


def width(text: str) -> float:
    """The length of a text; a Chinese, Japanese or Korean letter says as much as two or three others."""
    return len(text) if text.isascii() else len(text) + 1.4 * len(_IDEOGRAPHS.findall(text))


@lru_cache(maxsize=4096)
def _narrow(text: str) -> str:
    """A text with wide letters, digits and brackets as in the Latin alphabet, without the blanks before brackets that come with them."""
    return _BEFORE_BRACKET.sub("(", unicodedata.normalize("NFKC", text))


def text_likeness(left: str, right: str) -> float:
    """How well a text may be the translation of another, -1 to 2.5: by what is not translated, and by their lengths."""
    if not right.isascii():
        right = _narrow(right)
    if left == right:
        return SAME
    ours, theirs = _hard(left), _hard(right)
    shared = 2 * len(ours & theirs) / (len(ours) + len(theirs)) - 0.5 if ours or theirs else 0.0
    if _IDEOGRAPHS.search(right) and (latin := _latin(right)):
        shared = len(latin & _latin(left)) / len(latin) - 0.5
    if len(left) < SHORT and len(right) < SHORT:
        shared += _cognate(left, right)
    else:
        shared += _related(left, right)
    ratio = log((width(left) + _LEAST) / (width(right) + _LEAST))
    return shared + 1.5 * exp(-2 * ratio * ratio) - 0.5
