"""An HTML table is one block from `<table` to its `</table>`, blank lines or not.

CommonMark ends an HTML block at a blank line, which would tear such a table in two and show the rest as code.
"""

from __future__ import annotations

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from generator.parse import oversize

_OPEN: Final = re.compile(r"<table(?=[\s>/]|$)", re.IGNORECASE)
_EDGE: Final = re.compile(r"<(/?)table(?=[\s>/]|$)", re.IGNORECASE)


def html_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  markdown-it's signature
    """Block rule. Without an end tag the table ends at the first blank line that no tag follows."""
    first = state.bMarks[start] + state.tShift[start]
    if not _OPEN.match(state.src, first, state.eMarks[start]):
        return False
    last = _last_line(state, start, end)
    if silent:
        return True
    state.line = last + 1
    if oversize.html(state, start, last + 1):
        return True
    token = state.push("html_table", "table", 0)
    token.map = [start, last + 1]
    token.content = state.getLines(start, last + 1, state.blkIndent, keepLastLF=True)
    return True


def _last_line(state: StateBlock, start: int, end: int) -> int:
    depth = 0
    for line in range(start, end):
        for edge in _EDGE.finditer(state.src, state.bMarks[line], state.eMarks[line]):
            depth += -1 if edge[1] else 1
            if depth == 0:
                return line
    last = start
    for line in range(start, end):
        if state.isEmpty(line):
            continue
        if line > last + 1 and state.src[state.bMarks[line] + state.tShift[line]] != "<":
            break
        last = line
    return last


def use(md: MarkdownIt) -> None:
    """Teach a parser the rule."""
    md.block.ruler.before("html_block", "html_table", html_table, {"alt": ["paragraph", "reference", "blockquote"]})
