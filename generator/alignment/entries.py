"""Two tables of contents, entry against entry: by what they lead to, else by their place below the same parent."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import product, zip_longest
from typing import Final

from msgspec import Struct

from generator.alignment import Alignment, Pair
from generator.alignment.sequences import Places, best
from generator.model import Block, NavItem, Page

_MOST: Final = 1000
"""More combinations of entries are not worth the time: they are paired in order."""


class Entry(Struct, frozen=True):
    """An entry of a table of contents, the number of the entry it stands below (-1: of none), and its text as a block of the page."""

    item: NavItem
    parent: int
    block: Block | None


class EntryPairs(Struct, frozen=True):
    """The entries of a table of contents and of its translation in reading order, and the number of each one's counterpart."""

    ours: tuple[Entry, ...]
    theirs: tuple[Entry, ...]
    counterparts: Mapping[int, int]

    def alignment(self, original: Page, translation: Page) -> Alignment:
        """The same as an alignment of pages, without the entries that one of them alone has."""
        pairs = [Pair(self.ours[here].block, self.theirs[there].block) for here, there in self.counterparts.items()]
        others = [[block for block in page.blocks if block.kind != "item"] for page in (original, translation)]
        rest = [Pair(block, other) for block, other in zip_longest(*others)]
        return Alignment((*rest, *pairs), (), None)


def pair_entries(original: Page, contents: NavItem, translation: Page, translated: NavItem) -> EntryPairs:
    """The entries of a table of contents (a page, and the group that it makes) and of its translation, each with its counterpart."""
    ours, theirs = _entries(original, contents), _entries(translation, translated)
    pairs = _alike(ours, theirs)
    below, there = _children(ours), _children(theirs)
    taken = set(pairs.values())
    waiting = deque([(-1, -1), *pairs.items()])
    while waiting:
        parent, other = waiting.popleft()
        left = _gaps(below.get(parent, ()), {number: pairs[number] for number in below.get(parent, ()) if number in pairs})
        right = _gaps(there.get(other, ()), {number: number for number in there.get(other, ()) if number in taken})
        for mark, numbers in left.items():
            for here, number in _fitting(numbers, right.get(mark, []), ours, theirs):
                pairs[here] = number
                taken.add(number)
                waiting.append((here, number))
    return EntryPairs(ours, theirs, dict(sorted(pairs.items())))


def _entries(page: Page, group: NavItem) -> tuple[Entry, ...]:
    blocks = {block.span.line: block for block in page.blocks if block.kind == "item"}
    found: list[Entry] = []

    def walk(items: Sequence[NavItem], parent: int) -> None:
        for item in items:
            found.append(Entry(item, parent, blocks.get(item.span.line) if item.span else None))
            walk(item.children, len(found) - 1)

    walk(group.children, -1)
    return tuple(found)


def _alike(ours: Sequence[Entry], theirs: Sequence[Entry]) -> dict[int, int]:
    """Entries that lead to the same, and groups with the same id; where one table has more of them, those with the same neighbours."""
    here, there = _marks(ours), _marks(theirs)
    pairs: dict[int, int] = {}
    both = [mark for mark in here if mark in there]
    for mark in both:
        if len(here[mark]) == len(there[mark]):
            pairs.update(zip(here[mark], there[mark], strict=True))
    for mark in both:
        left, right = here[mark], there[mark]
        while len(left) != len(right) and left and right and len(left) * len(right) <= _MOST:
            number, other = max(product(left, right), key=lambda pair: _neighbours(pairs, *pair))
            pairs[number] = other
            left, right = [one for one in left if one != number], [one for one in right if one != other]
        pairs.update(zip(left, right, strict=False))
    return pairs


def _neighbours(pairs: Mapping[int, int], number: int, other: int) -> int:
    return (pairs.get(number - 1) == other - 1) + (pairs.get(number + 1) == other + 1)


def _marks(entries: Sequence[Entry]) -> dict[str, list[int]]:
    """The entries by what they lead to or are called."""
    found: dict[str, list[int]] = {}
    for number, entry in enumerate(entries):
        if mark := _leads(entry.item):
            found.setdefault(mark, []).append(number)
    return found


def _leads(item: NavItem) -> str:
    return item.url or (f"#{item.id}" if item.id else "")


def _children(entries: Sequence[Entry]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for number, entry in enumerate(entries):
        found.setdefault(entry.parent, []).append(number)
    return found


def _gaps(children: Sequence[int], known: Mapping[int, int]) -> dict[int, list[int]]:
    """Entries without a counterpart, by the counterpart of the one before them that has one."""
    found: dict[int, list[int]] = {}
    mark = -1
    for number in children:
        if number in known:
            mark = known[number]
        else:
            found.setdefault(mark, []).append(number)
    return found


def _fitting(left: Sequence[int], right: Sequence[int], ours: Sequence[Entry], theirs: Sequence[Entry]) -> Iterator[tuple[int, int]]:
    places: Places = tuple((i, i) for i in range(min(len(left), len(right))))
    if len(left) != len(right) and len(left) * len(right) <= _MOST:
        places = best(left, right, lambda here, there: _likeness(ours[here].item, theirs[there].item))
    yield from ((left[i], right[j]) for i, j in places if i is not None and j is not None)


def _likeness(item: NavItem, other: NavItem) -> float:
    if bool(item.children) != bool(other.children):
        return -1.0
    return SequenceMatcher(None, item.url, other.url, autojunk=False).ratio() if item.url and other.url else 0.0
