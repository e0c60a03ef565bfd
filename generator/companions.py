"""The files beside the pages, each beside its reference: tables of contents and `metadata.md`; kept by content, as pages are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Final

import msgspec
from msgspec import Struct

from generator import contents, defaults
from generator.alignment import align
from generator.alignment.entries import pair_entries
from generator.cache import Cache, key_of
from generator.checks import translation as checks
from generator.checks.translation.asked import within, words_of
from generator.checks.translation.identifiers import Identifiers
from generator.checks.translation.places import locate
from generator.config import Config, LanguageConfig
from generator.dictionaries import Dictionaries
from generator.model import DocPath, Document, Finding, NavItem, Page, PageKey, SourceFile
from generator.parse import navigation, parse
from generator.site import Gathered
from generator.workers import SMALL, Crew, Shared, crew

_ENCODER: Final = msgspec.msgpack.Encoder(order="sorted")



class Beside(Struct, frozen=True):
    """What is wrong with a file, and which findings of other checks that explains: their codes and targets."""

    findings: tuple[Finding, ...]
    told: tuple[tuple[str, str], ...] = ()


_BESIDE: Final = msgspec.msgpack.Decoder(Beside)
_WORDS: Final = msgspec.msgpack.Decoder(frozenset[str])


class _Side(Struct, frozen=True, dict=True):
    """A file of one language, parsed once it is asked for, and the pages that the language has."""

    source: SourceFile
    documents: Mapping[DocPath, Document]

    @cached_property
    def page(self) -> Page:
        return parse(self.source)

    @cached_property
    def contents(self) -> NavItem:
        return navigation(self.source)

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(self.source.lines)

    def known(self, path: str) -> bool:
        """Whether a path is one of the language's pages."""
        return DocPath(path) in self.documents


class _Work(Struct, frozen=True):
    """All pairs of files that a site has, and what their comparison needs: of each file of the reference the names that it has words for."""

    pairs: Mapping[PageKey, tuple[_Side, _Side]]
    names: Mapping[DocPath, Identifiers]
    cache: Cache
    outline: str

    def key(self, file: PageKey) -> str:
        """What is found in a file is kept under this."""
        original, side = self.pairs[file]
        sources = map(self.cache.key, (original.source, side.source))
        return key_of("companion", *sources, self.names[file[1]].digest, self.outline)


def compared(config: Config, gathered: Gathered, identifiers: Identifiers, workers: Crew) -> Iterator[tuple[PageKey, Beside]]:
    """What is wrong with the tables of contents and the `metadata.md` of each translation, file by file."""
    if config.reference is None:
        return
    originals = _sides(config, config.reference, gathered)
    outline = key_of("pages", *(str(sorted(pages)) for pages in gathered.knowledge.documents.values()))
    others = [language for language in config.languages if language is not config.reference]
    sides = {(language.lang, path): side for language in others for path, side in _sides(config, language, gathered).items()}
    pairs = {file: (originals[file[1]], side) for file, side in sides.items() if file[1] in originals}
    store = gathered.library.cache
    names = {path: within(identifiers, _words(original, store)) for path, original in originals.items()}
    work = _Work(pairs, names, store, outline)
    with workers.share(work) as shared:
        fresh = [(shared, file) for file in pairs if not work.cache.has(work.key(file))]
        for _ in (workers if len(gathered.library.keys) >= SMALL else crew(1)).run(_compared, fresh):
            pass
    for file in pairs:
        yield file, _BESIDE.decode(_kept(work, file))


def _compared(task: tuple[Shared[_Work], PageKey]) -> None:
    shared, file = task
    _kept(shared.get(), file)


def _kept(work: _Work, file: PageKey) -> bytes:
    """What is found in a file, encoded; made where the cache has it not."""
    return work.cache.blob(work.key(file), lambda: _ENCODER.encode(_found(*work.pairs[file], work.names[file[1]], Dictionaries(work.cache).knows)))


def _words(original: _Side, store: Cache) -> frozenset[str]:
    return _WORDS.decode(store.blob(key_of("words", store.key(original.source)), lambda: _ENCODER.encode(words_of(original.page))))


def _sides(config: Config, language: LanguageConfig, gathered: Gathered) -> dict[DocPath, _Side]:
    """The files of a language by their path below its root."""
    tree, documents = gathered.knowledge.trees[language.lang], gathered.knowledge.documents[language.lang]
    found = {source.path: _Side(source, documents) for source in contents.sources(config, language, tree)}
    return found | {DocPath(f"{folder}/{defaults.NAME}"): _Side(source, documents) for folder, source in defaults.sources(language, tree)}


def _found(original: _Side, side: _Side, identifiers: Identifiers, knows: Callable[[str, str], bool]) -> Beside:
    if side.source.path.endswith(defaults.NAME):
        alignment = align(original.page, side.page)
        found = checks.compare(original.page, side.page, identifiers, alignment, knows)
        told: tuple[tuple[str, str], ...] = ()
    else:
        entries = pair_entries(original.page, original.contents, side.page, side.contents)
        alignment = entries.alignment(original.page, side.page)
        found = checks.compare_contents(original.page, side.page, identifiers, entries, (original.known, side.known))
        told = tuple(checks.told(entries, side.known))
    return Beside(tuple(locate(found, alignment, original.lines, side.lines)), told)
