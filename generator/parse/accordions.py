"""`+++ Title {#id}` … `+++`: a part that opens on demand; may be nested and stand in lists. `containers` pairs the marks."""

from __future__ import annotations

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

_LINE: Final = re.compile(r"\+\+\+(?!\+)[ \t]*(.*)$")


def accordion(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  markdown-it's signature
    """Block rule: one `+++` line, an opening one if words follow."""
    del end
    if not state.src.startswith("+++", state.bMarks[start] + state.tShift[start]):
        return False
    match = _LINE.match(state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]].rstrip())
    if not match:
        return False
    if silent:
        return True
    state.line = start + 1
    token = state.push("accordion_mark", "", 0)
    token.map = [start, start + 1]
    token.content = match[1].strip()
    return True


def use(md: MarkdownIt) -> None:
    """Teach a parser the rule."""
    md.block.ruler.before("list", "accordion", accordion, {"alt": ["paragraph", "reference", "blockquote", "list"]})
