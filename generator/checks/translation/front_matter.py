"""Front matter keys and machine-read values are the same in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
_MACHINE: Final = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)+|[0-9a-f]{8,}|[a-z]+")


def keys_survive(pages: Comparison) -> Iterator[Finding]:
    """Each key of the reference is there; its value too, where it is one that machines read."""
    ours, theirs = pages.original.keys, dict(pages.translation.keys)
    before: str | None = None
    for key, _ in ours:
        if key not in theirs:
            span, stand_in = _after(pages, before), _stand_in(pages, before)
            if stand_in:
                span = Span(span.line, 1, span.line, len(stand_in) + 1)
                message = f"“{stand_in}” stands for the key {key}; keys are not translated or left out."
                yield pages.finding("translation-front-matter", span, message, stand_in, key)
                before = stand_in
                continue
            message = f"The front matter of the reference has {key}, which is missing here; keys are not translated or left out."
            yield pages.finding("translation-front-matter", span, message, "", key)
        else:
            before = key
            wanted, found = pages.original.document.meta.get(key), pages.translation.document.meta.get(key)
            if key not in _OWN and wanted != found and isinstance(found, str) and (_is_machine(wanted) or _is_translated(key, wanted, found)):
                message = f"{key} is {wanted} in the reference; machines read it, so it is not translated."
                yield pages.finding("translation-front-matter", theirs[key], message, found, str(wanted))


def _is_machine(value: Scalar | tuple[Scalar, ...]) -> bool:
    return isinstance(value, str) and bool(_MACHINE.fullmatch(value))


def _is_translated(key: str, wanted: Scalar | tuple[Scalar, ...], found: str) -> bool:
    """Whether a value of a list has letters that no entry of the reference has: what is only another entry is no translation."""
    return key in _LISTED and isinstance(wanted, str) and wanted.isascii() and any(letter.isalpha() for letter in found if not letter.isascii())


def _stand_in(pages: Comparison, key: str | None) -> str:
    """The key that follows another, where the reference has none of its name; nothing where it has."""
    names = [name for name, _ in pages.translation.keys]
    following = names[names.index(key) + 1 if key else 0 :][:1]
    return next((name for name in following if name not in dict(pages.original.keys)), "")


def _after(pages: Comparison, key: str | None) -> Span:
    """The line that follows a key's value; the first of the front matter without a key."""
    keys = pages.translation.keys
    lines = [span.line for _, span in keys]
    if key is None:
        return Span(2, 1, 2, 1)
    at = next(span.line for name, span in keys if name == key)
    following = next((line for line in lines if line > at), at + 1)
    return Span(following, 1, following, 1)
