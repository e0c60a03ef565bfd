"""Config -> KnowledgeBase of outlines: what links need of every page, in a part of the time that whole pages take.

Outlines of a language lie in one entry of the cache, so that a run in which little changed reads few files. What did change is read
while the rest of the program is loaded and the entry is decoded.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from operator import call
from typing import Final

import msgspec
from msgspec import Struct

from generator import contents, read
from generator.cache import Cache
from generator.config import Config, LanguageConfig
from generator.model import DocPath, Document, KnowledgeBase, NavItem, SourceFile, Tree
from generator.parse import outline
from generator.workers import SMALL, Crew, aside, chunks


class Kept(Struct, frozen=True):
    """What is kept of a language: the digests of its pages and of its tables of contents, their outlines and entries encoded."""

    digests: Mapping[DocPath, str]
    toc: str
    pages: msgspec.Raw
    entries: msgspec.Raw


class _Begun(Struct, frozen=True):
    """A language under way: the pages that are what they were, the digest of its tables of contents, and how to get the rest."""

    language: LanguageConfig
    key: str
    kept: Kept
    same: frozenset[DocPath]
    toc: str
    made: Callable[[], Iterator[bytes]]


_ENCODER: Final = msgspec.msgpack.Encoder()
_NOTHING: Final = Kept({}, "", msgspec.Raw(b"\x80"), msgspec.Raw(b"\x90"))
"""An empty mapping of pages, and no entries."""


def outlines(config: Config, store: Cache, workers: Crew) -> Callable[[], KnowledgeBase]:
    """Begin to read what links need of a site; the function that comes back waits for it.

    Documents have no tables and no front matter, so the site has no records. What is wrong with other things than links, such as a
    page that cannot be read, is not among its findings.
    """
    trees = {language.lang: read.tree(config, language) for language in config.languages}
    begun = [_begin(config, language, trees[language.lang], store, workers) for language in config.languages]

    def finish() -> KnowledgeBase:
        from generator.knowledge import knowledge  # noqa: PLC0415  loaded while pages are read

        found = {one.language.lang: _finish(one, trees[one.language.lang], store) for one in begun}
        documents = {lang: pages for lang, (pages, _) in found.items()}
        return knowledge(config, trees, documents, {lang: entries for lang, (_, entries) in found.items()}, ())

    return finish


def _begin(config: Config, language: LanguageConfig, tree: Tree, store: Cache, workers: Crew) -> _Begun:
    """Find out what changed in a language, and begin to make it anew."""
    key = _key(config, language)
    kept = _kept(store, key)
    same = frozenset(path for path in tree.pages if path in kept.digests and _unchanged(config, language, path, kept.digests[path]))
    toc = contents.digest(contents.sources(config, language, tree))
    todo = [partial(_outlines, config, language, chunk) for chunk in chunks([path for path in tree.pages if path not in same])]
    tasks = [*([] if toc == kept.toc else [partial(_entries, config, language, tree)]), *todo]
    if len(tree.pages) - len(same) >= SMALL or workers.jobs == 1 or not tasks:
        return _Begun(language, key, kept, same, toc, partial(workers.run, call, tasks))
    later = aside(lambda: _ENCODER.encode([task() for task in tasks]))
    return _Begun(language, key, kept, same, toc, lambda: iter(msgspec.msgpack.decode(later(), type=list[bytes])))


def _finish(begun: _Begun, tree: Tree, store: Cache) -> tuple[dict[DocPath, Document], tuple[NavItem, ...]]:
    """The outlines of a language and the entries of its tables of contents, kept for the next run where something changed."""
    kept, made = begun.kept, begun.made()
    found = msgspec.msgpack.decode(kept.pages, type=dict[DocPath, Document])
    written = kept.entries if begun.toc == kept.toc else msgspec.Raw(next(made))
    entries = msgspec.msgpack.decode(written, type=tuple[NavItem, ...])
    decoder = msgspec.msgpack.Decoder(list[Document])
    fresh = {document.path: document for chunk in made for document in decoder.decode(chunk)}
    pages = {path: fresh.get(path) or found[path] for path in tree.pages if path in begun.same or path in fresh}
    if fresh or begun.toc != kept.toc or len(pages) != len(kept.digests):
        digests = {path: page.digest for path, page in pages.items()}
        store.write(begun.key, _ENCODER.encode(Kept(digests, begun.toc, msgspec.Raw(_ENCODER.encode(pages)), written)))
    return pages, entries


def _unchanged(config: Config, language: LanguageConfig, path: DocPath, digest: str) -> bool:
    """Whether a page is what its outline was made of; one that may have snippets is put together to know."""
    try:
        data = read.data(f"{language.root}/{path}")
    except OSError:
        return False
    if b"{{" not in data:
        return hashlib.sha256(data).hexdigest() == digest
    written = read.source(config, language, path)[0]
    return written is not None and _whole(written, language).digest == digest


def _whole(source: SourceFile, language: LanguageConfig) -> SourceFile:
    """A page with its snippets."""
    if "{{" not in source.text:
        return source
    from generator import snippets  # noqa: PLC0415  few pages have some

    return snippets.expand(source, language)


def _entries(config: Config, language: LanguageConfig, tree: Tree) -> bytes:
    """The entries of the tables of contents, encoded."""
    return _ENCODER.encode(contents.contents(contents.sources(config, language, tree), language.toc))


def _outlines(config: Config, language: LanguageConfig, paths: Sequence[DocPath]) -> bytes:
    """The outlines of a chunk, encoded: a fifth of the cost of pickling them."""
    sources = [source for path in paths if (source := read.source(config, language, path)[0])]
    gc.disable()  # a tenth of the time went into looking for circles that parsing does not make
    try:
        return _ENCODER.encode([outline(_whole(source, language)) for source in sources])
    finally:
        gc.enable()


def _key(config: Config, language: LanguageConfig) -> str:
    """The name of a language's entry."""
    parts = ("outlines", language.lang, language.base, str(config.limits))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _kept(store: Cache, key: str) -> Kept:
    data = store.read(key)
    try:
        return _NOTHING if data is None else msgspec.msgpack.decode(data, type=Kept)
    except msgspec.MsgspecError:
        return _NOTHING
