"""Cases of pages -> Records: knowledge that stands outside of tables, where it is unmistakable.

A record type of site.yml says where it comes from (`from:`); nothing is taken that is not asked for. What counts is
decided in the reference language; the other languages follow by the ids of their headings, and by position between them.

On pages about troubleshooting, words that stand above one part after another (“Cause”, “Solution”) are labels, no symptoms: such
parts belong to the heading above them, which says what is wrong.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from generator.alignment.cases import Key, same_cases, same_headings
from generator.cells import CODE
from generator.config import RecordType
from generator.model import Case, DocPath, Document, Lang, Place, RecordText
from generator.parse import asks
from generator.parse.cases import MAX_LINES
from generator.parse.slugs import shortened, slug, unique

Documents = Mapping[Lang, Mapping[DocPath, Document]]
Found = tuple[str, Mapping[Lang, RecordText]]
"""The id of a record and its words by language."""
_UNSAFE: Final = re.compile(r"[^\w.@/-]+")
_LONGEST: Final = 60
_OFTEN: Final = 3
"""Words that stand above so many parts of a site say what kind of part it is."""
_KNOWN: Final = frozenset({
    "symptom", "symptoms", "problem", "issue", "cause", "causes", "root cause", "solution", "resolution", "remedy", "workaround", "fix",
    "ursache", "lösung", "behebung", "síntoma", "problema", "causa", "solución", "sintoma", "solução", "sintomo", "soluzione",
    "symptôme", "problème", "résolution", "symptoom", "probleem", "oorzaak", "oplossing", "orsak", "lösning",
    "症状", "問題", "原因", "解決策", "解決方法", "対処方法", "回避策", "증상", "문제", "원인", "해결 방법", "问题", "解决方案", "解决方法", "解決方案",
})  # fmt: skip
"""Words that are never what is wrong, however few pages a site has."""


def outside_tables(kind: RecordType, documents: Documents, order: Sequence[Lang]) -> Iterator[Found]:
    """The records of a type that is told outside of tables, in order of page and place; `order` has the reference first."""
    taken: dict[str, None] = {}
    seen: set[DocPath] = set()
    labels = _labels(documents.get(order[0], {})) if order else frozenset()
    for lang in order:
        for path in sorted(documents.get(lang, {})):
            if path not in seen:
                seen.add(path)
                yield from _page(kind, path, documents, lang, order, taken, labels)


def _labels(documents: Mapping[DocPath, Document]) -> frozenset[str]:
    """The words that stand above one part after another on pages about troubleshooting, and those that say it alone."""
    cases = (case for document in documents.values() for case in document.cases if case.troubles and case.kind != "accordion")
    count = Counter(_bare(case.symptom) for case in cases if not asks(case.symptom))
    return _KNOWN.union(words for words, often in count.items() if often >= _OFTEN)


def _bare(words: str) -> str:
    return words.casefold().strip(" :：.")


def _page(
    kind: RecordType,
    path: DocPath,
    documents: Documents,
    lead: Lang,
    order: Sequence[Lang],
    taken: dict[str, None],
    labels: frozenset[str],
) -> Iterator[Found]:
    pages = {lang: documents[lang][path] for lang in order if path in documents.get(lang, {})}
    places = {lang: same_cases(pages[lead], page) for lang, page in pages.items()}
    headings = {lang: same_headings(pages[lead], page) for lang, page in pages.items()}
    wanted = {(case.kind, case.ordinal): case for case in pages[lead].cases if _wanted(kind, case)}
    parts = _parts(pages[lead], wanted, labels)
    for case in sorted((case for place, case in wanted.items() if place not in parts), key=lambda case: (case.span, case.kind)):
        own = [(case.kind, case.ordinal), *(place for place, owner in parts.items() if case.kind == "heading" and owner == case.ordinal)]
        record = _id(path, case, taken)
        taken[record] = None
        found = {lang: _whole([cases.get(place) for place in own], _heading(pages[lang], case, headings[lang])) for lang, cases in places.items()}
        yield record, {lang: _text(pages[lang], there) for lang, there in found.items() if there is not None}


def _parts(page: Document, wanted: dict[Key, Case], labels: frozenset[str]) -> dict[Key, int]:
    """The cases that are parts of another one, each with the number of the heading it belongs to: which becomes a case if it is none.

    What a bold line is above of is said of the section it stands in already, so it belongs to no heading (-1).
    """
    parts: dict[Key, int] = {}
    for (kind, number), case in list(wanted.items()):
        if not case.troubles or asks(case.symptom) or _bare(case.symptom) not in labels:
            continue
        owner = number if kind == "heading" else -1
        while kind == "heading" and owner >= 0 and _bare(page.headings[owner].title) in labels:
            level = page.headings[owner].level
            owner = next((above for above in range(owner - 1, -1, -1) if page.headings[above].level < level), -1)
        if kind == "heading" and owner < 0:
            continue
        parts[kind, number] = owner
        if owner >= 0 and ("heading", owner) not in wanted:
            heading = page.headings[owner]
            wanted["heading", owner] = replace(case, ordinal=owner, symptom=heading.title, anchor=heading.anchor, own=True, span=heading.span)
    return parts


def _whole(cases: Sequence[Case | None], heading: Case | None) -> Case | None:
    """A case with its parts, each below its label; where it says nothing itself, its heading and its parts."""
    first, *parts = cases
    whole = first or heading
    for part in parts:
        if whole is not None and part is not None:
            lines = (*whole.remedy, part.symptom, *part.remedy)[:MAX_LINES]
            whole = replace(whole, remedy=lines, links=(*whole.links, *part.links))
    return whole


def _heading(page: Document, case: Case, headings: Mapping[int, int]) -> Case | None:
    """The heading at a case's place where a translation does not ask: its words, the answer one link away."""
    if case.kind != "heading" or case.ordinal not in headings:
        return None
    heading = page.headings[headings[case.ordinal]]
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
        codes=tuple(dict.fromkeys(CODE.findall(words))),
        links=case.links,
    )
