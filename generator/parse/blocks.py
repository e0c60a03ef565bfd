"""HTML blocks and tables become data and safe HTML, once the headings above them have their ids."""

from __future__ import annotations

from functools import partial

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.model import Anchor
from generator.parse import harvest
from generator.parse.nested import render_block, render_inline
from generator.parse.places import Place
from generator.parse.raw_html import rewrite


def blocks(state: StateCore) -> None:
    """Core rule."""
    page = harvest.of(state.env)
    anchor = Anchor("")
    for index, token in enumerate(state.tokens):
        if token.type == "heading_open":
            anchor = Anchor(str(token.attrGet("id") or ""))
        elif token.type == "table_open" and not {"outline", "cell"} & state.env.keys():
            from generator.parse.tables import parse_pipe  # noqa: PLC0415  a tenth of a second that links don't need

            end = next(i for i in range(index, len(state.tokens)) if state.tokens[i].type == "table_close")
            table = parse_pipe(state.tokens[index : end + 1], len(page.tables), page, anchor)
            page.tables.append(table)
            token.meta["tables"] = (table,)
        elif token.type == "html_table":
            _table(state, page, token, anchor)
        elif token.type == "html_block":
            page.raw_html = True
            token.content = rewrite(token.content, page, _place(page, token), lambda text, _: text, lambda text, _: text)


def _place(page: harvest.Harvest, token: Token) -> Place:
    return Place(page.lines, (token.map or [0])[0], token.content)


def _table(state: StateCore, page: harvest.Harvest, token: Token, anchor: Anchor) -> None:
    place = _place(page, token)
    raw_html = page.raw_html
    env = {**state.env, "cell": place}
    inline, block = partial(render_inline, state.md, env), partial(render_block, state.md, env)
    fragment = rewrite(token.content, page, place, inline, block, cells=True)
    page.raw_html = raw_html  # the HTML of a table is made safe by itself
    if "outline" in state.env:
        return
    from generator.parse.tables import parse_html  # noqa: PLC0415  a tenth of a second that links don't need

    parsed = parse_html(fragment, place, page, anchor)
    page.tables.extend(parsed.tables)
    token.meta["tables"] = parsed.tables
    token.content = parsed.html


def use(md: MarkdownIt) -> None:
    """Teach a parser the rule."""
    md.core.ruler.after("slugs", "blocks", blocks)
    md.add_render_rule("html_table", lambda self, tokens, index, options, env: tokens[index].content + "\n")  # noqa: ARG005
