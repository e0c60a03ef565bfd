"""A name that a translation changed, put right while its page is parsed.

The right word and the translation's travel through the Markdown as letters of no alphabet, so that neither can be taken for markup, and
come out of it as an element. The page is the one that its mended source would give; ids made of headings stay what they were.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from typing import Final, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from generator.model import Document, Page, Section, SourceFile
from generator.parse import marks

_OPEN, _BETWEEN, _CLOSE = "\ue004", "\ue005", "\ue006"
_LETTERS: Final = re.compile(f"[{_OPEN}-{_CLOSE}]")
_FIRST: Final = 0xE100
"""The 256 private-use letters from here stand for the bytes of a word."""
_BYTES: Final = f"[{chr(_FIRST)}-{chr(_FIRST + 255)}]*"
_MEND: Final = re.compile(f"{_OPEN}({_BYTES}){_BETWEEN}({_BYTES}){_CLOSE}")
_TAG: Final = re.compile(r"""(<[A-Za-z/!](?:[^>"']|"[^"]*"|'[^']*')*>)""")
_MARKUP: Final = re.compile(r"<[A-Za-z/][^>]*>|\*+|`+")

T = TypeVar("T")


def put_in(source: SourceFile) -> SourceFile:
    """A source with its mends put in; those are in order and do not overlap."""
    if not source.mends:
        return source
    parts: list[str] = []
    last = 0
    text = _LETTERS.sub("\ufffd", source.text)
    for mend in source.mends:
        parts += [text[last : mend.start], f"{_OPEN}{_folded(mend.right)}{_BETWEEN}{_folded(text[mend.start : mend.end])}{_CLOSE}"]
        last = mend.end
    return replace(source, text="".join((*parts, text[last:])))


def said(text: str) -> str:
    """A text with the words of the translation."""
    return _MEND.sub(lambda match: _unfolded(match[2]), text) if _OPEN in text else text


def right(text: str) -> str:
    """A text with the words of the reference."""
    return _MEND.sub(lambda match: _unfolded(match[1]), text) if _OPEN in text else text


def settled(page: Page, plain: Page) -> Page:
    """A page parsed with its mends, ready to be shown; `plain` is the same page without them.

    Where a mend has changed more than words (a link, a heading's id, a table), the plain page comes back.
    """
    if _shape(page.document) != _shape(plain.document) or len(page.blocks) != len(plain.blocks):
        return plain
    shown = page.document
    return replace(
        page,
        document=replace(
            plain.document,
            title=right(shown.title),
            headings=_each(shown.headings, right),
            tables=_each(shown.tables, right),
            cases=_each(shown.cases, right),
        ),
        body="".join(_html(page.body)),
        sections=tuple(_section(section) for section in page.sections),
        blocks=_each(page.blocks, right),
    )


def _folded(text: str) -> str:
    return "".join(chr(_FIRST + byte) for byte in text.encode())


def _unfolded(text: str) -> str:
    return bytes(ord(letter) - _FIRST for letter in text).decode()


def _plain(source: str) -> str:
    """A piece of a source as it is read: without marks of bold and code, tags and entities."""
    return " ".join(unescape(_MARKUP.sub("", source)).split())


def _shape(document: Document) -> tuple[object, ...]:
    """What the rest of the site knows of a page."""
    return (
        [said(link.target) for link in document.links],
        [(heading.level, heading.anchor) for heading in document.headings],
        [anchor for anchor, _ in document.anchors],
        [(len(table.header), [len(row.cells) for row in table.rows]) for table in document.tables],
        [(case.kind, case.ordinal) for case in document.cases],
    )


def _section(section: Section) -> Section:
    """The words of the reference; those of the translation are found all the same."""
    texts = (section.title, *section.blocks, *section.cells, *section.code)
    words = dict.fromkeys(_plain(_unfolded(match[2])) for text in texts for match in _MEND.finditer(text))
    return replace(_each(section, right), said=tuple(words))


def _html(body: str) -> Iterator[str]:
    """The body with an element for each mend; in an attribute the word alone."""
    for number, part in enumerate(_TAG.split(body)):
        if _OPEN not in part:
            yield part
        elif number % 2:
            yield _MEND.sub(lambda match: escape(_unfolded(match[1])), part)
        else:
            yield _MEND.sub(lambda match: marks.mend(_unfolded(match[1]), _plain(_unfolded(match[2]))), part)


def _each(value: T, change: Callable[[str], str]) -> T:
    """A noun with all its texts changed."""
    if isinstance(value, str):
        return type(value)(change(value))
    if isinstance(value, tuple):
        return type(value)(_each(item, change) for item in value)
    if isinstance(value, Struct):
        return type(value)(*(_each(getattr(value, name), change) for name in value.__struct_fields__))
    return value
