"""Code written as HTML in the cell of a table, `<code>*.log</code>`: nothing in it is Markdown, whatever stands round it."""

from __future__ import annotations

import html
import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from generator.parse import labels

_CODE: Final = re.compile(r"(<(code|kbd|samp|tt)(?:\s[^<>]*+)?>)([^<]*+)(</\2\s*>)", re.IGNORECASE)


def literal(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  markdown-it's signature
    """Inline rule: the tags and the text between them, which is that of HTML."""
    if "cell" not in state.env or state.src[state.pos] != "<":
        return False
    match = _CODE.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    if not silent:
        state.push("html_inline", "", 0).content = match[1]
        state.push("text_special", "", 0).content = labels.words(html.unescape(match[3]))
        state.push("html_inline", "", 0).content = match[4]
    state.pos = match.end()
    return True


def use(md: MarkdownIt) -> None:
    """Teach a parser the rule."""
    md.inline.ruler.before("html_inline", "literal", literal)
