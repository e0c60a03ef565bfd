"""`[!UICONTROL Save]` and `[!DNL Tomcat]`: names of the interface, and names that are not translated.

Under CommonMark's flanking rules `**[!UICONTROL 名前]**を` would not close, because the `]` before the `**` is
punctuation. So the marks are folded into private-use letters of the same length before parsing (positions
stay), are letters while emphasis is paired, and become elements afterwards; in code they are unfolded again.

Machine translation writes `[！UICONTROL保存]` and `[! UICONTROL Save]`: these are read as what they mean, and told.
"""

from __future__ import annotations

import re
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_MARKS: Final = "\ue000\ue001\ue002\ue003\ue007\ue008"
_INTERFACE, _NAME, _PAD, _CLOSE, _WIDE, _BLANK = _MARKS
_MARK: Final = re.compile(f"[{_MARKS}]")
_FOREIGN: Final = f"\0{_MARKS}"
SIGN: Final = r"\[( ?[!！] ?)"
"""How a mark begins, also where a translation put a blank into it or made its sign a full-width one."""
BEHIND: Final = r"(?:[ \t]++|(?=[^\x00-\x7f]))"
"""What stands behind the name in a mark; before Chinese or Japanese the blank is often lost."""
_WRITTEN: Final = re.compile(rf"{SIGN}(UICONTROL|DNL)({BEHIND})((?:[^\[\]\n]++|\[[^\[\]\n]*+\]|\n(?!\s*\n))*+)\]")
_HEAD: Final = re.compile(f"[{_PAD}{_WIDE}{_BLANK}]*")
_FOLDED: Final = re.compile(f"([{_INTERFACE}{_NAME}])({_HEAD.pattern})|{_CLOSE}")
_SIGNS: Final = {"!": _PAD, "！": _WIDE, " ": _BLANK}
_TO_SIGNS: Final = str.maketrans({mark: sign for sign, mark in _SIGNS.items()})
_TO_MARKS: Final = str.maketrans(_SIGNS)
_MARKUP: Final = re.compile(rf"[\n\\`*_\[\]!<&{{{_INTERFACE}{_NAME}]")
"""What a rule may read in a label; without it the label holds words alone."""
_CLASS: Final = {_INTERFACE: "uicontrol", _NAME: "dnl"}


def cleared(text: str) -> str:
    """A text as it comes from outside, with U+FFFD for NUL, as CommonMark has it, and for private characters that would be taken for marks."""
    return text.translate(dict.fromkeys(map(ord, _FOREIGN), "\ufffd")) if any(mark in text for mark in _FOREIGN) else text


def fold(text: str) -> str:
    """Markdown with the labels folded to private-use characters, each as long as it was."""
    if "UICONTROL" not in text and "DNL" not in text:
        return text

    def replace(match: re.Match[str]) -> str:
        mark = _INTERFACE if match[2] == "UICONTROL" else _NAME
        return f"{mark}{match[1].translate(_TO_MARKS)}{_PAD * len(match[2] + match[3])}{fold(match[4])}{_CLOSE}"

    return _WRITTEN.sub(replace, text)


def unfold(text: str) -> str:
    """The text as it was written."""
    return text if text.isascii() else _FOLDED.sub(_unfolded, text)


def _unfolded(mark: re.Match[str]) -> str:
    if mark[0] == _CLOSE:
        return "]"
    sign, name, behind = _head(mark[1], mark[2])
    return f"[{sign}{name}{' ' * behind}"


def _head(mark: str, head: str) -> tuple[str, str, int]:
    """The sign and the name that a mark was written with, and how many blanks behind."""
    name = "UICONTROL" if mark == _INTERFACE else "DNL"
    length = 1 + head.count(_BLANK)
    return head[:length].translate(_TO_SIGNS), name, len(head) - length - len(name)


def torn(sign: str, name: str, behind: int) -> tuple[str, str]:
    """The beginning of a mark as it is written and as it should be; nothing where it is right."""
    if sign == "!" and behind:
        return "", ""
    return f"[{sign}{name}", f"[!{name}{'' if behind else ' '}"


def words(text: str) -> str:
    """The text without its marks, the words in them kept."""
    return text if text.isascii() else _MARK.sub("", text)


def label(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  markdown-it's signature
    """Inline rule: what stands between an opening mark and its closing one is a `<span>`."""
    mark = state.src[state.pos]
    if mark not in _CLASS:
        return False
    head = _HEAD.match(state.src, state.pos + 1, state.posMax)
    start = head.end() if head else state.pos + 1
    end = state.src.find(_CLOSE, start, state.posMax)
    is_plain = not _MARKUP.search(state.src, start, end)
    if not is_plain:
        end = _end(state, start)
    if end < 0:
        return False
    if not silent:
        token = state.push("label_open", "span", 1)
        token.attrSet("class", _CLASS[mark])
        token.meta["torn"] = (state.pos, *torn(*_head(mark, state.src[state.pos + 1 : start])))
        if mark == _NAME:
            token.attrSet("translate", "no")
        if is_plain:
            state.pending = state.src[start:end]
        else:
            last, state.pos, state.posMax = state.posMax, start, end
            state.md.inline.tokenize(state)
            state.posMax = last
        state.push("label_close", "span", -1)
    state.pos = end + 1
    return True


def _end(state: StateInline, start: int) -> int:
    """Where the closing mark stands that is no part of code, a tag or a link; -1 where there is none."""
    before, state.pos = state.pos, start
    while state.pos < state.posMax and state.src[state.pos] != _CLOSE:
        state.md.inline.skipToken(state)
    end, state.pos = state.pos, before
    return end if end < state.posMax else -1


def use(md: MarkdownIt) -> None:
    """Teach a parser the rule."""
    for mark in (_INTERFACE, _NAME, _CLOSE):
        md.inline.add_terminator_char(mark)
    md.inline.ruler.before("escape", "label", label)
