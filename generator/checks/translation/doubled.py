"""What a translation says twice in a row and its reference once: a program that translates began a text again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from generator.alignment.likeness import width
from generator.checks.translation.comparison import Comparison
from generator.findings import shorten
from generator.model import Finding

_END: Final = re.compile(r"(?<=[.!?…])\s+|(?<=[。！？])\s*|\n+")
_STOPS: Final = " .。"
_LEAST: Final = 30
"""Shorter texts may be equal by chance, since languages have one word for two."""
_MOST: Final = 5
"""So many sentences in a row are looked at."""
_ALIKE: Final = frozenset({"fence", "cell", "header", "html", "video"})
"""Blocks that may well say the same as their neighbour."""


def nothing_is_said_twice(pages: Comparison) -> Iterator[Finding]:
    """A sentence, or a whole block, that follows itself, where the reference says two different things or one."""
    for block, other in pages.prose:
        if (said := _doubled(other.text, _LEAST)) and not _doubled(block.text, 1):
            message = f"“{shorten('. '.join(said))}” stands here twice in a row; the reference (line {block.span.line}) does not repeat itself. Compare them, and remove what is too much."
            yield pages.finding("translation-doubled", other.span, message, said[0])
    for (_, before, above), (_, block, other) in pairwise(pages.pairs):
        if other.text == above.text and other.kind not in _ALIKE and width(other.text) >= _LEAST and block.text.casefold() != before.text.casefold():
            message = f"This says what stands above it in line {above.span.line}, where the reference says “{shorten(block.text)}” (line {block.span.line}). Translate that, or remove what is too much."
            yield pages.finding("translation-doubled", other.span, message, other.text)


def _doubled(text: str, least: int) -> list[str]:
    """The first sentences of a text, so long at least, that follow themselves; none where none do."""
    if width(text) < 2 * least:
        return []
    sentences = [sentence.strip(_STOPS) for sentence in _END.split(text)]
    last: dict[str, int] = {}
    for number, sentence in enumerate(sentences):
        length = number - last.get(sentence, number)
        last[sentence] = number
        if not 0 < length <= _MOST:
            continue
        run = sentences[number - length : number]
        if run == sentences[number : number + length] and width(" ".join(run)) >= least:
            return run
    return []
