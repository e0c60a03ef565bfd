"""Cases of pages -> Records: knowledge that stands outside of tables, where it is unmistakable.

A record type of site.yml says where it comes from (`from:`); nothing is taken that is not asked for. What counts is
decided in the reference language; the other languages follow by the ids of their headings, and by position between them.

On pages about troubleshooting, words that stand above one part after another (“Cause”, “Solution”) are labels, no symptoms: such
parts, and the sections below them, belong to the heading above them, which says what is wrong. What a label is known to mean says
what its part is of the record: the remedy, the scope, the cause. Parts that only lead elsewhere (“See also”) are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from generator.alignment.cases import Key, same_cases, same_headings
from generator.cells import CODE
from generator.config import RecordType
from generator.model import Anchor, Case, DocPath, Document, Lang, Part, Place, RecordText
from generator.parse import asks
from generator.parse.cases import MAX_LINES
from generator.parse.slugs import shortened, slug, unique
from generator.read import globs

Documents = Mapping[Lang, Mapping[DocPath, Document]]
Found = tuple[str, Mapping[Lang, RecordText]]
"""The id of a record and its words by language."""
_UNSAFE: Final = re.compile(r"[^\w.@/-]+")
_LONGEST: Final = 60
_OFTEN: Final = 3
"""Words that stand above so many parts of a site say what kind of part it is."""
_MEANING: Final = {
    "symptom": (
        "symptom, symptoms, problem, problems, issue, issues, error message, error messages, problema, síntoma, síntomas, sintoma, sintomas, "
        "sintomo, sintomi, symptome, symptôme, symptômes, problème, symptoom, probleem, fehlermeldung, 症状, 問題, 증상, 문제, 问题"
    ),
    "cause": (
        "cause, causes, root cause, reason, possible cause, possible causes, ursache, ursachen, causa, causas, cause possible, "
        "oorzaak, orsak, 原因, 원인"
    ),
    "remedy": (
        "solution, solutions, possible solution, possible solutions, resolution, remedy, workaround, workarounds, fix, what to do, lösung, "
        "lösungen, behebung, abhilfe, solución, soluciones, solução, soluções, soluzione, soluzioni, résolution, oplossing, lösning, 解決策, "
        "解決方法, 対処方法, 回避策, 해결 방법, 解决方案, 解决方法, 解決方案"
    ),
    "scope": (
        "affected products and versions, affected versions and products, affected products, affected versions, applies to, "
        "betroffene produkte und versionen, betroffene versionen, productos y versiones afectados, produtos e versões afetados, "
        "produits et versions concernés, prodotti e versioni interessati, 影響を受ける製品とバージョン"
    ),
    "": "troubleshooting, description, details, steps to reproduce, expected result, expected results, actual result, actual results, background",
    "step": "step, schritt, paso, passo, passaggio, étape, stap, steg, 手順, ステップ, 단계, 步骤, 步驟",
    "aside": (
        "related reading, related readings, related information, related topics, related articles, related links, see also, further reading, "
        "read more, more information, additional information, additional resources, learn more, next steps, references, siehe auch, "
        "verwandte informationen, verwandte themen, weitere informationen, nächste schritte, véase también, información relacionada, "
        "pasos siguientes, veja também, informações relacionadas, próximas etapas, voir aussi, informations connexes, lecture connexe, "
        "étapes suivantes, vedi anche, informazioni correlate, passaggi successivi, zie ook, se även, 関連資料, 関連情報, 関連トピック, 次の手順"
    ),
}  # fmt: skip
"""Words that are never what is wrong, however few pages a site has, by what they stand above; `step` with a number alone."""
_ROLE: Final = {word: role for role, words in _MEANING.items() for word in words.split(", ")}
_NUMBERED: Final = re.compile(r"(\D+?)\s*#?\d+\b(?:\s*[:：.–—-](.*))?")
_HOLD: Final = frozenset({"cause", "remedy", "scope", "aside"})
"""What is said of a symptom in sections of its own, too: a section below such a label is no other symptom."""

Labels = frozenset[str]


def outside_tables(kind: RecordType, documents: Documents, order: Sequence[Lang]) -> Iterator[Found]:
    """The records of a type that is told outside of tables, in order of page and place; `order` has the reference first."""
    taken: dict[str, None] = {}
    seen: set[DocPath] = set()
    labels = _labels(documents.get(order[0], {})) if order else Labels()
    for lang in order:
        for path in sorted(documents.get(lang, {})):
            if path not in seen:
                seen.add(path)
                yield from _page(kind, path, documents, lang, order, taken, labels)


def _labels(documents: Mapping[DocPath, Document]) -> Labels:
    """The words that stand above one part after another on pages about troubleshooting."""
    cases = (case for document in documents.values() for case in document.cases if case.troubles and case.kind != "accordion")
    count = Counter(_bare(case.symptom) for case in cases if not asks(case.symptom))
    return frozenset(words for words, often in count.items() if often >= _OFTEN)


def _bare(words: str) -> str:
    return words.casefold().strip(" :：.")


def _role(words: str, labels: Labels) -> str | None:
    """What the part below a label is of a record; nothing where only its place says that it is one, None where the words are no label."""
    bare = _bare(words)
    role = _ROLE.get(bare, "" if bare in labels else None)
    if role is None and (numbered := _NUMBERED.fullmatch(bare)):
        role = _ROLE.get(numbered[1].strip())
        if role == "step":
            return "remedy"
        return role if role in _HOLD or not numbered[2] else None
    if role is None and any(bare.startswith(f"{word} ") for word, meaning in _ROLE.items() if meaning == "aside" and " " in word):
        return "aside"
    return None if role == "step" else role


def _page(
    kind: RecordType,
    path: DocPath,
    documents: Documents,
    lead: Lang,
    order: Sequence[Lang],
    taken: dict[str, None],
    labels: Labels,
) -> Iterator[Found]:
    if kind.pages and not globs(kind.pages)(path):
        return
    pages = {lang: documents[lang][path] for lang in order if path in documents.get(lang, {})}
    places = {lang: same_cases(pages[lead], page) for lang, page in pages.items()}
    headings = {lang: same_headings(pages[lead], page) for lang, page in pages.items()}
    wanted = {(case.kind, case.ordinal): case for case in pages[lead].cases if _wanted(kind, case)}
    parts = _parts(pages[lead], wanted, labels)
    owned: dict[int, list[tuple[Key, str]]] = {}
    for place, (owner, role) in parts.items():
        if role != "aside":
            owned.setdefault(owner, []).append((place, role))
    for case in sorted((case for place, case in wanted.items() if place not in parts), key=lambda case: (case.span, case.kind)):
        own = owned.get(case.ordinal, ()) if case.kind == "heading" and not asks(case.symptom) else ()  # a question tells what is below it, too
        record = _id(path, case, taken)
        taken[record] = None
        found = {}
        for lang, cases in places.items():
            if (whole := cases.get((case.kind, case.ordinal)) or _heading(pages[lang], case, headings[lang])) is not None:
                found[lang] = _text(pages[lang], whole, [(role, cases[place]) for place, role in own if place in cases])
        yield record, found


def _parts(page: Document, wanted: dict[Key, Case], labels: Labels) -> dict[Key, tuple[int, str]]:
    """The cases that are parts of another one, each with the number of the heading it belongs to (which becomes a case if it is none) and its role.

    What a bold line is above of is said of the section it stands in already, so it belongs to no heading (-1).
    """
    parts: dict[Key, tuple[int, str]] = {}
    above = _above(page)
    for (kind, number), case in list(wanted.items()):
        if not case.troubles or asks(case.symptom):
            continue
        if kind != "heading":
            if _role(case.symptom, labels) is not None:
                parts[kind, number] = (-1, "")
            continue
        owner, role = _belongs(page, above, number, labels)
        if owner == number:
            continue
        parts[kind, number] = (owner, role)
        if ("heading", owner) not in wanted:
            heading = page.headings[owner]
            wanted["heading", owner] = Case("heading", owner, heading.title, (), heading.anchor, heading.span, own=True, troubles=True)
    return parts


def _above(page: Document) -> list[int]:
    """For each heading the number of the one that its section lies in, -1 where there is none."""
    found: list[int] = []
    open_sections: list[int] = []
    for number, heading in enumerate(page.headings):
        while open_sections and page.headings[open_sections[-1]].level >= heading.level:
            open_sections.pop()
        found.append(open_sections[-1] if open_sections else -1)
        open_sections.append(number)
    return found


def _belongs(page: Document, above: Sequence[int], number: int, labels: Labels) -> tuple[int, str]:
    """The number of the heading that a section belongs to, and what it is of it; its own where no label stands at it or above it."""
    owner, told, here = number, "", number
    while here >= 0:
        role = _role(page.headings[here].title, labels)
        if above[here] >= 0 and role is not None and (here == owner or role in _HOLD):
            owner, told = above[here], told or role
        here = above[here]
    return owner, told


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


def _text(page: Document, case: Case, others: Sequence[tuple[str, Case]]) -> RecordText:
    """The words of a record: of a case and of its parts, each with its role. Where no part is the remedy, all is but the scope."""
    first = Part("remedy", "", case.remedy, case.anchor if case.kind == "heading" else Anchor(""))
    parts = [Part(role, other.symptom, other.remedy, other.anchor) for role, other in others]
    if any(part.role == "remedy" for part in parts):
        parts.insert(0, replace(first, role=""))
    else:
        parts = [first, *(part if part.role == "scope" else replace(part, role="remedy") for part in parts)]
    parts = [part for part in parts if part.lines]
    remedies = [part for part in parts if part.role == "remedy"]
    remedy = tuple(line for part in remedies for line in ((part.label,) if part.label and len(remedies) > 1 else ()) + part.lines)[:MAX_LINES]
    fields = {
        "symptom": case.symptom,
        "scope": "; ".join(line for part in parts if part.role == "scope" for line in part.lines),
        "remedy": "\n".join(remedy),
        "cause": _lines(part for part in parts if part.role == "cause"),
        "note": _lines(part for part in parts if part.role in ("", "symptom")),
    }
    words = " ".join((case.symptom, *(line for part in parts for line in part.lines)))
    return RecordText(
        lang=page.lang,
        file=page.file,
        span=case.span,
        place=Place(page.path, -1, -1, case.anchor),
        name=case.symptom,
        fields={role: said for role, said in fields.items() if said},
        symptoms=(case.symptom,),
        remedy=remedy,
        ports=(),
        codes=tuple(dict.fromkeys(CODE.findall(words))),
        links=tuple(number for told in (case, *(other for _, other in others)) for number in told.links),
        parts=tuple(parts),
    )


def _lines(parts: Iterable[Part]) -> str:
    return "\n".join(line for part in parts for line in part.lines)
