"""KnowledgeBase -> pages, through the theme: one function for each kind of page.

`closed` looks everything up once; the other functions only read what it made, so that workers can take
languages and chunks of documents. Artifacts come from iterators, one at a time.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Artifact, Lang
from generator.pages import images, theme
from generator.pages.documents import document_page, document_pages
from generator.pages.entry import entry_page, missing_page
from generator.pages.overviews import home_page, topic_pages, tree_page
from generator.pages.progress import progress_pages
from generator.pages.record_pages import record_pages, records_pages
from generator.pages.records import load_cells
from generator.pages.scope import Inputs, closed, known, opened, outline, record_places, whole
from generator.pages.sheet_pages import sheet_pages
from generator.pages.sheets import Sheet, printable
from generator.pages.site import Load, SearchFiles, Site, Translations
from generator.pages.symptoms import symptom_pages
from generator.pages.system_map import map_page

__all__ = [
    "Inputs", "Load", "SearchFiles", "Sheet", "Site", "Translations", "closed", "content_files", "copies", "document_page", "document_pages",
    "known", "language_pages", "opened", "outline", "overview_pages", "printable", "record_places", "sheet_pages", "site_files", "whole",
]  # fmt: skip
copies, content_files = images.copies, images.artifacts


def site_files(site: Site) -> Iterator[Artifact]:
    """What belongs to no language: theme files, the choice of language, the 404 page."""
    yield from theme.artifacts(site.theme)
    yield entry_page(site)
    yield missing_page(site)


def overview_pages(site: Site, lang: Lang) -> Iterator[Artifact]:
    """What leads to the pages of a language: home, tree, map, records, symptoms, topics. Of documents without records the outline is enough."""
    view = site.views[lang]
    cells = load_cells(site, view)
    yield home_page(site, view, cells)
    yield tree_page(site, view)
    yield from map_page(site, view)
    yield from records_pages(site, view, cells)
    yield from symptom_pages(site, view, cells)
    yield from topic_pages(site, view)


def language_pages(site: Site, lang: Lang) -> Iterator[Artifact]:
    """The pages of a language that tell of all its documents: what mentions each record, how far the translation is."""
    view = site.views[lang]
    yield from record_pages(site, view, load_cells(site, view))
    yield from progress_pages(site, view)
