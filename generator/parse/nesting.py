"""What stands deeper than the parser goes is a finding: markdown-it leaves it out without a word."""

from __future__ import annotations

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from generator.parse import harvest
from generator.parse.labelled import first_line, line_span


def nesting(state: StateCore) -> None:
    """Core rule."""
    page = harvest.of(state.env)
    most = page.source.limits.nesting
    deepest = max(state.tokens, key=lambda token: token.level, default=None)
    if deepest is not None and deepest.level >= most - 1:
        message = f"This stands deeper than {most} levels; what is deeper is lost. Flatten it."
        page.problem("nesting-too-deep", line_span(page, first_line(deepest)), message)
    for token in state.tokens:
        if token.type == "inline" and token.content.count("[") >= most and _depth(token.content) >= most:
            message = f"Brackets stand deeper than {most} levels; what is deeper is shown as it is written. Flatten it."
            page.problem("nesting-too-deep", line_span(page, first_line(token)), message)


def _depth(text: str) -> int:
    depth = deepest = 0
    for character in text:
        depth = max(0, depth + (character == "[") - (character == "]"))
        deepest = max(deepest, depth)
    return deepest


def use(md: MarkdownIt) -> None:
    """Teach a parser the rule."""
    md.core.ruler.after("block", "nesting", nesting)
