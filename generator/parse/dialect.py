"""The parser: CommonMark with tables, and each rule of the dialect in its order. Read this first."""

from __future__ import annotations

from functools import cache
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml, unescapeAll
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from generator.parse import (
    accordions,
    attributes,
    badges,
    blocks,
    containers,
    emphasis,
    headings,
    html_table,
    inlines,
    labels,
    lines,
    links,
    literals,
    nesting,
    pipe_tables,
    plain,
    quote_items,
    quote_signs,
    quotes,
    tabs,
)

RULES: Final = (
    lines, inlines, labels, emphasis, html_table, pipe_tables, accordions, quotes, quote_items, quote_signs, tabs, containers, links, badges, attributes,
    literals, headings, blocks, plain, nesting,
)  # fmt: skip
"""One module a rule; `use` adds it to the parser. Core rules that follow `block` run in the reverse of this order."""


@cache
def parser(levels: int, *, outline: bool = False) -> MarkdownIt:
    """The parser of the dialect for a limit of nesting, made once a process; that for outlines lacks what neither makes links nor anchors.

    Indented code is off: authors of this dialect indent what belongs to a list item as deep as they please. So is `normalize`: what it does is
    done where a page is read.
    """
    md = MarkdownIt("commonmark", {"maxNesting": levels}).disable(["code", "normalize"])
    for rule in RULES:
        rule.use(md)
    if outline:
        md.disable(["text_join", "nesting"])
    md.add_render_rule("table_open", _table_open)
    md.add_render_rule("table_close", lambda self, tokens, index, options, env: "</table></div></div>\n")  # noqa: ARG005
    md.add_render_rule("th_open", _cell_open)
    md.add_render_rule("td_open", _cell_open)
    md.add_render_rule("fence", _fence)
    md.add_render_rule("heading_close", _heading_close)
    return md


def _table_open(self: RendererHTML, tokens: list[Token], index: int, *_: object) -> str:
    return f'<div class="md-typeset__scrollwrap"><div class="md-typeset__table"><table{self.renderAttrs(tokens[index])}>\n'


def _cell_open(self: RendererHTML, tokens: list[Token], index: int, *_: object) -> str:
    del self
    token = tokens[index]
    align = str(token.attrs.get("style", "")).replace("text-align:", "align-")
    names = " ".join(filter(None, (align, str(token.attrs.get("class", "")))))
    return f"<{token.tag}" + (f' class="{names}">' if names else ">")


def _fence(self: RendererHTML, tokens: list[Token], index: int, *_: object) -> str:
    del self
    token = tokens[index]
    info = unescapeAll(token.info).strip()
    language = info.split(maxsplit=1)[0] if info else ""
    name = f' class="language-{escapeHtml(language)}"' if language else ""
    return f'<div class="highlight"><pre><code{name}>{escapeHtml(labels.unfold(token.content))}</code></pre></div>\n'


def _heading_close(self: RendererHTML, tokens: list[Token], index: int, *_: object) -> str:
    del self
    anchor = escapeHtml(str(tokens[index - 2].attrGet("id") or ""))
    link = f'<a class="headerlink" href="#{anchor}" aria-labelledby="{anchor}">¶</a>' if anchor else ""
    return f"{link}</{tokens[index].tag}>\n"
