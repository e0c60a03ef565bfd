"""Lines that one look tells apart: a paragraph of one line that begins with a letter or an image, and a heading behind number signs.

No other rule can want them, so none is asked: most text is of this kind. In an outline a paragraph leaves no tokens where it can hold
neither a link nor an anchor.
"""

from __future__ import annotations

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock, heading, list_block

_FOLDED: Final = "\ue000"
"""Where the private characters begin that stand for labels."""
LINKS: Final = re.compile(r"[\[\]<{]")
"""What a text must have to hold a link, an anchor or a tag; outlines need no other texts."""
_ITEM: Final = re.compile(r"(?:[-*+]|[0-9]{1,9}[.)])[ \t]+[^\s|:-]")
"""How a list item begins that has words: no underline of a heading, no second line of a table."""
_RULED: Final = ("|", ":", "-")
"""How the second line of a table may begin."""
_LAZY: Final = 3
"""Blanks by which a line may be indented and still begin something."""


def plain(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  markdown-it's signature
    """Block rule: gives the tokens that markdown-it's `heading` and `paragraph` would give, after fifteen other rules."""
    if silent:
        return False
    first = begin = state.bMarks[start] + state.tShift[start]
    letter = state.src[first : first + 1]
    if letter == "#":
        return not (start + 1 < end and state.src.startswith(_RULED, _first(state, start + 1))) and heading(state, start, end, False)  # noqa: FBT003  markdown-it's signature
    if state.src.startswith("**", first):
        first += 2
        letter = state.src[first : first + 1]
    if not (letter.isalpha() or letter == "!" or letter >= _FOLDED) or start + 1 > state.lineMax:
        return False
    if start + 1 < end and not state.isEmpty(start + 1) and not _ends(state, start + 1, end):
        return False
    state.line = start + 1
    if "outline" in state.env and not LINKS.search(state.src, first, state.eMarks[start]):
        return True
    state.push("paragraph_open", "p", 1).map = [start, start + 1]
    inline = state.push("inline", "", 0)
    inline.map = [start, start + 1]
    inline.content = mdTrim(state.src[begin : state.eMarks[start]])
    inline.children = []
    state.push("paragraph_close", "p", -1)
    return True


def _first(state: StateBlock, line: int) -> int:
    return state.bMarks[line] + state.tShift[line]


def _ends(state: StateBlock, line: int, end: int) -> bool:
    """Whether a line, right below a paragraph, begins a list item and so ends it."""
    if not 0 <= state.sCount[line] <= state.blkIndent + _LAZY or not _ITEM.match(state.src, _first(state, line), state.eMarks[line]):
        return False
    outer, state.parentType = state.parentType, "paragraph"
    ends = list_block(state, line, end, True)  # noqa: FBT003  markdown-it's signature
    state.parentType = outer
    return ends


def use(md: MarkdownIt) -> None:
    """Teach a parser the rule."""
    md.block.ruler.before("table", "plain", plain)
