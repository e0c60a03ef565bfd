"""Entries into index files.

Shape in one line: manifest (with a filter of all terms) -> pieces of terms (front coded, postings of sections with quantised
BM25F weights and passages), common words and pieces of the lexicon (for misspelt ones), pieces of titles with what hits display,
of a translation table, of word vectors.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from generator.model import Artifact, Entry, Lang
from generator.search.codec import cut, digest, encode, manifest_script, script, shard_script
from generator.search.options import FOLDER, VERSION, Options, current
from generator.search.pieces import Card, Pieces, doc_pieces, lexicon_pieces, near_pieces, table_pieces, term_filter, term_pieces
from generator.search.postings import LEVELS, build_postings
from generator.search.vectors import WIDTH, Vectors
from generator.search.words import Found, together, words

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


class Core(Struct, frozen=True):
    """What an index has of its own entries: the beginnings of its manifest, and its pieces. What it owes to the reference's is not in here."""

    lang: Lang
    head: dict[str, Any]
    pieces: tuple[Pieces, ...]
    ids: tuple[str, ...]
    near: tuple[str, ...] = ()


class Meanings(Struct, frozen=True):
    """What words mean in the reference language, as an index holds it: of how many words, and the pieces."""

    words: int
    pieces: Pieces


def meanings(table: Mapping[str, Sequence[tuple[str, float]]], options: Options) -> Meanings:
    """A table (see `tables.table`) as an index holds it."""
    return Meanings(len(table), table_pieces(table, options.table_size))


def build_index(
    lang: Lang,
    entries: Iterable[Entry],
    options: Options | None = None,
    *,
    reference: Index | None = None,
    table: Mapping[str, Sequence[tuple[str, float]]] | None = None,
    vectors: Vectors | None = None,
) -> Index:
    """Index one language.

    Records come before sections whatever the order of `entries`. `reference` is the index of the reference language and
    `table` what a term of `lang` means there (see `tables.table`): with both, a query is asked in two languages at once.
    `vectors` put words and entries into one space; an entry that the reference has stands where that stands.
    Same input, same bytes. Raises `RuntimeMissingError` without a JavaScript engine.
    """
    options = options or Options()
    ordered = sorted(entries, key=lambda entry: (entry.type == "section", entry.type))
    found = together([words(lang, ordered, options, vectors=vectors is not None)])
    return whole(core(lang, found, options, first=reference, vectors=vectors), options, reference=reference, meant=meanings(table, options) if table else None)


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
    return Core(lang, head, tuple(pieces), tuple(card.id for card in found.cards), near)


def whole(own: Core, options: Options, *, reference: Index | None = None, meant: Meanings | None = None) -> Index:
    """An index with the way to the reference's: where entries stand there, and what words mean there."""
    head = own.head | {"own": own_share(meant.words if meant else 0, options)}
    if reference is not None:
        head["reference"] = {"lang": reference.lang, "manifest": reference.manifest, "runs": runs_of(own.ids, reference.ids)}
    pieces = (*own.pieces, *((meant.pieces,) if meant and meant.words else ()))
    return replace(assemble(own.lang, head, pieces, own.ids, options), near=own.near)


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


def assemble(lang: Lang, head: dict[str, object], pieces: Sequence[Pieces], ids: tuple[str, ...], options: Options) -> Index:
    """Name the pieces by their content, put them into one file or many, and write the manifest. Vectors stay apart: no first hit needs them."""
    scripts: list[tuple[str, str]] = []
    apart: list[tuple[str, str]] = []
    for piece in pieces:
        names = [digest(payload) for payload in piece.payloads]
        head[piece.kind] = (
            {"names": names}
            | ({"first": piece.first} if piece.first or not piece.size else {})
            | ({"size": piece.size} if piece.size else {})
        )
        for name, payload in dict(zip(names, piece.payloads, strict=True)).items():
            key = f"{lang}/{piece.kind}-{name}"
            (apart if piece.kind in APART else scripts).append((f"{FOLDER}{key}.js", shard_script(key, payload)))
    if sum(len(text) for _, text in scripts) <= options.bundle_size:
        bundle = "".join(text for _, text in scripts)
        path = f"{FOLDER}{lang}/index-{digest(bundle)}.js"
        head["bundle"] = path
        del head["known"]
        scripts = [(path, bundle)]
    manifest = f"{FOLDER}{lang}/manifest-{digest(json.dumps(head))}.js"
    artifacts = [script(path, text) for path, text in (*scripts, *apart)]
    told = manifest_script(manifest, head)
    artifacts.append(script(manifest, told))
    # Pages load this one, so that no page changes with the index; it holds what every search needs, which saves requests.
    common = "" if "bundle" in head else "".join(text for path, text in scripts if "/common-" in path)
    first = current(lang)
    artifacts.append(script(first, told + common + manifest_script(first, {"at": manifest})))
    return Index(lang, tuple(artifacts), manifest, ids)
