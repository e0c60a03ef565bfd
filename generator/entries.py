"""KnowledgeBase -> what the search can find: a record for each row, an entry for each section of each page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from msgspec import Struct

from generator import addresses
from generator.alignment import align
from generator.config import Config, RecordType
from generator.model import Anchor, Block, DocPath, Document, Entry, KnowledgeBase, Lang, LinkState, Page, Record, RecordText, Section

Load = Callable[[Lang, DocPath], Page]
SECTION: Final = "section"
_SUMMARY: Final = 220
_MENTIONS: Final = 24
_LINKED: Final = 700


Place = tuple[DocPath, Anchor]
Mentions = tuple[tuple[str, str, tuple[str, ...]], ...]
"""By type and id of a record the blocks that name it."""
Linked = tuple[tuple[DocPath, Anchor, str], ...]
"""Places that records link to, and their texts."""


class Told(Struct, frozen=True):
    """What some pages tell the index: the entries of their sections, and what they say of records."""

    sections: tuple[Entry, ...]
    mentions: Mentions
    linked: Linked


def told(kb: KnowledgeBase, load: Load, lang: Lang, paths: Sequence[DocPath], linked: AbstractSet[Place]) -> Told:
    """What some pages of a language tell; `linked` are the places that its records link to."""
    reference = kb.reference
    sections: list[Entry] = []
    mentions: dict[tuple[str, str], list[str]] = {}
    texts: dict[Place, str] = {}
    ids = named(kb)
    for path in paths:
        document = kb.documents[lang][path]
        page = load(lang, path)
        anchors = neutral_anchors(document, kb.documents[reference.lang].get(path) if reference else None)
        sections.extend(_section(lang, document, section, anchors) for section in page.sections)
        _mentions(ids, page.blocks, mentions)
        for section in page.sections:
            for key in {(path, section.anchor), (path, Anchor(""))} & linked:
                texts.setdefault(key, " ".join((section.title, *section.blocks))[:_LINKED])
    return Told(
        tuple(sections),
        tuple((kind, id_, tuple(found)) for (kind, id_), found in sorted(mentions.items())),
        tuple((path, anchor, text) for (path, anchor), text in sorted(texts.items())),
    )


def records(kb: KnowledgeBase, config: Config, lang: Lang, groups: Iterable[Told]) -> tuple[Entry, ...]:
    """The entries of all records; `groups` are what the pages of the language tell, in order."""
    context: dict[tuple[str, str], list[str]] = {}
    linked: dict[Place, str] = {}
    for group in groups:
        for kind, id_, found in group.mentions:
            context.setdefault((kind, id_), []).extend(found)
        linked.update({(path, anchor): text for path, anchor, text in group.linked})
    return tuple(_record(kb, kind, record, lang, context, linked) for kind in config.records for record in kb.records[kind.name])


def aligned(kb: KnowledgeBase, load: Load, lang: Lang, paths: Sequence[DocPath]) -> Iterator[tuple[str, str]]:
    """Lines of some pages paired with the reference's: (reference line, own line)."""
    reference = kb.reference
    for path in paths:
        if reference and reference.lang != lang and path in kb.documents[reference.lang]:
            yield from _lines(load(reference.lang, path), load(lang, path))


def neutral_anchors(document: Document, original: Document | None) -> Mapping[Anchor, Anchor]:
    """A document's heading anchors -> the anchors that name the same places in every language.

    An explicit id names itself; a slug gives way to the reference's at the same place.
    """
    names = {heading.anchor: heading.anchor for heading in document.headings}
    if original is not None and len(original.headings) == len(document.headings):
        for heading, other in zip(document.headings, original.headings, strict=True):
            if not heading.explicit:
                names[heading.anchor] = other.anchor
    return names


def _section(lang: Lang, document: Document, section: Section, anchors: Mapping[Anchor, Anchor]) -> Entry:
    anchor = anchors.get(section.anchor, section.anchor)
    url = addresses.document(lang, document.path).removeprefix(f"{lang}/")
    summary = " ".join((*section.blocks, *section.cells))
    return Entry(
        id=f"{document.path}#{anchor}" if anchor else document.path,
        type=SECTION,
        url=f"{url}#{section.anchor}" if section.anchor else url,
        title=section.title or document.title,
        trail=section.trail,
        texts={
            "title": (document.title, document.description) if not section.trail else (document.title,),
            "trail": section.trail,
            "heading": (section.title,),
            "body": (*section.blocks, *section.said),
            "cells": section.cells,
            "code": section.code,
        },
        shown={"summary": summary[:_SUMMARY]} if summary else {},
    )


def _record(
    kb: KnowledgeBase, kind: RecordType, record: Record, lang: Lang,
    context: Mapping[tuple[str, str], Sequence[str]], linked: Mapping[Place, str],
) -> Entry:  # fmt: skip
    text = record.texts.get(lang) or next(iter(record.texts.values()))
    called = (name for other in record.texts.values() for name in (other.name, other.said) if name)
    names = dict.fromkeys((record.id, *called, *kind.aliases.get(record.id, ())))
    sections = [linked.get(place, "") for place in _led_to(kb, text)] if lang in record.texts else []
    rest = tuple(words for role, words in text.fields.items() if role not in ("subject", "scope", "remedy", "symptom"))
    return Entry(
        id=record.id,
        type=kind.name,
        url=addresses.record(lang, kind.name, record.id).removeprefix(f"{lang}/"),
        title=text.name,
        trail=(),
        texts={
            "names": tuple(names),
            "symptom": text.symptoms,
            "scope": tuple(filter(None, (text.fields.get("scope", ""),))),
            "remedy": text.remedy,
            "body": (*rest, *text.ports, *text.codes),
            "context": (*context.get((kind.name, record.id), ())[:_MENTIONS], *filter(None, sections)),
        },
        shown={
            "scope": text.fields.get("scope", ""),
            "symptoms": "\n".join(symptom for symptom in text.symptoms if symptom != text.name) or text.message,
            "remedy": " ".join(text.remedy)[:_SUMMARY],
        },
    )


def wanted(kb: KnowledgeBase, lang: Lang) -> set[Place]:
    """The places that records of a language link to."""
    texts = (record.texts[lang] for items in kb.records.values() for record in items if lang in record.texts)
    return {place for text in texts for place in _led_to(kb, text)}


def _led_to(kb: KnowledgeBase, text: RecordText) -> Iterator[Place]:
    """The places of this site that the links of a record lead to, in order."""
    for number in text.links:
        destination = kb.links[text.lang][text.place.path][number]
        if destination.state is LinkState.PAGE:
            yield DocPath(destination.path), destination.anchor


def named(kb: KnowledgeBase) -> Mapping[str, Sequence[str]]:
    """Ids of records, and the types that have them."""
    found: dict[str, list[str]] = {}
    for kind, items in kb.records.items():
        for record in items:
            found.setdefault(record.id, []).append(kind)
    return found


def _mentions(ids: Mapping[str, Sequence[str]], blocks: Sequence[Block], mentions: dict[tuple[str, str], list[str]]) -> None:
    """Note the blocks that name a record in code or in bold."""
    for block in blocks:
        if block.kind in ("cell", "header", "fence", "html") or not (block.codes or block.strong):
            continue
        for word in {word for code in (*block.codes, *block.strong) for word in re.split(r"[^\w.-]+", code)}:
            for kind in ids.get(word, ()):
                found = mentions.setdefault((kind, word), [])
                if len(found) < _MENTIONS:
                    found.append(block.text)


def _lines(original: Page, page: Page) -> Iterator[tuple[str, str]]:
    """Lines of a page paired with the reference's."""
    same = [block.kind for block in original.blocks] == [block.kind for block in page.blocks]
    pairs = zip(original.blocks, page.blocks, strict=True) if same else ((pair.original, pair.translation) for pair in align(original, page).pairs)
    for ours, theirs in pairs:
        if ours and theirs and ours.kind != "fence" and ours.text and theirs.text and ours.text != theirs.text:
            yield ours.text, theirs.text
