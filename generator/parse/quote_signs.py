"""A second quote sign behind a zero-width space, as machine translation leaves it where a line of a quote goes on: left out."""

from __future__ import annotations

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.model import Span
from generator.parse import harvest
from generator.parse.labelled import first_line

_SIGN: Final = re.compile(r"^([ \t]*)(?:&#x200[Bb];|&#8203;|\u200b)+[ \t]*>", re.MULTILINE)
_WRITTEN: Final = re.compile(r">[ \t]*(?:&#x200[Bb];|&#8203;|\u200b)+[ \t]*>")


def quote_signs(state: StateCore) -> None:
    """Core rule before quotes, which read what the lines begin with."""
    if not _WRITTEN.search(state.src):
        return
    page = harvest.of(state.env)
    depth = 0
    for token in state.tokens:
        if token.type in ("blockquote_open", "blockquote_close"):
            depth += token.nesting
        elif token.type == "inline" and depth and _SIGN.search(token.content):
            _leave_out(page, token)


def _leave_out(page: harvest.Harvest, inline: Token) -> None:
    lines = inline.content.split("\n")
    for number, text in enumerate(lines):
        at = first_line(inline) + number
        if not _SIGN.match(text) or at >= len(page.lines):
            continue
        lines[number] = _SIGN.sub(r"\1", text)
        if written := _WRITTEN.search(page.lines[at]):
            message = "This second > stands behind a zero-width space, so it begins no quote; it is left out. Write one > alone."
            span = Span(at + 1, written.start() + 1, at + 1, written.end() + 1)
            page.problem("dialect-unknown", span, message, written[0], ">")
    inline.content = "\n".join(lines)


def use(md: MarkdownIt) -> None:
    """Teach a parser the rule."""
    md.core.ruler.after("block", "quote_signs", quote_signs)
