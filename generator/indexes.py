"""One search index a language: the reference's first, since the others point to it for what they lack."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from generator.config import Config
from generator.entries import Indexed, indexed
from generator.model import Artifact, Lang
from generator.search import Index, build_index, tables
from generator.search.options import VERSION
from generator.site import Gathered
from generator.workers import Crew, Shared


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


def indexes(config: Config, gathered: Gathered, workers: Crew) -> Indexes:
    """Index every language of a site, the reference first and the others side by side."""
    reference = gathered.knowledge.reference
    first = _index(_Job(config, gathered, None), reference.lang) if reference else None
    rest = [language.lang for language in gathered.knowledge.languages if language is not reference]
    with workers.share(_Job(config, gathered, first)) as shared:
        built = dict(workers.run(_task, [(shared, lang) for lang in rest]))
    if reference and first:
        built[reference.lang] = first
    return Indexes({language.lang: built[language.lang] for language in gathered.knowledge.languages})


def _task(task: tuple[Shared[_Job], Lang]) -> tuple[Lang, Index]:
    shared, lang = task
    return lang, _index(shared.get(), lang)


def _index(job: _Job, lang: Lang) -> Index:
    words = indexed(job.gathered.knowledge, job.config, job.gathered.library, lang)
    if job.reference is None or not job.config.translations:
        return build_index(lang, words.entries, reference=job.reference)
    return build_index(lang, words.entries, reference=job.reference, table=_table(job, lang, words))


def _table(job: _Job, lang: Lang, words: Indexed) -> tables.Table:
    """What words of a language mean in the reference, learnt from the aligned lines once and then kept."""
    reference = job.gathered.knowledge.reference
    if reference is None:
        return {}
    digest = hashlib.sha256(repr((VERSION, lang, reference.lang, words.aligned)).encode("utf-8", "surrogatepass")).hexdigest()

    def learnt() -> bytes:
        pairs = ((own, original) for original, own in words.aligned)
        return tables.to_bytes(tables.learn(pairs, lang, reference.lang))

    return tables.from_bytes(job.gathered.library.cache.blob(digest, learnt))
