"""Every page beside its reference: what is wrong with it, how much of it is there, and both texts side by side; kept by content.

A page is compared again, in all its languages, only when it or what the whole reference teaches about its names has changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import Final

import msgspec
from msgspec import Struct

from generator import companions, read
from generator.alignment import Alignment, align
from generator.cache import key_of
from generator.checks import translation as checks
from generator.checks.translation import identifiers as names
from generator.checks.translation import words
from generator.checks.translation.asked import within, words_of
from generator.checks.translation.identifiers import Identifiers, Learnt, gather, learn, together
from generator.checks.translation.places import locate
from generator.checks.translation.words import Knows
from generator.config import Config
from generator.dictionaries import Dictionaries
from generator.model import DocPath, Finding, KnowledgeBase, Lang, Page, PageKey, Span
from generator.site import Gathered, Library
from generator.workers import CHUNK, SMALL, Crew, Shared, chunks, crew

_ENCODER: Final = msgspec.msgpack.Encoder(order="sorted")



class Parts(Struct, frozen=True):
    """How many blocks of a page and its reference have a counterpart, how many are missing in the translation, how many it alone has."""

    both: int
    missing: int
    extra: int


class Compared(Struct, frozen=True):
    """A page beside its reference. `parts` is None where it has none, and for files that are no pages.

    `told` are codes and targets of findings of other checks that are explained by what is wrong here.
    """

    findings: tuple[Finding, ...]
    parts: Parts | None
    told: tuple[tuple[str, str], ...] = ()


class Side(Struct, frozen=True):
    """A block of the reference and its translation, as text; None where one of them is missing.

    `line` is the translation's, 0 where it has none; `row` counts the rows of tables from 1 in the page, 0 is no table.
    """

    kind: str
    original: str | None
    translation: str | None
    line: int
    row: int


class _Taught(Struct, frozen=True):
    """What pages of the reference teach about names, and the words that they may ask the names of all pages for."""

    learnt: Learnt
    words: frozenset[str]


_COMPARED: Final = msgspec.msgpack.Decoder(tuple[tuple[Compared, ...], ...])
_TAUGHT: Final = msgspec.msgpack.Decoder(_Taught)
_SIDES: Final = msgspec.msgpack.Decoder(tuple[Side, ...])


class Beside(Struct, frozen=True):
    """Both texts of any page that has a reference, fetched one page at a time."""

    library: Library
    reference: Lang

    def __call__(self, lang: Lang, path: DocPath) -> tuple[Side, ...]:
        """The blocks of a page in reading order, paired."""
        return _SIDES.decode(self.library.cache.blob(self.key(lang, path), lambda: self._made(lang, path)))

    def key(self, lang: Lang, path: DocPath) -> str:
        """What a page's pairs are kept under."""
        return key_of("beside", self.library.keys[lang, path], self.library.keys[self.reference, path])

    def _made(self, lang: Lang, path: DocPath) -> bytes:
        return _ENCODER.encode(sides(align(self.library(self.reference, path), self.library(lang, path))))


class _Work(Struct, frozen=True):
    """What a worker needs for any page: `identifiers` is None while they are being learnt, `beside` where no texts are wanted.

    `langs` are the translations, `knows` asks the dictionaries. `names` is a hash of all that any page can ask of the names.
    """

    library: Library
    reference: Lang | None
    langs: tuple[Lang, ...]
    knows: Knows
    identifiers: Identifiers | None = None
    names: str = ""
    beside: Beside | None = None


_Do = Callable[[_Work, tuple[DocPath, ...]], bytes]
"""Makes something of a group of pages."""


def compared(config: Config, gathered: Gathered, workers: Crew, *, beside: bool = False) -> Mapping[PageKey, Compared]:
    """The translated pages of a site beside their reference, language by language, then the files beside the pages.

    With `beside` the pages' texts are kept for later, too.
    """
    reference = config.reference.lang if config.reference else None
    langs = tuple(language.lang for language in config.languages if language.lang != reference)
    dictionaries = Dictionaries(gathered.library.cache)
    if len(gathered.library.keys) >= SMALL:
        dictionaries.prepare(asked(reference, langs), workers)
    identifiers, asked_for = learnt(config, gathered, workers) if len(config.languages) > 1 else (None, "")
    texts = Beside(gathered.library, reference) if beside and reference else None
    work = _Work(gathered.library, reference, langs, dictionaries.knows, identifiers, asked_for, texts)
    documents = gathered.knowledge.documents
    groups = tuple(chunks(sorted({path for lang in langs for path in documents[lang]}), max(CHUNK // max(len(langs), 1), 1)))
    found: dict[PageKey, Compared] = {}
    for group, data in zip(groups, _each(_compare, work, groups, workers), strict=True):
        for path, sides in zip(group, _COMPARED.decode(data), strict=True):
            found.update(zip(((lang, path) for lang in _having(work, path)), sides, strict=True))
    files = companions.compared(config, gathered, identifiers, workers) if identifiers else ()
    broken = _broken(gathered.knowledge, reference)
    pages = {(lang, path): _without(found[lang, path], broken.get(path)) for lang in langs for path in sorted(documents[lang])}
    return pages | {key: Compared(file.findings, None, file.told) for key, file in files}


def _broken(kb: KnowledgeBase, reference: Lang | None) -> dict[DocPath, frozenset[str]]:
    """The addresses on pages of the reference that do not arrive, as they are written."""
    found = {}
    for path, destinations in kb.links.get(reference, {}).items() if reference else ():
        links = kb.documents[reference][path].links if reference else ()
        if lost := frozenset(link.written for link, destination in zip(links, destinations, strict=True) if destination.fault):
            found[path] = lost
    return found


def _without(page: Compared, broken: frozenset[str] | None) -> Compared:
    """A page's comparison without findings that want a link of the reference that is broken there: what the translation has may arrive."""
    kept = tuple(finding for finding in page.findings if finding.code != "translation-link" or finding.suggestion not in broken) if broken else page.findings
    return page if len(kept) == len(page.findings) else msgspec.structs.replace(page, findings=kept)


def learnt(config: Config, gathered: Gathered, workers: Crew) -> tuple[Identifiers | None, str]:
    """The names of the reference, None where the site has no reference, and a hash of those that any of its pages has words for."""
    if config.reference is None:
        return None, ""
    lang = config.reference.lang
    work = _Work(gathered.library, lang, (), Dictionaries(gathered.library.cache).knows)
    groups = tuple(chunks(sorted(gathered.knowledge.documents[lang])))
    taught = _joined(_TAUGHT.decode(data) for data in _each(_teach, work, groups, workers))
    identifiers = gather(taught.learnt, config)
    return identifiers, within(identifiers, taught.words).digest


def asked(reference: Lang | None, langs: Sequence[Lang]) -> frozenset[str]:
    """The dictionaries that a site's pages will be looked up in."""
    return names.needed(reference or "").union(*map(words.needed, langs))


def sides(alignment: Alignment) -> tuple[Side, ...]:
    """The pairs of an alignment as text; a cell that spans places is told once."""
    found: list[Side] = []
    seen: set[tuple[tuple[Span, str] | None, ...]] = set()
    rows: dict[tuple[int, int], int] = {}
    for pair in alignment.pairs:
        original, translation = pair.original, pair.translation
        block = original or translation
        if block is None:
            continue
        if block.kind in ("cell", "header"):
            both = tuple((side.span, side.text) if side else None for side in (original, translation))
            if both in seen:
                continue
            seen.add(both)
        row = rows.setdefault((pair.table, pair.row), len(rows) + 1) if pair.table >= 0 else 0
        if any(side and side.text for side in (original, translation)):
            line = translation.span.line if translation else 0
            found.append(Side(block.kind, original.text if original else None, translation.text if translation else None, line, row))
    return tuple(found)


def _each(do: _Do, work: _Work, groups: Sequence[tuple[DocPath, ...]], workers: Crew) -> Iterator[bytes]:
    """What `do` makes of each group of pages, in order; made where the cache has it not."""
    cache = work.library.cache
    keys = [_group(do, work, group) for group in groups]
    fresh = [not cache.has(key) for key in keys]
    with workers.share(work) as shared:
        tasks = [(shared, do, group) for group, missing in zip(groups, fresh, strict=True) if missing]
        small = sum(len(group) for _, _, group in tasks) * max(len(work.langs), 1) < SMALL
        made = (crew(1) if small else workers).run(_made, tasks)
        for key, group, missing in zip(keys, groups, fresh, strict=True):
            yield next(made) if missing else cache.blob(key, partial(do, work, group))


def _made(task: tuple[Shared[_Work], _Do, tuple[DocPath, ...]]) -> bytes:
    shared, do, group = task
    work = shared.get()
    return work.library.cache.blob(_group(do, work, group), lambda: do(work, group))


def _group(do: _Do, work: _Work, group: tuple[DocPath, ...]) -> str:
    """What is made of a group of pages is kept under all that they are in every language, and all that they can ask."""
    keys, langs = work.library.keys, (work.reference, *work.langs)
    return key_of(do.__name__, work.names, *(f"{lang} {keys[lang, path]}" for path in group for lang in langs if lang and (lang, path) in keys))


def _teach(work: _Work, group: tuple[DocPath, ...]) -> bytes:
    return _ENCODER.encode(_joined(_taught(work, work.reference or Lang(""), path) for path in group))


def _joined(parts: Iterable[_Taught]) -> _Taught:
    """What some pages teach, as one; one part at a time is in memory."""
    words: set[str] = set()

    def learnt() -> Iterator[Learnt]:
        for part in parts:
            words.update(part.words)
            yield part.learnt

    return _Taught(together(learnt()), frozenset(words))


def _taught(work: _Work, lang: Lang, path: DocPath) -> _Taught:
    def make() -> bytes:
        page = work.library(lang, path)
        return _ENCODER.encode(_Taught(learn(page, work.knows), words_of(page)))

    return _TAUGHT.decode(work.library.cache.blob(key_of("taught", work.library.keys[lang, path]), make))


class _Original(Struct, frozen=True, dict=True):
    """A page of the reference: read once for all its translations, and only where one of them was not compared yet."""

    work: _Work
    lang: Lang
    path: DocPath
    identifiers: Identifiers

    @property
    def key(self) -> str:
        """What stands for the page, and for the names that it has words for."""
        return self.work.library.keys[self.lang, self.path] + self.asked.digest

    @cached_property
    def page(self) -> Page:
        return self.work.library(self.lang, self.path)

    @cached_property
    def asked(self) -> Identifiers:
        return within(self.identifiers, _taught(self.work, self.lang, self.path).words)


def _compare(work: _Work, group: tuple[DocPath, ...]) -> bytes:
    return _ENCODER.encode([msgspec.Raw(_sides_of(work, path)) for path in group])


def _sides_of(work: _Work, path: DocPath) -> bytes:
    """A page in all languages that have it, kept as one: thousands of files less."""
    keys, original = work.library.keys, None
    if work.reference and work.identifiers and (work.reference, path) in keys:
        original = _Original(work, work.reference, path, work.identifiers)
    langs = _having(work, path)

    def make() -> bytes:
        return _ENCODER.encode([_beside_reference(work, work.library(lang, path), original) for lang in langs])

    return work.library.cache.blob(key_of("compared", original.key if original else "", *(keys[lang, path] for lang in langs)), make)


def _having(work: _Work, path: DocPath) -> list[Lang]:
    """The translations that have a page."""
    return [lang for lang in work.langs if (lang, path) in work.library.keys]


def _beside_reference(work: _Work, page: Page, original: _Original | None) -> Compared:
    """One page: its findings at their exact places."""
    if original is None:
        found = tuple(checks.alone(page, work.knows))
        return Compared(tuple(locate(found, align(page, page), (), _lines(work, page))) if found else (), None)
    alignment = align(original.page, page)
    if work.beside:
        work.library.cache.write(work.beside.key(page.document.lang, page.document.path), _ENCODER.encode(sides(alignment)))
    found = tuple(checks.compare(original.page, page, original.asked, alignment, work.knows))
    parts = _parts(alignment)
    return Compared(tuple(locate(found, alignment, _lines(work, original.page), _lines(work, page))) if found else (), parts)


def _parts(alignment: Alignment) -> Parts:
    both = sum(1 for pair in alignment.pairs if pair.original and pair.translation)
    missing = sum(1 for pair in alignment.pairs if not pair.translation)
    return Parts(both, missing, len(alignment.pairs) - both - missing)


def _lines(work: _Work, page: Page) -> tuple[str, ...]:
    """The lines of a page's source."""
    config, document = work.library.config, page.document
    source, _ = read.source(config, config.language(document.lang), document.path)
    return tuple(source.lines if source else ())
