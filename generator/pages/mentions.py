"""Where else a record is spoken of: pages that link to its row, headings that name it, pages that have its name in code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from generator.model import Anchor, DocPath, Lang, LinkState, Record, RecordText
from generator.pages import urls
from generator.pages.records import Link
from generator.pages.site import Site, View

_COMMON: Final = 12
"""An id that stands in more headings than this is a word of the language and points at nothing."""


class Index(Struct, frozen=True):
    """The pages of a language by what they link to (of one language, page and anchor) and have in code; headings by their words."""

    links: Mapping[tuple[Lang, DocPath, Anchor], tuple[DocPath, ...]]
    headings: Mapping[str, tuple[tuple[DocPath, Anchor, str], ...]]
    codes: Mapping[str, tuple[DocPath, ...]]


def index(site: Site, view: View) -> Index:
    """Read the pages of a language once; only what is the id of a record is kept."""
    ids = {item.id for item in site.records.values()}
    if not ids:
        return Index({}, {}, {})
    links: dict[tuple[Lang, DocPath, Anchor], dict[DocPath, None]] = {}
    headings: dict[str, list[tuple[DocPath, Anchor, str]]] = {}
    codes: dict[str, list[DocPath]] = {}
    for lang in dict.fromkeys((view.lang, site.reference or view.lang)):
        for path, destinations in site.kb.links.get(lang, {}).items():
            for one in destinations if path in view.documents else ():
                if one.state is LinkState.PAGE and one.anchor in ids:
                    links.setdefault((lang, DocPath(one.path), one.anchor), {})[path] = None
    for path, document in view.documents.items():
        for code in ids.intersection(document.codes):
            codes.setdefault(code, []).append(path)
        for heading in document.headings:
            for word in set(heading.title.replace("(", " ").replace(")", " ").split()):
                if (name := word.strip(".,:;?!`'\"“”«»")) in ids:
                    headings.setdefault(name, []).append((path, heading.anchor, heading.title))
    return Index(
        {key: tuple(paths) for key, paths in links.items()},
        {word: tuple(places) for word, places in headings.items()},
        {code: tuple(paths) for code, paths in codes.items()},
    )


def mentions(found: Index, view: View, url: str, item: Record, text: RecordText) -> list[Link]:
    """What speaks of a record, each page or heading once, links first; the page that the row stands in is left out of the names in code."""
    links: dict[str, Link] = {}
    told: set[DocPath] = {text.place.path}
    for path in found.links.get((text.lang, text.place.path, Anchor(item.id)), ()):
        href = urls.relative(url, urls.document(view.lang, path))
        links[href] = Link(href, view.documents[path].title, view.documents[path].description)
        told.add(path)
    named = found.headings.get(item.id, ())
    for path, anchor, title in named if len(named) <= _COMMON else ():
        href = urls.relative(url, urls.document(view.lang, path), anchor)
        links.setdefault(href, Link(href, title, view.documents[path].title if view.documents[path].title != title else ""))
        told.add(path)
    for path in found.codes.get(item.id, ()):
        if path not in told:
            href = urls.relative(url, urls.document(view.lang, path))
            links[href] = Link(href, view.documents[path].title, view.documents[path].description)
    return list(links.values())
