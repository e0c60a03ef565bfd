"""Cases of pages -> Records: knowledge that stands outside of tables, where it is unmistakable.

A record type of site.yml says where it comes from (`from:`); nothing is taken that is not asked for. What counts is
decided in the reference language; the other languages follow by position (same page, same kind, same ordinal).
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from generator.config import RecordType
from generator.model import Case, DocPath, Document, Lang, Place, RecordText
from generator.parse import asks
from generator.parse.slugs import shortened, slug, unique

Documents = Mapping[Lang, Mapping[DocPath, Document]]
Found = tuple[str, Mapping[Lang, RecordText]]
"""The id of a record and its words by language."""
_CODE: Final = re.compile(r"\b[A-Z]{2,10}(?:-\d{3,6})+\b")
_UNSAFE: Final = re.compile(r"[^\w.@/-]+")
_LONGEST: Final = 60


def outside_tables(kind: RecordType, documents: Documents, order: Sequence[Lang]) -> Iterator[Found]:
    """The records of a type that is told outside of tables, in order of page and place; `order` has the reference first."""
    taken: dict[str, None] = {}
    seen: set[DocPath] = set()
    for lang in order:
        for path in sorted(documents.get(lang, {})):
            if path not in seen:
                seen.add(path)
                yield from _page(kind, path, documents, lang, order, taken)


def _page(
    kind: RecordType, path: DocPath, documents: Documents, lead: Lang, order: Sequence[Lang], taken: dict[str, None]
) -> Iterator[Found]:
    pages = {lang: documents[lang][path] for lang in order if path in documents.get(lang, {})}
    places = {lang: {(case.kind, case.ordinal): case for case in page.cases} for lang, page in pages.items()}
    for case in pages[lead].cases:
        if not _wanted(kind, case):
            continue
        record = _id(path, case, taken)
        taken[record] = None
        found = {lang: cases.get((case.kind, case.ordinal)) or _heading(pages[lang], case) for lang, cases in places.items()}
        yield record, {lang: _text(pages[lang], there) for lang, there in found.items() if there is not None}


def _heading(page: Document, case: Case) -> Case | None:
    """The heading at a case's place where a translation does not ask: its words, the answer one link away."""
    if case.kind != "heading" or case.ordinal >= len(page.headings):
        return None
    heading = page.headings[case.ordinal]
    return replace(case, symptom=heading.title, remedy=(), anchor=heading.anchor, span=heading.span, links=())


def _wanted(kind: RecordType, case: Case) -> bool:
    """Whether a type takes a case: a question of a kind it names, or anything on a page about troubleshooting."""
    if asks(case.symptom):
        return {"heading": "question-headings", "accordion": "accordions", "bold": "bold-paragraphs"}[case.kind] in kind.sources
    return case.troubles and {"heading": "troubleshooting-pages", "bold": "bold-paragraphs"}.get(case.kind) in kind.sources


def _id(path: DocPath, case: Case, taken: Container[str]) -> str:
    """The id of a record, made of the page's path and an anchor: `delivery/bounces/why-bounces`."""
    anchor = case.anchor if case.own else "-".join(filter(None, (case.anchor, slug(case.symptom)[:_LONGEST].strip("-"))))
    return unique(_UNSAFE.sub("-", f"{path.removesuffix('.md')}/{shortened(str(anchor or case.ordinal))}"), taken)


def _text(page: Document, case: Case) -> RecordText:
    words = " ".join((case.symptom, *case.remedy))
    return RecordText(
        lang=page.lang,
        file=page.file,
        span=case.span,
        place=Place(page.path, -1, -1, case.anchor),
        name=case.symptom,
        fields={"symptom": case.symptom, **({"remedy": "\n".join(case.remedy)} if case.remedy else {})},
        symptoms=(case.symptom,),
        remedy=case.remedy,
        ports=(),
        codes=tuple(dict.fromkeys(_CODE.findall(words))),
        links=case.links,
    )
