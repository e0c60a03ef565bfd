"""One search index a language: the reference's first, since the others point to it for what they lack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import msgspec

from generator.cache import key_of
from generator.config import Config
from generator.entries import Indexed, indexed
from generator.model import Artifact, Lang
from generator.search import Index, Vectors, build_index, encoder, tables
from generator.search.options import VERSION
from generator.site import Gathered
from generator.workers import Crew, Shared

_ENCODER: Final = msgspec.msgpack.Encoder(order="deterministic", enc_hook=str)
_INDEX: Final = msgspec.msgpack.Decoder(Index)


@dataclass(frozen=True, slots=True)
class Indexes:
    """The indexes of all languages."""

    by_lang: Mapping[Lang, Index]

    @property
    def artifacts(self) -> tuple[Artifact, ...]:
        """Their files."""
        return tuple(artifact for index in self.by_lang.values() for artifact in index.artifacts)


@dataclass(frozen=True, slots=True)
class _Job:
    """What indexing any language needs."""

    config: Config
    gathered: Gathered
    reference: Index | None
    vectors: Vectors | None


def indexes(config: Config, gathered: Gathered, workers: Crew) -> Indexes:
    """Index every language of a site, the reference first and the others side by side.

    Raises SiteError where word vectors are wanted and their package is not installed.
    """
    reference = gathered.knowledge.reference
    vectors = Vectors(encoder.packaged(), gathered.library.cache.blob) if config.semantic else None
    first = _index(_Job(config, gathered, None, vectors), reference.lang) if reference else None
    rest = [language.lang for language in gathered.knowledge.languages if language is not reference]
    with workers.share(_Job(config, gathered, first, vectors)) as shared:
        built = dict(workers.run(_task, [(shared, lang) for lang in rest]))
    if reference and first:
        built[reference.lang] = first
    return Indexes({language.lang: built[language.lang] for language in gathered.knowledge.languages})


def _task(task: tuple[Shared[_Job], Lang]) -> tuple[Lang, Index]:
    shared, lang = task
    return lang, _index(shared.get(), lang)


def _index(job: _Job, lang: Lang) -> Index:
    """A language's index, kept by all that it is made of."""
    return _INDEX.decode(job.gathered.library.cache.blob(_key(job, lang), lambda: _ENCODER.encode(_built(job, lang))))


def _key(job: _Job, lang: Lang) -> str:
    """The name of an index: its pages and the reference's, what front matter says of them, the records and where their links lead."""
    kb, keys, reference = job.gathered.knowledge, job.gathered.library.keys, job.gathered.knowledge.reference
    langs = (lang, reference.lang) if reference else (lang,)
    pages = [(one, path, keys[one, path], found.title, found.meta) for one in langs for path, found in sorted(kb.documents[one].items())]
    places = {text.place.path for items in kb.records.values() for item in items for text in item.texts.values()}
    links = [(path, found) for path, found in sorted(kb.links[lang].items()) if path in places]
    other = job.reference and (job.reference.lang, job.reference.manifest, job.reference.ids)
    model = job.vectors and job.vectors.encoder.name
    parts = (VERSION, lang, pages, kb.records, links, job.config.records, job.config.translations, model, other)
    return key_of("index", _ENCODER.encode(parts))


def _built(job: _Job, lang: Lang) -> Index:
    words = indexed(job.gathered.knowledge, job.config, job.gathered.library, lang)
    if job.reference is None or not job.config.translations:
        return build_index(lang, words.entries, reference=job.reference, vectors=job.vectors)
    return build_index(lang, words.entries, reference=job.reference, table=_table(job, lang, words), vectors=job.vectors)


def _table(job: _Job, lang: Lang, words: Indexed) -> tables.Table:
    """What words of a language mean in the reference, learnt from the aligned lines once and then kept."""
    reference = job.gathered.knowledge.reference
    if reference is None:
        return {}
    key = key_of("table", _ENCODER.encode((VERSION, lang, reference.lang, words.aligned)))

    def learnt() -> bytes:
        pairs = ((own, original) for original, own in words.aligned)
        return tables.to_bytes(tables.learn(pairs, lang, reference.lang))

    return tables.from_bytes(job.gathered.library.cache.blob(key, learnt))
