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
    filled = lengths > 0
    of, within, lengths = np.array(owner, dtype=np.int64)[filled], np.array(place, dtype=np.int64)[filled], lengths[filled]
    starts = np.cumsum(lengths) - lengths
    segment_of = np.repeat(np.arange(len(lengths)), lengths)
    runs = np.flatnonzero(segment_of[2:] == segment_of[:-2])
    gaps = np.flatnonzero((of[1:] == of[:-1]) & (within[1:] == within[:-1]))
    # What follows: two terms, or `*` and the term behind the placeholder.
    names = [*analyzer.terms, "*"]
    many = len(names)
    first = np.concatenate((ids[runs], ids[starts[gaps + 1] - 1]))
    rest = np.concatenate((ids[runs + 1] * many + ids[runs + 2], (many - 1) * many + ids[starts[gaps + 1]]))
    distinct, which = np.unique(rest, return_inverse=True)
    hashes = fnv([f"{names[one]} {names[two]}" for one, two in zip(*(part.tolist() for part in np.divmod(distinct, many)), strict=True)]) % BUCKETS
    owners = np.concatenate((of[segment_of[runs]], of[gaps]))
    shape = (many, BUCKETS, max(len(entries), 1))
    return np.stack(np.unravel_index(np.unique(np.ravel_multi_index((first, hashes[which], owners), shape)), shape), axis=1)


def telling(rows: Ints) -> Ints:
    """The rows of all entries in order, less what too many entries quote."""
    rows = rows[np.lexsort(rows.T[::-1])]
    fresh = np.concatenate(([True], (rows[1:, :2] != rows[:-1, :2]).any(axis=1)))[: len(rows)]
    group = np.cumsum(fresh) - 1
    kept: Ints = rows[np.bincount(group)[group] <= MOST_ENTRIES] if len(rows) else rows
    return kept
