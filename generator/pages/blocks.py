"""A table cell's HTML, block by block: to show the remedy of a cell that tells symptom and remedy together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from html.parser import HTMLParser
from typing import Final

from msgspec import Struct

_BLOCKS: Final = frozenset({"p", "ul", "ol", "div", "pre", "table", "dl", "blockquote", "details", "figure", "h2", "h3", "h4", "h5", "h6"})
_VOID: Final = frozenset({"br", "img", "hr", "input", "wbr", "col"})
_CODE: Final = re.compile(r"<code[^>]*>(.*?)</code>", re.DOTALL)
_BLOCK_OF_CODE: Final = re.compile(r"<pre>.*?</pre>", re.DOTALL)
_TAG: Final = re.compile(r"<[^>]*>")
_ELEMENT: Final = re.compile(r"<(/?)([a-z][a-z0-9]*)\b[^>]*>")


class Block(Struct, frozen=True):
    """A block of a cell: its HTML and its words."""

    html: str
    text: str


class _Splitter(HTMLParser):
    """Cuts at the outermost block elements and at line breaks between them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found: list[Block] = []
        self._html: list[str] = []
        self._text: list[str] = []
        self._depth = 0
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._depth == 0 and tag in _BLOCKS:
            self.cut()
            self._inside = True
        if self._depth == 0 and tag == "br":
            self.cut()
            return
        self._html.append(self.get_starttag_text() or "")
        if tag not in _VOID:
            self._depth += 1
        else:
            self._text.append(f" {dict(attrs).get('alt') or ''} ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self._depth -= 1

    def handle_endtag(self, tag: str) -> None:
        self._html.append(f"</{tag}>")
        if tag in ("li", "p", "td", "dd", "dt"):
            self._text.append(" ")
        self._depth = max(0, self._depth - 1)
        if self._depth == 0 and self._inside:
            self.cut()

    def handle_data(self, data: str) -> None:
        self._html.append(data)
        self._text.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def cut(self) -> None:
        html, text = "".join(self._html).strip(), _plain("".join(self._text))
        if text or "<img" in html:
            self.found.append(Block(html if self._inside else f"<p>{html}</p>", text))
        self._html, self._text, self._inside = [], [], False


def blocks(html: str) -> list[Block]:
    """The blocks of a cell in reading order; loose words become paragraphs."""
    splitter = _Splitter()
    splitter.feed(html)
    splitter.close()
    splitter.cut()
    return splitter.found


def telling(html: str, lines: Sequence[str]) -> str:
    """Those blocks of a cell that tell `lines`; nothing where a line would be lost."""
    wanted = [plain for line in lines if (plain := _plain(line))]
    whole = " ".join(wanted)
    kept = [block for block in blocks(html) if block.text in whole or any(line in block.text for line in wanted)]
    told = " ".join(block.text for block in kept)
    return "".join(block.html for block in kept) if wanted and all(line in told for line in wanted) else ""


def whole(html: str, lines: Sequence[str]) -> bool:
    """Whether a piece of HTML tells all lines, however blanks part their words, and closes all that it opens, and nothing else."""
    open_tags: list[str] = []
    for closing, tag in _ELEMENT.findall(html):
        if closing and (not open_tags or open_tags.pop() != tag):
            return False
        if not closing and tag not in _VOID:
            open_tags.append(tag)
    told = _joined("".join(block.text for block in blocks(html)))
    return not open_tags and all(_joined(_plain(line)) in told for line in lines)


def _joined(text: str) -> str:
    return "".join(text.split())


def commands(html: str) -> list[str]:
    """The commands in the lines of a piece of HTML, as escaped text: code of several words, each once. Blocks of code can be copied as they are."""
    found = (_TAG.sub("", code).strip() for code in _CODE.findall(_BLOCK_OF_CODE.sub("", html)))
    return list(dict.fromkeys(code for code in found if re.match(r"[a-z./][\w./-]*\s+\S", code)))


def log_files(html: str) -> list[str]:
    """The log files that a piece of HTML names in code, as escaped text, each once."""
    found = (_TAG.sub("", code).strip() for code in _CODE.findall(html))
    return list(dict.fromkeys(code for code in found if re.fullmatch(r"[\w./\\-]+\.log", code)))


def _plain(text: str) -> str:
    return " ".join(unescape(text).replace("\u200b", "").split())
