"""Records and pages as JSON: one file for each, and one for all of a language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from generator.config import Config, localised
from generator.exports.addressing import Addresses, absolute
from generator.exports.encoding import encoded
from generator.exports.schema import VERSION
from generator.model import Artifact, DocPath, Document, KnowledgeBase, Lang, LinkState, Record, RecordText, Table

Value = dict[str, Any]
Load = Callable[[Lang, DocPath], tuple[Table, ...]]
"""Fetches the tables of one parsed page."""


def page_data(kb: KnowledgeBase, where: Addresses, lang: Lang, documents: Iterable[Document], load: Load) -> Iterator[Artifact]:
    """A file beside each of the pages of a language that show these documents; `load` fetches their tables."""
    for document in documents:
        value = _page(kb, where, lang, document, load(document.lang, document.path))
        yield _file(where.data(value["page"]), "page", lang, value)


def data(kb: KnowledgeBase, config: Config, where: Addresses) -> Iterator[Artifact]:
    """For each language: records.json, pages.json, and a file beside each of the records."""
    for language in kb.languages:
        lang = language.lang
        records = [_record(kb, where, lang, record) for kind in config.records for record in kb.records.get(kind.name, ())]
        pages = [_head(where, lang, document) for document in documents_for(kb, lang)]
        for value in records:
            yield _file(where.data(value["page"]), "record", lang, value)
        types = {
            kind.name: {
                "label": localised(kind.label, lang),
                "singular": localised(kind.singular, lang),
                "page": where.record_list(lang, kind.name),
                "table": where.table(lang, kind.name),
            }
            for kind in config.records
        }
        yield _file(where.records_data(lang), "records", lang, {"types": types, "records": records})
        yield _file(where.pages_data(lang), "pages", lang, {"pages": [{**page, "data": where.data(page["page"])} for page in pages]})


def documents_for(kb: KnowledgeBase, lang: Lang) -> list[Document]:
    """Every page of a language by path: its own, and the reference's where it has none."""
    borrowed = kb.documents.get(kb.reference.lang, {}) if kb.reference else {}
    return [document for _, document in sorted({**borrowed, **kb.documents.get(lang, {})}.items())]


def words_for(kb: KnowledgeBase, record: Record, lang: Lang) -> RecordText:
    """A record's words: in this language, else in the reference's, else in any."""
    reference = kb.reference
    return record.texts.get(lang) or (record.texts.get(reference.lang) if reference else None) or next(iter(record.texts.values()))


def _record(kb: KnowledgeBase, where: Addresses, lang: Lang, record: Record) -> Value:
    text = words_for(kb, record, lang)
    section = where.document(lang, text.place.path) + (f"#{text.place.anchor}" if text.place.anchor else "")
    return {
        "type": record.type,
        "id": record.id,
        "words": text.lang,
        "name": text.name,
        "fields": dict(text.fields),
        "symptoms": [
            {"id": name, "text": words, "page": where.symptom(lang, name)}
            for name, words in zip(record.symptoms, text.symptoms, strict=False)
        ],
        "remedy": list(text.remedy),
        "ports": list(text.ports),
        "codes": list(text.codes),
        "links": [_link(kb, where, lang, text.lang, text.place.path, number) for number in text.links],
        "page": where.record(lang, record.type, record.id),
        "section": section,
        "source": {"file": text.file, "line": text.span.line},
    }


def _head(where: Addresses, lang: Lang, document: Document) -> Value:
    """What the list of pages says of one, too."""
    return {
        "path": document.path,
        "title": document.title,
        "description": document.description,
        "words": document.lang,
        "page": where.document(lang, document.path),
        "source": {"file": document.file, "sha256": document.digest},
    }


def _page(kb: KnowledgeBase, where: Addresses, lang: Lang, document: Document, tables: Iterable[Table]) -> Value:
    return {
        **_head(where, lang, document),
        "meta": {key: list(value) if isinstance(value, tuple) else value for key, value in document.meta.items()},
        "headings": [
            {"level": heading.level, "title": heading.title, "anchor": heading.anchor} for heading in document.headings
        ],
        "links": [_link(kb, where, lang, document.lang, document.path, number) for number in range(len(document.links))],
        "tables": [
            {
                "section": table.anchor,
                "header": [cell.text for cell in table.header],
                "rows": [[cell.text for cell in row.cells] for row in table.rows],
            }
            for table in tables
        ],
    }


def _link(kb: KnowledgeBase, where: Addresses, lang: Lang, source: Lang, path: DocPath, number: int) -> Value:
    """A link of a page in the language `source`, as it leads on in the pages of `lang`."""
    raw = kb.documents[source][path].links[number]
    found = kb.links.get(source, {}).get(path, ())
    value: Value = {"text": raw.text, "target": raw.target, "kind": raw.kind.value}
    if number >= len(found):
        return value
    value["state"] = found[number].state.value
    if found[number].state is LinkState.PAGE:
        value["page"] = absolute("", where.document(lang, DocPath(found[number].path)), found[number].anchor)
    return value


def _file(path: str, kind: str, lang: Lang, value: Value) -> Artifact:
    up = "../" * (path.count("/") - 1)
    document = {"$schema": f"{up}schema.json", "version": VERSION, "kind": kind, "lang": lang, **value}
    return Artifact(path, encoded(document))
