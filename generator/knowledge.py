"""Documents and records of all languages, paired and linked: the KnowledgeBase that everything else reads."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import replace
from urllib.parse import unquote

from generator.config import Config
from generator.extract import extract
from generator.model import DocPath, Document, Finding, KnowledgeBase, Lang, Language, NavItem, Tree
from generator.resolve import Published, published, resolve

Navigation = Mapping[Lang, tuple[NavItem, ...]]


def knowledge(
    config: Config,
    trees: Mapping[Lang, Tree],
    documents: Mapping[Lang, Mapping[DocPath, Document]],
    navigation: Navigation,
    findings: Sequence[Finding],
) -> KnowledgeBase:
    """Pair the languages, resolve every link, extract the records.

    `navigation` holds entries as written in each TOC (address in `url`); `findings` what reading already found.
    """
    extracted = extract(config, documents)
    reference = config.reference
    fallback = documents.get(reference.lang, {}) if reference else {}
    sites = {
        lang: published(pages, {} if reference and lang == reference.lang else fallback, trees[lang]) for lang, pages in documents.items()
    }
    problems = [problem for pages in documents.values() for page in pages.values() for problem in page.problems]
    return KnowledgeBase(
        languages=tuple(Language(item.lang, item.name, item.base, item.reference) for item in config.languages),
        documents=documents,
        navigation={lang: _navigation(items, sites[lang]) for lang, items in navigation.items()},
        records=extracted.records,
        symptoms=extracted.symptoms,
        links={
            lang: {path: tuple(resolve(link, path, sites[lang]) for link in page.links) for path, page in pages.items()}
            for lang, pages in documents.items()
        },
        trees=trees,
        findings=(*findings, *problems, *extracted.findings),
    )


def _navigation(items: tuple[NavItem, ...], site: Published) -> tuple[NavItem, ...]:
    """Entries with the page they lead to; an address that is no page of the site stays an address."""
    return tuple(replace(item, path=_page(item.url, site), children=_navigation(item.children, site)) for item in items)


def _page(url: str, site: Published) -> DocPath | None:
    path = DocPath(posixpath.normpath(posixpath.join(posixpath.dirname(site.tree.toc or ""), unquote(url.partition("#")[0])))) if url else None
    return path if path in site.documents else None
