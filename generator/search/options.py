"""How an index is weighed and cut: the numbers, in one place."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct, field

from generator.model import Lang

VERSION = 3
"""Of the index files; `shards.js` reads exactly this one."""

WEIGHTS: Mapping[str, float] = MappingProxyType({
    "title": 3.0, "trail": 2.0, "heading": 4.0, "body": 1.0, "cells": 1.0, "code": 0.7,
    "names": 4.0, "symptom": 3.0, "scope": 2.0, "remedy": 1.0, "context": 1.0,
})  # fmt: skip
"""How much one occurrence of a word counts, by the field of `Entry.texts` it stands in."""

APART: Mapping[str, float] = MappingProxyType({"context": 0.5})
"""Fields that are scored by themselves and added, times a factor: what others say of a record must not drown what it says itself."""

ONLY_APART = frozenset({"context"})
"""Those of them that count nowhere else."""

SHORT_FIELDS = frozenset({"title", "trail", "heading", "names"})
"""Fields that belong to every passage of their entry, and whose length hardly matters."""


FOLDER = "search/"
"""Where the files of every index lie in a site."""


class Options(Struct, frozen=True):
    """Weights and sizes.

    `k1` and `b` are BM25's; `b_short` is the length normalisation of `SHORT_FIELDS`. `passage` is the
    share of the best passage in a section's score, `passage_size` the characters a passage aims at.
    `own` is the weight of a language's own words where a translation table leads to the reference's, twice that where
    the table has far fewer than `sure` words.
    `near` is what nearness in meaning weighs beside the best score, where there are word vectors.
    Sizes of pieces are in characters before compression; below `bundle_size` a language's index is one file.
    """

    weights: Mapping[str, float] = field(default_factory=lambda: WEIGHTS)
    apart: Mapping[str, float] = field(default_factory=lambda: APART)
    default_weight: float = 1.0
    k1: float = 0.7
    b: float = 0.75
    b_short: float = 0.6
    passage: float = 0.5
    passage_size: int = 300
    own: float = 0.25
    sure: int = 5_000
    near: float = 0.5
    terms_size: int = 9_000
    common_size: int = 24_000
    lexicon_size: int = 20_000
    table_size: int = 12_000
    docs_size: int = 12_000
    near_size: int = 2_500
    bundle_size: int = 220_000


def current(lang: Lang) -> str:
    """The path of the script that names the manifest: it never changes, so that pages stay as they are when the index changes."""
    return f"{FOLDER}{lang}/current.js"
