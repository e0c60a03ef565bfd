"""Emphasis beside Chinese, Japanese and Korean text.

CommonMark decides by blanks and punctuation whether asterisks open or close, so in languages that write no blanks
`これは**「重要」**です` stays full of asterisks. The CJK-friendly amendment (github.com/tats-u/markdown-cjk-friendly)
is followed where an asterisk has a CJK character beside it; everywhere else CommonMark's rule stands as it is.
"""

from __future__ import annotations

import unicodedata
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.common.utils import isPunctChar, isWhiteSpace
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter, Scanned

_FIRST_CJK: Final = "\u1100"


def emphasis(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  markdown-it's signature
    """Inline rule in markdown-it's own place: a run of asterisks or low lines."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    scanned = state.scanDelims(state.pos, marker == "*")
    if marker == "*":
        scanned = _beside_cjk(state, scanned)
    for _ in range(scanned.length):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(
                marker=ord(marker),
                length=scanned.length,
                token=len(state.tokens) - 1,
                end=-1,
                open=scanned.can_open,
                close=scanned.can_close,
            )
        )
    state.pos += scanned.length
    return True


def _beside_cjk(state: StateInline, scanned: Scanned) -> Scanned:
    """Whether a run opens or closes, by the amendment if a CJK character stands beside it."""
    before = state.src[state.pos - 1] if state.pos else " "
    end = state.pos + scanned.length
    after = state.src[end] if end < state.posMax else " "
    if before < _FIRST_CJK > after:
        return scanned
    cjk_before, cjk_after = _is_cjk(before), _is_cjk(after)
    if not (cjk_before or cjk_after):
        return scanned
    blank_before, blank_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
    mark_before, mark_after = not cjk_before and isPunctChar(before), not cjk_after and isPunctChar(after)
    opens = not blank_after and (not mark_after or blank_before or mark_before or cjk_before)
    closes = not blank_before and (not mark_before or blank_after or mark_after or cjk_after)
    return Scanned(opens, closes, scanned.length)


def _is_cjk(character: str) -> bool:
    """Whether a character is wide or half-width East Asian, pictures left out."""
    return (
        character >= _FIRST_CJK and unicodedata.east_asian_width(character) in "WFH" and unicodedata.category(character) != "So"
    )


def use(md: MarkdownIt) -> None:
    """Put the rule in place of markdown-it's."""
    md.inline.ruler.at("emphasis", emphasis)
