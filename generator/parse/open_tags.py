"""Tags of HTML that are open, counted by name: a page may close thousands of tags that none of thousands is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Final

VOID: Final = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
"""Elements without content and without an end tag."""


@dataclass(slots=True)
class OpenTags:
    """Names of open tags with their places, outermost first."""

    tags: list[tuple[str, int]] = field(default_factory=list)
    count: Counter[str] = field(default_factory=Counter)

    def open(self, name: str, at: int) -> None:
        """One more."""
        self.tags.append((name, at))
        self.count[name] += 1

    def close(self, name: str) -> list[tuple[str, int]] | None:
        """Close the innermost of a name: those inside that nothing has closed, innermost first; None where none is open."""
        if not self.count[name]:
            return None
        inside: list[tuple[str, int]] = []
        while True:
            last, at = self.tags.pop()
            self.count[last] -= 1
            if last == name:
                return inside
            inside.append((last, at))
