"""KnowledgeBase -> what the search can find: a record for each row, an entry for each section of each page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from generator import addresses
from generator.config import Config, RecordType
from generator.model import Anchor, Block, DocPath, Document, Entry, KnowledgeBase, Lang, LinkState, Page, Record, Section

Load = Callable[[Lang, DocPath], Page]
SECTION: Final = "section"
_SUMMARY: Final = 220
_MENTIONS: Final = 24
_LINKED: Final = 700


@dataclass(frozen=True, slots=True)
class Indexed:
    """What a language's index is made of: entries, and lines aligned with the reference's (reference line, own line)."""

    entries: tuple[Entry, ...]
    aligned: tuple[tuple[str, str], ...]


def indexed(kb: KnowledgeBase, config: Config, load: Load, lang: Lang) -> Indexed:
    """The entries of one language, records first, and its lines paired with the reference's."""
    reference = kb.reference
    entries: list[Entry] = []
    aligned: list[tuple[str, str]] = []
    context: dict[tuple[str, str], list[str]] = {}
    linked = _wanted(kb, lang)
    texts: dict[tuple[DocPath, Anchor], str] = {}
    for path, document in sorted(kb.documents[lang].items()):
        page = load(lang, path)
        original = kb.documents[reference.lang].get(path) if reference else None
        anchors = neutral_anchors(document, original)
        entries.extend(_section(lang, document, section, anchors) for section in page.sections)
        _mentions(kb, page.blocks, context)
        for section in page.sections:
            for key in {(path, section.anchor), (path, Anchor(""))} & linked:
                texts.setdefault(key, " ".join((section.title, *section.blocks))[:_LINKED])
        if original is not None and reference and reference.lang != lang:
            aligned.extend(_lines(load(reference.lang, path), page))
    records = [
        _record(kb, kind, record, lang, context, texts) for kind in config.records for record in kb.records[kind.name]
    ]
    return Indexed((*records, *entries), tuple(aligned))


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
    context: Mapping[tuple[str, str], Sequence[str]], linked: Mapping[tuple[DocPath, Anchor], str],
) -> Entry:  # fmt: skip
    text = record.texts.get(lang) or next(iter(record.texts.values()))
    called = (name for other in record.texts.values() for name in (other.name, other.said) if name)
    names = dict.fromkeys((record.id, *called, *kind.aliases.get(record.id, ())))
    sections = []
    if lang in record.texts:
        for number in text.links:
            destination = kb.links[lang][text.place.path][number]
            if destination.state is LinkState.PAGE:
                sections.append(linked.get((DocPath(destination.path), destination.anchor), ""))
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
            "context": (*context.get((kind.name, record.id), ()), *filter(None, sections)),
        },
        shown={
            "scope": text.fields.get("scope", ""),
            "symptoms": "\n".join(text.symptoms),
            "remedy": " ".join(text.remedy)[:_SUMMARY],
        },
    )


def _wanted(kb: KnowledgeBase, lang: Lang) -> set[tuple[DocPath, Anchor]]:
    """The sections that records of a language link to."""
    wanted = set()
    for records in kb.records.values():
        for record in records:
            text = record.texts.get(lang)
            for number in text.links if text else ():
                destination = kb.links[lang][text.place.path][number] if text else None
                if destination and destination.state is LinkState.PAGE:
                    wanted.add((DocPath(destination.path), destination.anchor))
    return wanted


def _mentions(kb: KnowledgeBase, blocks: Sequence[Block], context: dict[tuple[str, str], list[str]]) -> None:
    """Note the blocks that name a record in code or in bold."""
    for block in blocks:
        if block.kind in ("cell", "header", "fence", "html") or not (block.codes or block.strong):
            continue
        words = {word for code in (*block.codes, *block.strong) for word in re.split(r"[^\w.-]+", code)}
        for kind, records in kb.records.items():
            for record in records:
                found = context.setdefault((kind, record.id), [])
                if record.id in words and len(found) < _MENTIONS:
                    found.append(block.text)


def _lines(original: Page, page: Page) -> Iterator[tuple[str, str]]:
    """Lines of a page paired with the reference's, where the skeletons are the same."""
    if [block.kind for block in original.blocks] != [block.kind for block in page.blocks]:
        return
    for ours, theirs in zip(original.blocks, page.blocks, strict=True):
        if ours.kind != "fence" and ours.text and theirs.text and ours.text != theirs.text:
            yield ours.text, theirs.text
