"""The headings, accordions and bold lines of two pages that belong together."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from generator.alignment.likeness import text_likeness
from generator.alignment.sequences import best
from generator.model import Case, Document

Key = tuple[str, int]
"""The kind of a case and its number among those of its page."""


def same_headings(ours: Document, theirs: Document) -> dict[int, int]:
    """The numbers of headings that belong together: those that share an id, and as many as stand between two of them in both pages."""
    ids = [Counter(str(heading.anchor) for heading in page.headings if heading.explicit) for page in (ours, theirs)]
    places = {str(heading.anchor): number for number, heading in enumerate(theirs.headings) if heading.explicit}
    shared = [
        (number, places[name])
        for number, heading in enumerate(ours.headings)
        if heading.explicit and ids[0][name := str(heading.anchor)] == ids[1][name] == 1
    ]
    found = dict(shared)
    taken = set(found.values())
    for (here, there), (end, other) in pairwise([(-1, -1), *shared, (len(ours.headings), len(theirs.headings))]):
        between = [number for number in range(there + 1, other) if number not in taken]
        if len(between) == end - here - 1:
            found.update(zip(range(here + 1, end), between, strict=True))
    return found


def same_cases(ours: Document, theirs: Document) -> dict[Key, Case]:
    """The cases of a translation by kind and number of their counterparts in the reference."""
    headings = same_headings(ours, theirs)
    told = {case.ordinal: case for case in theirs.cases if case.kind == "heading"}
    found: dict[Key, Case] = {("heading", here): told[there] for here, there in headings.items() if there in told}
    for kind in ("accordion", "bold"):
        named = {str(case.anchor): case for case in theirs.cases if case.kind == kind and case.own}
        own = {(kind, case.ordinal): named[str(case.anchor)] for case in ours.cases if case.kind == kind and case.own and str(case.anchor) in named}
        taken = {case.ordinal for case in own.values()}
        here = _by_section(ours, [case for case in ours.cases if case.kind == kind and (kind, case.ordinal) not in own])
        there = _by_section(theirs, [case for case in theirs.cases if case.kind == kind and case.ordinal not in taken])
        found |= own | dict(_in_sections(here, there, {-1: -1, **headings}))
    return found


def _by_section(page: Document, cases: Sequence[Case]) -> dict[int, list[Case]]:
    """Cases by the number of the heading that they stand below, -1 above all of them."""
    lines = [heading.span.line for heading in page.headings]
    found: dict[int, list[Case]] = {}
    for case in cases:
        found.setdefault(bisect_right(lines, case.span.line) - 1, []).append(case)
    return found


def _in_sections(here: Mapping[int, Sequence[Case]], there: Mapping[int, Sequence[Case]], headings: Mapping[int, int]) -> Iterator[tuple[Key, Case]]:
    """Cases of a section by position; where their numbers differ by likeness."""
    for section, ours in here.items():
        theirs = there.get(headings[section], ()) if section in headings else ()
        places = tuple((number, number) for number in range(len(ours))) if len(ours) == len(theirs) else best(ours, theirs, _likeness)
        for i, j in places:
            if i is not None and j is not None:
                yield (ours[i].kind, ours[i].ordinal), theirs[j]


def _likeness(case: Case, other: Case) -> float:
    return text_likeness(case.symptom, other.symptom) + text_likeness(" ".join(case.remedy), " ".join(other.remedy))
