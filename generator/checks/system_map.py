"""The map that site.yml declares names records, parts and pages that exist."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from generator.checks.similar import nearest
from generator.config import Config
from generator.model import Finding, KnowledgeBase, Span

if TYPE_CHECKING:
    from generator.system_map import Flow, Part


def the_map_names_what_exists(kb: KnowledgeBase, config: Config) -> Iterator[Finding]:
    """Ends of flows that are neither a record nor a part, and parts whose page or section is not there."""
    declared = config.system_map
    if declared is None:
        return
    names = tuple(dict.fromkeys([*(item.id for item in kb.records.get(declared.records, ())), *(part.id for part in declared.parts)]))
    seen: set[tuple[str, Span]] = set()
    for flow in declared.flows:
        for name in _unknown(flow, names):
            if (name, flow.span) not in seen:
                seen.add((name, flow.span))
                guess = nearest(name, names)
                message = f"{name} is neither one of the {declared.records} nor a part of the map; correct it, or declare it under parts."
                yield Finding("map-unknown", config.path.name, flow.span, message, None, name, guess.name if guess else "")
    for part in declared.parts:
        if fault := _fault(kb, part):
            target = f"{part.path}#{part.anchor}" if part.anchor else part.path
            yield Finding("map-unknown", config.path.name, part.span, fault, None, target)


def _unknown(flow: Flow, names: tuple[str, ...]) -> Iterator[str]:
    from generator.system_map import EVERY  # noqa: PLC0415  few sites draw a map

    yield from (name for name in (flow.source, flow.target) if name != EVERY and name not in names)


def _fault(kb: KnowledgeBase, part: Part) -> str:
    """What is wrong with the page of a part, in the reference or else in all languages; nothing where it is there."""
    langs = [kb.reference.lang] if kb.reference else list(kb.documents)
    pages = [page for lang in langs if (page := kb.documents.get(lang, {}).get(part.path))]
    if not pages:
        return f"There is no page {part.path} that {part.id} could lead to."
    ids = {anchor for page in pages for anchor, _ in page.anchors}
    if part.anchor and part.anchor not in ids and not any(part.anchor in kb.row_ids(lang).get(part.path, ()) for lang in langs):
        return f"The page {part.path} has no section {part.anchor} that {part.id} could lead to."
    return ""
