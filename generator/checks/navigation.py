"""The table of contents leads to each page once, and to nothing else."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from generator.checks.counterparts import align
from generator.checks.similar import nearest
from generator.config import Config
from generator.contents import leads_to
from generator.model import DocPath, Document, Finding, KnowledgeBase, Lang, NavItem, Span
from generator.resolve import SCHEMES

_MARK: Final = re.compile(r"\{\w+(?:-\w+)+\}")
"""What a translation may have made of `{hide-from-toc}`."""


def contents_lead_to_each_page_once(kb: KnowledgeBase, config: Config) -> Iterator[Finding]:
    """Entries whose page is missing or listed twice; pages that no entry leads to."""
    bases = {language.lang: language.base for language in config.languages}
    for language in kb.languages:
        tree = kb.trees[language.lang]
        if not tree.tocs:
            continue
        seen: dict[str, NavItem] = {}
        dead: list[NavItem] = []
        for item in walk(kb.navigation[language.lang]):
            file = f"{bases[language.lang]}/{item.file}"
            if mark := _MARK.match(item.title):
                message = f"{mark[0]} is no mark, so it is shown before the title, and the entry is not hidden; write {{hide-from-toc}}."
                yield Finding("toc-entry", file, item.span or Span(1, 1, 1, 1), message, language.lang, mark[0])
            if item.path is None and not item.url and not item.children:
                message = "This is neither a link nor a group, since no entries stand below it; write [title](page.md)."
                yield Finding("toc-entry", file, item.span or Span(1, 1, 1, 1), message, language.lang, item.title)
            elif item.path is None:
                dead.extend([item] if item.url and _is_local(item.url) and leads_to(item) not in tree.files else [])
            elif item.path in seen:
                message = f"{item.path} stands already at {_place(seen[item.path], item)}; keep one entry."
                yield Finding("link-toc-duplicate", file, item.span or Span(1, 1, 1, 1), message, language.lang, item.url)
            else:
                seen[item.path] = item
        orphans = {path: page for path, page in kb.documents[language.lang].items() if path not in seen}
        others = {other: list(walk(items)) for other, items in kb.navigation.items() if other != language.lang}
        known = _entries(others)
        counterparts = _counterparts(list(walk(kb.navigation[language.lang])), others) if dead else {}
        for item in dead:
            meant = _meant(item, orphans) or next((other.url for other in counterparts.get(id(item), ()) if other.path not in seen), "")
            orphans.pop(DocPath(leads_to(replace(item, url=meant))), None)
            message = f"There is no page {item.url}." + (f" {meant} is meant, which no entry leads to." if meant else "")
            file = f"{bases[language.lang]}/{item.file}"
            yield Finding("link-toc-missing", file, item.span or Span(1, 1, 1, 1), message, language.lang, item.url, meant)
        for path, page in orphans.items():
            there = f" {known[path][0]} has one at line {known[path][1]}." if path in known else ""
            message = f"No entry of {tree.tocs[0]} leads to this page; add one, or leave the page out (exclude in site.yml).{there}"
            yield Finding("link-orphan-page", page.file, Span(1, 1, 1, 1), message, language.lang, path)


def _entries(others: Mapping[Lang, Sequence[NavItem]]) -> dict[DocPath, tuple[Lang, int]]:
    """Pages that the tables of contents of other languages lead to: in which, and at which line."""
    found: dict[DocPath, tuple[Lang, int]] = {}
    for lang, items in others.items():
        for item in items:
            if item.path is not None and item.span:
                found.setdefault(item.path, (lang, item.span.line))
    return found


def _counterparts(own: Sequence[NavItem], others: Mapping[Lang, Sequence[NavItem]]) -> Mapping[int, list[NavItem]]:
    """The entries of other languages that lead to a page and stand where an entry (by its identity) stands in this one."""
    found: dict[int, list[NavItem]] = {}
    addresses = [item.url for item in own]
    for items in others.values():
        for number, index in align(addresses, [item.url for item in items]).items():
            if items[index].path is not None:
                found.setdefault(id(own[number]), []).append(items[index])
    return found


def _is_local(url: str) -> bool:
    return url.partition(":")[0] not in SCHEMES and not url.startswith("#")


def _meant(item: NavItem, orphans: Mapping[DocPath, Document]) -> str:
    """The page without an entry that a dead entry most likely means, written from where the entry stands."""
    _, mark, anchor = item.url.partition("#")
    guess = nearest(leads_to(item), tuple(map(str, orphans)))
    return f"{posixpath.relpath(guess.name, posixpath.dirname(item.file) or '.')}{mark}{anchor}" if guess and guess.sure else ""


def _place(earlier: NavItem, item: NavItem) -> str:
    """Where an earlier entry stands, seen from another one."""
    line = f"line {earlier.span.line if earlier.span else 1}"
    return line if earlier.file == item.file else f"{line} of {earlier.file}"


def walk(items: tuple[NavItem, ...]) -> Iterator[NavItem]:
    """All entries, each before those below it."""
    for item in items:
        yield item
        yield from walk(item.children)
