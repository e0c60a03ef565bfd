"""inventory.json: every page of the site and the ids that links can lead to, for sites that link here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from generator.config import Config
from generator.exports.addressing import Addresses
from generator.exports.encoding import encoded
from generator.model import Artifact, DocPath, Document, KnowledgeBase, Lang

NAME: Final = "inventory.json"


def inventory(kb: KnowledgeBase, config: Config, where: Addresses) -> Artifact:
    """The inventory; pages whose ids no author writes have none, and are listed with null."""
    pages: dict[str, list[str] | None] = {}
    for lang, documents in _shown(kb):
        rows = kb.row_ids(lang)
        pages[where.home(lang)] = None
        for path, document in documents.items():
            pages[where.document(lang, path)] = list(dict.fromkeys([*(name for name, _ in document.anchors), *rows.get(path, ())]))
        pages |= dict.fromkeys(_made(kb, config, where, lang))
    value: dict[str, Any] = {"version": 1, "url": config.url, "pages": dict(sorted(pages.items()))}
    return Artifact(NAME, encoded(value))


def _shown(kb: KnowledgeBase) -> Iterator[tuple[Lang, Mapping[DocPath, Document]]]:
    """The documents that each language shows: its own, and the reference's where it has none."""
    borrowed = kb.documents.get(kb.reference.lang, {}) if kb.reference else {}
    for language in kb.languages:
        yield language.lang, {**borrowed, **kb.documents.get(language.lang, {})}


def _made(kb: KnowledgeBase, config: Config, where: Addresses, lang: Lang) -> Iterator[str]:
    """Pages that are made from records."""
    for kind in config.records:
        if records := kb.records.get(kind.name, ()):
            yield where.record_list(lang, kind.name)
            yield from (where.record(lang, record.type, record.id) for record in records)
    if kb.symptoms:
        yield where.symptom_list(lang)
        yield from (where.symptom(lang, symptom.id) for symptom in kb.symptoms)
