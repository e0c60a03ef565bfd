"""What a page may see, so that all it can be made of is hashed before it is made.

Every page sees the outline of the site: everything but what stands inside other documents. A chunk of documents is opened
for its own pages: there it sees documents, links and bodies in every language. What is not in its hands cannot be on a page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from msgspec import Struct, field
from msgspec.structs import replace

from generator.cache import Cache
from generator.config import Config
from generator.model import DocPath, Document, KnowledgeBase, Lang, PageKey
from generator.pages import images
from generator.pages.site import Load, SearchFiles, Site, Translations, View, prepare

Value = TypeVar("Value")


class Inputs(Struct, frozen=True):
    """All that pages are made of, the theme's files aside."""

    kb: KnowledgeBase
    config: Config
    load: Load
    search: Mapping[Lang, SearchFiles]
    translations: Translations
    copies: Mapping[images.Key, images.Copy]
    cache: Cache


@dataclass(frozen=True, slots=True)
class Opened(Mapping[DocPath, Value], Generic[Value]):
    """A mapping that gives what is `whole` for the pages that are open, and what is `closed` for all others."""

    closed: Mapping[DocPath, Value]
    whole: Mapping[DocPath, Value]
    open: frozenset[DocPath]

    def __getitem__(self, path: DocPath) -> Value:
        """The value of a page. Raises KeyError."""
        return self.whole[path] if path in self.open else self.closed[path]

    def __iter__(self) -> Iterator[DocPath]:
        """The pages, in the order of the closed ones."""
        yield from self.closed
        yield from (path for path in self.whole if path in self.open and path not in self.closed)

    def __len__(self) -> int:
        """How many there are."""
        return sum(1 for _ in self)


def record_places(kb: KnowledgeBase) -> frozenset[DocPath]:
    """The documents that hold records."""
    return frozenset(text.place.path for items in kb.records.values() for item in items for text in item.texts.values())


def outline(kb: KnowledgeBase) -> KnowledgeBase:
    """The site as every page sees it: of a document its title and front matter alone, unless it holds records."""
    places = record_places(kb)
    return replace(
        kb,
        documents={lang: {path: one if path in places else _card(one) for path, one in found.items()} for lang, found in kb.documents.items()},
        links={lang: {path: one for path, one in found.items() if path in places} for lang, found in kb.links.items()},
        trees={},
        findings=(),
    )


def _card(one: Document) -> Document:
    return Document(one.lang, one.path, one.file, "", one.title, one.meta, (), (), (), (), ())


def closed(inputs: Inputs, seen: KnowledgeBase) -> Site:
    """The site prepared from its outline; what is known of translations is told of each page where it is open."""
    return prepare(seen, inputs.config, inputs.load, inputs.search, inputs.copies, inputs.cache)


def whole(site: Site, inputs: Inputs) -> Site:
    """A closed site as the pages that tell of many documents see it: with everything."""
    kb = inputs.kb
    borrowed = kb.documents[site.reference] if site.reference else {}
    views = {lang: replace(view, documents={**borrowed, **kb.documents[lang]}) for lang, view in site.views.items()}
    return replace(site, kb=kb, views=views, load=inputs.load, translations=inputs.translations)


def opened(site: Site, inputs: Inputs, paths: Iterable[DocPath]) -> Site:
    """A closed site as the pages of some documents see it."""
    kb, mine = inputs.kb, frozenset(paths)
    documents = {lang: Opened(found, kb.documents[lang], mine) for lang, found in site.kb.documents.items()}
    return replace(
        site,
        kb=replace(site.kb, documents=documents, links={lang: Opened(found, kb.links[lang], mine) for lang, found in site.kb.links.items()}),
        views={lang: replace(view, documents=_own_or_borrowed(site, view, documents, mine)) for lang, view in site.views.items()},
        load=_Load(inputs.load, mine),
        translations=_translations(inputs, mine),
    )


def known(inputs: Inputs, lang: Lang, path: DocPath) -> tuple[object, ...]:
    """What is known of the translation of a page."""
    found = inputs.translations
    return (found.findings.get(inputs.kb.documents[lang][path].file, ()), found.parts.get((lang, path)))


def _translations(inputs: Inputs, mine: frozenset[DocPath]) -> Translations:
    """What is known of the translations of some pages."""
    found = inputs.translations
    documents = {(lang, path): one for lang, pages in inputs.kb.documents.items() for path in mine if (one := pages.get(path))}
    files = {one.file for one in documents.values()}
    return Translations(
        findings={file: found.findings[file] for file in files if file in found.findings},
        parts={key: found.parts[key] for key in documents if key in found.parts},
        sides=found.sides,
    )


def _own_or_borrowed(site: Site, view: View, documents: Mapping[Lang, Mapping[DocPath, Document]], mine: frozenset[DocPath]) -> Opened[Document]:
    borrowed = documents[site.reference] if site.reference else {}
    own = documents[view.lang]
    return Opened(view.documents, {path: found for path in mine if (found := own.get(path) or borrowed.get(path))}, mine)


class _Load(Struct, frozen=True):
    """Fetches bodies of pages that are open, each once, and no others."""

    load: Load
    open: frozenset[DocPath]
    bodies: dict[PageKey, str] = field(default_factory=dict)

    def __call__(self, lang: Lang, path: DocPath) -> str:
        if path not in self.open:
            raise KeyError(path)
        if (lang, path) not in self.bodies:
            self.bodies[lang, path] = self.load(lang, path)
        return self.bodies[lang, path]
