"""Documents and records of all languages, paired and linked: the KnowledgeBase that everything else reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from generator import read
from generator.config import Config
from generator.contents import leads_to
from generator.model import Destination, DocPath, Document, Finding, KnowledgeBase, Lang, Language, NavItem, RawLink, Tree
from generator.resolve import Published, missing, published, resolve

if TYPE_CHECKING:
    from generator.extract import Extract

Navigation = Mapping[Lang, tuple[NavItem, ...]]


def knowledge(
    config: Config,
    trees: Mapping[Lang, Tree],
    documents: Mapping[Lang, Mapping[DocPath, Document]],
    navigation: Navigation,
    findings: Sequence[Finding],
    extracted: Extract | None = None,
) -> KnowledgeBase:
    """Pair the languages and resolve every link.

    `navigation` holds entries as written in each TOC (address in `url`); `findings` what reading already found; `extracted` are
    the records, None where nobody asks for them.
    """
    reference = config.reference
    fallback = documents.get(reference.lang, {}) if reference else {}
    sites = {
        lang: published(pages, {} if reference and lang == reference.lang else fallback, trees[lang]) for lang, pages in documents.items()
    }
    roots = {item.lang: item.root for item in config.languages}
    problems = dict.fromkeys(problem for pages in documents.values() for page in pages.values() for problem in page.problems)
    return KnowledgeBase(
        languages=tuple(Language(item.lang, item.base, item.reference) for item in config.languages),
        documents=documents,
        navigation={lang: _navigation(items, sites[lang]) for lang, items in navigation.items()},
        records=extracted.records if extracted else {},
        symptoms=extracted.symptoms if extracted else (),
        links={
            lang: {path: tuple(_resolved(link, path, sites[lang], roots[lang]) for link in page.links) for path, page in pages.items()}
            for lang, pages in documents.items()
        },
        trees=trees,
        findings=(*findings, *problems, *(extracted.findings if extracted else ())),
    )


def _resolved(link: RawLink, page: DocPath, site: Published, root: Path) -> Destination:
    """A link's destination; one that leads out of the root to nothing at all is a missing page rather than a forbidden one."""
    found = resolve(link, page, site)
    if found.fault == "link-outside-root" and not read.is_file(root / found.path):
        return replace(found, fault=missing(link.kind, found.path))
    return found


def _navigation(items: tuple[NavItem, ...], site: Published) -> tuple[NavItem, ...]:
    """Entries with the page they lead to; an address that is no page of the site stays an address."""
    return tuple(replace(item, path=_page(item, site), children=_navigation(item.children, site)) for item in items)


def _page(item: NavItem, site: Published) -> DocPath | None:
    path = DocPath(leads_to(item))
    return path if path in site.documents else None
