"""Markdown inside raw HTML: a cell's text, read by the same parser at its own place."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec.structs import replace

from generator.model import Span
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
    """HTML of Markdown blocks that stand at a place; what they hold is noted with lines of the whole page. An outline has no HTML.

    `env["cell"]` is the place of the HTML table: pipe tables in its cells are read with it.
    """
    body = text.strip("\n")
    first = place.first + text.find(body)  # newlines before it
    lines = body.split("\n")
    indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    page = harvest.of(env)
    whole, count = page.lines, (len(page.links), len(page.anchors), len(page.problems))
    page.lines = whole[first:]
    inner = dict(env)
    try:
        tokens = md.parse("\n".join(line[indent:] for line in lines), inner)
    finally:
        page.lines = whole
    page.links[count[0] :] = [replace(link, span=_down(link.span, first)) for link in page.links[count[0] :]]
    page.anchors[count[1] :] = [(name, _down(span, first)) for name, span in page.anchors[count[1] :]]
    page.problems[count[2] :] = [replace(problem, span=_down(problem.span, first)) for problem in page.problems[count[2] :]]
    if "outline" in env:
        return ""
    _place_tables(tokens, first, env["cell"])
    return str(md.renderer.render(tokens, md.options, inner))


def _place_tables(tokens: Sequence[Token], first: int, cell: Place) -> None:
    """Give pipe tables and their rows the offsets of their lines, as those of HTML have."""
    for token in tokens:
        if token.type in ("table_open", "tr_open") and token.map:
            token.attrSet("data-at", str(cell.offset(first + token.map[0])))


def _down(span: Span, lines: int) -> Span:
    return replace(span, line=span.line + lines, end_line=span.end_line + lines)
