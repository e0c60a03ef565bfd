"""What calls or feeds what: the map that site.yml declares, or what leads from the row of one record to that of another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from generator.config import Config
from generator.model import Anchor, DocPath, Document, KnowledgeBase, Lang, LinkState, Place, Record, RecordText
from generator.system_map import EVERY, Part, SystemMap

MOST: Final = 80
"""More boxes than this nobody can read; the table of all records serves better."""

Key = tuple[str, str]
"""Type and id of a record; a part of the map has no type."""


class Connection(Struct, frozen=True):
    """`source` calls, feeds or starts `target` over `ports`."""

    source: Key
    target: Key
    ports: tuple[str, ...] = ()
    label: Mapping[str, str] | None = None


class Network(Struct, frozen=True):
    """What stands on the map, in order, and how it is connected.

    `above` are connections from one record to all others, `below` those from all others to one; the other end of
    both is the record itself, again.
    """

    nodes: tuple[Key, ...]
    parts: Mapping[Key, Part]
    connections: tuple[Connection, ...]
    above: tuple[Connection, ...] = ()
    below: tuple[Connection, ...] = ()

    def around(self, key: Key) -> tuple[tuple[Connection, ...], tuple[Connection, ...]]:
        """What a record calls, and what calls it."""
        calls = [one for one in self.connections if one.source == key]
        calls += [Connection(key, one.target, one.ports, one.label) for one in self.below if one.target != key]
        called = [one for one in self.connections if one.target == key]
        called += [Connection(one.source, key, one.ports, one.label) for one in self.above if one.source != key]
        return tuple(calls), tuple(called)


def network(kb: KnowledgeBase, config: Config) -> Network | None:
    """The map of a site: as declared, else as the rows say; none where nothing leads to anything, or too much does."""
    found = _declared(kb, config.system_map) if config.system_map else _linked(kb, {kind.name: kb.records.get(kind.name, ()) for kind in config.records if kind.columns})
    leads = bool(found.connections or found.above or found.below) and any(kind for kind, _ in found.nodes)
    return found if leads and len(found.nodes) <= MOST else None


def _declared(kb: KnowledgeBase, told: SystemMap) -> Network:
    records = {item.id: (item.type, item.id) for item in kb.records.get(told.records, ())}
    parts = {("", part.id): part for part in told.parts if part.id not in records}
    keys = {part: (kind, part) for kind, part in parts} | records
    inner: dict[tuple[Key, Key], Connection] = {}
    above, below = [], []
    for flow in told.flows:
        source, target = keys.get(flow.source), keys.get(flow.target)
        if flow.target == EVERY and source:
            above.append(Connection(source, source, flow.ports, flow.label))
        elif flow.source == EVERY and target:
            below.append(Connection(target, target, flow.ports, flow.label))
        elif source and target:
            inner.setdefault((source, target), Connection(source, target, flow.ports, flow.label))
    return Network((*records.values(), *parts), parts, tuple(inner.values()), tuple(above), tuple(below))


def _linked(kb: KnowledgeBase, records: Mapping[str, tuple[Record, ...]]) -> Network:
    """Records of tables whose rows lead to each other's, by a link or by a name in code; those that nothing touches are left out."""
    rows = dict(_rows(kb, records))
    found: dict[tuple[Key, Key], Connection] = {}
    for kind, items in records.items():
        names = {name: (kind, item.id) for item in items for name in (item.id, _words(kb, item)[1].name)}
        for item in items:
            source, (lang, text) = (item.type, item.id), _words(kb, item)
            named = [names[code] for code in _codes(kb.documents[lang][text.place.path], text.place) if code in names]
            led = [rows[place] for place in _destinations(kb, lang, text) if place in rows]
            for target in (*named, *led):
                if target != source:
                    found.setdefault((source, target), Connection(source, target))
    nodes = dict.fromkeys(key for pair in found for key in pair)
    return Network(tuple(nodes), {}, tuple(found.values()))


def _codes(document: Document, place: Place) -> Iterator[str]:
    """The words in code of a row."""
    if 0 <= place.table < len(document.tables) and place.row < len(document.tables[place.table].rows):
        for cell in document.tables[place.table].rows[place.row].cells:
            yield from cell.codes


def _rows(kb: KnowledgeBase, records: Mapping[str, tuple[Record, ...]]) -> Iterator[tuple[tuple[DocPath, Anchor], Key]]:
    """Where a link to a record leads: the id of its row, and every id that the source has within the row."""
    for items in records.values():
        for item in items:
            lang, text = _words(kb, item)
            document = kb.documents[lang][text.place.path]
            inside = [anchor for anchor, span in document.anchors if text.span.line <= span.line <= text.span.end_line]
            for anchor in (*inside, item.anchor(document)):
                yield (text.place.path, anchor), (item.type, item.id)


def _words(kb: KnowledgeBase, item: Record) -> tuple[Lang, RecordText]:
    reference = kb.reference.lang if kb.reference else None
    return next(((lang, text) for lang, text in item.texts.items() if lang == reference), next(iter(item.texts.items())))


def _destinations(kb: KnowledgeBase, lang: Lang, text: RecordText) -> Iterator[tuple[DocPath, Anchor]]:
    found = kb.links.get(lang, {}).get(text.place.path, ())
    for number in text.links:
        if number < len(found) and found[number].state is LinkState.PAGE:
            yield DocPath(found[number].path), found[number].anchor
