"""A table of contents has the entries of its reference, each below the same one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from generator.alignment.entries import Entry, EntryPairs
from generator.checks.translation.comparison import Comparison
from generator.contents import leads_to
from generator.findings import shorten
from generator.model import Finding, NavItem, Span

Known = Callable[[str], bool]
"""Whether a path is a page of a language."""


def entries_are_all_there(pages: Comparison, entries: EntryPairs, ours: Known, theirs: Known) -> Iterator[Finding]:
    """Missing, extra and misplaced entries: one finding where several follow each other.

    Entries of pages that one language alone has are no fault of a table of contents; `ours` knows the pages of the reference, `theirs` those
    of the translation.
    """
    found = {there: here for here, there in entries.counterparts.items()}
    for run in _runs(entries.ours, lambda number: number not in entries.counterparts and _has_page(entries.ours[number].item, theirs)):
        yield _missing(pages, entries, run)
    often = Counter(entry.item.url for entry in entries.theirs)  # that a page has two entries is said anyway
    extra = [_has_page(entry.item, ours) and not (often[entry.item.url] > 1 and entry.item.url and "://" not in entry.item.url) for entry in entries.theirs]
    for run in _runs(entries.theirs, lambda number: number not in found and extra[number]):
        first = entries.theirs[run[0]].item
        more = f" and {len(run) - 1} more after it have" if len(run) > 1 else " has"
        yield pages.finding("translation-structure", _line(first.span), f"This entry{more} no counterpart in the reference.")
    for run in _runs(entries.theirs, lambda number: _moved(entries, found, number)):
        parent = entries.ours[found[run[0]]].parent
        above = f"below “{shorten(entries.ours[parent].item.title)}”" if parent >= 0 else "below no other entry"
        more = f" and {len(run) - 1} more after it stand" if len(run) > 1 else " stands"
        yield pages.finding("translation-structure", _line(entries.theirs[run[0]].item.span), f"This entry{more} {above} in the reference; compare the indents.")


def ids_stand_where_they_stood(pages: Comparison, entries: EntryPairs) -> Iterator[Finding]:
    """A group keeps its id, also where another one has the same; ids that are gone altogether `anchors_survive` finds."""
    there = {str(anchor) for anchor, _ in pages.translation.document.anchors}
    for number, found in entries.counterparts.items():
        wanted, other = entries.ours[number].item.id, entries.theirs[found].item
        if wanted and other.id != wanted and wanted in there:
            message = f"The id of this entry is {wanted} in the reference; write {{#{wanted}}}."
            yield pages.finding("translation-anchor", _line(other.span), message, other.id, wanted)


def told(entries: EntryPairs, theirs: Known) -> Iterator[tuple[str, str]]:
    """Codes and targets of other findings that the differences between two tables of contents explain."""
    there = {leads_to(entry.item) for entry in entries.theirs}
    yield from (("link-orphan-page", path) for entry in entries.ours if (path := leads_to(entry.item)) not in there)
    for number, found in entries.counterparts.items():
        item, other = entries.ours[number].item, entries.theirs[found].item
        if other.url and other.url != item.url:
            yield "link-toc-duplicate", other.url
        elif not other.url and not other.children and (item.url or (item.children and _has_page(item, theirs))):
            yield "toc-entry", other.title


def broken(entries: EntryPairs, ours: Known) -> frozenset[str]:
    """The addresses of the reference's entries that lead to no page: what a translation has in their place may."""
    return frozenset(entry.item.url for entry in entries.ours if entry.item.url and not _has_page(entry.item, ours))


def _runs(entries: tuple[Entry, ...], wanted: Callable[[int], bool]) -> Iterator[list[int]]:
    """The entries that are wanted, those together that follow each other or stand below one another."""
    run: list[int] = []
    for number in range(len(entries)):
        if not wanted(number):
            continue
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _has_page(item: NavItem, known: Known) -> bool:
    """Whether a language has what an entry leads to, or, of a group, a page that it is there for."""
    if item.url and "://" not in item.url:
        return known(leads_to(item))
    return any(_has_page(child, known) for child in item.children) if item.children else True


def _moved(entries: EntryPairs, found: dict[int, int], number: int) -> bool:
    """Whether an entry stands below another one than its reference, both of which are there."""
    if number not in found:
        return False
    parent, other = entries.ours[found[number]].parent, entries.theirs[number].parent
    if (parent >= 0 and parent not in entries.counterparts) or (other >= 0 and other not in found):
        return False
    if (entries.counterparts[parent] if parent >= 0 else -1) == other:
        return False
    return not (other >= 0 and _moved(entries, found, other))  # what stands above it has moved


def _missing(pages: Comparison, entries: EntryPairs, run: list[int]) -> Finding:
    """Entries that follow each other and are missing, at the line where they should stand."""
    first = entries.ours[run[0]].item
    more = f" and {len(run) - 1} more after it are" if len(run) > 1 else " is"
    line = first.span.line if first.span else 1
    message = f"The entry “{shorten(first.title)}” of the reference (line {line}){more} missing here; add what is missing."
    before = next((entries.counterparts[number] for number in range(run[0] - 1, -1, -1) if number in entries.counterparts), None)
    place = entries.theirs[before].item.span if before is not None else None
    last = pages.translation.blocks[0].span.line if pages.translation.blocks else 1
    at = place.line + 1 if place else last
    return pages.finding("translation-structure", Span(at, 1, at, 1), message)


def _line(span: Span | None) -> Span:
    line = span.line if span else 1
    return Span(line, 1, line, 1)
