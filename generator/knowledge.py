"""Documents and records of all languages, paired and linked: the KnowledgeBase that everything else reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from generator.config import Config
from generator.model import DocPath, Document, Finding, KnowledgeBase, Lang, Language, NavItem, Tree
from generator.resolve import Published, published, resolve

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

    `navigation` holds entries of each TOC with the path they lead to, page or not; `findings` what reading already found; `extracted` are
    the records, None where nobody asks for them.
    """
    reference = config.reference
    fallback = documents.get(reference.lang, {}) if reference else {}
    problems = dict.fromkeys(problem for pages in documents.values() for page in pages.values() for problem in page.problems)
    known = KnowledgeBase(
        languages=tuple(Language(item.lang, item.base, item.reference) for item in config.languages),
        documents=documents,
        navigation={},
        records=extracted.records if extracted else {},
        symptoms=extracted.symptoms if extracted else (),
        links={},
        trees=trees,
        findings=(*findings, *problems, *(extracted.findings if extracted else ())),
    )
    sites = {
        lang: published(
            pages, {} if reference and lang == reference.lang else fallback, trees[lang], config.language(lang).root, known.row_ids(lang)
        )
        for lang, pages in documents.items()
    }
    return replace(
        known,
        navigation={lang: _navigation(items, sites[lang]) for lang, items in navigation.items()},
        links={
            lang: {path: tuple(resolve(page.links, path, sites[lang])) for path, page in pages.items()} for lang, pages in documents.items()
        },
    )


def _navigation(items: tuple[NavItem, ...], site: Published, *, hidden: bool = False) -> tuple[NavItem, ...]:
    """Entries with the page they lead to; an address that is no page of the site stays an address.

    Hidden are also pages that ask for it, what stands below a hidden entry, and a group with nothing in it that is not.
    """
    found = [_entry(item, site, hidden=hidden) for item in items]
    return items if all(one is other for one, other in zip(found, items, strict=True)) else tuple(found)


def _entry(item: NavItem, site: Published, *, hidden: bool) -> NavItem:
    path = item.path if item.path in site.documents else None
    hidden = hidden or item.hidden
    children = _navigation(item.children, site, hidden=hidden)
    if not hidden and path is not None and not children:
        hidden = site.documents[path].unlisted
    elif not hidden and not item.url and children:
        hidden = all(child.hidden for child in children)
    same = path is item.path and hidden is item.hidden and children is item.children
    return item if same else replace(item, path=path, hidden=hidden, children=children)
