"""`>[!VIDEO](address)`: a card that leads to the video; nothing is embedded from outside."""

from __future__ import annotations

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from generator.model import LinkKind
from generator.parse.alerts import unknown
from generator.parse.harvest import Harvest
from generator.parse.labelled import Labelled, first_line, paragraph
from generator.parse.marks import label
from generator.parse.places import Place

_ADDRESS: Final = re.compile(r"\(\s*([^()\s]+)\s*\)(?:\{[^}]*\})?")


def video(page: Harvest, quote: Labelled) -> list[Token]:
    """The card, and what else stands in the quote."""
    inline = quote.paragraph
    offset = len(inline.content) - len(quote.text)
    match = _ADDRESS.match(inline.content, offset)
    if not match:
        return unknown(page, quote)
    place = Place(page.lines, first_line(inline), inline.content)
    number = page.link(match[1], match[1], LinkKind.LINK, place.span(*match.span(1)))
    card = Token("video", "p", 0, block=True, map=quote.opening.map, level=quote.opening.level, meta={"link": number})
    return [card, *paragraph(inline.content[match.end() :], inline), *quote.inner]


def renders(md: MarkdownIt) -> None:
    """Teach a parser to render videos."""
    md.add_render_rule("video", _render)


def _render(self: RendererHTML, tokens: list[Token], index: int, *_: object) -> str:
    del self
    return f'<p class="video"><a data-link="{tokens[index].meta["link"]}">{label("video")}</a></p>\n'
