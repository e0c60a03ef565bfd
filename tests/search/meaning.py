"""A model of a dozen words, and entries that it brings together."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from msgspec import Struct, field

from generator.search import Vectors, encoder
from tests.search.entries import section

CONCEPTS = (
    ("delete", "remove", "borrar"),
    ("rename", "retitle"),
    ("list", "enumerate"),
    ("users", "accounts", "usuarios"),
    ("files", "documents"),
)
"""Words that mean the same to the model of these tests."""

USERS = (
    section("a.md#list", "Enumerate users", "Who is there."),
    section("a.md#rename", "Retitle users", "Another name."),
    section("a.md#remove", "Remove users", "Gone for good."),
    section("b.md#files", "Delete files", "Nothing comes back."),
)


class Model(Struct):
    """A model that adds up what words mean, and remembers what it was asked."""

    asked: list[str] = field(default_factory=list)

    def encode(self, texts: Sequence[str]) -> encoder.Matrix:
        self.asked.extend(texts)
        rows = [[sum(word in concept for word in text.lower().split()) for concept in CONCEPTS] for text in texts]
        return np.array(rows, dtype=np.float64)

    def words(self, most: int) -> list[str]:
        return [word for concept in CONCEPTS for word in concept][:most]


class Kept(dict[str, bytes]):
    """What is kept, in memory."""

    def blob(self, key: str, make: Callable[[], bytes]) -> bytes:
        if key not in self:
            self[key] = make()
        return self[key]


def of(model: Model, kept: Kept | None = None) -> Vectors:
    return Vectors(encoder.Encoder("model of the tests", model.words, model.encode), (Kept() if kept is None else kept).blob)
