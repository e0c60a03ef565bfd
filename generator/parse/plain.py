"""A paragraph of one line that begins with a letter: no other rule can want it, so none is asked. Most text is of this kind."""

from __future__ import annotations

from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

_FOLDED: Final = "\ue000"
"""Where the private characters begin that stand for labels."""


def plain(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  markdown-it's signature
    """Block rule: gives the tokens that markdown-it's `paragraph` would give, after fifteen other rules."""
    if silent or (start + 1 < end and not state.isEmpty(start + 1)):
        return False
    first = state.bMarks[start] + state.tShift[start]
    if state.src.startswith("**", first):
        first += 2
    letter = state.src[first : first + 1]
    if not (letter.isalpha() or letter >= _FOLDED) or start + 1 > state.lineMax:
        return False
    state.line = start + 1
    for kind, tag, nesting in (("paragraph_open", "p", 1), ("inline", "", 0), ("paragraph_close", "p", -1)):
        token = state.push(kind, tag, nesting)
        if nesting >= 0:
            token.map = [start, start + 1]
        if nesting == 0:
            token.content = state.getLines(start, start + 1, state.blkIndent, keepLastLF=False).strip()
            token.children = []
    return True


def use(md: MarkdownIt) -> None:
    """Teach a parser the rule."""
    md.block.ruler.before("table", "plain", plain)
