"""Messages that an entry quotes, as runs of words that a pasted one can be recognised by.

What counts as a message: a line of code, a table cell, a quotation, what a record says of its symptoms. `{1}`, `%s`, `<name>`
and the like stand for anything. Of each message every three neighbouring terms are kept, and
every two terms with only a placeholder between them, each under its first term: so a query finds them in the pieces
that it fetches anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np

from generator.model import Entry
from generator.search.analysis import Analyzer
from generator.search.codec import Ints, fnv

WILDCARD = re.compile(r"\{\w*\}|%[-\d.]*[a-zA-Z]\b|<[\w .-]{1,40}>|\$\(\w+\)|\$\{\w+\}|\[\.\.\.\]|…|\.{3}")
QUOTED = re.compile(r'"([^"\n]{8,300})"|“([^”\n]{8,300})”|«([^»\n]{8,300})»|„([^“\n]{8,300})“|「([^」\n]{4,200})」')
LONGEST = 300
MOST_ENTRIES = 12
"""What more entries quote tells them not apart."""
BUCKETS = 1600
"""Of the hash of what follows a term: two characters at most."""


def messages(entry: Entry) -> Iterator[str]:
    """The messages that an entry quotes."""
    for name, texts in entry.texts.items():
        for text in texts:
            if name == "code":
                yield from (line for line in text.splitlines() if len(line) <= LONGEST)
            elif name in {"symptom", "cells"} and len(text) <= LONGEST:
                yield text
            elif name in {"body", "remedy", "cells"}:
                for found in QUOTED.finditer(text):
                    yield next(filter(None, found.groups()))


def bucket(text: str) -> int:
    """Where `text` falls among `BUCKETS`."""
    return fnv(text) % BUCKETS


def shingles(entries: Sequence[Entry], analyzer: Analyzer) -> Ints:
    """Rows `(term, bucket of what follows, entry)`, distinct. `analyzer.terms` grows by what is new."""
    owner: list[int] = []
    place: list[int] = []
    texts: list[str] = []
    for number, entry in enumerate(entries):
        for message, quoted in enumerate(dict.fromkeys(messages(entry))):
            for segment in WILDCARD.split(quoted):
                owner.append(number)
                place.append(message)
                texts.append(segment)
    ids, lengths = analyzer.analyze(texts)
    segments = np.split(ids, np.cumsum(lengths)[:-1]) if len(lengths) else []
    found: dict[tuple[int, int], set[int]] = {}
    hashes: dict[str, int] = {}
    last: tuple[int, int, int] | None = None

    def keep(first: int, rest: str, entry: int) -> None:
        if rest not in hashes:
            hashes[rest] = bucket(rest)
        found.setdefault((first, hashes[rest]), set()).add(entry)

    terms = analyzer.terms
    for number, message, segment in zip(owner, place, (segment.tolist() for segment in segments), strict=True):
        if not segment:
            continue
        if last and last[:2] == (number, message):
            keep(last[2], f"* {terms[segment[0]]}", number)
        for one, two, three in zip(segment, segment[1:], segment[2:], strict=False):
            keep(one, f"{terms[two]} {terms[three]}", number)
        last = (number, message, segment[-1])
    rows = [(term, hash_, entry) for (term, hash_), owners in found.items() for entry in sorted(owners)]
    return np.array(rows, dtype=np.int64).reshape(-1, 3)


def telling(rows: Ints) -> Ints:
    """The rows of all entries in order, less what too many entries quote."""
    rows = rows[np.lexsort(rows.T[::-1])]
    fresh = np.concatenate(([True], (rows[1:, :2] != rows[:-1, :2]).any(axis=1)))[: len(rows)]
    group = np.cumsum(fresh) - 1
    kept: Ints = rows[np.bincount(group)[group] <= MOST_ENTRIES] if len(rows) else rows
    return kept
