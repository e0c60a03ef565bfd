"""Front matter keys and machine-read values are the same in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby, takewhile
from typing import Final

from generator.checks.translation.comparison import Comparison
from generator.model import Finding, Scalar, Span

_OWN: Final = frozenset({
    "title", "description", "source-git-commit", "source-wordcount", "workflow-type", "translation-type", "ht-degree",
    "last-update", "last_update", "last-updated", "last-substantial-update", "revision_date", "date", "keywords", "short-description",
    "landing-page-description", "seo-title", "seo-description", "breadcrumb-title", "user-guide-title", "user-guide-description",
})  # fmt: skip
"""Keys whose value is the page's own: prose, and what is said of its making."""
_LISTED: Final = frozenset({"feature", "feature-set", "role", "level", "topic", "topic-tags", "solution", "product", "type", "content-type"})
"""Keys whose values stand in a list that all languages share; they may be several words."""
_MADE: Final = frozenset({"exl-id", "tqid", "uuid", "discoiquuid"})
"""Keys that programs put in."""
_ALIKE: Final = 0.7
_DIGITS: Final = re.compile(r"\d+")
_MACHINE: Final = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)+|[0-9a-f]{8,}|[a-z]+")


def keys_survive(pages: Comparison) -> Iterator[Finding]:
    """Each key of the reference is there; its value too, where it is one that machines read. Keys that are missing in one place are one finding."""
    theirs = dict(pages.translation.keys)
    for before, missing, others in _gaps(pages):
        if len(others) == len(missing) and all(_is_alike(pages, key, stand_in) for key, stand_in in zip(missing, others, strict=True)):
            for key, stand_in in zip(missing, others, strict=True):
                span = Span(theirs[stand_in].line, 1, theirs[stand_in].line, len(stand_in) + 1)
                message = f"“{stand_in}” stands for the key {key}; keys are not translated or left out."
                yield pages.finding("translation-front-matter", span, message, stand_in, key)
        else:
            message = f"The front matter of the reference has {_listed(missing)} missing here; keys are not translated or left out."
            yield pages.finding("translation-front-matter", _after(pages, before), message, "", ", ".join(missing))
    for key, _ in pages.original.keys:
        wanted, found = pages.original.document.meta.get(key), pages.translation.document.meta.get(key)
        if key in theirs and key not in _OWN and wanted != found and isinstance(found, str) and (_is_machine(wanted) or _is_translated(key, wanted, found)):
            message = f"{key} is {wanted} in the reference; machines read it, so it is not translated."
            yield pages.finding("translation-front-matter", theirs[key], message, found, str(wanted))


def _gaps(pages: Comparison) -> Iterator[tuple[str | None, list[str], list[str]]]:
    """Keys of the reference that are missing in a row, behind which key, and the keys that stand there and are no others of the dialect."""
    ours, theirs = [name for name, _ in pages.original.keys], [name for name, _ in pages.translation.keys]
    before: str | None = None
    for common, keys in groupby(ours, theirs.__contains__):
        if common:
            before = list(keys)[-1]
            continue
        behind = theirs[theirs.index(before) + 1 if before else 0 :]
        yield before, list(keys), [key for key in takewhile(lambda key: key not in ours, behind) if key.lower() not in _OWN | _LISTED | _MADE]


def _is_alike(pages: Comparison, key: str, other: str) -> bool:
    """Whether a key may be another one's translation: it is not in letters of English, has the same value, or shares most letters and all digits."""
    if not other.isascii() or pages.translation.document.meta.get(other) == pages.original.document.meta.get(key):
        return True
    return _DIGITS.findall(key) == _DIGITS.findall(other) and SequenceMatcher(None, key, other, autojunk=False).ratio() > _ALIKE


def _listed(keys: Sequence[str]) -> str:
    return f"{keys[0]}, which is" if len(keys) == 1 else f"{', '.join(keys[:-1])} and {keys[-1]}, which are"


def _is_machine(value: Scalar | tuple[Scalar, ...]) -> bool:
    return isinstance(value, str) and bool(_MACHINE.fullmatch(value))


def _is_translated(key: str, wanted: Scalar | tuple[Scalar, ...], found: str) -> bool:
    """Whether a value of a list has letters that no entry of the reference has: what is only another entry is no translation."""
    return key in _LISTED and isinstance(wanted, str) and wanted.isascii() and any(letter.isalpha() for letter in found if not letter.isascii())


def _after(pages: Comparison, key: str | None) -> Span:
    """The line that follows a key's value; the first of the front matter without a key."""
    keys = pages.translation.keys
    lines = [span.line for _, span in keys]
    if key is None:
        return Span(2, 1, 2, 1)
    at = next(span.line for name, span in keys if name == key)
    following = next((line for line in lines if line > at), at + 1)
    return Span(following, 1, following, 1)
