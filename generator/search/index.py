"""Entries into index files.

Shape in one line: manifest (with a filter of all terms) -> pieces of terms (front coded, postings of sections with quantised
BM25F weights and passages), common words and pieces of the lexicon (for misspelt ones), pieces of titles with what hits display,
of a translation table, of word vectors.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from generator.model import Artifact, Lang
from generator.search.codec import cut, digest, encode, manifest_script, script, shard_script
from generator.search.options import FOLDER, VERSION, Options, current
from generator.search.pieces import Card, Pieces, doc_pieces, lexicon_pieces, near_pieces, table_pieces, term_filter, term_pieces
from generator.search.postings import LEVELS, build_postings
from generator.search.vectors import WIDTH, Vectors
from generator.search.words import Found

APART = ("words", "near")
"""Kinds of pieces that are files of their own on small sites, too."""


class Index(Struct, frozen=True):
    """One language's search: files below `search/`, and the path of the script with its manifest.

    `ids` are the entries in the order of the index, and `near` their vectors where there are any: what
    another language's index needs to point here.
    """

    lang: Lang
    artifacts: tuple[Artifact, ...]
    manifest: str
    ids: tuple[str, ...]
    near: tuple[str, ...] = ()

    @property
    def current(self) -> str:
        """The script that pages load."""
        return current(self.lang)


class Scripts(Struct, frozen=True):
    """Pieces as files: what the manifest says of each kind, the files, those that stay apart from any bundle, and the characters of the others."""

    named: dict[str, Any]
    files: tuple[Artifact, ...]
    apart: tuple[Artifact, ...]
    size: int


class Core(Struct, frozen=True):
    """What an index has of its own entries: the beginning of its manifest, and its files. What it owes to the reference's is not in here."""

    lang: Lang
    head: dict[str, Any]
    scripts: Scripts
    ids: tuple[str, ...]
    near: tuple[str, ...] = ()


class Meanings(Struct, frozen=True):
    """What words mean in the reference language, as an index holds it: of how many words, and the files."""

    words: int
    scripts: Scripts


def meanings(lang: Lang, table: Mapping[str, Sequence[tuple[str, float]]], options: Options) -> Meanings:
    """A table (see `tables.table`) as the index of a language holds it."""
    return Meanings(len(table), scripts(lang, (table_pieces(table, options.table_size),) if table else ()))


def scripts(lang: Lang, pieces: Iterable[Pieces]) -> Scripts:
    """Pieces as files that are named by what they hold."""
    named: dict[str, Any] = {}
    texts: dict[str, str] = {}
    apart: dict[str, str] = {}
    for piece in pieces:
        names = [digest(payload) for payload in piece.payloads]
        named[piece.kind] = {"names": names} | ({"first": piece.first} if piece.first or not piece.size else {}) | ({"size": piece.size} if piece.size else {})
        for name, payload in zip(names, piece.payloads, strict=True):
            key = f"{lang}/{piece.kind}-{name}"
            (apart if piece.kind in APART else texts)[f"{FOLDER}{key}.js"] = shard_script(key, payload)
    files, others = (tuple(script(path, text) for path, text in found.items()) for found in (texts, apart))
    return Scripts(named, files, others, sum(map(len, texts.values())))


def core(lang: Lang, found: Found, options: Options, *, first: Core | Index | None = None, vectors: Vectors | None = None) -> Core:
    """What a language's index has of its own entries, records first; `first` is the reference's, whose vectors hold here too."""
    terms = found.terms
    postings = build_postings(found.occurrences, len(terms), found.quoted, options)
    # Every word of a large site takes hundreds of megabytes; weighed, it is needed no more.
    found = replace(found, occurrences=found.occurrences.some(slice(0)))
    runs = cut([width + len(term) for width, term in zip(postings.widths(), terms, strict=True)], options.terms_size)
    pieces = [
        term_pieces(terms, postings, runs),
        *lexicon_pieces(terms, found.surfaces, postings.df.tolist(), options.common_size, options.lexicon_size),
        doc_pieces(found.cards, options.docs_size),
    ]
    near: tuple[str, ...] = ()
    if vectors:
        meant = vectors.of(
            [word if term.isalpha() and not dense else "" for term, word, dense in zip(terms, found.surfaces, found.dense, strict=True)]
        )
        near = near_of(found, vectors, first)
        pieces += [Pieces("words", tuple("".join(meant[start:end]) for start, end in runs)), near_pieces(near, options.near_size)]
    head: dict[str, Any] = {
        "known": term_filter(terms),
        "version": VERSION,
        "lang": lang,
        "folder": FOLDER,
        "count": len(found.cards),
        "types": type_ends(found.cards),
        "passages": encode(found.occurrences.passages)[0],
        "levels": LEVELS,
        "passage": options.passage,
    }
    if vectors:
        head["vectors"] = {"width": WIDTH, "weight": options.near}
    return Core(lang, head, scripts(lang, pieces), tuple(card.id for card in found.cards), near)


def whole(own: Core, options: Options, *, reference: Index | None = None, meant: Meanings | None = None) -> Index:
    """An index with the way to the reference's: where entries stand there, and what words mean there."""
    head = own.head | {"own": own_share(meant.words if meant else 0, options)}
    if reference is not None:
        head["reference"] = {"lang": reference.lang, "manifest": reference.manifest, "runs": runs_of(own.ids, reference.ids)}
    parts = (own.scripts, *((meant.scripts,) if meant else ()))
    return replace(assemble(own.lang, head, parts, own.ids, options), near=own.near)


def own_share(explained: int, options: Options) -> float:
    """What a language's own words weigh beside the translated ones: more where the table was learnt from little and explains few."""
    return round(min(2 * options.own, options.own * max(1.0, options.sure / max(explained, 1))), 3)


def near_of(found: Found, vectors: Vectors, reference: Core | Index | None) -> tuple[str, ...]:
    """The vectors of entries: the reference's of what it has, since meaning is the same in all languages, their own of the rest."""
    known = dict(zip(reference.ids, reference.near, strict=True)) if reference and reference.near else {}
    rest = {card.id: card.about for card in found.cards if card.id not in known}
    known |= zip(rest, vectors.of(list(rest.values())), strict=True)
    return tuple(known[card.id] for card in found.cards)


def type_ends(cards: Sequence[Card]) -> list[tuple[str, int]]:
    """Types in order, each with the number of the first entry beyond it."""
    ends = {card.type: place + 1 for place, card in enumerate(cards)}
    return sorted(ends.items(), key=lambda pair: pair[1])


def runs_of(ids: Sequence[str], reference: Sequence[str]) -> list[tuple[int, int, int]]:
    """Where entries stand in the reference's index: `(first here, first there, how many)`, entries without a twin left out."""
    places = {id_: place for place, id_ in enumerate(reference)}
    runs: list[tuple[int, int, int]] = []
    for here, id_ in enumerate(ids):
        there = places.get(id_)
        if there is None:
            continue
        if runs and runs[-1][0] + runs[-1][2] == here and runs[-1][1] + runs[-1][2] == there:
            runs[-1] = (*runs[-1][:2], runs[-1][2] + 1)
        else:
            runs.append((here, there, 1))
    return runs


def assemble(lang: Lang, head: dict[str, Any], parts: Sequence[Scripts], ids: tuple[str, ...], options: Options) -> Index:
    """Write the manifest of all parts, whose files are made one where they are small. Vectors stay apart: no first hit needs them."""
    for part in parts:
        head |= part.named
    files = tuple(file for part in parts for file in part.files)
    if sum(part.size for part in parts) <= options.bundle_size:
        data = b"".join(file.data for file in files)
        bundle = Artifact(f"{FOLDER}{lang}/index-{hashlib.sha256(data).hexdigest()[:8]}.js", data)
        head["bundle"] = bundle.path
        del head["known"]
        files = (bundle,)
    manifest = f"{FOLDER}{lang}/manifest-{digest(json.dumps(head))}.js"
    told = script(manifest, manifest_script(manifest, head))
    # Pages load this one, so that no page changes with the index; it holds what every search needs, which saves requests.
    common = b"" if "bundle" in head else b"".join(file.data for file in files if "/common-" in file.path)
    first = current(lang)
    start = Artifact(first, told.data + common + script(first, manifest_script(first, {"at": manifest})).data)
    return Index(lang, (*files, *(file for part in parts for file in part.apart), told, start), manifest, ids)
