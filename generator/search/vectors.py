"""Word vectors: entries that mean what was typed, in other words.

A text's vector is cut down to what a page can carry: 64 dimensions, two in a character. Method: principal components of the
vectors of the model's own words, each dimension divided by its spread, nine levels. The axes come from the model alone, so that
no edit moves them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import numpy as np
from msgspec import Struct

from generator.cache import key_of
from generator.model import Entry
from generator.search.codec import DIGITS
from generator.search.encoder import Encoder, Matrix

WIDTH: Final = 32
"""Characters of a vector."""

DIMENSIONS: Final = 2 * WIDTH
LEVELS: Final = 9
MIDDLE: Final = LEVELS // 2
REACH: Final = 2.2
"""Spreads that the outermost level stands for."""

BASIS: Final = 20_000
"""Words of the model that the axes come from."""

NONE: Final = DIGITS[MIDDLE * LEVELS + MIDDLE] * WIDTH
"""The vector of what has none."""

FIELDS: Final = ("title", "names", "trail", "heading", "symptom", "scope", "remedy", "body", "cells")
"""What an entry's vector is made of, in this order."""

LONGEST: Final = 700
"""Characters of an entry that are read."""

_BUCKETS: Final = 64

Keep = Callable[[str, Callable[[], bytes]], bytes]
"""Bytes under the hash of what they are made of, made where they are not kept yet."""


class Space(Struct, frozen=True):
    """Where the axes lie: `middle` is the middle of all words, `axes` has a column a dimension, a step of which is one level."""

    middle: Matrix
    axes: Matrix

    def written(self, vectors: Matrix) -> list[str]:
        """Vectors of a model as characters."""
        levels = np.clip(np.rint((vectors - self.middle) @ self.axes), -MIDDLE, MIDDLE).astype(np.int64) + MIDDLE
        pairs = levels[:, ::2] * LEVELS + levels[:, 1::2]
        return ["".join(map(DIGITS.__getitem__, row)) for row in pairs.tolist()]

    def to_bytes(self) -> bytes:
        """For the cache."""
        return np.vstack((self.middle[None], self.axes.T)).tobytes()


def space_of(vectors: Matrix) -> Space:
    """The space that a model's words span; vectors with fewer dimensions than a page carries are filled up with zeros.

    An axis is turned so that its largest part is positive: its sign would else be the solver's.
    """
    middle = vectors.mean(axis=0)
    spread, axes = np.linalg.eigh(np.cov((vectors - middle).T))
    kept = np.argsort(-spread, kind="stable")[:DIMENSIONS]
    axes = axes[:, kept]
    axes *= np.sign(axes[np.abs(axes).argmax(axis=0), np.arange(len(kept))])
    step = REACH * np.sqrt(np.maximum(spread[kept], 1e-12)) / MIDDLE
    return Space(middle, np.pad(axes / step, ((0, 0), (0, DIMENSIONS - len(kept)))))


def space_from(data: bytes) -> Space:
    """The opposite of `Space.to_bytes`."""
    rows = np.frombuffer(data, dtype=np.float64).reshape(DIMENSIONS + 1, -1)
    return Space(rows[0], rows[1:].T)


class Vectors(Struct, frozen=True):
    """Gives vectors as characters; what a model was once asked is kept."""

    encoder: Encoder
    keep: Keep

    def of(self, texts: Sequence[str]) -> list[str]:
        """The vector of each text; NONE for an empty one.

        The model is asked for buckets of texts, so that an edit costs no more than what is in one of them.
        """
        buckets: dict[int, list[str]] = {}
        for text in sorted({text for text in texts if text}):
            buckets.setdefault(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[0] % _BUCKETS, []).append(text)
        known = {"": NONE}
        for bucket in buckets.values():
            line = self.keep(key_of("vectors", self.encoder.name, *bucket), partial(self._asked, bucket)).decode("ascii")
            known |= {text: line[WIDTH * place : WIDTH * (place + 1)] for place, text in enumerate(bucket)}
        return [known[text] for text in texts]

    def _asked(self, texts: Sequence[str]) -> bytes:
        space = space_from(self.keep(key_of("axes", self.encoder.name), self._axes))
        return "".join(space.written(self.encoder.encode(texts))).encode("ascii")

    def _axes(self) -> bytes:
        return space_of(self.encoder.encode(self.encoder.words(BASIS))).to_bytes()


def text_of(entry: Entry) -> str:
    """What an entry is about."""
    return " ".join(text for name in FIELDS for text in entry.texts.get(name, ()) if text)[:LONGEST]
