"""Marks of the dialect that no rule took and a reader would see: shown as they are, and a finding each."""

from __future__ import annotations

import re
from typing import Final

from markdown_it.token import Token

from generator.parse import harvest
from generator.parse.labels import unfold

_ENDS_LATER: Final = frozenset({"UICONTROL", "DNL", "BADGE"})
_MARK: Final = re.compile(
    r"\[(?:！| [!！]|[!！] ) ?(?P<torn>(?i:UICONTROL|DNL|BADGE|NOTE|TIP|IMPORTANT|WARNING|CAUTION))(?![A-Za-z])"
    r"|\[!(?P<name>[A-Z]{2,})(?:\]|(?=\s|$))|\{hide-from-toc\}|\{\{\s*[$%]\s*\w+|\{\$include\b|\{#[\w-]+"
)


def residue(page: harvest.Harvest, inline: Token) -> None:
    """Note what is left of the dialect in the visible text of a parsed inline token."""
    if not _MARK.search(inline.content):
        return
    position, line = 0, unfold(inline.content.replace("\n", " "))
    for token in inline.children or ():
        if token.type == "code_inline":
            position = max(line.find(token.content, position) + len(token.content), position)
        elif token.type == "text":
            for match in _MARK.finditer(token.content):
                at = inline.content.find(match[0], position)
                if at >= 0:
                    position = at + len(match[0])
                    _note(page, match, at)


def _note(page: harvest.Harvest, match: re.Match[str], at: int) -> None:
    span = page.place.span(at, at + len(match[0]))
    name = match["name"]
    if match["torn"]:
        right = f"[!{match['torn'].upper()}"
        page.problem("dialect-unknown", span, f"This mark has a blank in it or a full-width sign, so it is shown as it is; write {right}.", match[0], right)
        return
    if name in _ENDS_LATER:
        page.problem("dialect-unclosed", span, f"This label is not closed or has no words, so it is shown as it is; write [!{name} …].", match[0])
        return
    why = "a label begins a quote (>[!NOTE])" if name else "no rule of the dialect reads it here"
    page.problem("dialect-unknown", span, f"{match[0]} is shown as it is: {why}. Move it, mend it, or put it in code.", match[0])


def torn(page: harvest.Harvest, at: int, written: str, right: str) -> None:
    """Say of a mark at a place of the inline text that it is read although it is not written as the dialect has it; nothing where it is."""
    if written:
        span = page.place.span(at, at + len(written))
        page.problem("dialect-unknown", span, f"This mark is read, but {_why(written, right)}; write {right}.", written, right)


def _why(written: str, right: str) -> str:
    if "！" in written:
        return "has a full-width sign"
    return "has a blank in it" if " " in written else f"lacks the blank behind {right[2:-1]}"
