"""Lines of a labelled quote that lack the quote sign: CommonMark ends the quote there, a writer does not.

Two kinds are known: items that go on with the list of a quote, and, as machine translation leaves it, the text of an alert right below
a bare sign (`>[!NOTE]`, `>`, `Text`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.model import Span
from generator.parse import alerts, harvest
from generator.parse.labelled import LABEL, first_line
from generator.parse.labels import unfold

_OPENS: Final = frozenset({"bullet_list_open", "ordered_list_open"})
_BARE: Final = 5
"""Tokens of a quote with one paragraph."""
_BLOCKS: Final = _OPENS | {"paragraph_open"}
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
            labelled.append(_has_label(tokens, index))
        elif token.type == "blockquote_close" and labelled.pop():
            if out[-2].type in _CLOSES:
                index = _go_on(page, out, tokens, index)
            elif _is_bare_alert(out):
                index = _fill(page, out, tokens, index)
    state.tokens = out


def _has_label(tokens: Sequence[Token], index: int) -> bool:
    return tokens[index].type == "paragraph_open" and LABEL.match(tokens[index + 1].content) is not None


def _is_bare_alert(out: Sequence[Token]) -> bool:
    """Whether the quote that the last token closes is nothing but the label of an alert."""
    if len(out) < _BARE or out[-_BARE].type != "blockquote_open":
        return False
    label = LABEL.fullmatch(out[-3].content)
    return label is not None and label[1].upper() in alerts.KINDS


def _fill(page: harvest.Harvest, out: list[Token], tokens: Sequence[Token], start: int) -> int:
    """Put what stands right below a bare sign into its quote, and what stands behind a sign right below that; where the tokens go on."""
    closing = out.pop()
    while start < len(tokens):
        end, first = _end(tokens, start) if tokens[start].nesting > 0 else start, first_line(tokens[start])
        above = page.lines[first - 1].strip() if first else ""
        if tokens[start].type == "blockquote_open" and above and not _has_label(tokens, start + 1):
            out += tokens[start + 1 : end]
        elif tokens[start].type in _BLOCKS and above == ">":
            _note_items(page, tokens[start:end]) if tokens[start].type in _OPENS else _note_text(page, first)
            for token in tokens[start : end + 1]:
                token.level += 1
            out += tokens[start : end + 1]
            tokens[start].hidden = tokens[end].hidden = False
        else:
            break
        start = end + 1
    out.append(closing)
    return start


def _note_text(page: harvest.Harvest, line: int) -> None:
    word = page.lines[line].strip().partition(" ")[0]
    at = page.lines[line].find(word) + 1
    message = "This stands right below the sign of a quote, but lacks one; it is shown in the quote. Begin the line with >."
    page.problem("dialect-unknown", Span(line + 1, at, line + 1, at + len(word)), message, unfold(word), f">{unfold(word)}")


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
            _note_items(page, tokens[start:end])
            for token in tokens[start + 1 : end]:
                token.level += 1
            out += [*tokens[start + 1 : end], *closing]
        start = end + 1
    return start


def _end(tokens: Sequence[Token], start: int) -> int:
    """Where the element that begins at a token ends."""
    level = tokens[start].level
    return next(index for index in range(start + 1, len(tokens)) if tokens[index].level == level and tokens[index].nesting < 0)


def _note_items(page: harvest.Harvest, tokens: Sequence[Token]) -> None:
    """A finding for each item; what to write where an item is a line and a sign before it is all that is missing."""
    items = [token for token in tokens if token.type == "list_item_open" and token.level == tokens[0].level + 1]
    first, last = tokens[0].map or (0, 1)
    for item in items:
        line, mark = first_line(item), item.info + item.markup
        at = page.lines[line].find(mark)
        message = "This item stands right below a quote that it belongs to, but lacks its sign; it is shown there. Begin the line with >."
        written = f">{mark}" if last - first == len(items) else ""
        page.problem("dialect-unknown", Span(line + 1, at + 1, line + 1, at + 1 + len(mark)), message, mark, written)


def use(md: MarkdownIt) -> None:
    """Teach a parser the rule."""
    md.core.ruler.after("block", "quote_items", quote_items)
