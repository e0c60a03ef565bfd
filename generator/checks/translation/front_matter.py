"""Front matter keys and machine-read values are the same in every language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from generator.checks.translation.comparison import Comparison
from generator.model import Finding, Scalar, Span

_OWN: Final = frozenset({
    "title", "description", "source-git-commit", "source-wordcount", "workflow-type", "translation-type", "ht-degree",
    "last-update", "last_update", "last-updated", "last-substantial-update", "revision_date", "date",
})  # fmt: skip
"""Keys whose value is the page's own: prose, and what is said of its making."""
_MACHINE: Final = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)+|[0-9a-f]{8,}|[a-z]+")


def keys_survive(pages: Comparison) -> Iterator[Finding]:
    """Each key of the reference is there; its value too, where it is one that machines read."""
    ours, theirs = pages.original.keys, dict(pages.translation.keys)
    before: str | None = None
    for key, _ in ours:
        if key not in theirs:
            span = _after(pages, before)
            message = f"The front matter of the reference has {key}, which is missing here; keys are not translated or left out."
            yield pages.finding("translation-front-matter", span, message, "", key)
        else:
            before = key
            wanted, found = pages.original.document.meta.get(key), pages.translation.document.meta.get(key)
            if key not in _OWN and wanted != found and _is_machine(wanted) and isinstance(found, str):
                message = f"{key} is {wanted} in the reference; machines read it, so it is not translated."
                yield pages.finding("translation-front-matter", theirs[key], message, found, str(wanted))


def _is_machine(value: Scalar | tuple[Scalar, ...]) -> bool:
    return isinstance(value, str) and bool(_MACHINE.fullmatch(value))


def _after(pages: Comparison, key: str | None) -> Span:
    """The line that follows a key's value; the first of the front matter without a key."""
    keys = pages.translation.keys
    lines = [span.line for _, span in keys]
    if key is None:
        return Span(2, 1, 2, 1)
    at = next(span.line for name, span in keys if name == key)
    following = next((line for line in lines if line > at), at + 1)
    return Span(following, 1, following, 1)
