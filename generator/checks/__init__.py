"""KnowledgeBase -> findings: one concern a file, in the order they run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from generator.checks import links, names, navigation, redirects, structure
from generator.config import Config
from generator.model import Finding, KnowledgeBase

Check = Callable[[KnowledgeBase, Config], Iterator[Finding]]

CHECKS: Final[tuple[Check, ...]] = (
    links.links_arrive,
    links.ids_stand_once,
    links.ids_are_written_out,
    navigation.contents_lead_to_each_page_once,
    redirects.redirects_lead_straight_to_pages,
    structure.pages_are_translated,
    names.names_are_not_translated,
)


def check(kb: KnowledgeBase, config: Config) -> Iterator[Finding]:
    """What every check finds, in order; severities are settled later."""
    yield from links.labels_are_defined(kb, kb.findings)
    for rule in CHECKS:
        yield from rule(kb, config)
