"""Blockquotes that begin with `[!NAME]`: alerts, tabs, shade boxes, videos, related links, contextual help.

`>[!NOTE]` may stand alone on its line or before the text; in lists and in each other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.model import LinkKind, RawLink, Span
from generator.parse import harvest
from generator.parse.marks import label
from generator.parse.places import Place

ALERTS: Final = {
    "NOTE": "note", "IMPORTANT": "important", "CAUTION": "caution", "WARNING": "warning", "TIP": "tip", "INFO": "info",
    "AVAILABILITY": "availability", "PREREQUISITES": "prerequisites", "ADMINISTRATION": "administration",
    "ADMIN": "administration", "ERROR": "error", "SUCCESS": "success", "MORELIKETHIS": "related", "SLIDE": "note",
}  # fmt: skip
_LABEL: Final = re.compile(r"\[!([A-Z]+)(?:[ \t]+([^\]\n]*))?\][ \t]*")
_VIDEO: Final = re.compile(r"\(\s*([^()\s]+)\s*\)(?:\{[^}]*\})?")


@dataclass(slots=True)
class _Sets:
    """Tab sets and shade boxes open at the place under way: (kind, level, line)."""

    stack: list[tuple[str, int, int]] = field(default_factory=list)


def quotes(state: StateCore) -> None:
    """Core rule before inlines: turn labelled blockquotes into what their label says."""
    page = harvest.of(state.env)
    if "[!" not in state.src:
        return
    out: list[Token] = []
    sets = _Sets()
    tokens = state.tokens
    renamed: dict[int, str] = {}
    index = 0
    while index < len(tokens):
        token = tokens[index]
        _close_sets(page, sets, token, out)
        if token.type == "blockquote_open" and tokens[index + 1].type == "paragraph_open":
            match = _LABEL.match(tokens[index + 2].content)
            if match:
                end = _end_of(tokens, index)
                index = _labelled(page, tokens, index, end, match, out, sets, renamed)
                continue
        if index in renamed:
            token.type, token.tag = renamed[index], "div"
        out.append(token)
        index += 1
    _close_sets(page, sets, None, out)
    state.tokens = out


def _labelled(  # noqa: PLR0913  one step of a walk over tokens
    page: harvest.Harvest, tokens: list[Token], start: int, end: int, match: re.Match[str], out: list[Token], sets: _Sets, renamed: dict[int, str]
) -> int:
    """Append what the quote `tokens[start:end + 1]` stands for; the index to go on from."""
    name = match[1]
    line = (tokens[start].map or [0])[0]
    if name in ("BEGINTABS", "TAB", "ENDTABS", "BEGINSHADEBOX", "ENDSHADEBOX"):
        return _set_mark(page, tokens, start, end, match, out, sets)
    if name == "VIDEO" and (address := _VIDEO.match(tokens[start + 2].content, match.end())):
        out.extend(_video(page, tokens[start + 2], address))
        return _rest(tokens, start, end, address.end())
    if name == "CONTEXTUALHELP":
        out.extend(_help(page, tokens[start + 2]))
        return end + 1
    kind = ALERTS.get(name)
    if kind is None:
        page.problem(
            "dialect-unknown", Span(line + 1, 1, line + 1, len(page.lines[line]) + 1),
            f"[!{name}] is no label of this dialect; shown as a note. Known: {', '.join(ALERTS)}.", name,
        )  # fmt: skip
        kind = "note"
    opening = Token("alert_open", "div", 1, block=True, map=tokens[start].map, level=tokens[start].level)
    opening.attrSet("class", f"admonition {kind}")
    opening.meta["kind"] = kind
    out.append(opening)
    renamed[end] = "alert_close"
    return _rest(tokens, start, end, match.end())


def _rest(tokens: list[Token], start: int, end: int, offset: int) -> int:
    """Cut the label off the quote's first paragraph; the index of the first token that stays."""
    del end
    inline = tokens[start + 2]
    content = inline.content[offset:]
    skipped = inline.content[:offset].count("\n") + (len(content) - len(content.lstrip("\n")))
    inline.content = content.lstrip("\n ")
    if inline.map:
        inline.map = [inline.map[0] + skipped, inline.map[1]]
    return start + 1 if inline.content.strip() else start + 4


def _set_mark(  # noqa: PLR0913  one step of a walk over tokens
    page: harvest.Harvest, tokens: list[Token], start: int, end: int, match: re.Match[str], out: list[Token], sets: _Sets
) -> int:
    """A quote may hold several marks of tabs and boxes, one a line, and text behind them."""
    inline = tokens[start + 2]
    line = (inline.map or tokens[start].map or [0])[0]
    level = tokens[start].level
    content: str = inline.content
    mark: re.Match[str] | None = match
    while mark and mark[1] in ("BEGINTABS", "TAB", "ENDTABS", "BEGINSHADEBOX", "ENDSHADEBOX"):
        _mark(page, mark, level, line, out, sets)
        content = content[mark.end() :]
        line += len(content) - len(content.lstrip("\n"))
        content = content.lstrip("\n")
        mark = _LABEL.match(content)
    inline.content = content
    if inline.map:
        inline.map = [line, inline.map[1]]
    inner = tokens[start + 1 : end] if content.strip() else tokens[start + 4 : end]
    out.extend(inner)
    return end + 1


def _mark(page: harvest.Harvest, mark: re.Match[str], level: int, line: int, out: list[Token], sets: _Sets) -> None:
    name, title = mark[1], (mark[2] or "").strip().strip('"')
    kinds = [kind for kind, _, _ in sets.stack]
    if name == "BEGINTABS":
        sets.stack.append(("tabs", level, line))
        out.append(_open("tabs_open", "tabs", line))
    elif name == "TAB":
        if not {"tabs", "tab"} & set(kinds):
            span = Span(line + 1, 1, line + 1, len(page.lines[line]) + 1)
            page.problem("dialect-unclosed", span, "This tab stands outside a tab set; put >[!BEGINTABS] above it.", name)
            sets.stack.append(("tabs", level, line))
            out.append(_open("tabs_open", "tabs", line))
        _close_tab(out, sets)
        sets.stack.append(("tab", level, line))
        out.append(_open("tab_open", "tabs__tab", line))
        out.append(Token("tab_title_open", "p", 1, block=True, attrs={"class": "tabs__title"}, map=[line, line + 1]))
        out.append(Token("inline", "", 0, content=title, children=[], map=[line, line + 1], level=1))
        out.append(Token("tab_title_close", "p", -1, block=True))
    elif name == "ENDTABS" and "tabs" in kinds:
        _close_tab(out, sets)
        sets.stack.pop()
        out.append(Token("tabs_close", "div", -1, block=True))
    elif name == "BEGINSHADEBOX":
        sets.stack.append(("box", level, line))
        out.append(_open("box_open", "shadebox", line))
        if title:
            out.append(Token("box_title_open", "p", 1, block=True, attrs={"class": "shadebox__title"}, map=[line, line + 1]))
            out.append(Token("inline", "", 0, content=title, children=[], map=[line, line + 1], level=1))
            out.append(Token("box_title_close", "p", -1, block=True))
    elif name == "ENDSHADEBOX" and kinds[-1:] == ["box"]:
        sets.stack.pop()
        out.append(Token("box_close", "div", -1, block=True))
    else:
        page.problem("dialect-unclosed", Span(line + 1, 1, line + 1, len(page.lines[line]) + 1), f"[!{name}] has no beginning; remove it.", name)


def _open(kind: str, name: str, line: int) -> Token:
    return Token(kind, "div", 1, block=True, attrs={"class": name}, map=[line, line + 1])


def _close_tab(out: list[Token], sets: _Sets) -> None:
    if sets.stack[-1][0] == "tab":
        sets.stack.pop()
        out.append(Token("tab_close", "div", -1, block=True))


def _close_sets(page: harvest.Harvest, sets: _Sets, token: Token | None, out: list[Token]) -> None:
    """Close what is still open where its container ends."""
    while sets.stack and (token is None or (token.nesting < 0 and token.level < sets.stack[-1][1])):
        kind, _, line = sets.stack.pop()
        out.append(Token(f"{'box' if kind == 'box' else kind}_close", "div", -1, block=True))
        if kind != "tab" and not (kind == "tabs" and "[!BEGINTABS]" not in page.lines[line]):
            end = "[!ENDTABS]" if kind == "tabs" else "[!ENDSHADEBOX]"
            page.problem("dialect-unclosed", Span(line + 1, 1, line + 1, len(page.lines[line]) + 1), f"This is never closed; add >{end}.")


def _video(page: harvest.Harvest, inline: Token, address: re.Match[str]) -> list[Token]:
    place = Place(page.lines, (inline.map or [0])[0], inline.content)
    number = page.link(RawLink(address[1], address[1], LinkKind.LINK, place.span(*address.span(1)), "", page.in_table))
    card = Token("video", "p", 0, block=True, map=inline.map)
    card.meta = {"link": number, "address": address[1]}
    return [card]


def _help(page: harvest.Harvest, inline: Token) -> list[Token]:
    """Contextual help belongs to the product's screens: only its id stays, so that links to it arrive."""
    match = re.search(r'id="([^"]+)"', inline.content)
    if not match:
        return []
    place = Place(page.lines, (inline.map or [0])[0], inline.content)
    page.anchor(match[1], place.span(*match.span(1)))
    return [Token("help_anchor", "span", 0, block=True, attrs={"id": match[1]}, map=inline.map)]


def _end_of(tokens: list[Token], start: int) -> int:
    level = tokens[start].level
    return next(i for i in range(start + 1, len(tokens)) if tokens[i].type == "blockquote_close" and tokens[i].level == level)


def use(md: MarkdownIt) -> None:
    """Teach a parser the rule."""
    md.core.ruler.after("block", "quotes", quotes)
    md.add_render_rule(
        "alert_open",
        lambda self, tokens, index, options, env: (  # noqa: ARG005
            f'<div{self.renderAttrs(tokens[index])}>\n<p class="admonition-title">{label(tokens[index].meta["kind"])}</p>\n'
        ),
    )
    md.add_render_rule(
        "video",
        lambda self, tokens, index, options, env: (  # noqa: ARG005
            f'<p class="video"><a data-link="{tokens[index].meta["link"]}">{label("video")}</a></p>\n'
        ),
    )
    md.add_render_rule("help_anchor", lambda self, tokens, index, options, env: f"<span{self.renderAttrs(tokens[index])}></span>\n")  # noqa: ARG005
