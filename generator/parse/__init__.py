"""SourceFile -> Page: front matter, the dialect's Markdown, HTML tables. The only room that knows markdown-it and bs4.

This is its door: the rules are loaded when the first page is parsed, since a run in which nothing changed parses none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.model import Document, Finding, Ignore, Meta, NavItem, Page, SourceFile


def parse(source: SourceFile) -> Page:
    """Parse one page; what is wrong with it stands in its document's problems, nothing is raised."""
    from generator.parse import page  # noqa: PLC0415  loaded with the first page

    return page.parse(source)


def parse_mended(source: SourceFile, plain: Page) -> Page:
    """The page of a source with mends, each an element of its body; `plain` is the same page without them.

    Where a mend has changed more than words, the plain page comes back.
    """
    from generator.parse import page  # noqa: PLC0415  loaded with the first page

    return page.parse_mended(source, plain)


def outline(source: SourceFile) -> Document:
    """What links need of a page, in about half the time: its anchors and links, and what is wrong with them, are those of `parse`.

    Tables, front matter and what is wrong with other things are left out.
    """
    from generator.parse import reading  # noqa: PLC0415  loaded with the first page

    return reading.outline(source)


def navigation(source: SourceFile) -> NavItem:
    """The entries of a table of contents, below a root without a title."""
    from generator.parse import toc  # noqa: PLC0415  loaded with the first table of contents

    return toc.navigation(source)


def metadata(source: SourceFile) -> tuple[Meta, tuple[Finding, ...]]:
    """The front matter of a file that is no page, and what is wrong with it."""
    from generator.parse import front_matter  # noqa: PLC0415  loaded with the first file

    return front_matter.metadata(source)


def ignored(source: SourceFile) -> tuple[Ignore, ...]:
    """The comments of a file that is no page, such as a table of contents, that ask to ignore findings."""
    from generator.parse import ignores  # noqa: PLC0415  loaded with the first file

    return ignores.ignored(source)


def asks(words: str) -> bool:
    """Whether a text is a question."""
    from generator.parse import cases  # noqa: PLC0415  loaded with the first text

    return cases.asks(words)


__all__ = ["asks", "ignored", "metadata", "navigation", "outline", "parse", "parse_mended"]
