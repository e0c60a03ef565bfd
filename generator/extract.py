"""Documents -> Records: the rows of mapped tables, with ids that no translation can change.

A table is found once, in the reference language, by its place or its headers; the other languages follow by
position (same page, same table, same row). Where a page has no reference, declared headers and aliases decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from fnmatch import fnmatchcase

from msgspec import Struct
from msgspec.structs import replace

from generator.alignment.tables import moved, texts
from generator.cells import Fields, read_rows
from generator.config import Column, Config, RecordType
from generator.model import DocPath, Document, Finding, Lang, Place, Record, RecordText, Span, Symptom, Table
from generator.outside_tables import outside_tables
from generator.parse.slugs import shortened, slug, unique

Documents = Mapping[Lang, Mapping[DocPath, Document]]
_Says = frozenset[tuple[str, str]]
"""The roles of a row's cells, and their texts."""
_UNSAFE = re.compile(r"[^\w.@-]+")
_ALIKE = 0.7
"""So much alike are two headers of which one is misspelt."""
_SEVERAL = 2
"""So many headers tell a table; another table has so many of them by chance where it has more."""


class Extract(Struct, frozen=True):
    """Records by type, symptoms, and what did not fit."""

    records: Mapping[str, tuple[Record, ...]]
    symptoms: tuple[Symptom, ...]
    findings: tuple[Finding, ...]


class _Found(Struct, frozen=True):
    """A table, the language whose headers it was found by, and its columns as they stand."""

    document: Document
    table: Table
    columns: tuple[Column, ...]


class _Row(Struct, frozen=True):
    """A row of the leading language with the same row of the others."""

    id: str
    texts: Mapping[Lang, RecordText]


def extract(config: Config, documents: Documents) -> Extract:
    """All records of a site, in the order of their tables and rows."""
    findings: list[Finding] = []
    records: dict[str, tuple[Record, ...]] = {}
    registry = _Symptoms()
    taken: dict[tuple[str, DocPath, int], str] = {}
    reference = config.reference
    order = [language.lang for language in config.languages if language is not reference]
    if reference:
        order.insert(0, reference.lang)
    for kind in config.records:
        if kind.columns:
            rows = list(_rows(kind, documents, order, reference.lang if reference else None, taken, findings))
        else:
            rows = [_Row(name, texts) for name, texts in outside_tables(kind, documents, order)]
        records[kind.name] = tuple(
            Record(kind.name, row.id, registry.add(kind.name, row, order), row.texts) for row in rows
        )
        if not rows and not (kind.columns and any(finding.code.startswith(("table-", "record-unnamed")) for finding in findings)):
            findings.append(_nothing(config, kind))
    return Extract(records, registry.symptoms(), tuple(findings))


def is_mapped(config: Config, document: Document) -> bool:
    """Whether site.yml may mean one of a document's tables, by its headers or by its place, or nearly does."""
    reference = config.reference.lang if config.reference else None
    return any(
        _mapped(kind, table, document.lang, reference) or _placed(kind, document, table) or _nearly(kind, table)
        for kind in config.records
        for table in document.tables
    )


def _nothing(config: Config, kind: RecordType) -> Finding:
    headers, sources, pages = " | ".join(column.header for column in kind.columns), ", ".join(kind.sources), ", ".join(kind.pages)
    if headers:
        message = f"No table has the headers that records.{kind.name} declares ({headers}); check their spelling."
    elif pages:
        message = f"No page of records.{kind.name} ({pages}) tells anything by {sources}; check the paths."
    else:
        message = f"No page tells anything of records.{kind.name} by {sources}; name those that are about troubleshooting (pages)."
    return Finding("table-missing", config.path.name, Span(kind.line, 1, kind.line, 1), message, target=kind.name)


def _rows(
    kind: RecordType, documents: Documents, order: Sequence[Lang], reference: Lang | None,
    taken: dict[tuple[str, DocPath, int], str], findings: list[Finding],
) -> Iterator[_Row]:  # fmt: skip
    """The rows of a kind: language by language, each table read with its counterparts in the languages after it."""
    seen: set[tuple[DocPath, int]] = set()
    ids: dict[str, set[_Says]] = {}
    for lang in order:
        for found in _tables(kind, documents.get(lang, {}), lang, reference, findings):
            place = (found.document.path, found.table.ordinal)
            if place in seen:
                continue
            seen.add(place)
            key = (str(lang), *place)
            if key in taken:
                message = f"This table fits two mappings of site.yml, {taken[key]} and {kind.name}; give one of them its place (tables: page)."
                findings.append(Finding("table-ambiguous", found.document.file, found.table.span, message, lang, kind.name))
                continue
            taken[key] = kind.name
            others = _counterparts(kind, found, documents, order, reference, findings)
            yield from _table_rows(kind, found, others, reference, ids, findings)


def _tables(
    kind: RecordType, documents: Mapping[DocPath, Document], lang: Lang, reference: Lang | None, findings: list[Finding]
) -> Iterator[_Found]:
    """The tables of one language that the mapping means, in order of path."""
    for path in sorted(documents):
        document = documents[path]
        for table in document.tables:
            header = _header(table)
            placed = _placed(kind, document, table)
            if (columns := _mapped(kind, table, lang, reference)) and (placed or not kind.tables):
                yield _Found(document, table, columns)
            elif placed and header and lang == (reference or lang):
                shown = " | ".join(cell.text for cell in table.header)
                expected = " | ".join(column.header for column in kind.columns)
                message = f"This table's headers are {shown}, but records.{kind.name} declares {expected}; make them the same."
                findings.append(Finding("table-mapping", document.file, table.span, message, lang, kind.name))
            elif lang == reference and (near := _nearly(kind, table)):
                message = f"This table is none of records.{kind.name}: {near}. Make the headers the same, or it stays ordinary text."
                findings.append(Finding("table-missing", document.file, table.span, message, lang, kind.name))
            elif placed and not header and table.rows and len(table.rows[0].cells) == len(kind.columns):
                yield _Found(document, table, kind.columns)


def _mapped(kind: RecordType, table: Table, lang: Lang, reference: Lang | None) -> tuple[Column, ...]:
    """The columns of a table that has the headers of a mapping, in any order; empty where it has others."""
    header = _header(table)
    own = [kind.headers[lang]] if lang != reference and lang in kind.headers else []
    for headers in ([column.header for column in kind.columns], *own):
        wanted = tuple(map(_plain, headers))
        if header and header == wanted:
            return kind.columns
        if len(header) == len(set(header)) and sorted(header) == sorted(wanted):
            return tuple(kind.columns[wanted.index(name)] for name in header)
    return ()


def _nearly(kind: RecordType, table: Table) -> str:
    """What keeps a table from being one of a mapping, where little does: a header is written otherwise, or there is one more."""
    wanted = {_plain(column.header): column.header for column in kind.columns}
    header = {_plain(cell.text): cell.text for cell in table.header}
    other, lacking = [name for name in header if name not in wanted], [name for name in wanted if name not in header]
    if kind.tables or len(wanted) < _SEVERAL or len(table.header) != len(header) or len(other) != 1 or len(lacking) > 1:
        return ""
    found = header[other[0]]
    if not lacking:
        return f"it has one more header, “{found}”" if len(wanted) > _SEVERAL else ""
    alike = SequenceMatcher(None, other[0], lacking[0], autojunk=False).ratio() > _ALIKE
    return f"its header “{found}” is “{wanted[lacking[0]]}” in site.yml" if alike else ""


def _header(table: Table) -> tuple[str, ...]:
    return tuple(_plain(cell.text) for cell in table.header)


def _placed(kind: RecordType, document: Document, table: Table) -> bool:
    """Whether site.yml names this table's place."""
    return any(
        fnmatchcase(document.path, place.page)
        and (not place.anchor or place.anchor == table.anchor)
        and (not place.ordinal or place.ordinal == table.ordinal + 1)
        for place in kind.tables
    )


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _counterparts(
    kind: RecordType, found: _Found, documents: Documents, order: Sequence[Lang], reference: Lang | None, findings: list[Finding]
) -> dict[Lang, _Found]:
    """The same table in the other languages, by position; rows that differ from the reference are said where pages are compared."""
    others: dict[Lang, _Found] = {}
    for lang in order:
        document = documents.get(lang, {}).get(found.document.path)
        if lang == found.document.lang or document is None:
            continue
        table = next((table for table in document.tables if table.ordinal == found.table.ordinal), None)
        if table is None:
            message = f"The table at {found.document.file}:{found.table.span.line} has no counterpart here; translate it."
            findings.append(Finding("translation-row", document.file, document.headings[0].span if document.headings else found.table.span, message, lang))
            continue
        if found.document.lang != reference and len(table.rows) != len(found.table.rows):
            message = f"This table has {len(table.rows)} rows, its reference {found.document.file}:{found.table.span.line} has {len(found.table.rows)}."
            findings.append(Finding("translation-row", document.file, table.span, message, lang))
        others[lang] = _Found(document, table, _mapped(kind, table, lang, reference) or found.columns)
    return others


def _table_rows(
    kind: RecordType, found: _Found, others: Mapping[Lang, _Found], reference: Lang | None, ids: dict[str, set[_Says]], findings: list[Finding]
) -> Iterator[_Row]:
    """The rows of a table. `ids` are those that are taken, each with what the rows of its name say."""
    lang = found.document.lang
    if not found.table.rows:
        findings.append(
            Finding("table-empty", found.document.file, found.table.span, f"This table of {kind.name} has no rows; fill it or remove it.", lang)
        )
    rows = {
        other: read_rows(kind, one.columns, one.document, one.table, findings, compared=lang == reference != other)
        for other, one in ((lang, found), *others.items())
    }
    places = {other: _places(kind, found, there, rows[lang], rows[other]) for other, there in others.items()}
    for number, fields in enumerate(rows[lang]):
        if fields is None:
            continue
        name = _id(kind, fields.name)
        record_id, says = unique(name, ids), frozenset(fields.roles.items())
        if name in ids:
            above = rows[lang][number - 1] if number else None
            spans = above is not None and above.span == fields.span  # one cell that stands beside several rows
            if ("subject" in fields.roles and not spans) or says in ids[name]:
                message = f"{fields.name} is described twice; this row becomes {record_id}."
                findings.append(Finding("record-duplicate", found.document.file, fields.span, message, lang, fields.name))
        ids.setdefault(record_id, set())
        ids[name].add(says)
        said = {lang: _text(lang, found, fields, number)}
        for other, found_there in others.items():
            at = places[other].get(number)
            if at is not None and (there := rows[other][at]):
                said[other] = _text(other, found_there, replace(there, ports=_ports(fields, there)), at)
        yield _Row(record_id, said)


def _places(kind: RecordType, found: _Found, there: _Found, ours: Sequence[Fields | None], theirs: Sequence[Fields | None]) -> dict[int, int]:
    """The number of each row's counterpart: by position, but for rows that have changed places; in a table that has lost rows by name."""
    if len(ours) == len(theirs):
        away = moved(texts(found.document, found.table), texts(there.document, there.table))
        return {number: away.get(number, number) for number in range(len(ours))}
    named = {_id(kind, fields.name): number for number, fields in reversed([*enumerate(theirs)]) if fields}
    return {number: named[name] for number, fields in enumerate(ours) if fields and (name := _id(kind, fields.name)) in named}


def _ports(fields: Fields, there: Fields) -> tuple[str, ...]:
    """The ports of a translated row: its own, and those of the reference that it names in whatever words."""
    numbers = set(re.findall(r"\d+", " ".join(there.roles.values())))
    return tuple(dict.fromkeys((*(port for port in fields.ports if port in numbers), *there.ports)))


def _text(lang: Lang, found: _Found, fields: Fields, row: int) -> RecordText:
    return RecordText(
        lang=lang,
        file=found.document.file,
        span=fields.span,
        place=Place(found.document.path, found.table.ordinal, row, found.table.anchor),
        name=fields.name,
        fields=fields.roles,
        symptoms=fields.symptoms,
        remedy=fields.remedy,
        ports=fields.ports,
        codes=fields.codes,
        links=fields.links,
    )


def _id(kind: RecordType, name: str) -> str:
    """The language-neutral id of a name: what it is an alias of, else the name itself, made safe for an address."""
    folded = name.casefold().strip(" .")
    for record, names in kind.aliases.items():
        if folded == record.casefold() or any(folded == alias.casefold() for alias in names):
            return record
    return shortened(_UNSAFE.sub("-", name).strip("-.")) or "row"


class _Symptoms:
    """Symptoms by the words of the language that leads: the same words in two rows are one symptom."""

    def __init__(self) -> None:
        self._by_words: dict[str, str] = {}
        self._texts: dict[str, dict[Lang, str]] = {}
        self._records: dict[str, list[tuple[str, str]]] = {}

    def add(self, kind: str, row: _Row, order: Sequence[Lang]) -> tuple[str, ...]:
        """Register a row's symptoms; their ids in order."""
        lead = next(row.texts[lang] for lang in order if lang in row.texts)
        ids = []
        for number, words in enumerate(lead.symptoms):
            key = _plain(words)
            symptom = self._by_words.get(key)
            if symptom is None:
                symptom = unique(shortened(slug(words)[:80].strip("-")) or "symptom", self._texts)
                self._by_words[key] = symptom
                self._texts[symptom] = {}
                self._records[symptom] = []
            for lang, text in row.texts.items():
                if len(text.symptoms) == len(lead.symptoms):
                    self._texts[symptom].setdefault(lang, text.symptoms[number])
            if (kind, row.id) not in self._records[symptom]:
                self._records[symptom].append((kind, row.id))
                ids.append(symptom)
        return tuple(ids)

    def symptoms(self) -> tuple[Symptom, ...]:
        """All, in order of first appearance."""
        return tuple(Symptom(name, texts, tuple(self._records[name])) for name, texts in self._texts.items())
