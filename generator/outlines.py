"""Config -> KnowledgeBase of outlines: what links need of every page, in a part of the time that whole pages take.

Outlines of a language lie in one entry of the cache, so that a run in which little changed reads few files.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from operator import call
from typing import Final

import msgspec

from generator import contents, read, snippets
from generator.cache import Cache
from generator.config import Config, LanguageConfig
from generator.knowledge import knowledge
from generator.model import DocPath, Document, KnowledgeBase, NavItem, Tree
from generator.parse import outline
from generator.workers import SMALL, Crew, chunks, crew


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a language: the outlines of its pages, and the entries of the tables of contents that have this digest."""

    pages: dict[DocPath, Document]
    toc: str
    entries: tuple[NavItem, ...]


_ENCODER: Final = msgspec.msgpack.Encoder()


def outlines(config: Config, store: Cache, workers: Crew) -> KnowledgeBase:
    """All that links need of a site; its documents have no tables and no front matter, so it knows no records.

    What is wrong with other things than links, such as a page that cannot be read, is not among its findings.
    """
    trees = {language.lang: read.tree(config, language) for language in config.languages}
    kept = {language.lang: _language(config, language, trees[language.lang], store, workers) for language in config.languages}
    documents = {lang: found.pages for lang, found in kept.items()}
    return knowledge(config, trees, documents, {lang: found.entries for lang, found in kept.items()}, ())


def _language(config: Config, language: LanguageConfig, tree: Tree, store: Cache, workers: Crew) -> Kept:
    """The outlines of a language, those that changed made anew."""
    key = _key(config, language)
    kept = _kept(store, key)
    found = {path: old for path in tree.pages if (old := kept.pages.get(path)) and _unchanged(config, language, old)}
    toc = contents.digest(contents.sources(config, language, tree))
    todo = [partial(_outlines, config, language, chunk) for chunk in chunks([path for path in tree.pages if path not in found])]
    hands = crew(1) if len(tree.pages) - len(found) < SMALL else workers
    made = hands.run(call, [*([] if toc == kept.toc else [partial(_entries, config, language, tree)]), *todo])
    entries = kept.entries if toc == kept.toc else msgspec.msgpack.decode(next(made), type=tuple[NavItem, ...])
    decoder = msgspec.msgpack.Decoder(list[Document])
    for chunk in made:
        found.update((document.path, document) for document in decoder.decode(chunk))
    fresh = Kept({path: found[path] for path in tree.pages if path in found}, toc, entries)
    if todo or toc != kept.toc or len(fresh.pages) != len(kept.pages):
        store.write(key, _ENCODER.encode(fresh))
    return fresh


def _unchanged(config: Config, language: LanguageConfig, old: Document) -> bool:
    """Whether a page is what its outline was made of; one that may have snippets is put together to know."""
    try:
        data = read.data(f"{language.root}/{old.path}")
    except OSError:
        return False
    if b"{{" not in data:
        return hashlib.sha256(data).hexdigest() == old.digest
    written = read.source(config, language, old.path)[0]
    return written is not None and snippets.expand(written, language).digest == old.digest


def _entries(config: Config, language: LanguageConfig, tree: Tree) -> bytes:
    """The entries of the tables of contents, encoded."""
    return _ENCODER.encode(contents.contents(contents.sources(config, language, tree), language.toc))


def _outlines(config: Config, language: LanguageConfig, paths: Sequence[DocPath]) -> bytes:
    """The outlines of a chunk, encoded: a fifth of the cost of pickling them."""
    sources = [source for path in paths if (source := read.source(config, language, path)[0])]
    gc.disable()  # a tenth of the time went into looking for circles that parsing does not make
    try:
        return _ENCODER.encode([outline(snippets.expand(source, language)) for source in sources])
    finally:
        gc.enable()


def _key(config: Config, language: LanguageConfig) -> str:
    """The name of a language's entry."""
    parts = ("outlines", language.lang, language.base, str(config.limits))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _kept(store: Cache, key: str) -> Kept:
    data = store.read(key)
    try:
        return Kept({}, "", ()) if data is None else msgspec.msgpack.decode(data, type=Kept)
    except msgspec.MsgspecError:
        return Kept({}, "", ())
