"""The table of contents leads to each page once, and to nothing else."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping

from generator.config import Config
from generator.model import DocPath, Document, Finding, KnowledgeBase, NavItem, Span
from generator.resolve import SCHEMES


def contents_lead_to_each_page_once(kb: KnowledgeBase, config: Config) -> Iterator[Finding]:
    """Entries whose page is missing or listed twice; pages that no entry leads to."""
    bases = {language.lang: language.base for language in config.languages}
    for language in kb.languages:
        tree = kb.trees[language.lang]
        if tree.toc is None:
            continue
        file = f"{bases[language.lang]}/{tree.toc}"
        seen: dict[str, Span] = {}
        dead: list[NavItem] = []
        for item in walk(kb.navigation[language.lang]):
            if item.path is None:
                dead.extend([item] if item.url and _is_local(item.url) and item.url not in tree.files else [])
            elif item.path in seen:
                message = f"{item.path} stands already at line {seen[item.path].line}; keep one entry."
                yield Finding("link-toc-duplicate", file, item.span or seen[item.path], message, language.lang, item.url)
            else:
                seen[item.path] = item.span or Span(1, 1, 1, 1)
        orphans = {path: page for path, page in kb.documents[language.lang].items() if path not in seen}
        for item in dead:
            meant = _meant(item.url, orphans)
            orphans.pop(DocPath(meant), None)
            message = f"There is no page {item.url}." + (" Did you mean this one? No entry leads to it." if meant else "")
            yield Finding("link-toc-missing", file, item.span or Span(1, 1, 1, 1), message, language.lang, item.url, meant)
        for path, page in orphans.items():
            message = f"No entry of {tree.toc} leads to this page; add one, or leave the page out (exclude in site.yml)."
            yield Finding("link-orphan-page", page.file, Span(1, 1, 1, 1), message, language.lang, path)


def _is_local(url: str) -> bool:
    return url.partition(":")[0] not in SCHEMES and not url.startswith("#")


def _meant(url: str, orphans: Mapping[DocPath, Document]) -> str:
    """The page without an entry that a dead entry most likely means."""
    return next(iter(difflib.get_close_matches(url.partition("#")[0], [str(path) for path in orphans], 1, 0.85)), "")


def walk(items: tuple[NavItem, ...]) -> Iterator[NavItem]:
    """All entries, each before those below it."""
    for item in items:
        yield item
        yield from walk(item.children)
