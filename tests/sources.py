"""Small sites for tests: Markdown by language and path becomes a KnowledgeBase."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

from generator import config, entries, site
from generator.cache import opened
from generator.config import Config
from generator.model import Entry, KnowledgeBase, Lang
from generator.site import Gathered
from generator.workers import crew


def gathered(folder: Path) -> tuple[Config, Gathered]:
    """The site whose site.yml lies in a folder; its cache is kept there."""
    settings = config.load(folder / "site.yml")
    with opened(settings.folder, keep=True) as store:
        return settings, site.gather(settings, store, crew(1))


class Indexed(Struct, frozen=True):
    """What a language's index is made of: entries, records first, and lines aligned with the reference's (reference line, own line)."""

    entries: tuple[Entry, ...]
    aligned: tuple[tuple[str, str], ...]


def indexed(settings: Config, found: Gathered, lang: Lang) -> Indexed:
    """The entries and lines of a language, all at once."""
    kb, paths = found.knowledge, sorted(found.knowledge.documents[lang])
    told = entries.told(kb, found.library, lang, paths, entries.wanted(kb, lang))
    return Indexed((*entries.records(kb, settings, lang, [told]), *told.sections), tuple(entries.aligned(kb, found.library, lang, paths)))


def knowledge(site_yml: str, files: Mapping[str, str]) -> KnowledgeBase:
    """The knowledge base of a small site that is written for this call only."""
    with TemporaryDirectory() as name:
        for path, text in {"site.yml": site_yml, **files}.items():
            place = Path(name) / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
        return gathered(Path(name))[1].knowledge
