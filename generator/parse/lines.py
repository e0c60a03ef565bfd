"""Core rule in markdown-it's own place: the lines of a text, found in one go instead of letter by letter, then its blocks."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import accumulate, islice
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore, block

_BLANKS: Final = " \t"


def lines(state: StateCore) -> None:
    """Core rule."""
    if state.inlineMode:
        block(state)
    elif state.src:
        text = StateBlock("", state.md, state.env, state.tokens)
        _mark(text, state.src)
        known = len(state.env["references"])
        state.md.block.tokenize(text, 0, text.lineMax)
        if first := in_page(state.env, 0):
            for token in state.tokens:
                if token.map:
                    token.map = [first + line for line in token.map]
            for definition in islice(state.env["references"].values(), known, None):
                definition["map"] = [first + line for line in definition["map"]]


def in_page(env: Mapping[str, Any], line: int) -> int:
    """A line of the text whose blocks are being read, as a line of its page: `env["first"]` is where Markdown in a cell begins."""
    return int(env.get("first", 0)) + line


def _mark(state: StateBlock, text: str) -> None:
    """Note where each line begins and ends, and how far it is indented, as markdown-it does; a last line without a letter is none."""
    found = text.split("\n")
    if not found[-1].strip(_BLANKS):
        found.pop()
    count = len(found)
    ends = list(accumulate([len(line) + 1 for line in found]))
    shifts = [len(line) - len(line.lstrip(_BLANKS)) for line in found]
    state.src = text
    state.bMarks = [0, *ends]
    state.eMarks = [*(end - 1 for end in ends), len(text)]
    state.tShift = [*shifts, 0]
    state.sCount = [len(line[:shift].expandtabs(4)) for line, shift in zip(found, shifts, strict=True)] if "\t" in text else shifts[:]
    state.sCount.append(0)
    state.bsCount = [0] * (count + 1)
    state.bMarks[-1] = len(text)
    state.lineMax = count


def use(md: MarkdownIt) -> None:
    """Put the rule in place of markdown-it's."""
    md.core.ruler.at("block", lines)
