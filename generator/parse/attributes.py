"""Attribute lists behind links, images and tables: `{target="_blank"}`, `{width="50%" align="center" zoomable="yes"}`.

What a page may use becomes classes and sizes (no style attributes: the site runs under a strict
Content-Security-Policy); the rest, such as `target`, is read and dropped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from generator.parse import harvest

LIST: Final = re.compile(
    r"""\{:?\s*+(?:[#.]?[\w-]++(?:\s*+=\s*+(?:"[^"\n}]*+"|'[^'\n}]*+'|“[^”\n}]*+”|&quot;[^&"\n}]*+(?:&quot;|")|[^\s"'}]++))?[\s,;]*+)++\}"""
)
"""Possessive throughout: what is taken is never given back, or a long word without an end would be split in every way there is."""
_PAIR: Final = re.compile(r"""([#.]?[\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|“([^”]*)”|&quot;([^&"]*)(?:&quot;|")|([^\s"'}]+)))?""")
_KNOWN: Final = frozenset({"target", "_blank", "width", "height", "align", "zoomable", "style", "modal", "rel", "title", "class"})
_SIZE: Final = re.compile(r"^\d{1,4}(?:px)?$")
_SHARE: Final = re.compile(r"(\d{1,2})(?:\.\d+)?%")
"""A share of the text's width that is less than all of it."""
_BEFORE: Final = frozenset({"link_close", "image", "badge", "code_inline", "label_close"})


def read(text: str) -> dict[str, str]:
    """The pairs of an attribute list; a key alone has an empty value."""
    return {match[1]: next((value for value in match.groups()[1:] if value is not None), "") for match in _PAIR.finditer(text[1:-1])}


def attribute_list(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  markdown-it's signature
    """Inline rule: a list right behind a link, an image or a badge belongs to it; `{#id}` makes an anchor anywhere."""
    if silent or state.src[state.pos] != "{":
        return False
    match = LIST.match(state.src, state.pos, state.posMax)
    if not match:
        return False
    values = read(match[0])
    last = state.tokens[-1] if state.tokens and not state.pending.strip() else None
    behind = last is not None and last.type in _BEFORE
    if not (behind and "=" in match[0]) and not _meant(match[0], values, behind=behind):
        return False
    if behind:
        apply(_opening(state.tokens), values)
    for name in values:
        if name.startswith("#"):
            _anchor(state, name[1:], match.start() + match[0].find(name))
    state.pos = match.end()
    return True


def _meant(written: str, values: dict[str, str], *, behind: bool) -> bool:
    """Whether braces are an attribute list rather than text such as `{title}`."""
    marks = {name for name in values if name[0] in "#."}
    return values.keys() - marks <= _KNOWN and (behind or bool(marks) or "=" in written or "_blank" in values)


def is_about_a_block(text: str) -> bool:
    """Whether a text is nothing but an attribute list with values: about the table or the image above it."""
    return bool(LIST.fullmatch(text)) and "=" in text and _meant(text, read(text), behind=False) and "#" not in text.partition("=")[0]


def apply(token: Token, values: dict[str, str]) -> None:
    """Give a token what a page may use of an attribute list."""
    for name in ("width", "height"):
        if _SIZE.match(values.get(name, "")):
            token.attrSet(name, values[name].removesuffix("px"))
    if share := _SHARE.fullmatch(values.get("width", "")):
        token.attrJoin("class", f"width-{min(max(round(int(share[1]), -1), 10), 90)}")
    if values.get("align") in ("left", "right", "center"):
        token.attrJoin("class", f"align-{values['align']}")
    if values.get("zoomable") in ("yes", "true", ""):
        token.attrJoin("class", "zoomable")
    if values.get("title"):
        token.attrSet("title", values["title"])


def _anchor(state: StateInline, name: str, offset: int) -> None:
    page = harvest.of(state.env)
    page.anchor(name, page.place.span(offset + 1, offset + 1 + len(name)))
    token = state.push("anchor", "span", 0)
    token.attrs = {"id": name}


def _opening(tokens: Sequence[Token]) -> Token:
    """The opening token of the element that the last token closes, or the last token itself."""
    last = tokens[-1]
    if last.nesting == 0:
        return last
    opening = last.type.replace("_close", "_open")
    return next(token for token in reversed(tokens) if token.type == opening)


def lone_lists(state: StateCore) -> None:
    """Core rule: a paragraph that is nothing but an attribute list (behind a table) is dropped."""
    if "{" not in state.src:
        return
    tokens = state.tokens
    kept: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.type == "paragraph_open" and is_about_a_block(tokens[index + 1].content.strip()):
            index += 3
            continue
        kept.append(token)
        index += 1
    state.tokens = kept


def use(md: MarkdownIt) -> None:
    """Teach a parser the rules."""
    md.inline.ruler.after("image", "attribute_list", attribute_list)
    md.core.ruler.after("block", "lone_lists", lone_lists)
    md.add_render_rule("anchor", lambda self, tokens, index, options, env: f"<span{self.renderAttrs(tokens[index])}></span>")  # noqa: ARG005
