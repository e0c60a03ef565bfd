"""`[!BADGE New]{type=Informative url="…" tooltip="…"}`: a small label in a line or a cell."""

from __future__ import annotations

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from generator.model import LinkKind
from generator.parse import harvest, marks
from generator.parse.attributes import LIST, read
from generator.parse.labels import BEHIND, SIGN, torn, words

_BADGE: Final = re.compile(rf"{SIGN}BADGE({BEHIND})((?:[^\[\]\n]++|\[[^\[\]\n]*+\])++)\]")


def badge(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  markdown-it's signature
    """Inline rule."""
    match = _BADGE.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    end = match.end()
    values: dict[str, str] = {}
    if attributes := LIST.match(state.src, end, state.posMax):
        values, end = read(attributes[0]), attributes.end()
    if not silent:
        token = state.push("badge", "span", 0)
        token.content = words(match[3]).strip()
        begins = torn(match[1], "BADGE", len(match[2]))
        _note(state, values, match.end())
        token.meta = {"kind": values.get("type", ""), "tooltip": values.get("tooltip", ""), "torn": (state.pos, *begins)}
        if url := marks.address(values.get("url", "")):
            page = harvest.of(state.env)
            at = state.src.find(url, match.end())
            token.meta["link"] = page.link(url, url, LinkKind.LINK, page.place.span(at, at + len(url)), token.content)
    state.pos = end
    return True


def _note(state: StateInline, values: dict[str, str], start: int) -> None:
    """Say of what stands in the braces behind a badge that it is no type or no property."""
    page = harvest.of(state.env)
    for word, message in marks.no_badge(values.items()):
        at = state.src.find(word, start)
        page.problem("dialect-unknown", page.place.span(at, at + len(word)), message, word)


def _render(self: RendererHTML, tokens: list[Token], index: int, *_: object) -> str:
    del self
    token = tokens[index]
    span = marks.badge(token.content, token.meta["kind"], token.meta["tooltip"])
    return f'<a data-link="{token.meta["link"]}">{span}</a>' if "link" in token.meta else span


def use(md: MarkdownIt) -> None:
    """Teach a parser the rule."""
    md.inline.ruler.before("link", "badge", badge)
    md.add_render_rule("badge", _render)
