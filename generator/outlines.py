"""Config -> KnowledgeBase of outlines: what links need of every page, in a part of the time that whole pages take.

Outlines of a language lie in one entry of the cache, so that a run in which little changed reads few files.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Mapping
from typing import Final

import msgspec

from generator import __version__, read, snippets
from generator.cache import Cache
from generator.config import Config, LanguageConfig
from generator.knowledge import knowledge
from generator.model import DocPath, Document, Finding, KnowledgeBase, Lang, SourceFile, Tree
from generator.parse import DIALECT_VERSION, outline
from generator.site import SMALL, chunks, entries
from generator.workers import Crew, crew

Outlines = dict[DocPath, Document]
_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(Outlines)


def outlines(config: Config, store: Cache, workers: Crew) -> KnowledgeBase:
    """All that links need of a site; its documents have no tables and no front matter, so it knows no records."""
    trees = {language.lang: read.tree(config, language) for language in config.languages}
    findings: list[Finding] = [problem for tree in trees.values() for problem in tree.problems]
    documents: dict[Lang, Mapping[DocPath, Document]] = {}
    for language in config.languages:
        documents[language.lang] = _language(config, language, trees[language.lang], store, workers, findings)
    return knowledge(config, trees, documents, entries(config, trees), findings)


def _language(
    config: Config, language: LanguageConfig, tree: Tree, store: Cache, workers: Crew, findings: list[Finding]
) -> Mapping[DocPath, Document]:
    """The outlines of a language's pages, those that changed made anew; what cannot be read is added to the findings."""
    key = _key(language)
    kept = _kept(store, key)
    found: Outlines = {}
    todo: list[SourceFile] = []
    for path in tree.pages:
        source, finding = read.source(config, language, path)
        if finding:
            findings.append(finding)
        if source is None:
            continue
        source = snippets.expand(source, language)
        old = kept.get(path)
        if old is not None and old.digest == source.digest:
            found[path] = old
        else:
            todo.append(source)
    if todo:
        hands = crew(1) if len(todo) < SMALL else workers
        for made in hands.run(_outline, list(chunks(todo))):
            found.update((document.path, document) for document in made)
    if todo or len(found) != len(kept):
        found = {path: found[path] for path in tree.pages if path in found}
        store.write(key, _ENCODER.encode(found))
    return found


def _outline(sources: tuple[SourceFile, ...]) -> list[Document]:
    gc.disable()  # a tenth of the time went into looking for circles that parsing does not make
    try:
        return [outline(source) for source in sources]
    finally:
        gc.enable()


def _key(language: LanguageConfig) -> str:
    """The name of a language's entry."""
    parts = ("outlines", language.lang, language.base, str(DIALECT_VERSION), __version__)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _kept(store: Cache, key: str) -> Outlines:
    data = store.read(key)
    try:
        return {} if data is None else _DECODER.decode(data)
    except msgspec.MsgspecError:
        return {}
