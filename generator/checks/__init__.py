"""KnowledgeBase -> findings: one concern a file, in the order they run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from generator.checks import links, lists, names, navigation, outputs, redirects, sisters, structure, symptoms, system_map
from generator.config import Config
from generator.findings import CODES, everything
from generator.model import Finding, KnowledgeBase

Check = Callable[[KnowledgeBase, Config], Iterator[Finding]]

CHECKS: Final[tuple[tuple[Check, tuple[str, ...]], ...]] = (
    (links.links_arrive, ("link-",)),
    (links.ids_stand_once, ("link-duplicate-id",)),
    (links.ids_are_written_out, ("link-implicit-anchor",)),
    (navigation.contents_lead_to_each_page_once, ("link-toc-", "link-orphan-page", "toc-entry")),
    (sisters.links_to_sisters_arrive, ("link-outside-missing", "link-outside-anchor")),
    (redirects.redirects_lead_straight_to_pages, ("link-redirect-",)),
    (outputs.sources_make_pages_of_their_own, ("output-collision",)),
    (lists.lists_are_there, ("list-",)),
    (system_map.the_map_names_what_exists, ("map-",)),
    (structure.pages_are_translated, ("translation-missing-page", "translation-extra-page")),
    (names.names_are_not_translated, ("translation-identifier", "translation-case")),
    (symptoms.symptoms_are_named, ("record-symptoms",)),
)
"""Each check, and how the codes begin that it finds."""


def check(kb: KnowledgeBase, config: Config, wanted: Callable[[str], bool] = everything) -> Iterator[Finding]:
    """What the checks find that may find a wanted code, in order; severities are settled later."""
    yield from links.labels_are_defined(kb, kb.findings)
    for rule, codes in CHECKS:
        if any(wanted(code) for code in CODES if code.startswith(codes)):
            yield from rule(kb, config)
