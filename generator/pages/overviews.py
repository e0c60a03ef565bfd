"""Pages that lead to others: the home, the whole tree, the facets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.config import localised
from generator.model import Artifact, DocPath, NavItem
from generator.pages import body, documents, status, urls
from generator.pages.frame import Frame, Step, home_step, join, rendered
from generator.pages.records import Cells, Link, show
from generator.pages.site import Site, View, search_lists
from generator.pages.symptoms import areas, entries
from generator.pages.system_map import picture, rows

_CARDS = 24
_SYMPTOMS = 60
_RECENT = 6


def home_page(site: Site, view: View, cells: Cells) -> Artifact:
    """The search box, the records as cards, the symptoms, the documents by section, what changed last."""
    url = urls.home(view.lang)
    kinds = []
    for kind in site.config.records:
        items = site.kb.records.get(kind.name, ())
        if items:
            kinds.append({
                "label": localised(kind.label, view.lang),
                "href": urls.relative(url, urls.records(view.lang, kind.name)),
                "items": [show(site, view, url, item, cells) for item in items[:_CARDS]],
                "more": max(0, len(items) - _CARDS),
            })  # fmt: skip
    symptoms = entries(site, view, url)
    context = {
        "view": view, "search_lists": search_lists(site.config, view), "search_misses": site.config.misses,
        "description": localised(site.config.description, view.lang), "kinds": kinds,
        "symptoms": symptoms[:_SYMPTOMS], "areas": areas(site, view, url, symptoms) if len(symptoms) <= _SYMPTOMS else (), "more_symptoms": max(0, len(symptoms) - _SYMPTOMS),
        "symptoms_href": urls.relative(url, urls.symptoms(view.lang)),
        "examples": _examples(site, view, url), "sections": _sections(view, url), "recent": _recent(view, url),
        "tree": urls.relative(url, urls.tree(view.lang)), "topics": urls.relative(url, urls.topics(view.lang)),
        "has_topics": bool(view.facets.having), "map": picture(site, view, url, site.network) if site.network else None,
        "rows": rows(site, view, url, site.network) if site.network else (), "map_href": urls.relative(url, urls.system_map(view.lang)),
    }  # fmt: skip
    html = rendered(site, view, "home.html", **context)
    return join(site, view, Frame(url=url, kind="home", title=localised(site.config.title, view.lang), content_html=html))


def _examples(site: Site, view: View, url: str) -> list[Link]:
    """Three symptoms that more than one record answers, or the first ones."""
    ranked = sorted(site.kb.symptoms, key=lambda item: -len(item.records))
    shown = [item for item in ranked if view.lang in item.texts][:3]
    return [Link(urls.relative(url, urls.symptom(view.lang, item.id)), item.texts[view.lang]) for item in shown]


def _sections(view: View, url: str) -> list[dict[str, Any]]:
    """The top of the navigation: each group with its pages, two levels flattened."""
    top = view.navigation.groups[0].items
    loose = [link for item in top if not item.children for link in _links(view, url, (item,))]
    sections = [
        {"title": item.title, "links": links[:12], "more": max(0, len(links) - 12)}
        for item in top
        if item.children and (links := list(_links(view, url, item.children)))
    ]
    return [*([{"title": view.words["documents"], "links": loose, "more": 0}] if loose else []), *sections]


def _links(view: View, url: str, items: tuple[NavItem, ...]) -> Iterator[Link]:
    for item in items:
        if item.path is not None and item.path in view.documents and not item.hidden:
            yield Link(urls.relative(url, urls.document(view.lang, item.path)), item.title, view.documents[item.path].description)
        yield from _links(view, url, item.children)


def _recent(view: View, url: str) -> list[tuple[str, str, Link]]:
    dated = [(when, path) for path, found in view.documents.items() if found.lang == view.lang and (when := status.updated(found.meta))]
    newest = sorted(dated, key=lambda one: (one[0], one[1]), reverse=True)[:_RECENT]
    return [
        (
            when.isoformat(),
            status.day(when, view.lang),
            Link(urls.relative(url, urls.document(view.lang, path)), view.documents[path].title),
        )
        for when, path in newest
    ]


def tree_page(site: Site, view: View) -> Artifact:
    """The whole navigation on one page, and after it the pages that it does not name."""
    url = urls.tree(view.lang)
    named: set[DocPath] = set()
    nodes = _nodes(view, url, view.navigation.items, "group", named)
    rest = [
        Link(urls.relative(url, urls.document(view.lang, path)), view.documents[path].title)
        for path in sorted(view.documents)
        if path not in named
    ]
    title = view.words["all-documents"]
    html = rendered(site, view, "tree.html", title=title, nodes=nodes, rest=rest)
    return join(site, view, Frame(url=url, kind="wide", title=title, content_html=html, trail=(home_step(view, url),)))


def _nodes(view: View, url: str, items: tuple[NavItem, ...], anchor: str, named: set[DocPath]) -> list[dict[str, Any]]:
    nodes = []
    for count, item in enumerate(items, 1):
        here = f"{anchor}-{count}"
        href = ""
        if item.path is not None and item.path in view.documents:
            named.add(item.path)
            href = urls.relative(url, urls.document(view.lang, item.path))
        elif body.outside(item.url):
            href = item.url
        children = _nodes(view, url, item.children, here, named)
        if not item.hidden:
            place = view.sheets.sections.get(here)
            paper = urls.relative(url, *place) if place else ""
            nodes.append({"id": here if item.children else "", "title": item.title, "href": href, "children": children, "paper": paper})
    return nodes


def topic_pages(site: Site, view: View) -> Iterator[Artifact]:
    """The list of facets, and a page for each of their values."""
    url = urls.topics(view.lang)
    groups: dict[str, list[tuple[Link, int]]] = {}
    for (facet, slug), paths in view.facets.having.items():
        label = view.facets.labels[facet, slug]
        groups.setdefault(facet, []).append((Link(urls.relative(url, urls.topic(view.lang, facet, slug)), label), len(paths)))
    title = view.words["topics"]
    html = rendered(site, view, "topics.html", title=title, groups=groups)
    yield join(site, view, Frame(url=url, kind="wide", title=title, content_html=html, trail=(home_step(view, url),)))
    for (facet, slug), paths in view.facets.having.items():
        yield _topic_page(site, view, facet, slug, paths)


def _topic_page(site: Site, view: View, facet: str, slug: str, paths: tuple[DocPath, ...]) -> Artifact:
    url = urls.topic(view.lang, facet, slug)
    title = view.facets.labels[facet, slug]
    links = [
        Link(urls.relative(url, urls.document(view.lang, path)), documents.title_of(view, path), view.documents[path].description)
        for path in paths
    ]
    html = rendered(site, view, "topic.html", title=title, facet=view.words[f"facet-{facet}"], links=links)
    trail = (home_step(view, url), Step(view.words["topics"], urls.relative(url, urls.topics(view.lang))))
    here = frozenset(lang for lang, other in site.views.items() if (facet, slug) in other.facets.having)
    return join(site, view, Frame(url=url, kind="wide", title=title, content_html=html, trail=trail, others=here))
