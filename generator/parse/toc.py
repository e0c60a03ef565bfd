"""`TOC.md` -> navigation: nested lists with ragged indents, groups, `{hide-from-toc}`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import PurePosixPath
from typing import Final

from markdown_it.token import Token

from generator.model import NavItem, SourceFile, Span
from generator.parse.harvest import Harvest
from generator.parse.headings import EXPLICIT
from generator.parse.places import whole_lines
from generator.parse.reading import read
from generator.parse.text import flatten

_HIDDEN: Final = "{hide-from-toc}"
_MARKER: Final = re.compile(r"[+*-][ \t]+")
_NAMED: Final = ("user-guide-title", "title", "breadcrumb-title")
"""Front matter that names a guide, the best first; else its heading does, else its folder."""


def navigation(source: SourceFile) -> NavItem:
    """A table of contents as a group; `url` of its entries is the address as written, `path` stays empty."""
    page = read(source, {})
    items, _ = _items([token for token in page.tokens if token.type in _WANTED], 0, page.harvest)
    heading = next((heading.title for heading in page.env["headings"]), "")
    names = (*(str(page.front.meta.get(key) or "") for key in _NAMED), heading, PurePosixPath(source.path).parent.name)
    return NavItem(next(filter(None, (name.strip() for name in names)), source.path), children=items, span=Span(1, 1, 1, 1), file=source.path)


_WANTED: Final = frozenset({"list_item_open", "list_item_close", "inline"})


def _items(tokens: Sequence[Token], index: int, harvest: Harvest) -> tuple[tuple[NavItem, ...], int]:
    """The items from `index` on that stand at one level, and where they end."""
    items: list[NavItem] = []
    while index < len(tokens) and tokens[index].type != "list_item_close":
        if tokens[index].type == "inline":
            index += 1
            continue
        inline = tokens[index + 1] if index + 1 < len(tokens) and tokens[index + 1].type == "inline" else None
        start = index + (2 if inline else 1)
        children, end = _items(tokens, start, harvest)
        if inline is not None:
            items.append(_item(inline, children, harvest))
        else:
            items.extend(children)
        index = end + 1
    return tuple(items), index


def _item(inline: Token, children: tuple[NavItem, ...], harvest: Harvest) -> NavItem:
    first = inline.map[0] if inline.map else 0
    written = inline.content.split("\n")
    own, *deeper = _entries(inline.children or ())
    below = tuple(_entry(tokens, written[line], first + line, (), harvest) for line, tokens in deeper)
    return _entry(own[1], "\n".join(written[: deeper[0][0] if deeper else None]), first, (*below, *children), harvest)


def _entries(tokens: Sequence[Token]) -> list[tuple[int, list[Token]]]:
    """The lines of an item that are entries, and their tokens: one indented too far for a list is text of the one above by CommonMark."""
    found: list[tuple[int, list[Token]]] = [(0, [])]
    line = 0
    for token, after in zip_longest(tokens, tokens[1:]):
        if token.type in ("softbreak", "hardbreak"):
            line += 1
            if after and after.type == "text" and (marker := _MARKER.match(after.content)):
                after.content = after.content[marker.end() :]
                found.append((line, []))
                continue
        found[-1][1].append(token)
    return found


def _entry(tokens: Sequence[Token], written: str, line: int, children: tuple[NavItem, ...], harvest: Harvest) -> NavItem:
    said = flatten(tokens)
    link = harvest.links[said.links[0]] if said.links else None
    named = None if link else EXPLICIT.search(written)
    return NavItem(
        title=said.text.replace(_HIDDEN, "").strip(),
        url=link.target if link else "",
        hidden=_HIDDEN in said.text,
        children=children,
        span=link.span if link else whole_lines(line, line + 1),
        id=named[1] if named else "",
        file=harvest.source.path,
    )
