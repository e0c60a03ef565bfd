"""The tokens of a page as words: sections for the index, and the skeleton that translations are aligned by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from markdown_it.token import Token
from msgspec import Struct, field
from msgspec.structs import replace

from generator.model import Alert, Anchor, Block, Heading, Section, Span, Table
from generator.parse import labels
from generator.parse.places import whole_lines
from generator.parse.text import clean, plain, said

_TAGS: Final = re.compile(r"<[^>]*>")
_KINDS: Final = {"accordion_title_open": "summary", "tab_title_open": "tab", "box_title_open": "box"}


class _Open(Struct):
    """The section being read."""

    anchor: Anchor
    title: str
    trail: tuple[str, ...]
    blocks: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    code: list[str] = field(default_factory=list)

    def close(self) -> Section:
        return Section(self.anchor, self.title, self.trail, tuple(self.blocks), tuple(self.cells), tuple(self.code))


def skeleton(tokens: Sequence[Token]) -> tuple[Block, ...]:
    """The page's blocks in order, each with the alerts that begin with it."""
    blocks: list[Block] = []
    alerts: list[Alert] = []
    for found in _walk(tokens):
        if isinstance(found, Block):
            blocks.append(replace(found, alerts=tuple(alerts)) if alerts else found)
            alerts.clear()
        elif found:
            alerts.append(found)
        elif alerts:
            alerts.pop()
    return tuple(blocks)


def _walk(tokens: Sequence[Token]) -> Iterator[Block | Alert | None]:
    """Blocks and, between them, alerts that begin; None where one ends."""
    items = 0
    for index, token in enumerate(tokens):
        if token.type in ("list_item_open", "list_item_close"):
            items += token.nesting
        elif token.type == "inline" and (opener := tokens[index - 1]).type not in ("td_open", "th_open"):
            words = said(token)
            kind = f"heading{opener.tag[1]}" if opener.type == "heading_open" else _KINDS.get(opener.type, "item" if items else "paragraph")
            yield Block(kind, words.text, _lines(token), words.codes, words.links, words.strong, words.labels, words.names)
        elif token.type in ("fence", "code_block"):
            yield Block("fence", labels.unfold(token.content), _lines(token))
        elif token.type == "html_block":
            yield Block("html", _strip(token.content), _lines(token))
        elif token.type in ("alert_open", "alert_close"):
            yield token.meta.get("alert")
        elif token.type == "video":
            yield Block("video", "", _lines(token), links=(token.meta["link"],))
        elif "tables" in token.meta:
            for table in token.meta["tables"]:
                yield from _cells(table)


def _lines(token: Token) -> Span:
    return whole_lines(*(token.map or (0, 1)))


def _cells(table: Table) -> Iterator[Block]:
    for number, row in enumerate((table.header, *(row.cells for row in table.rows))):
        for cell in row:
            yield Block("cell" if number else "header", cell.text, cell.span, cell.codes, cell.links, cell.strong, cell.labels, cell.names)


def sections(title: str, headings: Sequence[Heading], tokens: Sequence[Token]) -> tuple[Section, ...]:
    """The words below each heading; the page's first heading of level 1 stands for the page."""
    by_order = iter(headings)
    current = _Open(Anchor(""), title, ())
    done: list[Section] = []
    above: list[tuple[int, str]] = []
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            heading = next(by_order)
            done.append(current.close())
            above = [(level, name) for level, name in above if level < heading.level]
            trail = tuple(name for _, name in above) or ((title,) if heading.level > 1 else ())
            current = _Open(heading.anchor, heading.title, trail)
            above.append((heading.level, heading.title))
        elif token.type == "inline" and tokens[index - 1].type != "heading_open":
            if tokens[index - 1].type not in ("td_open", "th_open"):
                current.blocks.extend(said(token).text.split("\n"))
        elif token.type in ("fence", "code_block"):
            current.code.append(labels.unfold(token.content).strip("\n"))
        elif token.type == "html_block":
            current.blocks.extend(line for line in _strip(token.content).split("\n") if line)
        elif "tables" in token.meta:
            for table in token.meta["tables"]:
                for row in (table.header, *(row.cells for row in table.rows)):
                    current.cells.extend(text for text in {cell.span: cell.text for cell in row}.values() if text)  # a wide cell says it once
    done.append(current.close())
    return tuple(section for section in done if section.anchor or section.blocks or section.cells or section.code)


def _strip(html: str) -> str:
    end = html.rfind(">") + 1  # what follows has no tag: each < in it would be looked behind to the end
    text = _TAGS.sub(" ", html[:end]) + html[end:]
    return "\n".join(line for line in (clean(plain(line)) for line in text.split("\n")) if line)
