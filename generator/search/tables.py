"""What a word of one language stands for in the reference language, learnt from aligned lines.

Method: IBM model 1 (Brown et al. 1993) over analysed terms, a few rounds of expectation maximisation, an empty
source word taking what no word explains.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from generator.model import Lang
from generator.search.analysis import Analyzer
from generator.search.codec import Ints
from generator.search.postings import Floats

Table = Mapping[str, tuple[tuple[str, float], ...]]
"""Term of the source language: terms of the reference with p(target | source), most probable first."""

LONGEST_LINE = 60
"""Terms of a line that are looked at."""


@dataclass(frozen=True, slots=True)
class Learning:
    """How a table is learnt and cut: rounds, least probability kept, most targets, least lines a source word was seen in."""

    rounds: int = 4
    least: float = 0.05
    most: int = 5
    lines: int = 1


def learn(pairs: Iterable[tuple[str, str]], source: Lang, reference: Lang, learning: Learning | None = None) -> Table:
    """Learn a table from aligned lines `(source text, reference text)`.

    A pure function: same pairs, same table. Lines that are the same in both languages are left out (they were not translated).
    Raises `RuntimeMissingError` without a JavaScript engine.
    """
    learning = learning or Learning()
    lines = [(one, other) for one, other in dict.fromkeys(pairs) if one and other and one != other]
    if not lines:
        return {}
    sources, targets = Analyzer(source), Analyzer(reference)
    source_terms = _by_line(sources.analyze([one for one, _ in lines]))
    target_terms = _by_line(targets.analyze([other for _, other in lines]))
    sources.close()
    targets.close()
    return _cut(
        *_expectation_maximisation(source_terms, target_terms, len(targets.terms), learning.rounds), sources.terms, targets.terms, learning
    )


def _by_line(analysed: tuple[Ints, Ints]) -> list[Ints]:
    """The distinct terms of each line, 1-based: 0 is the empty word."""
    ids, lengths = analysed
    return [np.unique(line[:LONGEST_LINE]) + 1 for line in np.split(ids, np.cumsum(lengths)[:-1])]


def _expectation_maximisation(sources: list[Ints], targets: list[Ints], many: int, rounds: int) -> tuple[Ints, Floats]:
    """Pairs seen together as `source * (many + 1) + target`, and p(target | source) of each."""
    keys, groups, group = [], [], 0
    for source, target in zip(sources, targets, strict=True):
        if not len(source) or not len(target):
            continue
        padded = np.concatenate((source, [0]))
        keys.append((padded[:, None] * (many + 1) + target[None, :]).ravel())
        groups.append(np.tile(np.arange(group, group + len(target)), len(padded)))
        group += len(target)
    if not keys:
        return np.empty(0, dtype=np.int64), np.empty(0)
    distinct, place = np.unique(np.concatenate(keys), return_inverse=True)
    of = np.concatenate(groups)
    source_of = distinct // (many + 1)
    probability: Floats = np.ones(len(distinct))
    for _ in range(rounds):
        weight = probability[place]
        share = weight / np.bincount(of, weights=weight, minlength=group)[of]
        probability = np.asarray(np.bincount(place, weights=share, minlength=len(distinct)), dtype=np.float64)
        probability /= np.bincount(source_of, weights=probability)[source_of]
    return distinct, probability


def _cut(keys: Ints, probability: Floats, sources: list[str], targets: list[str], learning: Learning) -> Table:
    """Keep the probable targets of each source term."""
    keep = (probability >= learning.least) & (keys >= len(targets) + 1)
    source, target = np.divmod(keys[keep], len(targets) + 1)
    table: dict[str, list[tuple[float, str]]] = {}
    for one, other, p in zip(source.tolist(), target.tolist(), probability[keep].tolist(), strict=True):
        table.setdefault(sources[one - 1], []).append((-p, targets[other - 1]))
    return {term: tuple((other, round(-p, 4)) for p, other in sorted(found)[: learning.most]) for term, found in sorted(table.items())}


def to_bytes(table: Table) -> bytes:
    """A table for a cache."""
    return json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def from_bytes(data: bytes) -> Table:
    """A table from a cache."""
    loaded: dict[str, list[tuple[str, float]]] = json.loads(data.decode("utf-8", "surrogatepass"))
    return {term: tuple((other, p) for other, p in found) for term, found in loaded.items()}
