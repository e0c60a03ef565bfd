"""`[!BEGINTABS]` `[!TAB Title]` `[!ENDTABS]` and `[!BEGINSHADEBOX "Title"]` `[!ENDSHADEBOX]`, in quotes or bare.

Each mark stands at the beginning of a line. `containers` pairs them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.parse.labelled import first_line, paragraph

MARKS: Final = frozenset({"BEGINTABS", "TAB", "ENDTABS", "BEGINSHADEBOX", "ENDSHADEBOX"})
_MARK: Final = re.compile(r"^[ \t]*\[! ?(BEGINTABS|TAB|ENDTABS|BEGINSHADEBOX|ENDSHADEBOX)(?:[ \t]++([^\]\n]*+))?\]", re.MULTILINE)
_QUOTED: Final = re.compile(r"""(?:&quot;|["“”„«「『])\s*(.*?)\s*(?:&quot;|["“”»」』])""")
"""A title in the quotes of its language."""
_ANY: Final = re.compile(r"\[! ?(?:BEGIN|TAB|END)")


def tabs(state: StateCore) -> None:
    """Core rule before inlines: split paragraphs at their marks."""
    if _ANY.search(state.src):
        state.tokens = list(_split(state.tokens))


def _split(tokens: Sequence[Token]) -> Iterator[Token]:
    index = 0
    while index < len(tokens):
        if tokens[index].type == "paragraph_open" and _MARK.search(tokens[index + 1].content):
            yield from _pieces(tokens[index + 1], tokens[index])
            index += 3
        else:
            yield tokens[index]
            index += 1


def _pieces(inline: Token, opening: Token) -> Iterator[Token]:
    """The marks of a paragraph, and paragraphs of what stands between them."""
    content: str = inline.content
    last = 0
    for mark in _MARK.finditer(content):
        yield from _text(inline, opening, last, mark.start())
        line = first_line(inline) + content.count("\n", 0, mark.start())
        title = (mark[2] or "").strip()
        title = quoted[1] if (quoted := _QUOTED.fullmatch(title)) else title
        yield Token("set_mark", "", 0, block=True, level=opening.level, map=[line, line + 1], content=title, meta={"name": mark[1]})
        last = mark.end()
    yield from _text(inline, opening, last, len(content))


def _text(inline: Token, opening: Token, start: int, end: int) -> list[Token]:
    line = first_line(inline) + inline.content.count("\n", 0, start)
    text = inline.content[start:end].rstrip("\n")
    return paragraph(text, inline.copy(content=text, map=[line, line + text.count("\n") + 1], children=[]), hidden=opening.hidden)


def use(md: MarkdownIt) -> None:
    """Teach a parser the rule."""
    md.core.ruler.after("quotes", "tabs", tabs)
