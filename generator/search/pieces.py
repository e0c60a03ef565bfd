"""What stands in the files of an index: each kind of piece, and the filter of terms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate

import numpy as np
from msgspec import Struct

from generator.model import Entry
from generator.search.codec import DIGITS, cut, encode, fnv, front_coded, in_order, lined, plain, shared
from generator.search.postings import Postings
from generator.search.vectors import WIDTH

PLACES = 1 << 17
"""Of the filter of known terms, at most."""

SHORTEST = 3
"""Letters of a word that a misspelt one may stand for."""


class Pieces(Struct, frozen=True):
    """Pieces of one kind: the first word of each (empty where they go by number), their payloads, entries a piece."""

    kind: str
    payloads: tuple[str, ...]
    first: tuple[str, ...] = ()
    size: int = 0


class Card(Struct, frozen=True):
    """What an index says of an entry: title, trail and what is displayed are one text. `about` is what word vectors read of it."""

    id: str
    type: str
    url: str
    said: str
    about: str = ""


def card(entry: Entry, about: str) -> Card:
    """The card of an entry."""
    return Card(entry.id, entry.type, entry.url, described(entry), about)


def term_pieces(terms: Sequence[str], postings: Postings, runs: Sequence[tuple[int, int]]) -> Pieces:
    """Terms in order with their postings, in runs `(start, end)`."""
    texts = postings.texts(runs)
    payloads = ("\n".join((text, *front_coded(terms[start:end]))) for text, (start, end) in zip(texts, runs, strict=True))
    return Pieces("terms", tuple(payloads), tuple(terms[start] for start, _ in runs))


def lexicon_pieces(terms: Sequence[str], surfaces: Sequence[str], df: Sequence[int], common_size: int, size: int) -> tuple[Pieces, Pieces]:
    """Words that a typed one may be a misspelling of: stem, how frequent, and the usual word where it differs.

    The most frequent ones are one piece, which comes with the manifest; the others go by their first letter, which is never split.
    """
    kept = [
        (term, surface, count)
        for term, surface, count in zip(terms, surfaces, df, strict=True)
        if surface and term.isalpha() and len(term) >= SHORTEST
    ]
    begins = shared([term for term, _, _ in kept], [surface for _, surface, _ in kept])
    lines = [word_line(*word, begin) for word, begin in zip(kept, begins, strict=True)]
    frequent = sorted(range(len(kept)), key=lambda place: -kept[place][2])
    sizes = accumulate(len(lines[place]) for place in frequent)
    common = sorted(place for place, total in zip(frequent, sizes, strict=True) if total <= common_size)
    letters: dict[str, list[str]] = {}
    for place in sorted(set(range(len(kept))) - set(common)):
        letters.setdefault(kept[place][0][0], []).append(lines[place])
    groups = list(letters.values())
    runs = cut([sum(map(len, group)) for group in groups], size)
    payloads = ("\n".join(front_coded([line for group in groups[start:end] for line in group])) for start, end in runs)
    return (
        Pieces("common", ("\n".join(front_coded([lines[place] for place in common])),) if common else (), size=1),
        Pieces("lexicon", tuple(payloads), tuple(list(letters)[start] for start, _ in runs)),
    )


def word_line(term: str, surface: str, count: int, begin: int) -> str:
    """A word of the lexicon; its usual form begins with as many of its characters."""
    tail = "" if surface == term else f" {DIGITS[begin]}{surface[begin:]}"
    return f"{term}\t{DIGITS[min(count.bit_length(), 63)]}{tail}"


def doc_pieces(cards: Sequence[Card], size: int) -> Pieces:
    """Id, address, title, trail of each entry and what it displays, a fixed number of entries a piece."""
    many = max(1, min(len(cards), size * len(cards) // max(sum(len(card.said) + 20 for card in cards), 1)))
    return Pieces("docs", tuple("\n".join(doc_lines(cards[start : start + many])) for start in range(0, len(cards), many)), size=many)


def doc_lines(cards: Sequence[Card]) -> Iterator[str]:
    """The lines of a piece; ids and addresses are front coded."""
    ids, urls = front_coded([card.id for card in cards]), front_coded([card.url for card in cards])
    for card, id_, url in zip(cards, ids, urls, strict=True):
        yield f"{id_[0]}{url[0]}{id_[1:]}\t{url[1:]}\t{card.said}"


def described(entry: Entry) -> str:
    """Title, trail (its steps apart by U+001F), then names and texts of what is displayed, apart by tabs."""
    shown = (lined(text) for pair in entry.shown.items() for text in pair)
    return "\t".join((plain(entry.title), "\u001f".join(map(plain, entry.trail)), *shown))


def term_filter(terms: Sequence[str]) -> dict[str, object]:
    """A filter of all terms: their distinct hashes in order, as gaps. What is not in it needs no look into the pieces.

    One hash, eight places a term: one unknown word in eight looks known. There are no more than `PLACES` places, so a large
    index has a filter of at most 16 KB that lets more through.
    """
    places = max(1, min(8 * len(terms), PLACES))
    hashes = np.unique(fnv(terms) % places)
    return {"places": places, "gaps": encode(np.diff(hashes, prepend=-1) - 1)[0]}


def table_pieces(table: Mapping[str, Sequence[tuple[str, float]]], size: int) -> Pieces:
    """What a term means in the reference language, most probable first."""
    terms = in_order(term for term in table if table[term])
    tails = ["".join(f" {DIGITS[max(0, min(63, round(p * 64) - 1))]}{target}" for target, p in table[term]) for term in terms]
    runs = cut([len(term) + len(tail) for term, tail in zip(terms, tails, strict=True)], size)
    payloads = (
        "\n".join(line + tail for line, tail in zip(front_coded(terms[start:end]), tails[start:end], strict=True)) for start, end in runs
    )
    return Pieces("table", tuple(payloads), tuple(terms[start] for start, _ in runs))


def near_pieces(near: Sequence[str], size: int) -> Pieces:
    """The vectors of entries, a fixed number of them a piece."""
    many = max(1, size // WIDTH)
    return Pieces("near", tuple("".join(near[start : start + many]) for start in range(0, len(near), many)), size=many)
