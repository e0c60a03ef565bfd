"""One search index a language, in steps that are each kept by what they are made of.

Pages in chunks become numbered words, and lines aligned with the reference's; the words of a language become the core of its
index; its lines, some chunks a portion, tell what words mean; core, meanings and the manifest of the reference's index become an
index, whose files those of the first two are already. So an edit costs the chunk it is in and the core of its language; where
aligned lines changed, their portion, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import nullcontext
from itertools import chain
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from generator import entries
from generator.cache import key_of
from generator.config import Config
from generator.model import Artifact, DocPath, KnowledgeBase, Lang
from generator.search import Index, Options, Vectors, encoder, tables
from generator.search.index import Core, Meanings, core, meanings, whole
from generator.search.words import Words, together, words
from generator.site import Gathered
from generator.workers import Crew, Shared, chunks

_ENCODER: Final = msgspec.msgpack.Encoder(order="deterministic", enc_hook=str)
_OPTIONS: Final = Options()
_LEAVES: Final = frozenset({"told", "lines"})
"""Steps that are made of pages."""
_LEARNT: Final = frozenset({"portion", "meanings"})
"""Steps whose parts often stay what they were although a page changed: they are kept by what their parts say, too."""
_FEW: Final = 8
"""So few of them are made where they are needed: handing them out costs more than it saves."""
_MANY: Final = 20_000
"""Pages beyond which indexes are put together in fresh processes: what is known of so many pages would be in their memory, too."""
_TOGETHER: Final = 8
"""Chunks whose lines are learnt from together: words are told apart by what else stands in other lines, so it takes thousands of them."""


class Indexes(Struct, frozen=True):
    """The indexes of all languages."""

    by_lang: Mapping[Lang, Index]

    @property
    def artifacts(self) -> tuple[Artifact, ...]:
        """Their files."""
        return tuple(artifact for index in self.by_lang.values() for artifact in index.artifacts)


class _Chunk(Struct, frozen=True):
    """What some pages tell the index of their language: of records, and the words of their sections."""

    mentions: entries.Mentions
    linked: entries.Linked
    words: Words


class _Words(Struct, frozen=True):
    """Of a chunk the words."""

    words: Words


class _Said(Struct, frozen=True):
    """Of a chunk what it tells of records."""

    mentions: entries.Mentions
    linked: entries.Linked


class _Step(Struct, frozen=True):
    """Something to be made of a language's pages and of other steps, and its key."""

    kind: str
    lang: Lang
    key: str
    paths: tuple[DocPath, ...] = ()
    of: tuple[_Step, ...] = ()


class _Parts(Struct, frozen=True):
    """The steps that make an index."""

    lang: Lang
    core: _Step
    meanings: _Step | None = None

    @property
    def steps(self) -> tuple[_Step, ...]:
        """Those that there are."""
        return (self.core, self.meanings) if self.meanings else (self.core,)


class _Job(Struct, frozen=True):
    """What every step needs."""

    config: Config
    gathered: Gathered
    vectors: Vectors | None


def indexes(config: Config, gathered: Gathered, workers: Crew) -> Indexes:
    """Index every language of a site.

    Raises SiteError where word vectors are wanted and their package is not installed.
    """
    kb = gathered.knowledge
    job = _Job(config, gathered, Vectors(encoder.packaged(), gathered.library.cache.blob) if config.semantic else None)
    wanted = _parts(job)
    with workers.share(job) as shared:
        _ensure(job, shared, [step for parts in wanted for step in parts.steps], workers)
    found: dict[Lang, Index] = {}
    for parts in wanted:
        found[parts.lang] = _index(job, parts, found.get(kb.reference.lang) if kb.reference else None)
    return Indexes({language.lang: found[language.lang] for language in kb.languages})


def _index(job: _Job, parts: _Parts, reference: Index | None) -> Index:
    """An index of what its parts have made."""
    meant = _MEANINGS.decode(_blob(job, parts.meanings)) if parts.meanings else None
    return whole(_CORE.decode(_blob(job, parts.core)), _OPTIONS, reference=reference, meant=meant)


def _ensure(job: _Job, shared: Shared[_Job], wanted: Sequence[_Step], workers: Crew) -> None:
    """Make what is missing, what it is made of first, as much as possible side by side; after an edit each language's by itself."""
    missing: dict[str, _Step] = {}
    waiting = list(wanted)
    while waiting:
        step = waiting.pop()
        if step.key not in missing and not job.gathered.library.cache.has(step.key):
            missing[step.key] = step
            waiting.extend(step.of)
    many = sum(map(len, job.gathered.knowledge.documents.values())) > _MANY
    if not many and not job.vectors and sum(step.kind in _LEAVES for step in missing.values()) <= _FEW:
        _run([step for step in missing.values() if step.kind in ("core", "meanings")], shared, workers)
        return
    rest = {step.key: step for step in missing.values() if step.kind not in _LEAVES}
    cache = job.gathered.library.cache
    # A fresh process could not make a damaged one anew, so where there are to be some each is read.
    gone = {step.key: step for step in _leaves(rest.values()) if (cache.read(step.key) is None if many else step.key in missing)}
    _run([*gone.values()], shared, workers)
    others = workers.apart() if many else workers
    with others.share(_lean(job)) if many else nullcontext(shared) as known:
        while rest:
            ready = [step for step in rest.values() if not any(part.key in rest for part in step.of)]
            _run(ready, known, others)
            for step in ready:
                del rest[step.key]


def _leaves(steps: Iterable[_Step]) -> Iterator[_Step]:
    """The steps made of pages that others are made of, some more than once."""
    for step in steps:
        yield from (step,) if step.kind in _LEAVES else _leaves(step.of)


def _lean(job: _Job) -> _Job:
    """What steps need that are not made of pages: records, and where their links lead."""
    kb, library = job.gathered.knowledge, job.gathered.library
    links = {lang: {path: found[path] for path in _places(kb) if path in found} for lang, found in kb.links.items()}
    known = replace(kb, documents={lang: {} for lang in kb.documents}, navigation={}, links=links, trees={}, findings=())
    return replace(job, gathered=Gathered(known, replace(library, keys={}, mends={})))


def _places(kb: KnowledgeBase) -> frozenset[DocPath]:
    """The pages that hold records."""
    return frozenset(text.place.path for items in kb.records.values() for item in items for text in item.texts.values())


def _run(steps: Sequence[_Step], shared: Shared[_Job], workers: Crew) -> None:
    for _ in workers.run(_make, [(shared, step) for step in steps]):
        pass


def _make(task: tuple[Shared[_Job], _Step]) -> None:
    shared, step = task
    _blob(shared.get(), step)


def _blob(job: _Job, step: _Step) -> bytes:
    """What a step makes, encoded; from the cache, or made of what it is made of."""

    def make() -> bytes:
        return _ENCODER.encode(_MAKERS[step.kind](job, step))

    def same() -> bytes:
        return cache.blob(key_of(f"same-{step.kind}", step.lang, *(_blob(job, part) for part in step.of)), make)

    cache = job.gathered.library.cache
    return cache.blob(step.key, same if step.kind in _LEARNT else make)


def _parts(job: _Job) -> tuple[_Parts, ...]:
    """What the indexes of all languages are made of, the reference's first."""
    kb = job.gathered.knowledge
    first = _parts_of(job, kb.reference.lang, None) if kb.reference else None
    rest = (_parts_of(job, language.lang, first) for language in kb.languages if language is not kb.reference)
    return (*((first,) if first else ()), *rest)


def _parts_of(job: _Job, lang: Lang, reference: _Parts | None) -> _Parts:
    kb = job.gathered.knowledge
    groups = tuple(chunks(sorted(kb.documents[lang])))
    linked = entries.wanted(kb, lang)
    named = _ENCODER.encode((entries.named(kb), job.vectors is not None))
    told = tuple(_step("told", lang, (named, *_told(job, lang, paths, linked)), paths) for paths in groups)
    first = (reference.core,) if reference and job.vectors else ()
    core = _step("core", lang, _records(job, lang), of=(*told, *first))
    if not reference or not job.config.translations:
        return _Parts(lang, core)
    lines = tuple(_step("lines", lang, _both(job, lang, reference.lang, paths), paths) for paths in groups)
    portions = tuple(_step("portion", lang, (), of=lines[start : start + _TOGETHER]) for start in range(0, len(lines), _TOGETHER))
    return _Parts(lang, core, _step("meanings", lang, (), of=portions))


def _step(kind: str, lang: Lang, seen: Iterable[str | bytes], paths: tuple[DocPath, ...] = (), of: tuple[_Step, ...] = ()) -> _Step:
    return _Step(kind, lang, key_of(f"index-{kind}", lang, *seen, *(step.key for step in of)), paths, of)


def _told(job: _Job, lang: Lang, paths: tuple[DocPath, ...], linked: AbstractSet[entries.Place]) -> Iterator[bytes]:
    """All that the words of some pages are made of: the pages, what front matter says of them, the reference's anchors."""
    kb, keys = job.gathered.knowledge, job.gathered.library.keys
    mine = set(paths)
    yield _ENCODER.encode(sorted(place for place in linked if place[0] in mine))
    for path in paths:
        found = kb.documents[lang][path]
        original = kb.documents[kb.reference.lang].get(path) if kb.reference else None
        yield _ENCODER.encode((path, keys[lang, path], found.title, found.meta, [heading.anchor for heading in original.headings] if original else None))


def _records(job: _Job, lang: Lang) -> Iterator[bytes]:
    """All that the records of a language are made of beside its pages: themselves, and where their links lead."""
    kb = job.gathered.knowledge
    links = [(path, kb.links[lang][path]) for path in sorted(_places(kb)) if path in kb.links[lang]]
    model = job.vectors and job.vectors.encoder.name
    yield _ENCODER.encode((kb.records, links, job.config.records, model))


def _both(job: _Job, lang: Lang, reference: Lang, paths: tuple[DocPath, ...]) -> Iterator[str]:
    """The pages whose lines are aligned, of both languages."""
    keys = job.gathered.library.keys
    for path in paths:
        yield from (path, keys[lang, path], keys.get((reference, path), ""))


def _make_told(job: _Job, step: _Step) -> _Chunk:
    kb, library = job.gathered.knowledge, job.gathered.library
    told = entries.told(kb, library, step.lang, step.paths, entries.wanted(kb, step.lang))
    return _Chunk(told.mentions, told.linked, words(step.lang, told.sections, _OPTIONS, vectors=job.vectors is not None))


def _make_lines(job: _Job, step: _Step) -> tables.Lines:
    kb = job.gathered.knowledge
    pairs = entries.aligned(kb, job.gathered.library, step.lang, step.paths)
    return tables.lines(((own, original) for original, own in pairs), step.lang, kb.reference.lang if kb.reference else step.lang)


def _make_core(job: _Job, step: _Step) -> Core:
    kb, parts = job.gathered.knowledge, [part for part in step.of if part.kind == "told"]
    said = [_SAID.decode(_blob(job, part)) for part in parts]
    told = [entries.Told((), part.mentions, part.linked) for part in said]
    ordered = sorted(entries.records(kb, job.config, step.lang, told), key=lambda entry: entry.type)
    records = words(step.lang, ordered, _OPTIONS, vectors=job.vectors is not None)
    first = next((_CORE.decode(_blob(job, part)) for part in step.of if part.kind == "core"), None)
    return core(step.lang, together(chain((records,), (_WORDS.decode(_blob(job, part)).words for part in parts))), _OPTIONS, first=first, vectors=job.vectors)


def _make_portion(job: _Job, step: _Step) -> tables.Portion:
    return tables.learn([_LINES.decode(_blob(job, part)) for part in step.of])


def _make_meanings(job: _Job, step: _Step) -> Meanings:
    return meanings(step.lang, tables.table([_PORTION.decode(_blob(job, part)) for part in step.of]), _OPTIONS)


_WORDS: Final = msgspec.msgpack.Decoder(_Words)
_SAID: Final = msgspec.msgpack.Decoder(_Said)
_LINES: Final = msgspec.msgpack.Decoder(tables.Lines)
_CORE: Final = msgspec.msgpack.Decoder(Core)
_PORTION: Final = msgspec.msgpack.Decoder(tables.Portion)
_MEANINGS: Final = msgspec.msgpack.Decoder(Meanings)
_MAKERS: Final[Mapping[str, Callable[[_Job, _Step], object]]] = {
    "told": _make_told, "lines": _make_lines, "portion": _make_portion, "meanings": _make_meanings, "core": _make_core,
}  # fmt: skip
