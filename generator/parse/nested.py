"""Markdown inside raw HTML: a cell's text, read by the same parser at its own place."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from markdown_it import MarkdownIt

from generator.parse import harvest
from generator.parse.places import Place


def render_inline(md: MarkdownIt, env: MutableMapping[str, Any], text: str, place: Place) -> str:
    """HTML of an inline text that stands at a place; an outline only notes its links and has no HTML."""
    page = harvest.of(env)
    outer, page.place = page.place, place
    inner = {**env, "fixed_place": True}
    try:
        tokens = md.parseInline(text, inner)
        return "" if "outline" in env else str(md.renderer.render(tokens, md.options, inner))
    finally:
        page.place = outer


def render_block(md: MarkdownIt, env: MutableMapping[str, Any], text: str, place: Place) -> str:
    """HTML of Markdown blocks that stand at a place; an outline only notes their links and has no HTML.

    `env["cell"]` is the place of the HTML table: pipe tables in its cells are read with it.
    """
    body = text.strip("\n")
    first = place.first + text.find(body)  # newlines before it
    lines = body.split("\n")
    indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    inner = {**env, "first": first}
    tokens = md.parse("\n".join(line[indent:] for line in lines), inner)
    if "outline" in env:
        return ""
    for token in tokens:
        if token.type in ("table_open", "tr_open") and token.map:  # as those of HTML have
            token.attrSet("data-at", str(env["cell"].offset(token.map[0])))
    return str(md.renderer.render(tokens, md.options, inner))
