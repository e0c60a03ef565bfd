"""Entries as numbered words: analysed in groups, each of which can be kept, and put together for an index."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from generator.model import Entry, Lang
from generator.search.analysis import Analyzer
from generator.search.codec import Ints, utf16
from generator.search.messages import shingles, telling
from generator.search.options import Options
from generator.search.passages import collect
from generator.search.postings import Occurrences
from generator.search.vectors import text_of


@dataclass(frozen=True, slots=True)
class Words:
    """What an index needs to know of a group of entries. Numbers are 32 bits each.

    `cards` are the entries without their texts, `about` what word vectors read of each (empty without them). `terms` are distinct;
    `dense` says which come from a script without spaces; `plain` are words that stand for one term: folded, the term's number,
    how often. `rows` has term, entry, passage and number of the field in `fields` of each word of each text, `quoted` the
    rows of `messages.shingles`, `passages` how many an entry has.
    """

    cards: tuple[Entry, ...]
    about: tuple[str, ...]
    terms: tuple[str, ...]
    dense: tuple[bool, ...]
    plain: tuple[tuple[str, int, int], ...]
    rows: bytes
    fields: tuple[str, ...]
    passages: bytes
    quoted: bytes


@dataclass(frozen=True, slots=True)
class Found:
    """The words of all entries: `terms` in the order of JavaScript, `surfaces` the word that most often stood for each (or empty)."""

    cards: tuple[Entry, ...]
    about: tuple[str, ...]
    terms: tuple[str, ...]
    dense: tuple[bool, ...]
    surfaces: tuple[str, ...]
    occurrences: Occurrences
    quoted: Ints


def words(lang: Lang, entries: Iterable[Entry], options: Options | None = None, *, vectors: bool = False) -> Words:
    """Analyse a group of entries. Raises `RuntimeMissingError` without a JavaScript engine."""
    entries = tuple(entries)
    analyzer = Analyzer(lang)
    texts = collect(entries, options or Options())
    ids, lengths = analyzer.analyze(texts.text)
    quoted = shingles(entries, analyzer)
    places = np.array([texts.entry, texts.passage, texts.field], dtype=np.int32)
    return Words(
        cards=tuple(replace(entry, texts={}) for entry in entries),
        about=tuple(map(text_of, entries)) if vectors else (),
        terms=tuple(analyzer.terms),
        dense=tuple(analyzer.dense()) if vectors else (),
        plain=tuple(analyzer.plain()),
        rows=np.vstack((ids.astype(np.int32), np.repeat(places, lengths, axis=1))).tobytes(),
        fields=tuple(texts.fields),
        passages=np.array(texts.passages, dtype=np.int32).tobytes(),
        quoted=quoted.astype(np.int32).tobytes(),
    )


def together(groups: Sequence[Words]) -> Found:
    """The words of all groups, entries in the order of the groups; how entries are grouped makes no difference."""
    terms = sorted({term for group in groups for term in group.terms}, key=utf16)
    numbers = {term: number for number, term in enumerate(terms)}
    fields = tuple(dict.fromkeys(name for group in groups for name in group.fields))
    dense = {term: flag for group in groups for term, flag in zip(group.terms, group.dense, strict=False)}
    counts: dict[tuple[int, str], int] = {}
    rows, quoted, first = [], [], 0
    for group in groups:
        place = np.array([numbers[term] for term in group.terms], dtype=np.int32)
        row = _table(group.rows, 4).copy()
        row[0] = place[row[0]] if len(place) else row[0]
        row[1] += first
        row[3] = np.array([fields.index(name) for name in group.fields], dtype=np.int32)[row[3]] if group.fields else row[3]
        said = np.frombuffer(group.quoted, dtype=np.int32).reshape(-1, 3).copy()
        said[:, 0] = place[said[:, 0]] if len(place) else said[:, 0]
        said[:, 2] += first
        rows.append(row)
        quoted.append(said)
        first += len(group.cards)
        for word, number, count in group.plain:
            key = (int(place[number]), word)
            counts[key] = counts.get(key, 0) + count
    occurrences = _occurrences(rows, fields, b"".join(group.passages for group in groups))
    return Found(
        cards=tuple(card for group in groups for card in group.cards),
        about=tuple(text for group in groups for text in group.about),
        terms=tuple(terms),
        dense=tuple(dense.get(term, False) for term in terms),
        surfaces=_surfaces(counts, len(terms)),
        occurrences=occurrences,
        quoted=telling(np.concatenate([np.empty((0, 3), dtype=np.int32), *quoted]).astype(np.int64)),
    )


def _table(data: bytes, width: int) -> NDArray[np.int32]:
    return np.frombuffer(data, dtype=np.int32).reshape(width, -1)


def _occurrences(rows: Sequence[NDArray[np.int32]], fields: tuple[str, ...], passages: bytes) -> Occurrences:
    term, entry, passage, field = np.concatenate([np.empty((4, 0), dtype=np.int32), *rows], axis=1).astype(np.int64)
    return Occurrences(term, entry, passage, field, fields, np.frombuffer(passages, dtype=np.int32).astype(np.int64))


def _surfaces(counts: dict[tuple[int, str], int], many: int) -> tuple[str, ...]:
    best: list[tuple[int, str]] = [(0, "")] * many
    for (number, word), count in counts.items():
        # The most frequent, the first in order of two that are as frequent.
        if (-count, word) < (-best[number][0], best[number][1]):
            best[number] = (count, word)
    return tuple(word for _, word in best)
