"""Config -> KnowledgeBase of outlines: what links need of every page, in a part of the time that whole pages take.

Outlines of a language lie in one entry of the cache, so that a run in which little changed reads few files.
"""

from __future__ import annotations

import gc
import hashlib
from dataclasses import dataclass
from typing import Final

import msgspec

from generator import read, snippets
from generator.cache import Cache
from generator.config import Config, LanguageConfig
from generator.knowledge import knowledge
from generator.model import DocPath, Document, Finding, KnowledgeBase, NavItem, SourceFile, Tree
from generator.parse import navigation, outline
from generator.site import SMALL, chunks
from generator.workers import Crew, crew


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a language: the outlines of its pages, and the entries of the table of contents that has this digest."""

    pages: dict[DocPath, Document]
    toc: str
    entries: tuple[NavItem, ...]


_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(Kept)
_MADE: Final = msgspec.msgpack.Decoder(list[Document])


def outlines(config: Config, store: Cache, workers: Crew) -> KnowledgeBase:
    """All that links need of a site; its documents have no tables and no front matter, so it knows no records."""
    trees = {language.lang: read.tree(config, language) for language in config.languages}
    findings: list[Finding] = [problem for tree in trees.values() for problem in tree.problems]
    kept = {language.lang: _language(config, language, trees[language.lang], store, workers, findings) for language in config.languages}
    documents = {lang: found.pages for lang, found in kept.items()}
    return knowledge(config, trees, documents, {lang: found.entries for lang, found in kept.items()}, findings)


def _language(config: Config, language: LanguageConfig, tree: Tree, store: Cache, workers: Crew, findings: list[Finding]) -> Kept:
    """The outlines of a language, those that changed made anew; what cannot be read is added to the findings."""
    key = _key(language)
    kept = _kept(store, key)
    found: dict[DocPath, Document] = {}
    todo: list[SourceFile] = []
    for path in tree.pages:
        written, finding = read.source(config, language, path)
        if finding:
            findings.append(finding)
        if written is None:
            continue
        source = snippets.expand(written, language)
        old = kept.pages.get(path)
        if old is not None and old.digest == source.digest:
            found[path] = old
        else:
            todo.append(source)
    if todo:
        hands = crew(1) if len(todo) < SMALL else workers
        for made in hands.run(_outline, list(chunks(todo))):
            found.update((document.path, document) for document in _MADE.decode(made))
    pages = {path: found[path] for path in tree.pages if path in found}
    contents = read.source(config, language, tree.toc)[0] if tree.toc else None
    toc = contents.digest if contents else ""
    entries = kept.entries if toc == kept.toc else navigation(contents) if contents else ()
    fresh = Kept(pages, toc, entries)
    if todo or toc != kept.toc or len(pages) != len(kept.pages):
        store.write(key, _ENCODER.encode(fresh))
    return fresh


def _outline(sources: tuple[SourceFile, ...]) -> bytes:
    """The outlines of a chunk, encoded: a fifth of the cost of pickling them."""
    gc.disable()  # a tenth of the time went into looking for circles that parsing does not make
    try:
        return _ENCODER.encode([outline(source) for source in sources])
    finally:
        gc.enable()


def _key(language: LanguageConfig) -> str:
    """The name of a language's entry."""
    parts = ("outlines", language.lang, language.base)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _kept(store: Cache, key: str) -> Kept:
    data = store.read(key)
    try:
        return Kept({}, "", ()) if data is None else _DECODER.decode(data)
    except msgspec.MsgspecError:
        return Kept({}, "", ())
