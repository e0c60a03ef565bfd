"""One search index a language: the reference's first, since the others point to it for what they lack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.config import Config
from generator.entries import indexed
from generator.model import Artifact, Entry, Lang, Language
from generator.search import Index, build_index
from generator.site import Gathered


@dataclass(frozen=True, slots=True)
class Indexes:
    """The indexes of all languages."""

    by_lang: Mapping[Lang, Index]

    @property
    def artifacts(self) -> tuple[Artifact, ...]:
        """Their files."""
        return tuple(artifact for index in self.by_lang.values() for artifact in index.artifacts)


def indexes(config: Config, gathered: Gathered) -> Indexes:
    """Index every language of a site."""
    kb = gathered.knowledge
    reference: Index | None = None
    built: dict[Lang, Index] = {}
    for language in sorted(kb.languages, key=lambda language: not language.reference):
        words = indexed(kb, config, gathered.library, language.lang)
        index = _index(language, words.entries, reference)
        if language.reference:
            reference = index
        built[language.lang] = index
    return Indexes(built)


def _index(language: Language, entries: tuple[Entry, ...], reference: Index | None) -> Index:
    return build_index(language.lang, entries, reference=None if language.reference else reference)
