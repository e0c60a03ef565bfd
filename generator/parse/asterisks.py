"""Asterisks of emphasis that pair with nothing: shown as they are, a finding each, or one for two that only have blanks inside.

`** Save **` and `**Save **` mean `**Save**`. That is suggested where words stand between the two and the text reads as meant with it: all of
its asterisks pair, and nothing else in it changes. A blank that keeps words apart goes outside.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Final

from markdown_it.token import Token
from msgspec import Struct

from generator.parse import labels
from generator.parse.harvest import Harvest

RUN: Final = re.compile(r"\*{2,}")
_PAIR: Final = "**"
_WORDS: Final = re.compile(r"[^\W\d_]{2}")
_OPENING: Final = re.compile(r"[\s(\[{\"'“„«‘¿¡「『（［【]?")
_CLOSING: Final = re.compile(r"[\s)\]}\"'”“»’.,;:!?…」』）］】。、，；：！？]?")
"""What bold words may stand beside without a blank."""
_OPENS, _CLOSES = "strong_open", "strong_close"

Parse = Callable[[str], Sequence[Token]]
"""Reads an inline text, and notes nothing of it."""


class Run(Struct, frozen=True):
    """Some asterisks that are left, by their offsets in an inline text."""

    start: int
    end: int


def note(page: Harvest, inline: Token, runs: Sequence[Run], parse: Parse) -> None:
    """Note the asterisks that are left in a parsed inline text."""
    text = inline.content
    if pairs := _meant(inline, runs, parse):
        for whole, right in pairs:
            message = "A blank stands inside of these asterisks, so they make no bold and are shown as they are; put them tight around the words."
            span = page.place.span(whole.start, whole.end)
            page.problem("emphasis-debris", span, message, labels.unfold(text[whole.start : whole.end]), labels.unfold(right))
        return
    for run in runs:
        stars = text[run.start : run.end]
        why = "hold nothing; remove them" if len(stars) % 4 == 0 else "pair with nothing; put no blank inside them and no letter right behind"
        page.problem("emphasis-debris", page.place.span(run.start, run.end), f"These asterisks {why}. They are shown as they are.", stars)


def _meant(inline: Token, runs: Sequence[Run], parse: Parse) -> list[tuple[Run, str]]:
    """Each two of the runs with all between them, and what to write there; nothing where that may not be what they mean."""
    text = inline.content
    if len(runs) % 2 or any(text[run.start : run.end] != _PAIR for run in runs):
        return []
    pairs = [(start, end, text[start.end : end.start]) for start, end in zip(runs[::2], runs[1::2], strict=True)]
    if any(words == words.strip() or "*" in words or "\n" in words or not _WORDS.search(words) for _, _, words in pairs):
        return []
    found = [(Run(start.start, end.end), _tight(text[: start.start], words, text[end.end :])) for start, end, words in pairs]
    mended, last = "", 0
    for whole, right in found:
        mended += text[last : whole.start] + right
        last = whole.end
    return found if _reads(inline.children or (), parse(mended + text[last:]), len(found)) else []


def _tight(before: str, words: str, after: str) -> str:
    """Words in bold, what is before and behind them given: a blank inside goes outside where it keeps them apart from others."""
    left = " " if words[0].isspace() and not _OPENING.fullmatch(before[-1:]) else ""
    right = " " if words[-1].isspace() and not _CLOSING.fullmatch(after[:1]) else ""
    return f"{left}{_PAIR}{words.strip()}{_PAIR}{right}"


def _reads(before: Sequence[Token], after: Sequence[Token], more: int) -> bool:
    """Whether a text has so many more bold words, side by side, no asterisks left, and all else as before."""
    bold = (_OPENS, _CLOSES)
    others = [[token.type for token in tokens if token.type not in (*bold, "text")] for tokens in (before, after)]
    opened = [sum(token.type == _OPENS for token in tokens) for tokens in (before, after)]
    deepest = max(accumulate(token.nesting for token in after if token.type in bold), default=0)
    left = any(token.type == "text" and _PAIR in token.content for token in after)
    return others[0] == others[1] and opened[1] == opened[0] + more and deepest == 1 and not left
