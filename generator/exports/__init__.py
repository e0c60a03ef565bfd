"""KnowledgeBase -> files for other programs: JSON, CSV, sitemap, robots.txt, llms.txt, OpenSearch, an inventory, headers for web servers.

Pages are for people, these are for everybody else; each says the same as the page that it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from generator.config import Config
from generator.exports.addressing import Addresses
from generator.exports.csv_tables import tables
from generator.exports.data import Load, data, documents_for, page_data
from generator.exports.headers import headers
from generator.exports.inventory import inventory
from generator.exports.schema import schema
from generator.exports.signposts import signposts
from generator.exports.sitemap import sitemap
from generator.model import Artifact, KnowledgeBase


def export(kb: KnowledgeBase, config: Config, where: Addresses, load: Load) -> Iterator[Artifact]:
    """Every file for other programs, one at a time; `where` is `generator.addresses`, `load` fetches the tables of a parsed page."""
    yield from site_data(kb, config, where)
    for language in kb.languages:
        yield from page_data(kb, where, language.lang, documents_for(kb, language.lang), load)


def site_data(kb: KnowledgeBase, config: Config, where: Addresses) -> Iterator[Artifact]:
    """Those that tell of more than one page."""
    yield schema()
    yield from headers(config.compress)
    yield inventory(kb, config, where)
    yield from chain(data(kb, config, where), tables(kb, config, where), signposts(kb, config, where), sitemap(kb, config, where))


__all__ = ["export", "page_data", "site_data"]
