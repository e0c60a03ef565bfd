"""`+++ Title {#id}` … `+++`: a part that opens on demand; may be nested and stand in lists."""

from __future__ import annotations

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.model import Span
from generator.parse import harvest
from generator.parse.headings import EXPLICIT

_LINE: Final = re.compile(r"\+\+\+(?!\+)[ \t]*(.*)$")


def accordion(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  markdown-it's signature
    """Block rule: one `+++` line, an opening one if words follow."""
    del end
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


def pair(state: StateCore) -> None:
    """Core rule: pair the marks of each level; one that is left alone is a finding and closes with its container."""
    page = harvest.of(state.env)
    out: list[Token] = []
    open_marks: list[tuple[int, Token]] = []
    for token in state.tokens:
        while open_marks and token.nesting < 0 and token.level < open_marks[-1][0]:
            _unclosed(page, open_marks.pop()[1], out)
        if token.type != "accordion_mark":
            out.append(token)
        elif token.content:
            open_marks.append((token.level, token))
            out.extend(_opening(page, token))
        elif open_marks:
            open_marks.pop()
            out.append(Token("accordion_close", "details", -1, block=True))
        else:
            line = (token.map or [0])[0]
            page.problem("dialect-unclosed", Span(line + 1, 1, line + 1, 4), "This +++ closes nothing; remove it, or open with +++ Title.")
    while open_marks:
        _unclosed(page, open_marks.pop()[1], out)
    state.tokens = out


def _opening(page: harvest.Harvest, mark: Token) -> list[Token]:
    details = Token("accordion_open", "details", 1, block=True, map=mark.map)
    details.attrSet("class", "accordion")
    title = mark.content
    line = (mark.map or [0])[0]
    if explicit := EXPLICIT.search(title):
        column = page.lines[line].rfind(explicit[1]) + 1
        page.anchor(explicit[1], Span(line + 1, column, line + 1, column + len(explicit[1])))
        details.attrSet("id", explicit[1])
        title = title[: explicit.start()]
    summary = Token("summary_open", "summary", 1, block=True, map=mark.map)
    inline = Token("inline", "", 0, map=mark.map, content=title, children=[], level=1)
    return [details, summary, inline, Token("summary_close", "summary", -1, block=True)]


def _unclosed(page: harvest.Harvest, mark: Token, out: list[Token]) -> None:
    line = (mark.map or [0])[0]
    page.problem("dialect-unclosed", Span(line + 1, 1, line + 1, 4), "This accordion is never closed; add a line +++ where it ends.")
    out.append(Token("accordion_close", "details", -1, block=True))


def use(md: MarkdownIt) -> None:
    """Teach a parser the rules."""
    md.block.ruler.before("list", "accordion", accordion, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    md.core.ruler.after("block", "accordions", pair)
