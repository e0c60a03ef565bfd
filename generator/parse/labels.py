"""`[!UICONTROL Save]` and `[!DNL Tomcat]`: names of the interface, and names that are not translated.

Under CommonMark's flanking rules `**[!UICONTROL 名前]**を` would not close, because the `]` before the `**` is
punctuation. So the marks are folded into private-use letters of the same length before parsing (positions
stay), are letters while emphasis is paired, and become elements afterwards; in code they are unfolded again.
"""

from __future__ import annotations

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_INTERFACE, _NAME, _PAD, _CLOSE = "\ue000", "\ue001", "\ue002", "\ue003"
_PRIVATE: Final = re.compile(f"[{_INTERFACE}{_NAME}{_PAD}{_CLOSE}]")
_WRITTEN: Final = re.compile(r"\[!(UICONTROL|DNL)([ \t]++|[ \t]*+\n[ \t>]*+)((?:[^\[\]\n]++|\[[^\[\]\n]*+\]|\n(?!\s*\n))*+)\]")
_FOLDED: Final = re.compile(f"([{_INTERFACE}{_NAME}])({_PAD}*)([^{_CLOSE}]*){_CLOSE}")
_CLASS: Final = {_INTERFACE: "uicontrol", _NAME: "dnl"}


def cleared(text: str) -> str:
    """A text as it comes from outside, its own private characters replaced, so that none is taken for a mark."""
    return _PRIVATE.sub("\ufffd", text) if any(mark in text for mark in (_INTERFACE, _NAME, _PAD, _CLOSE)) else text


def fold(text: str) -> str:
    """Markdown with the labels folded to private-use characters, each as long as it was."""
    if "[!" not in text:
        return text

    def replace(match: re.Match[str]) -> str:
        opening = match[2]
        if "\n" in opening:
            return match[0]
        mark = _INTERFACE if match[1] == "UICONTROL" else _NAME
        return f"{mark}{_PAD * (len(match[1]) + 1 + len(opening))}{fold(match[3])}{_CLOSE}"

    return _WRITTEN.sub(replace, text)


def unfold(text: str) -> str:
    """The text as it was written."""
    if _CLOSE not in text:
        return text

    def replace(match: re.Match[str]) -> str:
        name = "UICONTROL" if match[1] == _INTERFACE else "DNL"
        return f"[!{name}{' ' * (len(match[2]) - len(name) - 1)}{match[3]}]"

    while (mended := _FOLDED.sub(replace, text)) != text:
        text = mended
    return text


def words(text: str) -> str:
    """The text without its marks, the words in them kept."""
    return text if text.isascii() else _PRIVATE.sub("", text)


def label_open(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  markdown-it's signature
    """Inline rule: an opening mark begins a `<span>`."""
    if state.src[state.pos] not in _CLASS:
        return False
    mark = state.src[state.pos]
    end = state.pos + 1
    while end < state.posMax and state.src[end] == _PAD:
        end += 1
    if state.src.find(_CLOSE, end, state.posMax) < 0:
        return False
    if not silent:
        token = state.push("label_open", "span", 1)
        token.attrSet("class", _CLASS[mark])
        if mark == _NAME:
            token.attrSet("translate", "no")
    state.pos = end
    return True


def label_close(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  markdown-it's signature
    """Inline rule: a closing mark ends the `<span>`."""
    if state.src[state.pos] != _CLOSE:
        return False
    if not silent and any(token.type == "label_open" for token in state.tokens):
        state.push("label_close", "span", -1)
    state.pos += 1
    return True


def use(md: MarkdownIt) -> None:
    """Teach a parser the rule."""
    for mark in (_INTERFACE, _NAME, _CLOSE):
        md.inline.add_terminator_char(mark)
    md.inline.ruler.before("escape", "label_open", label_open)
    md.inline.ruler.before("escape", "label_close", label_close)
