"""Heading anchors: `## Title {#id}`, glued or spaced, replaces the slug; without it the slug of the words counts."""

from __future__ import annotations

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.model import Anchor, Heading, Span
from generator.parse import harvest, mends
from generator.parse.slugs import slug, unique
from generator.parse.text import said

EXPLICIT: Final = re.compile(r"(?<!\s)\s*+\{\s*+#([^\s{}]++)[^{}]*+\}\s*$")


def explicit_ids(state: StateCore) -> None:
    """Core rule before inlines: take `{#id}` off the heading's text."""
    page = harvest.of(state.env)
    for index, token in enumerate(state.tokens):
        if token.type != "heading_open":
            continue
        inline = state.tokens[index + 1]
        match = EXPLICIT.search(inline.content)
        if not match:
            continue
        first = (token.map or [0])[0]
        number, line = next(
            ((n, page.lines[n]) for n in range(first, (token.map or [0, 1])[1]) if "{" in page.lines[n] and match[1] in page.lines[n]),
            (first, page.lines[first]),
        )
        column = line.rfind(match[1]) + 1
        token.meta["explicit"] = (match[1], Span(number + 1, column, number + 1, column + len(match[1])))
        inline.content = inline.content[: match.start()]


def slugs(state: StateCore) -> None:
    """Core rule after inlines: give each heading its id and note it."""
    page = harvest.of(state.env)
    taken = {str(name) for name, _ in page.anchors}
    taken |= {token.meta["explicit"][0] for token in state.tokens if token.type == "heading_open" and "explicit" in token.meta}
    headings: list[Heading] = []
    for index, token in enumerate(state.tokens):
        if token.type == "heading_open":
            headings.append(_heading(page, token, state.tokens[index + 1], taken))
    state.env["headings"] = headings


def _heading(page: harvest.Harvest, token: Token, inline: Token, taken: set[str]) -> Heading:
    title = said(inline).text.replace("\n", " ")
    first = (token.map or [0])[0]
    span = Span(first + 1, 1, first + 1, len(page.lines[first]) + 1)
    explicit = "explicit" in token.meta
    if explicit:
        name, span = token.meta["explicit"]
    else:
        words = slug(mends.said(title))
        name = unique(words, taken) if words else ""
        taken.add(name)
    if name:
        page.anchor(name, span)
        token.attrSet("id", name)
    return Heading(int(token.tag[1]), title, Anchor(name), explicit, span)


def use(md: MarkdownIt) -> None:
    """Teach a parser the rules."""
    md.core.ruler.after("block", "explicit_ids", explicit_ids)
    md.core.ruler.after("inline", "slugs", slugs)
