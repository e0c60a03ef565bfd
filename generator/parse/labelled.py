"""A blockquote that begins with a label `[!NAME words]`, taken apart."""

from __future__ import annotations

import re
from typing import Final

from markdown_it.token import Token
from msgspec import Struct

from generator.model import Span
from generator.parse.harvest import Harvest

LABEL: Final = re.compile(r"\[!(?: (?=[A-Z]{2,}[\] \t]))?(?!UICONTROL|DNL|BADGE)([^\W\d_]+)(?:[ \t]++[^\]\n]*+)?\](?:(?<=VIDEO\])|(?<=SLIDE\])|(?![(\[]))[ \t]*")
"""A label in any case and language, with the blank that a translation may have put into it; one of the interface, a name or a badge begins a
text, and `[!a](b.md)` is a link."""


class Labelled(Struct, frozen=True):
    """A labelled quote.

    `written` is its name as it stands in the source, `text` what follows the label in its paragraph, whose inline token is `paragraph`;
    `inner` are the tokens behind that paragraph, already converted.
    """

    written: str
    opening: Token
    text: str
    paragraph: Token
    inner: list[Token]

    @property
    def name(self) -> str:
        """The name by which it is known."""
        return self.written.upper()

    @property
    def line(self) -> int:
        """The 0-based line of the label."""
        return first_line(self.opening)


def first_line(token: Token) -> int:
    """The 0-based line that a token begins on."""
    return token.map[0] if token.map else 0


def line_span(page: Harvest, line: int) -> Span:
    """The span of a whole line, counted from 0."""
    return Span(line + 1, 1, line + 1, len(page.lines[line]) + 1)


def name_span(page: Harvest, quote: Labelled) -> Span:
    """The span of the name in a label."""
    line = page.lines[quote.line]
    at = line.find(quote.written, max(line.find("[!"), 0))
    return Span(quote.line + 1, at + 1, quote.line + 1, at + 1 + len(quote.written)) if at >= 0 else line_span(page, quote.line)


def paragraph(text: str, inline: Token, hidden: bool = False) -> list[Token]:  # noqa: FBT001, FBT002  markdown-it's word for the paragraphs of tight lists
    """The tokens of a paragraph with the last part of an inline token's text; none where nothing is left."""
    rest = text.lstrip("\n ")
    if not rest.strip():
        return []
    first, end = inline.map or [0, 1]
    skipped = inline.content.count("\n") - rest.count("\n")
    opening = Token("paragraph_open", "p", 1, block=True, map=[first + skipped, end], level=inline.level - 1, hidden=hidden)
    closing = Token("paragraph_close", "p", -1, block=True, level=inline.level - 1, hidden=hidden)
    return [opening, inline.copy(content=rest, map=[first + skipped, end], children=[]), closing]
