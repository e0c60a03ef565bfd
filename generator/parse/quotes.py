"""Blockquotes that begin with `[!NAME]`: each becomes what its name says, in lists and in each other too.

`>[!NOTE]` may stand alone on its line or before the text. What a name does stands in a module of its own;
marks of tab sets and shade boxes are left to `tabs`, which pairs them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.parse import alerts, contextual_help, harvest, tabs, videos
from generator.parse.labelled import LABEL, Labelled

Convert = Callable[[harvest.Harvest, Labelled], list[Token]]

CONVERT: Final[Mapping[str, Convert]] = {
    **dict.fromkeys(alerts.KINDS, alerts.alert),
    "VIDEO": videos.video,
    "CONTEXTUALHELP": contextual_help.contextual_help,
}


def quotes(state: StateCore) -> None:
    """Core rule before inlines."""
    if "[!" in state.src:
        state.tokens = list(_converted(harvest.of(state.env), state.tokens))


def _converted(page: harvest.Harvest, tokens: Sequence[Token]) -> Iterator[Token]:
    index = 0
    while index < len(tokens):
        if match := _label(tokens, index):
            end = _end(tokens, index)
            yield from _quote(page, tokens[index : end + 1], match)
            index = end
        else:
            yield tokens[index]
        index += 1


def _label(tokens: Sequence[Token], index: int) -> re.Match[str] | None:
    """The label of the quote that opens here."""
    if tokens[index].type != "blockquote_open" or tokens[index + 1].type != "paragraph_open":
        return None
    return LABEL.match(tokens[index + 2].content)


def _quote(page: harvest.Harvest, tokens: Sequence[Token], match: re.Match[str]) -> Iterator[Token]:
    """What a quote, from its opening token to its closing one, stands for."""
    name = match[1].upper()
    if name in tabs.MARKS:
        for token in tokens[1:-1]:
            token.level -= 1
        yield from _converted(page, tokens[1:-1])
        return
    paragraph = tokens[2]
    label = Labelled(name, tokens[0], paragraph.content[match.end() :], paragraph, list(_converted(page, tokens[4:-1])))
    yield from CONVERT.get(name, alerts.unknown)(page, label)


def _end(tokens: Sequence[Token], start: int) -> int:
    level = tokens[start].level
    return next(i for i in range(start + 1, len(tokens)) if tokens[i].type == "blockquote_close" and tokens[i].level == level)


def use(md: MarkdownIt) -> None:
    """Teach a parser the rules."""
    md.core.ruler.after("block", "quotes", quotes)
    for rule in (alerts, videos, contextual_help):
        rule.renders(md)
