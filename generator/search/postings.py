"""Counts of words into quantised weights, and those into text: the numeric half of the index build."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generator.search.codec import Ints, encode
from generator.search.options import SHORT_FIELDS, Options

Floats = NDArray[np.float64]
LEVELS = 63
"""A weight is one of 0..63: one character."""


@dataclass(frozen=True, slots=True)
class Occurrences:
    """Every word of every text, as parallel arrays.

    `term` numbers the words, `entry` the entries, `passage` the passage within its entry (-1: the
    field belongs to all of them), `field` indexes `fields`. `passages` says how many passages an entry has.
    """

    term: Ints
    entry: Ints
    passage: Ints
    field: Ints
    fields: tuple[str, ...]
    passages: Ints


@dataclass(frozen=True, slots=True)
class Postings:
    """Postings as text: `text` of all terms in order of their numbers, `widths` the characters of each, `df` their entries."""

    text: str
    widths: Ints
    df: Ints


def lengths_of(group: Ints, field: Ints, groups: int, fields: int) -> Floats:
    """Words by group and field: shape (groups, fields)."""
    counts = np.bincount(group * fields + field, minlength=groups * fields)
    return counts.reshape(groups, fields).astype(np.float64)


def norms_of(lengths: Floats, fields: tuple[str, ...], options: Options) -> Floats:
    """What one occurrence weighs by group and field: field weight over length normalisation (BM25F)."""
    present = lengths > 0
    mean = lengths.sum(axis=0) / np.maximum(present.sum(axis=0), 1)
    b = np.array([options.b_short if field in SHORT_FIELDS else options.b for field in fields])
    weights = np.array([options.weights.get(field, options.default_weight) for field in fields])
    result: Floats = weights / (1 - b + b * lengths / np.maximum(mean, 1e-9))
    return result


def summed(keys: Ints, values: Floats) -> tuple[Ints, Floats]:
    """Sum values by key: the distinct keys in order, and their sums."""
    order = np.argsort(keys, kind="stable")
    keys, values = keys[order], values[order]
    starts = np.flatnonzero(np.concatenate(([True], keys[1:] != keys[:-1]))) if len(keys) else np.empty(0, dtype=np.int64)
    return keys[starts], np.add.reduceat(values, starts) if len(starts) else values


def build_postings(found: Occurrences, terms: int, options: Options) -> Postings:
    """Weigh and write the postings of `terms` words.

    A term's text: how many entries; the gaps between them; then of each entry its weight and, where the entry has
    several passages, the weight that all of them share (words of title and headings), how many have more, and gap
    and weight of each. Method: BM25F (Zaragoza et al. 2004), saturated x/(k1+x), the idf left to the reader.
    """
    entries, fields = len(found.passages), len(found.fields)
    offsets = np.concatenate(([0], np.cumsum(found.passages))).astype(np.int64)
    norms = norms_of(lengths_of(found.entry, found.field, entries, fields), found.fields, options)
    key, x = summed(found.term * entries + found.entry, norms[found.entry, found.field])

    # Passages: their own words with their own lengths, above what all passages of the entry share.
    common = found.passage < 0
    base_key, base_x = summed(found.term[common] * entries + found.entry[common], norms[found.entry[common], found.field[common]])
    own = ~common
    unit = offsets[found.entry[own]] + found.passage[own]
    unit_norms = norms_of(lengths_of(unit, found.field[own], int(offsets[-1]), fields), found.fields, options)
    part_key, part_x = summed(found.term[own] * int(offsets[-1]) + unit, unit_norms[unit, found.field[own]])
    part_term, part_unit = np.divmod(part_key, max(int(offsets[-1]), 1))
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
    keep = ~alone
    return write(
        term, entry, quantised(mixed), single, quantised(base / (options.k1 + base)),
        part_of[keep], (part_unit - offsets[part_entry])[keep], quantised(part_saturated[keep]), terms,
    )  # fmt: skip


def quantised(values: Floats) -> Ints:
    """Weights in 0..1 as whole numbers; what is above nothing stays above nothing."""
    result: Ints = np.where(values > 0, np.maximum(np.rint(values * LEVELS), 1), 0).astype(np.int64)
    return result


def gaps(values: Ints, group: Ints) -> Ints:
    """Distances between neighbours of one group, less one; the first counts from -1."""
    before = np.concatenate(([-1], values[:-1]))
    fresh = np.concatenate(([True], group[1:] != group[:-1])) if len(group) else np.empty(0, dtype=bool)
    result: Ints = values - np.where(fresh, -1, before)[: len(values)] - 1
    return result


def write(  # noqa: PLR0913 - parallel arrays
    term: Ints, entry: Ints, weight: Ints, single: NDArray[np.bool_], base: Ints, part_of: Ints, passage: Ints, part: Ints, terms: int
) -> Postings:
    """Lay the numbers of all terms in order and encode them at once."""
    place = np.arange(len(term))
    several = np.flatnonzero(~single)
    many = np.bincount(part_of, minlength=len(term))
    df = np.bincount(term, minlength=terms)
    # One row a number: (term, stream, posting, part) orders them, value is written.
    rows = [
        (np.arange(terms), np.zeros(terms), np.zeros(terms), np.zeros(terms), df),
        (term, np.ones(len(term)), place, np.zeros(len(term)), gaps(entry, term)),
        (term, np.full(len(term), 2), place, np.zeros(len(term)), weight),
        (term[several], np.full(len(several), 2), several, np.ones(len(several)), base[several]),
        (term[several], np.full(len(several), 2), several, np.full(len(several), 2), many[several]),
        (term[part_of], np.full(len(part_of), 2), part_of, 3 + 2 * passage, gaps(passage, part_of)),
        (term[part_of], np.full(len(part_of), 2), part_of, 4 + 2 * passage, part),
    ]
    columns = [np.concatenate([row[column] for row in rows]).astype(np.int64) for column in range(5)]
    order = np.lexsort((columns[3], columns[2], columns[1], columns[0]))
    text, widths = encode(columns[4][order])
    per_term = np.bincount(columns[0][order], weights=widths, minlength=terms).astype(np.int64)
    return Postings(text, per_term, df.astype(np.int64))
