"""Config -> KnowledgeBase: read every language, parse what changed (in parallel), put it together."""

from __future__ import annotations

import gc
import html
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fnmatch import fnmatchcase
from functools import cache
from sys import intern
from typing import Final

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from generator import contents, defaults, read, snippets
from generator.cache import Cache, key_of
from generator.config import Config, LanguageConfig
from generator.extract import Extract, extract, is_mapped
from generator.knowledge import knowledge
from generator.model import DocPath, Document, Finding, KnowledgeBase, Lang, Mend, NavItem, Page, PageKey, SourceFile, Table, Tree
from generator.parse import parse, parse_mended
from generator.workers import SMALL, Crew, chunks, crew


class Library(Struct, frozen=True):
    """The pages of a site, fetched one at a time from the cache."""

    cache: Cache
    keys: Mapping[PageKey, str]
    config: Config
    mends: Mapping[PageKey, tuple[Mend, ...]] = field(default_factory=dict)

    def __call__(self, lang: Lang, path: DocPath) -> Page:
        """One page; parsed anew if its entry was lost meanwhile. Raises OSError where its file was lost too."""
        found = self.cache.get(self.keys[lang, path])
        if found is None:
            source, mends = self.source(lang, path), self.mends.get((lang, path), ())
            found = parse(source)
            return parse_mended(replace(source, mends=mends), found) if mends else found
        return found

    def body(self, lang: Lang, path: DocPath) -> str:
        """The body of one page, without the rest."""
        found = self.cache.part(self.keys[lang, path], _BODY)
        return found.body if found else self(lang, path).body

    def tables(self, lang: Lang, path: DocPath) -> tuple[Table, ...]:
        """The tables of one page, without the rest."""
        found = self.cache.part(self.keys[lang, path], _TABLED)
        return (found or self(lang, path)).document.tables

    def source(self, lang: Lang, path: DocPath) -> SourceFile:
        """The source of a page, its snippets put in. Raises OSError where its file was lost."""
        language = self.config.language(lang)
        source, finding = read.source(self.config, language, path)
        if source is None:
            raise OSError(finding.message if finding else path)
        return snippets.expand(source, language)


class Gathered(Struct, frozen=True):
    """All that is known of a site, and where its pages' bodies are."""

    knowledge: KnowledgeBase
    library: Library


class _Body(Struct, frozen=True):
    """What pages show of a `Page`."""

    body: str


class _Tables(Struct, frozen=True):
    tables: tuple[Table, ...]


class _Tabled(Struct, frozen=True):
    """What a page's data file has of a `Page` beside what is known of all."""

    document: _Tables


class _Parsed(Struct, frozen=True):
    path: DocPath
    document: Document | None
    tables: msgspec.Raw
    key: str
    finding: Finding | None


class _Made(Struct, frozen=True):
    """What became of a chunk's bytes: the key of its documents, and the snippets that were looked for, by path, with their digests."""

    key: str
    snippets: Mapping[str, str]


_Task = tuple[Config, LanguageConfig, tuple[DocPath, ...], Cache]
_ENCODER: Final = msgspec.msgpack.Encoder()
_MADE: Final = msgspec.msgpack.Decoder(_Made)
_DECODER: Final = msgspec.msgpack.Decoder(list[_Parsed])
_BODY: Final = msgspec.msgpack.Decoder(_Body)
_TABLED: Final = msgspec.msgpack.Decoder(_Tabled)
_TABLES: Final = msgspec.msgpack.Decoder(tuple[Table, ...])
_ITEMS: Final = msgspec.msgpack.Decoder(tuple[NavItem, ...])


def gather(config: Config, store: Cache, workers: Crew, known: Mapping[str, bytes] | None = None) -> Gathered:
    """Read and parse everything, in chunks of pages. `known` are SHA-256 digests of files that were read a moment ago, by full path."""
    with _growing():
        return _gathered(config, store, workers, known or {})


@contextmanager
def _growing() -> Iterator[None]:
    """Millions of objects that stay, and no circles among them: the collector looks at none of them, now or later."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _gathered(config: Config, store: Cache, workers: Crew, known_files: Mapping[str, bytes]) -> Gathered:
    trees = {language.lang: read.tree(config, language) for language in config.languages}
    tasks = [(config, language, chunk, store) for language in config.languages for chunk in chunks(trees[language.lang].pages)]
    standing = [*_standing(config, tasks, store, known_files)]
    fresh = [task for task, key in zip(tasks, standing, strict=True) if not key]
    made = (crew(1) if sum(len(paths) for _, _, paths, _ in fresh) < SMALL else workers).run(_parse, fresh)
    documents: dict[Lang, dict[DocPath, Document]] = {language.lang: {} for language in config.languages}
    keys: dict[PageKey, str] = {}
    tables: dict[PageKey, bytes] = {}
    inherited = {language.lang: defaults.defaults(language, trees[language.lang]) for language in config.languages}
    findings: list[Finding] = [problem for tree in trees.values() for problem in tree.problems]
    findings += [problem for given in inherited.values() for problem in given.problems]
    for task, key in zip(tasks, standing, strict=True):
        language, parsed = task[1], (store.read(key) or _parse(task)) if key else next(made)
        for item in _DECODER.decode(parsed):
            if item.finding:
                findings.append(item.finding)
            if item.document:
                document = _lean(defaults.inherit(item.document, inherited[language.lang]))
                documents[language.lang][document.path] = document
                keys[language.lang, document.path] = item.key
                if config.records:
                    tables[language.lang, document.path] = bytes(item.tables)
    _lay(config, documents, tables)
    known = knowledge(config, trees, documents, entries(config, trees, store), findings, extract(config, documents))
    return Gathered(known, Library(store, keys, config))


def _lean(document: Document) -> Document:
    """The same document in less memory: the id of a heading is the heading's own, a word in code is there once for the whole site."""
    ids = {heading.anchor: heading for heading in document.headings}
    anchors = (((found.anchor, found.span) if (found := ids.get(name)) and found.span == span else (name, span)) for name, span in document.anchors)
    return replace(document, anchors=tuple(anchors), codes=tuple(map(intern, document.codes)))


def records_of(config: Config, trees: Mapping[Lang, Tree], store: Cache) -> Extract:
    """The records that rows of tables are; read are only pages whose text has the headers of a mapping, or that one names."""
    pages = ((language.lang, path) for language in config.languages for path in trees[language.lang].pages)
    found = {page: source for page in pages if (source := whole_source(config, *page))}
    held = {source.path for source in found.values() if may_hold_records(config, source)}
    documents: dict[Lang, dict[DocPath, Document]] = {language.lang: {} for language in config.languages}
    for (lang, path), source in found.items():
        if path in held:
            documents[lang][path] = store.page(source, parse)[0].document
    return extract(config, documents)


def whole_source(config: Config, lang: Lang, path: DocPath) -> SourceFile | None:
    """A page with its snippets; None where it cannot be read."""
    language = config.language(lang)
    written, _ = read.source(config, language, path)
    return snippets.expand(written, language) if written else None


def may_hold_records(config: Config, source: SourceFile) -> bool:
    """Whether a page has all words of the headers of a mapping somewhere, or is the place of one."""
    said = html.unescape(source.text).casefold()
    return any(
        any(fnmatchcase(source.path, place.page) for place in kind.tables)
        or any(all(word in said for name in names for word in name.casefold().split()) for names in (*kind.headers.values(), [column.header for column in kind.columns]))
        for kind in config.records
        if kind.columns
    )


def _lay(config: Config, documents: Mapping[Lang, dict[DocPath, Document]], tables: Mapping[PageKey, bytes]) -> None:
    """Give tables to the documents that may hold records, in every language; of all others nobody asks but those who read the whole page."""
    places = {path for (lang, path), written in tables.items() if is_mapped(config, replace(documents[lang][path], tables=_TABLES.decode(written)))}
    for (lang, path), written in tables.items():
        if path in places:
            documents[lang][path] = replace(documents[lang][path], tables=_TABLES.decode(written))


def entries(config: Config, trees: Mapping[Lang, Tree], store: Cache) -> Mapping[Lang, tuple[NavItem, ...]]:
    """The tables of contents of all languages, as written."""
    return {language.lang: _contents(config, language, trees[language.lang], store) for language in config.languages}


def _standing(config: Config, tasks: Sequence[_Task], store: Cache, known: Mapping[str, bytes]) -> Iterator[str]:
    """Of each chunk the entry that has its documents, if no byte of what they were made of has changed; else nothing."""

    @cache
    def now(language: LanguageConfig, path: str) -> str:
        return _digest(language, path, read.snippet(language, path))

    for _, language, paths, _ in tasks:
        digests = [known[place].hex() if (place := f"{language.root}/{path}") in known else read.digest(config, language, path) for path in paths]
        data = store.read(_bytes_key(config, language, paths, digests)) if all(digests) else None
        made = _MADE.decode(data) if data else None
        yield made.key if made and store.has(made.key) and all(now(language, path) == then for path, then in made.snippets.items()) else ""


def _digest(language: LanguageConfig, path: str, text: str | None) -> str:
    """What a snippet is: the file that it would come from, and its text if there is one."""
    return key_of("snippet", read.snippet_file(language, path), *(() if text is None else (text,)))


def _bytes_key(config: Config, language: LanguageConfig, paths: Iterable[DocPath], digests: Iterable[str]) -> str:
    """The key of all bytes that a chunk's pages have themselves."""
    around = (language.lang, language.base, read.slash(language), str(config.limits), *config.troubles)
    return key_of("bytes", *around, *(f"{path} {digest}" for path, digest in zip(paths, digests, strict=True)))


def _parse(task: _Task) -> bytes:
    """The documents of a chunk, encoded (a fifth of the cost of pickling them): kept whole while none of its pages changes."""
    config, language, paths, store = task
    texts: snippets.Texts = {}
    sources: list[tuple[DocPath, SourceFile | None, Finding | None, str]] = []
    digests: list[str] = []
    for path in paths:
        written, finding = read.source(config, language, path)
        source = snippets.expand(written, language, texts) if written else None
        sources.append((path, source, finding, store.key(source) if source else ""))
        digests.append(written.digest if written else "")

    def parsed() -> bytes:
        return _ENCODER.encode([_parsed(store, *item) for item in sources])

    key = key_of("chunk", *(f"{path} {key} {finding}" for path, _, finding, key in sources))
    data = store.blob(key, parsed)
    if all(digests):
        made = _Made(key, {path: _digest(language, path, text) for path, text in texts.items()})
        store.write(_bytes_key(config, language, paths, digests), _ENCODER.encode(made))
    return data


def _parsed(store: Cache, path: DocPath, source: SourceFile | None, finding: Finding | None, key: str) -> _Parsed:
    document = store.page(source, parse)[0].document if source else None
    tables = msgspec.Raw(_ENCODER.encode(document.tables if document else ()))
    return _Parsed(path, replace(document, tables=()) if document else None, tables, key, finding)


def _contents(config: Config, language: LanguageConfig, tree: Tree, store: Cache) -> tuple[NavItem, ...]:
    sources = contents.sources(config, language, tree)
    key = key_of("contents", language.toc, *map(store.key, sources))
    written = store.blob(key, lambda: _ENCODER.encode(contents.contents(sources, language.toc)))
    return _ITEMS.decode(written)
