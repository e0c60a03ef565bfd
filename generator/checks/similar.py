"""Which of many names was most likely meant, and whether that is sure enough to act on."""

from __future__ import annotations

import difflib
import posixpath
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from msgspec import Struct

ALIKE: Final = 0.8
"""Ratio of matching characters (Ratcliff and Obershelp 1988, as in difflib) from which a name may be the one that was meant."""
_STEMS: Final = 0.7
"""The same without an ending that both have."""
MARGIN: Final = 0.03
"""How much better than the next one it has to be."""
TELLING: Final = 6
"""Letters from which it says something that one name contains another."""

_NUMBER: Final = re.compile(r"\d+")
_COUNTED: Final = re.compile(r"-\d+$")
_WORDS: Final = re.compile(r"[\W_]+")


class Guess(Struct, frozen=True):
    """A name, and whether it is the only one that can be meant."""

    name: str
    sure: bool


@lru_cache(maxsize=4096)
def nearest(name: str, names: tuple[str, ...]) -> Guess | None:
    """The name most like this one; None where none is.

    The same words with other marks between them (`error_1`, `error-1`), two neighbouring letters that changed places, or
    something put behind the name (`map-old.md`) are sure; names that differ in a number never are (`release-7`, `release-8`).
    """
    words = said(name)
    alike = [candidate for candidate in names if said(candidate) == words] if words else []
    if len(alike) == 1:
        return Guess(alike[0], sure=True)
    swapped = [candidate for candidate in names if _swapped(name, candidate)]
    if len(swapped) == 1:
        return Guess(swapped[0], sure=True)
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(name)
    scores: list[tuple[float, str]] = []
    for candidate in names:
        matcher.set_seq1(candidate)
        if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and (score := matcher.ratio()) >= ALIKE:
            scores.append((score, candidate))
    scores = [item for item in scores if _alike_without_ending(name, item[1])]
    if not scores:
        return None
    scores.sort(key=lambda item: (-item[0], item[1]))
    if longer := [candidate for _, candidate in scores if _extended(candidate, name)]:
        return Guess(max(longer, key=len), sure=True)
    best, found = scores[0]
    rival = next((score for score, _ in scores[1:]), 0.0)
    return Guess(found, best - rival >= MARGIN and _numbers(found) == _numbers(name))


def _alike_without_ending(one: str, other: str) -> bool:
    """Whether two names are not only alike in the ending that they share (`a.png`, `b.png`)."""
    stem, ending = posixpath.splitext(one)
    if not ending or not other.endswith(ending):
        return True
    return difflib.SequenceMatcher(None, stem, other.removesuffix(ending), autojunk=False).ratio() >= _STEMS


def containing(name: str, names: Iterable[str]) -> str:
    """The one name that contains this one or is contained in it, or nothing."""
    if len(name) < TELLING:
        return ""
    found = [other for other in names if name in other or (len(other) >= TELLING and other in name)]
    return found[0] if len(found) == 1 else ""


def uncounted(name: str) -> str:
    """The name without the number that a repeated heading gets."""
    return _COUNTED.sub("", name)


def said(text: str) -> str:
    """The words of a title or of a link, for comparing: no case, no punctuation."""
    return _WORDS.sub(" ", text.casefold()).strip()


def _numbers(name: str) -> list[str]:
    return _NUMBER.findall(name)


def _extended(found: str, name: str) -> bool:
    """Whether a name is the found one with something behind it; endings don't count."""
    (one, _, ending), (other, _, last) = found.partition("."), name.partition(".")
    return ending == last and len(one) >= TELLING and other.startswith(one) and other[len(one) : len(one) + 1] in ("-", "_")


def _swapped(one: str, other: str) -> bool:
    """Whether two names differ in two neighbouring letters that changed places."""
    if len(one) != len(other) or one == other:
        return False
    first = next(index for index, (a, b) in enumerate(zip(one, other, strict=True)) if a != b)
    return one[first : first + 2] == other[first : first + 2][::-1] and one[first + 2 :] == other[first + 2 :]
