"""Entries into short texts, each in a passage of its entry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec import field as made

from generator.model import Entry
from generator.search.options import SHORT_FIELDS, Options

MOST = 24
"""Passages an entry has at most: a long section has longer ones."""
SENTENCE = re.compile(r"(?<=[.!?:;。！？])\s*")


class Texts(Struct):
    """Parallel lists: a text, the entry it belongs to, its passage (-1: all of them), its field."""

    text: list[str] = made(default_factory=list)
    entry: list[int] = made(default_factory=list)
    passage: list[int] = made(default_factory=list)
    field: list[int] = made(default_factory=list)
    fields: dict[str, int] = made(default_factory=dict)
    passages: list[int] = made(default_factory=list)

    def add(self, text: str, entry: int, passage: int, name: str) -> None:
        """Note one text."""
        self.text.append(text)
        self.entry.append(entry)
        self.passage.append(passage)
        self.field.append(self.fields.setdefault(name, len(self.fields)))


def pieces(text: str, size: int) -> Iterator[str]:
    """A text in pieces of about `size` characters, cut after sentences, a sentence without end wherever it must be."""
    if len(text) <= size * 3 // 2:
        yield text
        return
    piece = ""
    for sentence in SENTENCE.split(text):
        if piece and len(piece) + len(sentence) > size:
            yield piece
            piece = ""
        piece = f"{piece} {sentence}" if piece else sentence
        while len(piece) > size * 3:
            cut = piece.rfind(" ", size, size * 2)
            cut = cut if cut > 0 else size
            yield piece[:cut]
            piece = piece[cut:]
    if piece:
        yield piece


def long_texts(entry: Entry, size: int) -> Iterable[tuple[str, str]]:
    """The entry's long fields in pieces: `(field, piece)`."""
    return (
        (name, piece) for name, texts in entry.texts.items() if name not in SHORT_FIELDS for text in texts for piece in pieces(text, size)
    )


def collect(entries: Sequence[Entry], options: Options) -> Texts:
    """Lay out the texts of all entries. A record is one passage, a section as many as its length asks for."""
    result = Texts()
    for number, entry in enumerate(entries):
        for name, texts in entry.texts.items():
            if name in SHORT_FIELDS:
                for text in texts:
                    result.add(text, number, -1, name)
        length = sum(len(text) for name, texts in entry.texts.items() if name not in SHORT_FIELDS for text in texts)
        size = max(options.passage_size, length * 2 // MOST) if entry.type == "section" else 1 << 60
        passage, filled = 0, 0
        for name, piece in long_texts(entry, size):
            if filled and filled + len(piece) > size and passage + 1 < MOST:
                passage, filled = passage + 1, 0
            result.add(piece, number, passage, name)
            filled += len(piece)
        result.passages.append(passage + 1)
    return result
