"""A paragraph of one line that begins with a letter or an image: no other rule can want it, so none is asked. Most text is of this kind.

In an outline it leaves no tokens where it can hold neither a link nor an anchor.
"""

from __future__ import annotations

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock

_FOLDED: Final = "\ue000"
"""Where the private characters begin that stand for labels."""
LINKS: Final = re.compile(r"[\[\]<{]")
"""What a text must have to hold a link, an anchor or a tag; outlines need no other texts."""


def plain(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  markdown-it's signature
    """Block rule: gives the tokens that markdown-it's `paragraph` would give, after fifteen other rules."""
    if silent or (start + 1 < end and not state.isEmpty(start + 1)):
        return False
    first = state.bMarks[start] + state.tShift[start]
    if state.src.startswith("**", first):
        first += 2
    letter = state.src[first : first + 1]
    if not (letter.isalpha() or letter == "!" or letter >= _FOLDED) or start + 1 > state.lineMax:
        return False
    state.line = start + 1
    if "outline" in state.env and not LINKS.search(state.src, first, state.eMarks[start]):
        return True
    state.push("paragraph_open", "p", 1).map = [start, start + 1]
    inline = state.push("inline", "", 0)
    inline.map = [start, start + 1]
    inline.content = mdTrim(state.getLines(start, start + 1, state.blkIndent, keepLastLF=False))
    inline.children = []
    state.push("paragraph_close", "p", -1)
    return True


def use(md: MarkdownIt) -> None:
    """Teach a parser the rule."""
    md.block.ruler.before("table", "plain", plain)
