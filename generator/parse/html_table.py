"""An HTML table is one block from `<table` to its `</table>`, blank lines or not.

CommonMark ends an HTML block at a blank line, which would tear such a table in two and show the rest as code; and it takes a
table between `<details>` and `</details>` for a part of that block, which would be no table to anyone but the reader.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, html_block

from generator.parse import oversize
from generator.parse.code_in_html import hidden
from generator.parse.spoken import is_spoken_of

_OPEN: Final = re.compile(r"<table(?=[\s>/]|$)", re.IGNORECASE)
_CLOSE: Final = re.compile(r"</table\s*>\s*\Z", re.IGNORECASE)
_RAW: Final = re.compile(r"<(?:pre|script|style|textarea|[!?])", re.IGNORECASE)
"""What begins HTML whose text holds no tags."""
_TAG: Final = re.compile(r"<[A-Za-z]+[0-9]?>(?=[ \t]+\w)")
"""A tag with words behind it."""
_EDGE: Final = re.compile(r"<(/?)table(?=[\s>/]|$)", re.IGNORECASE)


def html_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  markdown-it's signature
    """Block rule. Without an end tag the table ends at the first blank line that no tag follows."""
    first = state.bMarks[start] + state.tShift[start]
    if not _OPEN.match(state.src, first, state.eMarks[start]) or "cell" in state.env or _begins_a_sentence(state, first):
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
    close = _pairs(state.src).get(state.bMarks[start] + state.tShift[start])
    if close is not None and (line := bisect_right(state.bMarks, close) - 1) < end:
        return line
    last = start
    for line in range(start, end):
        if state.isEmpty(line):
            continue
        if line > last + 1 and state.src[state.bMarks[line] + state.tShift[line]] != "<":
            break
        last = line
    return last


@lru_cache(maxsize=4)
def _pairs(text: str) -> Mapping[int, int]:
    """Where each table of a text begins, and its end tag; asked for by every table, so it is looked up once."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for edge in _EDGE.finditer(hidden(text)):
        if not edge[1]:
            opened.append(edge.start())
        elif opened:
            pairs[opened.pop()] = edge.start()
    return pairs


def around_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  markdown-it's signature
    """Block rule in the place of markdown-it's for HTML: such a block ends above a table that has its lines for itself.

    A tag that begins a line and is spoken of there begins none.
    """
    first = state.bMarks[start] + state.tShift[start]
    if _begins_a_sentence(state, first) or not html_block(state, start, end, silent):
        return False
    if silent or _RAW.match(state.src, first):
        return True
    for line in range(start + 1, state.line):
        if _OPEN.match(state.src, state.bMarks[line] + state.tShift[line]):
            if _CLOSE.search(state.src[state.bMarks[line] : state.eMarks[_last_line(state, line, end)]]):
                state.line = line
                state.tokens[-1].map = [start, line]
                state.tokens[-1].content = state.getLines(start, line, state.blkIndent, keepLastLF=True)
            break
    return True


def _begins_a_sentence(state: StateBlock, first: int) -> bool:
    """Whether what stands at an offset is a tag that a sentence speaks of."""
    tag = _TAG.match(state.src, first)
    return tag is not None and is_spoken_of(state.src, *tag.span())


def use(md: MarkdownIt) -> None:
    """Teach a parser the rules."""
    md.block.ruler.at("html_block", around_table, {"alt": ["paragraph", "reference", "blockquote"]})
    md.block.ruler.before("html_block", "html_table", html_table, {"alt": ["paragraph", "reference", "blockquote"]})
