"""Entries as numbered words: analysed in groups, each of which can be kept, and put together for an index.

Of a group that was read nothing stays but what the index says of each entry, and ten bytes a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import numpy as np
from msgspec import Struct, field
from numpy.typing import NDArray

from generator.model import Entry, Lang
from generator.search.analysis import Analyzer
from generator.search.codec import Ints, in_order
from generator.search.messages import shingles, telling
from generator.search.options import Options
from generator.search.passages import collect
from generator.search.pieces import Card, card
from generator.search.postings import Occurrences
from generator.search.vectors import text_of

_KINDS: Final = (np.int32, np.int32, np.int8, np.int8)
"""Of term, entry, passage and field of a word."""


class Words(Struct, frozen=True):
    """What an index needs to know of a group of entries. Numbers are 32 bits each.

    `cards` are the entries as the index says them. `terms` are distinct; `dense` says which come from a script without spaces. `plain` are
    folded words that stand for one term; `counted` has the number of that term and how often, of all words one row, then the other. `rows` has term, entry, passage and number of the field in `fields` of each word of each text, `quoted` the
    rows of `messages.shingles`, `passages` how many an entry has.
    """

    cards: tuple[Card, ...]
    terms: tuple[str, ...]
    dense: tuple[bool, ...]
    plain: tuple[str, ...]
    counted: bytes
    rows: bytes
    fields: tuple[str, ...]
    passages: bytes
    quoted: bytes


class Found(Struct, frozen=True):
    """The words of all entries: `terms` in the order of JavaScript, `surfaces` the word that most often stood for each (or empty)."""

    cards: tuple[Card, ...]
    terms: tuple[str, ...]
    dense: tuple[bool, ...]
    surfaces: tuple[str, ...]
    occurrences: Occurrences
    quoted: Ints


def words(lang: Lang, entries: Iterable[Entry], options: Options | None = None, *, vectors: bool = False) -> Words:
    """Analyse a group of entries."""
    entries = tuple(entries)
    analyzer = Analyzer(lang)
    texts = collect(entries, options or Options())
    ids, lengths = analyzer.analyze(texts.text)
    quoted = shingles(entries, analyzer)
    plain = analyzer.plain()
    places = np.array([texts.entry, texts.passage, texts.field], dtype=np.int32)
    return Words(
        cards=tuple(card(entry, text_of(entry) if vectors else "") for entry in entries),
        terms=tuple(analyzer.terms),
        dense=tuple(analyzer.dense()) if vectors else (),
        plain=tuple(word for word, _, _ in plain),
        counted=np.array([pair for _, *pair in plain], dtype=np.int32).reshape(-1, 2).T.tobytes(),
        rows=np.vstack((ids.astype(np.int32), np.repeat(places, lengths, axis=1))).tobytes(),
        fields=tuple(texts.fields),
        passages=np.array(texts.passages, dtype=np.int32).tobytes(),
        quoted=quoted.astype(np.int32).tobytes(),
    )


def together(groups: Iterable[Words]) -> Found:
    """The words of all groups, entries in the order of the groups; how entries are grouped makes no difference."""
    heap = _Heap()
    for group in groups:
        place = np.array([heap.numbers.setdefault(term, len(heap.numbers)) for term in group.terms], dtype=np.int32)
        heap.dense |= zip(group.terms, group.dense, strict=False)
        _occur(heap, group, place)
        _say(heap, group, place)
        heap.cards += group.cards
    return _ranked(heap)


class _Heap(Struct):
    """What groups have told so far. What grows in place costs no second copy."""

    cards: list[Card] = []
    numbers: dict[str, int] = {}
    """Terms, in the order in which they came."""
    dense: dict[str, bool] = {}
    fields: dict[str, int] = {}
    columns: tuple[bytearray, ...] = field(default_factory=lambda: tuple(bytearray() for _ in _KINDS))
    passages: bytearray = field(default_factory=bytearray)
    quoted: bytearray = field(default_factory=bytearray)
    said: dict[tuple[int, str], int] = {}
    """Terms as the words they were said with."""
    counts: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    """How often each of `said`."""


def _occur(heap: _Heap, group: Words, place: NDArray[np.int32]) -> None:
    """Where the terms of a group stand; `place` are their numbers."""
    named = np.array([heap.fields.setdefault(name, len(heap.fields)) for name in group.fields], dtype=np.int8)
    term, entry, passage, part = np.frombuffer(group.rows, dtype=np.int32).reshape(4, -1)
    quotes = np.frombuffer(group.quoted, dtype=np.int32).reshape(-1, 3)
    first = len(heap.cards)
    values: tuple[NDArray[Any], ...] = (place[term], entry + first, passage, named[part])
    for column, kind, value in zip(heap.columns, _KINDS, values, strict=True):
        column.extend(value.astype(kind).tobytes())
    heap.quoted += np.column_stack((place[quotes[:, 0]], quotes[:, 1], quotes[:, 2] + first)).astype(np.int32).tobytes()
    heap.passages += group.passages


def _say(heap: _Heap, group: Words, place: NDArray[np.int32]) -> None:
    """How often each word stands for a term of a group."""
    number, count = np.frombuffer(group.counted, dtype=np.int32).reshape(2, -1)
    pairs = [heap.said.setdefault(pair, len(heap.said)) for pair in zip(place[number].tolist(), group.plain, strict=True)]
    heap.counts = np.concatenate((heap.counts, np.zeros(len(heap.said) - len(heap.counts), dtype=np.int64)))
    heap.counts[pairs] += count


def _ranked(heap: _Heap) -> Found:
    """The same with terms in their order."""
    terms = in_order(heap.numbers)
    places = [heap.numbers[term] for term in terms]
    rank = np.empty(len(terms), dtype=np.int32)
    rank[places] = np.arange(len(terms), dtype=np.int32)
    term, entry, passage, part = _arrays(heap.columns)
    rows = np.frombuffer(heap.quoted, dtype=np.int32).reshape(-1, 3).astype(np.int64)
    rows[:, 0] = rank[rows[:, 0]]
    surfaces = _surfaces(heap.said, heap.counts, len(terms))
    return Found(
        cards=tuple(heap.cards),
        terms=tuple(terms),
        dense=tuple(heap.dense.get(term, False) for term in terms),
        surfaces=tuple(surfaces[place] for place in places),
        occurrences=Occurrences(rank[term], entry, passage, part, tuple(heap.fields), np.frombuffer(heap.passages, dtype=np.int32).astype(np.int64)),
        quoted=telling(rows),
    )


def _arrays(columns: Iterable[bytearray]) -> Iterator[NDArray[Any]]:
    for column, kind in zip(columns, _KINDS, strict=True):
        yield np.frombuffer(column, dtype=kind)


def _surfaces(said: Iterable[tuple[int, str]], counts: Ints, many: int) -> list[str]:
    """The word that most often stands for each term; `said` are terms and words, `counts` how often."""
    best: list[tuple[int, str]] = [(0, "")] * many
    for (term, word), count in zip(said, counts.tolist(), strict=True):
        # The most frequent, the first in order of two that are as frequent.
        best[term] = min(best[term], (-count, word))
    return [word for _, word in best]
