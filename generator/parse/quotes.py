"""Blockquotes with labels `[!NAME]`: each label becomes what its name says, in lists and in each other too.

`>[!NOTE]` may stand alone on its line or before the text, and another label further down in the same quote. What a name
does stands in a module of its own; marks of tab sets and shade boxes are left to `tabs`, which pairs them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from generator.model import Span
from generator.parse import alerts, contextual_help, harvest, tabs, videos
from generator.parse.labelled import LABEL, Labelled, first_line, line_span, paragraph

Convert = Callable[[harvest.Harvest, Labelled], list[Token]]



def _untranslated(page: harvest.Harvest, quote: Labelled) -> list[Token]:
    """What stands in a quote that tells translators to leave it as it is: readers see no difference."""
    del page
    inner = [*paragraph(quote.text, quote.paragraph), *quote.inner]
    for token in inner:
        token.level -= 1
    return inner


CONVERT: Final[Mapping[str, Convert]] = {
    **dict.fromkeys(alerts.KINDS, alerts.alert),
    "SLIDE": alerts.slides,
    "VIDEO": videos.video,
    "CONTEXTUALHELP": contextual_help.contextual_help,
    "DONOTLOCALIZE": _untranslated,
}
_TORN: Final = "[! "


def quotes(state: StateCore) -> None:
    """Core rule before inlines."""
    if "[!" in state.src:
        state.tokens = list(_converted(harvest.of(state.env), state.tokens))


def _converted(page: harvest.Harvest, tokens: Sequence[Token]) -> Iterator[Token]:
    index = 0
    while index < len(tokens):
        if tokens[index].type == "blockquote_open":
            end = _end(tokens, index)
            yield from _quote(page, tokens[index : end + 1])
            index = end
        elif (match := _label(tokens, index)) and match[1].upper() in CONVERT:
            yield from _bare(page, tokens[index : index + 3], match)
            index += 2
        else:
            yield tokens[index]
        index += 1


def _label(tokens: Sequence[Token], index: int) -> re.Match[str] | None:
    """The label of the paragraph that opens here."""
    return LABEL.match(tokens[index + 1].content) if tokens[index].type == "paragraph_open" else None


def _quote(page: harvest.Harvest, tokens: Sequence[Token]) -> Iterator[Token]:
    """What a quote, from its opening token to its closing one, stands for: one thing for each label in it."""
    opening, closing = tokens[0], tokens[-1]
    inner = list(_apart(tokens[1:-1], opening.level + 1))
    starts = [place for place, token in enumerate(inner) if token.level == opening.level + 1 and _label(inner, place)]
    if not starts or starts[0]:
        yield from (opening, *_converted(page, inner[: starts[0] if starts else None]), closing)
    for start, end in pairwise([*starts, len(inner)]):
        yield from _labelled(page, opening, inner[start:end])


def _labelled(page: harvest.Harvest, opening: Token, tokens: Sequence[Token]) -> Iterator[Token]:
    """What a labelled paragraph of a quote and all that follows it stand for."""
    match = _label(tokens, 0)
    if match is None:
        return
    name = match[1].upper()
    if match[0].startswith(_TORN):
        _torn(page, first_line(tokens[1]), name)
    if name in tabs.MARKS:
        for token in tokens:
            token.level -= 1
        yield from _converted(page, tokens)
        return
    paragraph = tokens[1]
    opening = opening.copy(map=[first_line(paragraph), (opening.map or [0, 0])[1]])
    label = Labelled(match[1], opening, paragraph.content[match.end() :], paragraph, list(_converted(page, tokens[3:])))
    yield from CONVERT.get(name, alerts.unknown)(page, label)


def _torn(page: harvest.Harvest, line: int, name: str) -> None:
    """Say that a label has a blank in it."""
    at = page.lines[line].find(_TORN)
    span = Span(line + 1, at + 1, line + 1, at + 1 + len(_TORN))
    page.problem("dialect-unknown", span, f"A blank stands in this label; write [!{name}].", _TORN, _TORN.strip())


def _bare(page: harvest.Harvest, tokens: Sequence[Token], match: re.Match[str]) -> Iterator[Token]:
    """What a labelled paragraph outside of any quote was meant to be."""
    opening, paragraph, _ = tokens
    label = Labelled(match[1], opening, paragraph.content[match.end() :], paragraph, [])
    message = f"[!{label.name}] stands outside of a quote; shown as if it stood in one. Begin the line with >."
    page.problem("dialect-unknown", line_span(page, label.line), message, match[0].strip())
    yield from CONVERT[label.name](page, label)


def _apart(tokens: Sequence[Token], level: int) -> Iterator[Token]:
    """The tokens, paragraphs of this level split where a line of theirs begins with a label."""
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.type != "paragraph_open" or token.level != level or "\n[!" not in tokens[index + 1].content:
            yield token
            index += 1
            continue
        inline, closing = tokens[index + 1 : index + 3]
        lines, first = inline.content.split("\n"), first_line(inline)
        for start, end in pairwise([0, *(at for at in range(1, len(lines)) if LABEL.match(lines[at])), len(lines)]):
            place = [first + start, first + end]
            yield from (token.copy(map=place), inline.copy(content="\n".join(lines[start:end]), map=place, children=[]), closing.copy())
        index += 3


def _end(tokens: Sequence[Token], start: int) -> int:
    level = tokens[start].level
    return next(i for i in range(start + 1, len(tokens)) if tokens[i].type == "blockquote_close" and tokens[i].level == level)


def use(md: MarkdownIt) -> None:
    """Teach a parser the rules."""
    md.core.ruler.after("block", "quotes", quotes)
    for rule in (alerts, videos, contextual_help):
        rule.renders(md)
