"""Tags of HTML that are open, counted by name: a page may close thousands of tags that none of thousands is."""

from __future__ import annotations

from collections import Counter
from typing import Final

from msgspec import Struct, field

VOID: Final = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
"""Elements without content and without an end tag."""
_ROWS: Final = frozenset({"thead", "tbody", "tfoot"})
_ENDED_BY: Final = {
    "p": frozenset({"p", "li", "dt", "dd", "td", "th", "tr", *_ROWS}),
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "td": frozenset({"td", "th", "tr", *_ROWS}),
    "th": frozenset({"td", "th", "tr", *_ROWS}),
    "tr": frozenset({"tr", *_ROWS}),
    "caption": frozenset({"colgroup", "tr", *_ROWS}),
    "colgroup": frozenset({"colgroup", "tr", *_ROWS}),
    **dict.fromkeys(_ROWS, _ROWS),
}
OPTIONAL: Final = frozenset(_ENDED_BY)
"""Elements whose end tag may be left out, as the HTML standard says (section 13.1.2.4): the next one or the end of their parent ends them."""


class OpenTags(Struct):
    """Names of open tags with their places, outermost first."""

    tags: list[tuple[str, int]] = field(default_factory=list)
    count: Counter[str] = field(default_factory=Counter)

    def open(self, name: str, at: int) -> None:
        """One more; those that need no end tag before it are ended."""
        while self.tags and name in _ENDED_BY.get(self.tags[-1][0], ()):
            self.count[self.tags.pop()[0]] -= 1
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
