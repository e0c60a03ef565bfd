"""Links to sister sites arrive, and those to the address where this site is published: it is known what they have, so no network is needed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urldefrag

from msgspec import Struct

from generator import read
from generator.addresses import DOCS
from generator.checks.similar import nearest
from generator.config import Config
from generator.errors import SiteError
from generator.model import Finding, KnowledgeBase, LinkState
from generator.neighbours import Sister


class Inventory(Struct, frozen=True):
    """The pages of a site below an address, and the ids of each; None where they are not told. `name` begins a sentence."""

    name: str
    url: str
    pages: Mapping[str, frozenset[str] | None]

    def page(self, path: str) -> str:
        """The page that a path leads to, as web servers do it, or nothing."""
        names = (f"{path}index.html",) if path == "" or path.endswith("/") else (path, f"{path}.html", f"{path}/index.html")
        return next((name for name in names if name in self.pages), "")


def links_to_sisters_arrive(kb: KnowledgeBase, config: Config) -> Iterator[Finding]:
    """Each link to a page of a sister site leads to one that is there, and to an id that is there; so do whole addresses of this site's pages.

    Raises SiteError for a bad inventory.
    """
    inventories = [*_own(kb, config), *(_inventory(config, sister) for sister in config.sisters)]
    if not inventories:
        return
    for lang, pages in kb.documents.items():
        for path, document in pages.items():
            for link, destination in zip(document.links, kb.links[lang][path], strict=True):
                if destination.state is LinkState.OUTSIDE and (found := _fault(destination.url, inventories)):
                    code, message, suggestion = found
                    yield Finding(code, document.file, link.span, message, lang, link.written, suggestion)


def _fault(url: str, inventories: list[Inventory]) -> tuple[str, str, str] | None:
    """Code, message and suggestion for an address that leads to a site that is known and does not arrive."""
    address, fragment = urldefrag(url)
    address = address.partition("?")[0]
    for inventory in inventories:
        base, name = inventory.url, inventory.name
        if address != base and not address.startswith(f"{base}/"):
            continue
        path = unquote(address[len(base) + 1 :])
        page = inventory.page(path)
        if not page:
            return _missing(path, fragment, inventory) if _is_page(path) else None
        ids = inventory.pages[page]
        if not fragment or ids is None or unquote(fragment) in ids:
            return None
        near = nearest(unquote(fragment), tuple(sorted(ids)))
        message = f"{name} has nothing with the id {fragment} in {page}." + (f" The nearest is #{near.name}." if near else "")
        return "link-outside-anchor", message, f"{url.partition('#')[0]}#{near.name}" if near and near.sure else ""
    return None


def _missing(path: str, fragment: str, inventory: Inventory) -> tuple[str, str, str]:
    base, name = inventory.url, inventory.name
    near = nearest(path, tuple(sorted(inventory.pages)))
    message = f"{name} has no page {path}." + (f" The nearest is {near.name}." if near else "")
    return "link-outside-missing", message, f"{base}/{near.name}{fragment and f'#{fragment}'}" if near and near.sure else ""


def _is_page(path: str) -> bool:
    """Whether a path means a page; an inventory lists no pictures and no data."""
    last = path.rsplit("/", 1)[-1]
    return "." not in last or last.endswith((".html", ".htm"))


def _own(kb: KnowledgeBase, config: Config) -> Iterator[Inventory]:
    """The pages of this site in each language, where site.yml says where it is published; ids of rows are not known to those who ask of links alone."""
    borrowed = kb.documents.get(kb.reference.lang, {}) if kb.reference else {}
    for lang in kb.documents if config.url else ():
        pages = {
            f"{path.removesuffix('.md')}.html": None if config.records else frozenset(str(name) for name, _ in page.anchors)
            for path, page in {**borrowed, **kb.documents[lang]}.items()
        }
        yield Inventory("This site", f"{config.url.rstrip('/')}/{lang}/{DOCS}", pages)


def _inventory(config: Config, sister: Sister) -> Inventory:
    where = f"{config.path}:{sister.line}:1: sisters.{sister.name}.inventory"
    try:
        value = json.loads(read.data(sister.inventory))
        pages = {str(path): None if ids is None else frozenset(map(str, ids)) for path, ids in value["pages"].items()}
    except OSError as error:
        raise SiteError(f"{where}: cannot be read: {error.strerror or error}") from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise SiteError(f"{where}: this is no inventory of a site; take inventory.json from the folder of the built site") from None
    return Inventory(sister.name, sister.url, pages)
