"""Items of a list in a labelled quote whose lines lack the quote sign: CommonMark ends the quote there, a writer does not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.model import Span
from generator.parse import harvest
from generator.parse.labelled import LABEL, first_line

_OPENS: Final = frozenset({"bullet_list_open", "ordered_list_open"})
_CLOSES: Final = frozenset({"bullet_list_close", "ordered_list_close"})


def quote_items(state: StateCore) -> None:
    """Core rule before quotes, which read what stands in them."""
    if "[!" not in state.src:
        return
    page, tokens = harvest.of(state.env), state.tokens
    out: list[Token] = []
    labelled: list[bool] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        out.append(token)
        index += 1
        if token.type == "blockquote_open":
            labelled.append(tokens[index].type == "paragraph_open" and LABEL.match(tokens[index + 1].content) is not None)
        elif token.type == "blockquote_close" and labelled.pop() and out[-2].type in _CLOSES:
            index = _go_on(page, out, tokens, index)
    state.tokens = out


def _go_on(page: harvest.Harvest, out: list[Token], tokens: Sequence[Token], start: int) -> int:
    """Put a list that goes on in the line below a quote into it, and what stands behind a sign again; where the tokens go on."""
    while start < len(tokens) and out[-2].type in _CLOSES:
        signed = tokens[start].type == "blockquote_open"
        first = tokens[start + signed]
        if first.type not in _OPENS or first.markup != out[-2].markup or not page.lines[first_line(first) - 1].strip():
            break
        end = _end(tokens, start)
        closing = out[-2:]
        del out[-2:]
        if signed:
            out += tokens[start + 2 : end + 1]
        else:
            _note(page, tokens[start:end])
            for token in tokens[start + 1 : end]:
                token.level += 1
            out += [*tokens[start + 1 : end], *closing]
        start = end + 1
    return start


def _end(tokens: Sequence[Token], start: int) -> int:
    """Where the element that begins at a token ends."""
    level = tokens[start].level
    return next(index for index in range(start + 1, len(tokens)) if tokens[index].level == level and tokens[index].nesting < 0)


def _note(page: harvest.Harvest, tokens: Sequence[Token]) -> None:
    """A finding for each item; what to write where an item is a line and a sign before it is all that is missing."""
    items = [token for token in tokens if token.type == "list_item_open" and token.level == tokens[0].level + 1]
    first, last = tokens[0].map or (0, 1)
    for item in items:
        line, mark = first_line(item), item.info + item.markup
        at = page.lines[line].find(mark)
        message = "This item stands below a quote whose list it goes on with, but lacks its sign; it is shown there. Begin the line with >."
        written = f">{mark}" if last - first == len(items) else ""
        page.problem("dialect-unknown", Span(line + 1, at + 1, line + 1, at + 1 + len(mark)), message, mark, written)


def use(md: MarkdownIt) -> None:
    """Teach a parser the rule."""
    md.core.ruler.after("block", "quote_items", quote_items)
