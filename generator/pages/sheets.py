"""Which sections of the navigation can be printed in one piece.

A sheet is the largest section around a page that has no more than so many pages, so that every page is on one sheet at
most, and the site grows by each text once. A section inside it is the same sheet, asked for by its fragment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from generator.model import DocPath, KnowledgeBase, Lang, NavItem
from generator.pages import near, urls

_MOST: Final = 200
_LEAST: Final = 2
"""A section of one page is printed by that page."""


class Section(Struct, frozen=True):
    """A section of a sheet: the pages that stand in it themselves, in order, then the sections below."""

    title: str
    anchor: str
    paths: tuple[DocPath, ...]
    below: tuple[Section, ...]

    @property
    def pages(self) -> tuple[DocPath, ...]:
        """All its pages, in order."""
        return (*self.paths, *(path for one in self.below for path in one.pages))


class Sheet(Struct, frozen=True):
    """A section as one page."""

    url: str
    section: Section


class Index(Struct, frozen=True):
    """The sheets of a language; the address and fragment of a section by its anchor on the page with the whole tree, and by its pages."""

    sheets: tuple[Sheet, ...]
    sections: Mapping[str, tuple[str, str]]
    pages: Mapping[DocPath, tuple[str, str]]


def printable(kb: KnowledgeBase, lang: Lang) -> Index:
    """The sheets of a language, of its own pages and of those that it has from the reference."""
    borrowed = kb.documents.get(kb.reference.lang, {}) if kb.reference else {}
    return index(lang, near.navigation(kb, lang), {**borrowed, **kb.documents.get(lang, {})})


def index(lang: Lang, items: Iterable[NavItem], known: Iterable[DocPath]) -> Index:
    """The sheets of a navigation, of the pages that are `known`; a page that stands in several places is printed in the first."""
    left = set(known)
    top = [found for number, item in enumerate(items, 1) if (found := _section(item, f"group-{number}", left))]
    sheets = tuple(Sheet(urls.sheet(lang, one.anchor), one) for one in _largest(top))
    sections = {}
    pages = {}
    for sheet in sheets:
        for anchor, section in _printed(sheet.section, ""):
            place = (sheet.url, anchor)
            sections[section.anchor] = place
            pages.update(dict.fromkeys(section.pages, place))
    return Index(sheets, sections, pages)


def _section(item: NavItem, anchor: str, left: set[DocPath]) -> Section | None:
    """A group as far as it can be printed: its own page, pages and groups below, none of which was taken before; None where nothing is left."""
    if item.hidden or not item.children:
        return None
    paths = tuple(dict.fromkeys(path for path in _own(item) if path in left))
    left.difference_update(paths)
    below = tuple(found for number, child in enumerate(item.children, 1) if (found := _section(child, f"{anchor}-{number}", left)))
    return Section(item.title, anchor, paths, below) if paths or below else None


def _own(item: NavItem) -> Iterator[DocPath]:
    if item.path is not None:
        yield item.path
    yield from (child.path for child in item.children if child.path is not None and not child.children and not child.hidden)


def _largest(sections: Iterable[Section]) -> Iterator[Section]:
    for one in sections:
        count = len(one.pages)
        if count > _MOST:
            yield from _largest(one.below)
        elif count >= _LEAST:
            yield one


def _printed(section: Section, anchor: str) -> Iterator[tuple[str, Section]]:
    """The sections of a sheet that are worth printing alone, outer ones first, each with its fragment."""
    yield anchor, section
    for one in section.below:
        if len(one.pages) >= _LEAST:
            yield from _printed(one, one.anchor)
