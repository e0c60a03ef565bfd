"""Config -> KnowledgeBase: read every language, parse what changed (in parallel), put it together."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from generator import read
from generator.cache import Cache, Library
from generator.config import Config, LanguageConfig
from generator.knowledge import knowledge
from generator.model import DocPath, Document, Finding, KnowledgeBase, Lang, NavItem, Page
from generator.parse import navigation, parse

CHUNK: Final = 32
"""Pages a task: large enough that handing out tasks costs nothing, small enough that all workers stay busy."""
SMALL: Final = 48
"""Below this many pages, processes cost more than they save."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that is known of a site, and where its pages' bodies are."""

    knowledge: KnowledgeBase
    library: Library


@dataclass(frozen=True, slots=True)
class _Parsed:
    path: DocPath
    document: Document | None
    key: str
    finding: Finding | None


@contextmanager
def cache(config: Config, *, keep: bool) -> Iterator[Cache]:
    """The site's cache: beside site.yml, or for this run only."""
    if keep:
        yield Cache(config.folder / ".sintoma-cache")
        return
    with tempfile.TemporaryDirectory(prefix="sintoma-") as folder:
        yield Cache(Path(folder))


def gather(config: Config, store: Cache, jobs: int = 0) -> Gathered:
    """Read and parse everything. `jobs` processes work at once (0: one for each core)."""
    trees = {language.lang: read.tree(config, language) for language in config.languages}
    tasks = [
        (config, language, chunk, store) for language in config.languages for chunk in _chunks(trees[language.lang].pages)
    ]
    total = sum(len(tree.pages) for tree in trees.values())
    workers = min(jobs or os.cpu_count() or 1, max(1, total // SMALL))
    documents: dict[Lang, dict[DocPath, Document]] = {language.lang: {} for language in config.languages}
    keys: dict[tuple[Lang, DocPath], str] = {}
    findings: list[Finding] = [problem for tree in trees.values() for problem in tree.problems]
    with executor(workers) as pool:
        results = pool.map(_parse, tasks) if pool else map(_parse, tasks)
        for (_, language, _, _), parsed in zip(tasks, results, strict=True):
            for item in parsed:
                if item.finding:
                    findings.append(item.finding)
                if item.document:
                    documents[language.lang][item.path] = item.document
                    keys[language.lang, item.path] = item.key
    entries = {language.lang: _navigation(config, language, trees[language.lang].toc) for language in config.languages}
    by_lang = {language.lang: language for language in config.languages}
    library = Library(store, keys, lambda lang, path: _page(config, by_lang[lang], path))
    return Gathered(knowledge(config, trees, documents, entries, findings), library)


@contextmanager
def executor(workers: int) -> Iterator[Executor | None]:
    """Worker processes, or None where this process does the work itself."""
    if workers < 2:  # noqa: PLR2004  one worker is this process
        yield None
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        yield pool


def _chunks(pages: Sequence[DocPath]) -> Iterator[tuple[DocPath, ...]]:
    rest = iter(pages)
    while chunk := tuple(islice(rest, CHUNK)):
        yield chunk


def _parse(task: tuple[Config, LanguageConfig, tuple[DocPath, ...], Cache]) -> list[_Parsed]:
    config, language, paths, store = task
    parsed = []
    for path in paths:
        source, finding = read.source(config, language, path)
        if source is None:
            parsed.append(_Parsed(path, None, "", finding))
            continue
        page, key = store.page(source, parse)
        parsed.append(_Parsed(path, page.document, key, finding))
    return parsed


def _page(config: Config, language: LanguageConfig, path: DocPath) -> Page:
    source, finding = read.source(config, language, path)
    if source is None:
        raise OSError(finding.message if finding else str(path))
    return parse(source)


def _navigation(config: Config, language: LanguageConfig, toc: DocPath | None) -> tuple[NavItem, ...]:
    if toc is None:
        return ()
    source, _ = read.source(config, language, toc)
    return navigation(source) if source else ()
