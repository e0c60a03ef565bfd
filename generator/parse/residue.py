"""Marks of the dialect that no rule took and a reader would see: shown as they are, and a finding each."""

from __future__ import annotations

import re
from typing import Final

from markdown_it.token import Token

from generator.parse import harvest
from generator.parse.labels import unfold

_ENDS_LATER: Final = frozenset({"UICONTROL", "DNL", "BADGE"})
_MARK: Final = re.compile(r"\[(?:! | ! ?)(?:UICONTROL|DNL|BADGE|NOTE|TIP|IMPORTANT|WARNING|CAUTION)\b|\[!([A-Z]{2,})(?:\]|(?=\s|$))|\{hide-from-toc\}|\{\{\s*[$%]\s*\w+|\{#[\w-]+")


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
    if " " in match[0]:
        right = match[0].replace(" ", "")
        page.problem("dialect-unknown", span, f"A blank stands in this mark, so it is shown as it is; write {right}.", match[0], right)
        return
    if match[1] in _ENDS_LATER:
        page.problem("dialect-unclosed", span, f"This label is not closed or has no words, so it is shown as it is; write [!{match[1]} …].", match[0])
        return
    why = "a label begins a quote (>[!NOTE])" if match[1] else "no rule of the dialect reads it here"
    page.problem("dialect-unknown", span, f"{match[0]} is shown as it is: {why}. Move it, mend it, or put it in code.", match[0])
