"""`>[!CONTEXTUALHELP]` belongs to the screens of the product: only its id stays, so that links to it arrive."""

from __future__ import annotations

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from generator.parse.harvest import Harvest
from generator.parse.labelled import Labelled, first_line
from generator.parse.places import Place

_ID: Final = re.compile(r'id="([^"]+)"')


def contextual_help(page: Harvest, quote: Labelled) -> list[Token]:
    """An empty element with the id, or nothing where there is none."""
    inline = quote.paragraph
    match = _ID.search(inline.content)
    if not match:
        return []
    page.anchor(match[1], Place(page.lines, first_line(inline), inline.content).span(*match.span(1)))
    return [Token("help_anchor", "div", 0, block=True, attrs={"id": match[1]}, map=quote.opening.map, level=quote.opening.level)]


def renders(md: MarkdownIt) -> None:
    """Teach a parser to render the anchors of contextual help."""
    md.add_render_rule("help_anchor", _render)


def _render(self: RendererHTML, tokens: list[Token], index: int, *_: object) -> str:
    return f"<div{self.renderAttrs(tokens[index])}></div>\n"
