"""A page as it will be, while its site is still being built: what the preview shows at once.

Of a site that has been built, one source is read anew, and its pages are put together with what is known of all others. What takes
the whole site comes with the next build: findings, names put right, records, navigation, search.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import partial

from msgspec import Struct
from msgspec.structs import replace

from generator import defaults, pages
from generator.config import Config
from generator.model import Artifact, DocPath, KnowledgeBase, Lang, Page, PageKey
from generator.pages import Inputs, Load, Site
from generator.parse import parse
from generator.resolve import published, resolve
from generator.site import Gathered


class Drafts(Struct, frozen=True):
    """A site that has been built, ready to show what its sources say now."""

    config: Config
    gathered: Gathered
    inputs: Inputs
    site: Site

    def of(self, files: Iterable[str]) -> tuple[Artifact, ...]:
        """The pages of some source files, in every language that shows them; nothing where one of the files is no page of the site.

        Raises OSError where one cannot be read.
        """
        changed = [key for file in files for key in (self._key(file),)]
        return tuple(page for key in changed if key for page in self._pages(key)) if all(changed) else ()

    def _key(self, file: str) -> PageKey | None:
        documents = self.gathered.knowledge.documents
        for language in self.config.languages:
            path = DocPath(os.path.relpath(file, language.root).replace(os.sep, "/"))
            if path in documents[language.lang]:
                return language.lang, path
        return None

    def _pages(self, key: PageKey) -> Iterator[Artifact]:
        lang, path = key
        page = self._parsed(key)
        inputs = replace(self.inputs, kb=self._known(page), load=partial(_load, self.inputs.load, key, page.body))
        seen = pages.opened(self.site, inputs, (path,))
        for view in seen.views.values():
            if view.documents[path].lang == lang:
                yield pages.document_page(seen, view, path)

    def _parsed(self, key: PageKey) -> Page:
        lang, path = key
        page = parse(self.gathered.library.source(lang, path))
        given = defaults.defaults(self.config.language(lang), self.gathered.knowledge.trees[lang])
        return replace(page, document=defaults.inherit(page.document, given))

    def _known(self, page: Page) -> KnowledgeBase:
        """The site with another text of a page."""
        kb, one = self.gathered.knowledge, page.document
        documents = {**kb.documents[one.lang], one.path: one}
        borrowed = kb.documents[kb.reference.lang] if kb.reference and kb.reference.lang != one.lang else {}
        found = published(documents, borrowed, kb.trees[one.lang], self.config.language(one.lang).root, kb.row_ids(one.lang))
        links = {**kb.links[one.lang], one.path: tuple(resolve(one.links, one.path, found))}
        return replace(kb, documents={**kb.documents, one.lang: documents}, links={**kb.links, one.lang: links})


def drafts(config: Config, gathered: Gathered, inputs: Inputs) -> Drafts:
    """Prepare a site that has been built; `inputs` are what its pages were made of."""
    return Drafts(config, gathered, inputs, pages.closed(inputs, pages.outline(inputs.kb)))


def _load(load: Load, key: PageKey, body: str, lang: Lang, path: DocPath) -> str:
    return body if (lang, path) == key else load(lang, path)
