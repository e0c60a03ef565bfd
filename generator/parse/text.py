"""Plain words out of markup, as the index, the records and the checks want them."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from typing import Final

from markdown_it.token import Token
from msgspec import Struct

from generator.parse.labels import BEHIND, SIGN

_INVISIBLE: Final = dict.fromkeys((0x200B, 0x200C, 0x2060, 0xFEFF, 0x00AD)) | {0x00A0: " ", 0x202F: " ", 0x2007: " "}
_SPECIAL: Final = re.compile("[" + "".join(map(chr, _INVISIBLE)) + "]")
_BLANKS: Final = re.compile(r"[ \t\r\f\v]{2,}|[\t\r\f\v]")
_BREAK: Final = re.compile(r"<(?:br|hr|/?(?:p|li|ul|ol|dl|dt|dd|div|tr|td|th|pre|blockquote|details|summary|figcaption|h[1-6]))\b", re.IGNORECASE)
_LABEL: Final = re.compile(rf"{SIGN}(?:UICONTROL|DNL|BADGE){BEHIND}([^\]]*+)\](?:\{{[^{{}}]*+\}})?")
_MARKED: Final = re.compile(r"\[([^\[\]\n]++)\]\([^()\s]*+\)|(?<![\w*])(\*{1,3})(?=\S)([^*\n]++)(?<=\S)\2(?![\w*])|`([^`\n]++)`")
"""A link, emphasis, code."""
_SAYS: Final = frozenset({"text", "text_special", "code_inline", "image", "badge"})
_APART: Final = frozenset({"image", "badge"})
"""What is seen apart from the words beside it, also where no blank stands between; a link is where a capital begins or follows it."""
_BLANKS_OF: Final = {"softbreak": " ", "hardbreak": "\n"}


class Words(Struct, frozen=True):
    """What an inline text says: its words, and what of it stood in code, in bold, in links (by number), in `[!UICONTROL]` and `[!DNL]`."""

    text: str
    codes: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    links: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


def clean(text: str) -> str:
    """Text without invisible characters, blanks folded, newlines kept."""
    if not text.isascii() and _SPECIAL.search(text):
        text = text.translate(_INVISIBLE)
    return _BLANKS.sub(" ", text).strip()


def plain(text: str) -> str:
    """A text that is no Markdown without the dialect's labels and entities."""
    return clean(html.unescape(_unlabelled(text)).replace("\n", " "))


def _unlabelled(text: str) -> str:
    end = text.rfind("]") + 1  # behind it each label would look for its own to the end, in vain
    return _LABEL.sub(r"\2", text[:end]) + text[end:]


def unmarked(text: str) -> str:
    """A title or description of the front matter, which authors write as Markdown, without its marks."""
    text = _unlabelled(text)
    for _ in range(2):  # links, and what is marked in them
        text = _MARKED.sub(lambda mark: mark[1] or mark[3] or mark[4], text)
    return plain(text)


def said(inline: Token) -> Words:
    """The words of an inline token, kept with it: they are asked for more than once."""
    words: Words | None = inline.meta.get("words")
    if words is None:
        words = inline.meta["words"] = flatten(inline.children)
    return words


def flatten(children: Sequence[Token] | None) -> Words:
    """The words of an inline token's children; `<br>` and block tags become newlines."""
    parts: list[str] = []
    codes: list[str] = []
    links: list[int] = []
    found: dict[str, list[str]] = {"strong": [], "uicontrol": [], "dnl": []}
    opened: dict[str, list[tuple[str, int]]] = {"strong": [], "label": []}
    last, link = Token("", "", 0), False
    for token in children or ():
        kind, _, edge = token.type.rpartition("_")
        if kind in opened:
            if edge == "open":
                opened[kind].append((str(token.attrGet("class") or kind), len(parts)))
            elif opened[kind]:
                name, start = opened[kind].pop()
                found[name].append(clean("".join(parts[start:])))
            continue
        link = link or kind == "link"
        if said := _said(token):
            end, begin = last.content[-1:], said[0]
            if (_APART & {last.type, token.type} and begin.isalnum() and end.isalnum()) or (link and begin.isupper() and end.islower()):
                parts.append(" ")
            parts.append(said)
            last, link = token, False
        if token.type == "code_inline":
            codes.append(token.content)
        elif "link" in token.meta:
            number = token.meta["link"]
            links.extend(number if isinstance(number, list) else (number,))
    text = "\n".join(line for line in (clean(line) for line in "".join(parts).split("\n")) if line)
    return Words(text, tuple(codes), tuple(found["strong"]), tuple(links), tuple(found["uicontrol"]), tuple(found["dnl"]))


def _said(token: Token) -> str:
    """What one inline token says."""
    if token.type in _SAYS:
        return token.content
    if token.type == "html_inline":
        return "\n" if _BREAK.match(token.content) else ""
    return _BLANKS_OF.get(token.type, "")
