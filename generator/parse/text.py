"""Plain words out of markup, as the index, the records and the checks want them."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markdown_it.token import Token

_INVISIBLE: Final = dict.fromkeys((0x200B, 0x200C, 0x2060, 0xFEFF, 0x00AD)) | {0x00A0: " ", 0x202F: " ", 0x2007: " "}
_BLANKS: Final = re.compile(r"[ \t\r\f\v]+")
_BREAK: Final = re.compile(r"<(?:br|/?p|/?li|/?ul|/?ol|/?div|/?tr|/?td|/?th)\b", re.IGNORECASE)
_LABEL: Final = re.compile(r"\[!(?:UICONTROL|DNL|BADGE)\s+([^\]]*)\](?:\{[^}]*\})?")


@dataclass(frozen=True, slots=True)
class Words:
    """What an inline text says: its words, and what of it stood in code, in bold, in links (by number), in `[!UICONTROL]` and `[!DNL]`."""

    text: str
    codes: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    links: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


def clean(text: str) -> str:
    """Text without invisible characters, blanks folded, newlines kept."""
    return _BLANKS.sub(" ", text.translate(_INVISIBLE)).strip()


def plain(text: str) -> str:
    """A front matter text or a title without the dialect's labels and entities."""
    return clean(html.unescape(_LABEL.sub(r"\1", text)).replace("\n", " "))


def flatten(children: Sequence[Token] | None) -> Words:
    """The words of an inline token's children; `<br>` and block tags become newlines."""
    parts: list[str] = []
    codes: list[str] = []
    links: list[int] = []
    strong: list[str] = []
    starts: list[int] = []
    marks: list[tuple[list[str], int]] = []
    labels: list[str] = []
    names: list[str] = []
    for token in children or ():
        kind = token.type
        if kind in ("text", "text_special"):
            parts.append(token.content)
        elif kind == "code_inline":
            parts.append(token.content)
            codes.append(token.content)
        elif kind in ("softbreak", "hardbreak"):
            parts.append(" " if kind == "softbreak" else "\n")
        elif kind == "image":
            parts.append(token.content)
            links.append(token.meta["link"])
        elif kind == "link_open":
            links.append(token.meta["link"])
        elif kind == "strong_open":
            starts.append(len(parts))
        elif kind == "strong_close" and starts:
            strong.append(clean("".join(parts[starts.pop() :])))
        elif kind == "label_open":
            marks.append((names if token.attrGet("class") == "dnl" else labels, len(parts)))
        elif kind == "label_close" and marks:
            found, start = marks.pop()
            found.append(clean("".join(parts[start:])))
        elif kind == "badge":
            parts.append(token.content)
        elif kind == "html_inline":
            parts.append("\n" if _BREAK.match(token.content) else "")
            if "link" in token.meta:
                links.extend(token.meta["link"])
    text = "\n".join(line for line in (clean(line) for line in "".join(parts).split("\n")) if line)
    return Words(text, tuple(codes), tuple(strong), tuple(links), tuple(labels), tuple(names))
