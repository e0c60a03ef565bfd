"""What a word of one language stands for in the reference language, learnt from aligned lines.

Method: IBM model 1 (Brown et al. 1993) over analysed terms, a few rounds of expectation maximisation, an empty
source word taking what no word explains. Lines are analysed in groups, some groups are a portion whose expected counts are
learnt by themselves, and the counts of all portions make a table; each of these can be kept. So memory is that of a portion
however large the site is, and an edit costs the portion it is in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from generator.model import Lang
from generator.search.analysis import Analyzer
from generator.search.codec import Ints
from generator.search.postings import Floats, order_of

Table = Mapping[str, tuple[tuple[str, float], ...]]
"""Term of the source language: terms of the reference with p(target | source), most probable first."""

LONGEST_LINE: Final = 60
"""Terms of a line that are looked at."""

_MARK: Final = 8


class Learning(Struct, frozen=True):
    """How a table is learnt and cut: rounds, least probability kept, what a portion keeps for the others to add to, most targets."""

    rounds: int = 4
    least: float = 0.05
    faint: float = 0.02
    most: int = 5


class Side(Struct, frozen=True):
    """One language's half of aligned lines: its terms, and the numbers of the distinct ones of each line, as 32 bits each."""

    terms: tuple[str, ...]
    ids: bytes
    lengths: bytes


class Lines(Struct, frozen=True):
    """Aligned lines in terms; `marks` are eight bytes of each line's hash: a line that comes twice counts once."""

    source: Side
    target: Side
    marks: bytes


def lines(pairs: Iterable[tuple[str, str]], source: Lang, reference: Lang) -> Lines:
    """Analyse aligned lines `(source text, reference text)`; those that are the same in both languages were not translated."""
    kept = [(one, other) for one, other in dict.fromkeys(pairs) if one and other and one != other]
    marks = b"".join(hashlib.sha256(f"{one}\0{other}".encode("utf-8", "surrogatepass")).digest()[:_MARK] for one, other in kept)
    return Lines(_side(source, [one for one, _ in kept]), _side(reference, [other for _, other in kept]), marks)


def _side(lang: Lang, texts: Sequence[str]) -> Side:
    analyzer = Analyzer(lang)
    ids, lengths = analyzer.analyze(texts)
    line, many = np.repeat(np.arange(len(lengths)), lengths), max(len(analyzer.terms), 1)
    within = np.arange(len(ids)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    line, distinct = np.divmod(np.unique((line * many + ids)[within < LONGEST_LINE]), many)
    counts = np.bincount(line, minlength=len(lengths))
    return Side(tuple(analyzer.terms), distinct.astype(np.int32).tobytes(), counts.astype(np.int32).tobytes())


class Portion(Struct, frozen=True):
    """What some lines tell: the words of both languages, how often each source word is expected to stand for each target, and in all.

    `pairs` has the numbers of the words, 32 bits each, all sources before all targets; `expected` (of each pair) and `totals` (of each
    source word) are floating-point numbers of 64 bits.
    """

    sources: tuple[str, ...]
    targets: tuple[str, ...]
    pairs: bytes
    expected: bytes
    totals: bytes


def learn(groups: Sequence[Lines], learning: Learning | None = None) -> Portion:
    """Learn from groups of aligned lines. A pure function of the lines in their order: how they are grouped makes no difference."""
    learning = learning or Learning()
    kept = _first(np.frombuffer(b"".join(group.marks for group in groups), dtype=">u8"))
    sources, source, own = _joined([group.source for group in groups], kept)
    targets, target, other = _joined([group.target for group in groups], kept)
    keys, expected, totals = _expectation_maximisation((source, own), (target, other), (len(sources), len(targets)), learning.rounds)
    one, two = np.divmod(keys, max(len(targets), 1))
    keep = (one > 0) & (expected >= learning.faint * totals[one])
    pairs = np.array([one[keep] - 1, two[keep]], dtype=np.int32)
    return Portion(tuple(sources), tuple(targets), pairs.tobytes(), expected[keep].tobytes(), totals[1:].tobytes())


def table(portions: Sequence[Portion], learning: Learning | None = None) -> Table:
    """The table that portions make together: a pure function of them in their order."""
    learning = learning or Learning()
    sources, source_of = _numbered([portion.sources for portion in portions])
    targets, target_of = _numbered([portion.targets for portion in portions])
    pairs = [np.frombuffer(portion.pairs, dtype=np.int32).reshape(2, -1) for portion in portions]
    many = max(len(targets), 1)
    keys = _flat(one[pair[0]] * many + two[pair[1]] for one, two, pair in zip(source_of, target_of, pairs, strict=True))
    distinct, place = np.unique(keys, return_inverse=True)
    expected = np.bincount(place, weights=np.frombuffer(b"".join(portion.expected for portion in portions)), minlength=len(distinct))
    totals = np.bincount(_flat(source_of), weights=np.frombuffer(b"".join(portion.totals for portion in portions)), minlength=len(sources))
    return _cut(distinct, expected / totals[distinct // many], sources, targets, learning)


def _first(marks: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """The lines that are looked at: the first of those that are the same."""
    kept = np.zeros(len(marks), dtype=np.bool_)
    kept[np.unique(marks, return_index=True)[1]] = True
    return kept


def _numbered(groups: Sequence[Sequence[str]]) -> tuple[list[str], list[Ints]]:
    """All terms in order, and the place of each group's terms among them."""
    names = sorted({term for group in groups for term in group})
    numbers = {term: number for number, term in enumerate(names)}
    return names, [np.array([numbers[term] for term in group], dtype=np.int64) for group in groups]


def _flat(parts: Iterable[Ints]) -> Ints:
    return np.concatenate([np.empty(0, dtype=np.int64), *parts])


def _joined(sides: Sequence[Side], kept: NDArray[np.bool_]) -> tuple[list[str], Ints, Ints]:
    """All terms in order, their numbers line after line, and how many each line has; of the lines that are kept."""
    names, places = _numbered([side.terms for side in sides])
    ids = _flat(place[np.frombuffer(side.ids, dtype=np.int32)] for side, place in zip(sides, places, strict=True))
    lengths = np.frombuffer(b"".join(side.lengths for side in sides), dtype=np.int32).astype(np.int64)
    ids, lengths = ids[np.repeat(kept, lengths)], lengths[kept]
    # In order within each line: sums must not depend on how terms were numbered in their group.
    line = np.repeat(np.arange(len(lengths)), lengths) * max(len(names), 1)
    return names, np.sort(line + ids) - line, lengths


def _expectation_maximisation(
    source: tuple[Ints, Ints], target: tuple[Ints, Ints], words: tuple[int, int], rounds: int
) -> tuple[Ints, Floats, Floats]:
    """Pairs seen together as `source * many + target`, how often each is expected, and each source; source 0 is the empty word.

    `words` says how many of them both languages have: one that stands beside lines without words only is in no pair.
    """
    sources, targets, starts = _pairs(source, target)
    own, many = words
    distinct, place = _distinct(sources, targets, many)
    source_of = distinct // max(many, 1)
    widths = np.diff(np.append(starts, len(sources)))
    expected: Floats = np.ones(len(distinct))
    totals: Floats = np.ones(own + 1)
    for _ in range(rounds if len(starts) else 0):
        weight = (expected / totals[source_of])[place]
        weight /= np.repeat(np.add.reduceat(weight, starts), widths)
        expected = np.asarray(np.bincount(place, weights=weight, minlength=len(distinct)), dtype=np.float64)
        totals = np.asarray(np.bincount(source_of, weights=expected, minlength=own + 1), dtype=np.float64)
    return distinct, expected, totals


def _pairs(source: tuple[Ints, Ints], target: tuple[Ints, Ints]) -> tuple[Ints, Ints, Ints]:
    """Each word of the reference, in order, beside each word of its line, the empty one first: sources, targets, where each target begins."""
    ids, lengths = source
    others, widths = target
    first = np.cumsum(lengths + 1) - lengths - 1
    # The empty word stands before each line.
    padded = np.insert(ids + 1, np.cumsum(lengths) - lengths, 0)
    order = order_of(others)
    line = np.repeat(np.arange(len(widths)), widths)[order]
    wide = lengths[line] + 1
    starts = np.cumsum(wide) - wide
    within = np.arange(int(wide.sum())) - np.repeat(starts - first[line], wide)
    return padded[within], np.repeat(others[order], wide), starts


def _distinct(sources: Ints, targets: Ints, many: int) -> tuple[Ints, Ints]:
    """The distinct pairs as `source * many + target` in order, and the place of each pair among them; the pairs come in order of `targets`."""
    order = order_of(sources)
    ordered = (sources * many + targets)[order]
    fresh = np.concatenate(([True], ordered[1:] != ordered[:-1]))[: len(ordered)]
    place = np.empty(len(ordered), dtype=np.int64)
    place[order] = np.cumsum(fresh) - 1
    return ordered[fresh], place


def _cut(keys: Ints, probability: Floats, sources: Sequence[str], targets: Sequence[str], learning: Learning) -> Table:
    """Keep the probable targets of each source term."""
    source, target = np.divmod(keys, max(len(targets), 1))
    keep = probability >= learning.least
    source, target, probability = source[keep], target[keep], probability[keep]
    order = np.lexsort((target, -probability, source))
    source, target, probability = source[order], target[order], probability[order].round(4)
    best = np.arange(len(source)) - np.searchsorted(source, source) < learning.most
    found: dict[str, list[tuple[str, float]]] = {}
    for one, other, p in zip(source[best].tolist(), target[best].tolist(), probability[best].tolist(), strict=True):
        found.setdefault(sources[one], []).append((targets[other], p))
    return {term: tuple(meant) for term, meant in found.items()}
