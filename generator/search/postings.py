"""Counts of words into quantised weights, and those into text: the numeric half of the index build."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from generator.search.codec import Ints, encode
from generator.search.options import ONLY_APART, SHORT_FIELDS, Options
from generator.search.passages import MOST

Floats = NDArray[np.float64]
Whole = NDArray[Any]
"""Whole numbers of whatever width holds them."""
LEVELS = 15
"""A weight is one of 0..15: finer ones rank no better, and cost bytes."""
_COLUMNS: Final[dict[str, Any]] = {"entry": np.int32, "weight": np.uint8, "base": np.uint8, "mask": np.int32, "part": np.uint8}
"""Of a row of postings, and the width of each: they grow in place, a second copy of all would be too much."""
_BLOCK: Final = 1 << 20
"""Occurrences that are weighed at once: a site of any size takes no more memory for that."""


class Occurrences(Struct, frozen=True):
    """Every word of every text, as parallel arrays.

    `term` numbers the words, `entry` the entries, `passage` the passage within its entry (-1: the
    field belongs to all of them), `field` indexes `fields`. `passages` says how many passages an entry has.
    """

    term: Whole
    entry: Whole
    passage: Whole
    field: Whole
    fields: tuple[str, ...]
    passages: Ints

    def some(self, rows: slice | Ints) -> Occurrences:
        """Some of the words, as 64 bits each: enough for the keys that are made of them."""
        term, entry, passage, field = (column[rows].astype(np.int64) for column in (self.term, self.entry, self.passage, self.field))
        return Occurrences(term, entry, passage, field, self.fields, self.passages)


class Postings(Struct, frozen=True):
    """Quantised weights, as parallel arrays in order of term, entry and passage.

    `df` says how many entries hold each term, `several` how many of those have several passages, `bits` in how many of their
    passages it stands. `gap` and `weight` have a row for each (term, entry): the distance from the entry before, the weight. `base` and
    `mask` have a row for each entry with several passages: the weight that all its passages share (words of title and headings), and as
    bits the passages that have more; `part` has that weight, a row for each bit. `quotes` says how many quoted runs of words begin with
    each term, `quoted` has two numbers for each: bucket and entry (see `messages`).
    """

    df: Ints
    several: Ints
    bits: Ints
    gap: Whole
    weight: Whole
    base: Whole
    mask: Whole
    part: Whole
    quotes: Ints
    quoted: Ints

    def texts(self, runs: Sequence[tuple[int, int]]) -> Iterator[str]:
        """The numbers of runs of terms `(start, end)`: streams one after another, alike numbers together."""
        rows, inner, parts, quotes = map(_ends, (self.df, self.several, self.bits, self.quotes))
        for start, end in runs:
            row, part, bits = slice(rows[start], rows[end]), slice(inner[start], inner[end]), slice(parts[start], parts[end])
            quoted = self.quoted[2 * quotes[start] : 2 * quotes[end]]
            streams = (
                self.df[start:end],
                self.gap[row],
                self.weight[row],
                self.base[part],
                self.mask[part],
                self.part[bits],
                self.quotes[start:end],
                quoted,
            )
            yield encode(np.concatenate(streams))[0]

    def widths(self) -> list[int]:
        """About how many characters each term takes."""
        return [int(width) + 1 for width in 2 * self.df + 3 * self.several + 4 * self.quotes]


def _bits(masks: Whole) -> Ints:
    """How many bits each mask has."""
    result: Ints = sum(((masks >> bit & 1) for bit in range(MOST)), np.zeros(len(masks), dtype=np.int64))
    return result


def _ends(counts: Ints) -> Ints:
    """Where the rows of each term end, after a leading 0; `counts` says how many each has."""
    return np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))


def lengths_of(group: Ints, field: Ints, groups: int, fields: int) -> Ints:
    """Words by group and field: shape (groups, fields)."""
    return np.bincount(group * fields + field, minlength=groups * fields).reshape(groups, fields)


def norms_of(lengths: Whole, fields: tuple[str, ...], options: Options) -> Floats:
    """What one occurrence weighs by group and field: field weight over length normalisation (BM25F)."""
    mean = lengths.sum(axis=0, dtype=np.int64) / np.maximum(np.count_nonzero(lengths, axis=0), 1)
    b = np.array([options.b_short if field in SHORT_FIELDS else options.b for field in fields])
    weights = np.array([options.weights.get(field, options.default_weight) for field in fields])
    result: Floats = b * lengths  # from here on in place: a row for each passage of a large site
    result /= np.maximum(mean, 1e-9)
    result += 1 - b
    np.divide(weights, result, out=result)
    return result


def order_of(keys: Ints) -> Ints:
    """Where the keys stand in order, those that are equal as they came. They are not negative.

    A radix sort, 16 bits a time, which is what numpy does to numbers of that width: a fraction of the time of sorting them whole.
    """
    order = np.argsort(keys.astype(np.uint16), kind="stable")
    for bits in range(16, int(keys.max(initial=0)).bit_length(), 16):
        order = order[np.argsort((keys[order] >> bits).astype(np.uint16), kind="stable")]
    return order


def summed(keys: Ints, values: Floats) -> tuple[Ints, Floats]:
    """Sum values by key: the distinct keys in order, and their sums."""
    order = order_of(keys)
    keys, values = keys[order], values[order]
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else np.empty(0, dtype=np.int64)
    return keys[starts], np.add.reduceat(values, starts) if len(starts) else values


def build_postings(found: Occurrences, terms: int, quoted: Ints, options: Options) -> Postings:
    """Weigh the postings of `terms` words; `quoted` are rows of `messages.shingles`, their terms numbered as in `found`.

    Method: BM25F (Zaragoza et al. 2004), saturated x/(k1+x), the idf left to the reader; passages the same way, with
    their own lengths. An entry with one passage carries the mix of both scores.
    """
    norms = _norms(found, options)
    df, several, bits = (np.zeros(terms, dtype=np.int64) for _ in range(3))
    columns: dict[str, bytearray] = {name: bytearray() for name in _COLUMNS}
    for rows in _ranges(found, terms):
        part = _weighed(found.some(rows), norms, terms, options)
        df += part.df
        several += part.several
        bits += part.bits
        for name, kind in _COLUMNS.items():
            columns[name] += getattr(part, name).astype(kind, copy=False).tobytes()
    return Postings(
        df=df,
        several=several,
        bits=bits,
        gap=gaps(np.frombuffer(columns.pop("entry"), dtype=np.int32), df),
        **{name: np.frombuffer(column, dtype=_COLUMNS[name]) for name, column in columns.items()},
        quotes=np.bincount(quoted[:, 0], minlength=terms).astype(np.int64),
        quoted=quoted[:, 1:].ravel(),
    )


class _Norms(Struct, frozen=True):
    """What one occurrence weighs by field: in each entry, and in each passage; passages of an entry begin at its offset."""

    entries: Floats
    passages: Floats
    offsets: Ints


def _norms(found: Occurrences, options: Options) -> _Norms:
    offsets = np.concatenate(([0], np.cumsum(found.passages))).astype(np.int64)
    entries, passages, fields = len(found.passages), int(offsets[-1]), len(found.fields)
    by_entry = np.zeros((entries, fields), dtype=np.int32)
    by_passage = np.zeros((passages, fields), dtype=np.int32)
    for start in range(0, len(found.term), _BLOCK):
        block = found.some(slice(start, start + _BLOCK))
        own = block.passage >= 0
        by_entry += lengths_of(block.entry, block.field, entries, fields)
        by_passage += lengths_of(offsets[block.entry[own]] + block.passage[own], block.field[own], passages, fields)
    return _Norms(norms_of(by_entry, found.fields, options), norms_of(by_passage, found.fields, options), offsets)


def _ranges(found: Occurrences, terms: int) -> Iterator[slice | Ints]:
    """The rows of neighbouring terms, about `_BLOCK` of them at once; of a term that has more those of some entries."""
    if len(found.term) <= _BLOCK:
        yield slice(None)
        return
    counts = np.bincount(found.term, minlength=terms)
    frequent = counts > _BLOCK
    block = (np.cumsum(counts) // _BLOCK + np.cumsum(frequent | np.roll(frequent, 1))).astype(np.int16)
    of = block[found.term]
    for number in np.unique(block):
        rows = np.flatnonzero(of == number)
        entries = found.entry[rows]
        ends = np.searchsorted(entries, entries[_BLOCK::_BLOCK]) if frequent[block == number].any() else np.empty(0, dtype=np.int64)
        yield from (some for some in np.split(rows, ends) if len(some))


class _Part(Struct, frozen=True):
    """Some of the postings, as in `Postings`, but with the entries themselves."""

    df: Ints
    several: Ints
    bits: Ints
    entry: Whole
    weight: Whole
    base: Whole
    mask: Whole
    part: Whole


def _weighed(found: Occurrences, norms: _Norms, terms: int, options: Options) -> _Part:
    """The postings of some terms in some entries, all of whose occurrences are given."""
    entries, offsets = len(found.passages), norms.offsets
    units = int(offsets[-1])
    x_of = norms.entries[found.entry, found.field]
    extra = apart(found, x_of, entries, options)
    together = np.array([field not in ONLY_APART for field in found.fields])
    x_of = x_of * together[found.field]
    key, x = summed(found.term * entries + found.entry, x_of)

    # Passages: their own words with their own lengths, above what all passages of the entry share.
    common = found.passage < 0
    base_key, base_x = summed(found.term[common] * entries + found.entry[common], x_of[common])
    own = ~common
    unit = offsets[found.entry[own]] + found.passage[own]
    part_key, part_x = summed(found.term[own] * units + unit, norms.passages[unit, found.field[own]] * together[found.field[own]])
    part_term, part_unit = np.divmod(part_key, max(units, 1))
    part_entry = np.searchsorted(offsets, part_unit, side="right") - 1
    part_of = np.searchsorted(key, part_term * entries + part_entry)

    base = np.zeros(len(key))
    base[np.searchsorted(key, base_key)] = base_x
    part_total = part_x + base[part_of]
    saturated = x / (options.k1 + x)
    part_saturated = part_total / (options.k1 + part_total)

    term, entry = np.divmod(key, max(entries, 1))
    single = found.passages[entry] == 1
    mixed = saturated.copy()
    alone = single[part_of]
    mixed[part_of[alone]] = (1 - options.passage) * saturated[part_of[alone]] + options.passage * part_saturated[alone]
    for more_key, more in extra:
        mixed[np.searchsorted(key, more_key)] += more
    keep = ~alone
    rows = np.flatnonzero(~single)
    mask = np.zeros(len(key), dtype=np.int64)
    np.bitwise_or.at(mask, part_of[keep], np.left_shift(1, (part_unit - offsets[part_entry])[keep]))
    return _Part(
        df=np.bincount(term, minlength=terms).astype(np.int64),
        several=np.bincount(term[rows], minlength=terms).astype(np.int64),
        bits=np.bincount(term[rows], weights=_bits(mask[rows]), minlength=terms).astype(np.int64),
        entry=entry.astype(np.int32),
        weight=quantised(mixed),
        base=quantised(base / (options.k1 + base))[rows],
        mask=mask[rows].astype(np.int32),
        part=quantised(part_saturated[keep])[order_of(part_of[keep])],
    )


def apart(found: Occurrences, x: Floats, entries: int, options: Options) -> list[tuple[Ints, Floats]]:
    """What fields that are scored by themselves add: keys `term * entries + entry`, and their saturated, scaled weights."""
    result = []
    for name, factor in options.apart.items():
        if name in found.fields:
            here = found.field == found.fields.index(name)
            keys, values = summed(found.term[here] * entries + found.entry[here], x[here])
            result.append((keys, factor * values / (options.k1 + values)))
    return result


def quantised(values: Floats) -> NDArray[np.uint8]:
    """Weights in 0..1 as whole numbers; what is above nothing stays above nothing."""
    return np.where(values > 0, np.maximum(np.rint(values * LEVELS), 1), 0).astype(np.uint8)


def gaps(values: Whole, counts: Ints) -> Whole:
    """Distances between neighbours of one group, less one; the first counts from -1. `counts` says how many each group has."""
    result = np.diff(values, prepend=values[:1] * 0) - 1
    firsts = _ends(counts)[:-1][counts > 0]
    result[firsts] = values[firsts]
    return result
