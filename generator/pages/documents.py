"""Pages of documents: the body of a source page with its place, its status and its neighbours around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final
from urllib.parse import quote

from msgspec.structs import replace

from generator.model import Artifact, DocPath, Document, Lang, NavItem
from generator.pages import badges, body, compare, near, status, urls
from generator.pages.frame import NOINDEX, Frame, Step, home_step, join
from generator.pages.shell import icon
from generator.pages.site import Site, View

_SIBLINGS: Final = 40
"""So many neighbours a page shows; the page with the whole tree has the others."""
_TOC_LEVELS: Final = (2, 3)
_TOC_LEAST: Final = 2
"""A list of one leads nowhere."""


def document_pages(site: Site, lang: Lang, paths: Iterable[DocPath]) -> Iterator[Artifact]:
    """The pages of documents of a language, bodies loaded one at a time.

    A path that the language lacks gives the reference's page, marked as such.
    """
    view = site.views[lang]
    for path in paths:
        yield document_page(site, view, path)
        yield from compare.compare_pages(site, view, path)


def document_page(site: Site, view: View, path: DocPath) -> Artifact:
    """One page of a document."""
    found = view.documents[path]
    url = urls.document(view.lang, path)
    written = site.load(found.lang, path)
    where = neighbourhood(view, path)
    place = body.Place(url, found.lang, path)
    text = body.render(site, view, place, written)
    others = frozenset(lang for lang, other in site.views.items() if path in other.documents)
    borrowed = found.lang != view.lang
    return join(
        site,
        view,
        Frame(
            url=url,
            kind="document",
            title=found.title,
            description=found.description,
            content_html=_content(site, view, found, text, body.mends(view, written), borrowed=borrowed),
            trail=(home_step(view, url), *_steps(view, url, where.trail)),
            navigation_html=_navigation(view, url, path, where),
            toc_html=_toc(view, found),
            after_html=_after(site, view, url, found) + _turn(view, url, where),
            head_html=NOINDEX if found.hidden else "",
            others=others,
            canonical=found.lang if borrowed else None,
        ),
    )


def neighbourhood(view: View, path: DocPath) -> near.Near:
    """Where a page stands, in the language's own navigation or else in the reference's, whose groups have no place on the page with all pages."""
    if path in view.navigation.places:
        return near.near(view.navigation, path)
    found = near.near(view.fallback_navigation, path)
    return replace(found, trail=tuple(replace(crumb, anchor="") for crumb in found.trail))


def title_of(view: View, path: DocPath) -> str:
    """A page's name in the navigation, else its title."""
    return view.navigation.titles.get(path) or view.documents[path].title


def _steps(view: View, url: str, trail: Iterable[near.Crumb]) -> Iterator[Step]:
    for crumb in trail:
        if crumb.path is not None and crumb.path in view.documents:
            yield Step(crumb.title, urls.relative(url, urls.document(view.lang, crumb.path)))
        else:
            yield Step(crumb.title, urls.relative(url, urls.tree(view.lang), crumb.anchor))


def _content(site: Site, view: View, found: Document, text: str, mends: str, *, borrowed: bool) -> str:
    notice = ""
    if borrowed:
        original = site.views[found.lang]
        words = escape(view.words["fallback"].format(language=status.language_name(found.lang, view.locale)))
        notice = f'<p class="notice" role="note">{icon("material/translate")}<span>{words}</span></p>'
        text = f'<div lang="{escape(found.lang)}" dir="{original.direction}">{text}</div>'
    labels = _badges(site, view, found) + mends
    head, end, rest = text.partition("</h1>")
    if not end:
        head, end, rest = f"<h1>{escape(found.title)}", "</h1>", text
    return f"{notice}{head}{end}{labels}{rest}" if not borrowed else f"{notice}{labels}{text}"


def _badges(site: Site, view: View, found: Document) -> str:
    """What the front matter labels the page with, what is known of a translation, the ways to the original (Alt+O) and to both (Alt+B)."""
    here, reference = urls.document(view.lang, found.path), site.reference
    parts = [*badges.badges(found.meta), compare.badges(site, view, here, found), compare.updated(view, found)]
    if reference and found.lang == view.lang != reference and found.path in site.kb.documents.get(reference, {}):
        url = urls.relative(here, urls.document(reference, found.path))
        words = escape(view.words["reference"].format(language=status.language_name(reference, view.locale)))
        parts.append(f'<a class="badge" href="{escape(url)}" hreflang="{escape(reference)}" accesskey="o">{words}</a>')
    parts.append(compare.way(site, view, here, found))
    return f'<p class="badges">{"".join(parts)}</p>' if any(parts) else ""


def _toc(view: View, found: Document) -> str:
    headings = [heading for heading in found.headings if heading.level in _TOC_LEVELS]
    if len(headings) < _TOC_LEAST:
        return ""
    items = "".join(
        f'<li class="level{heading.level}"><a href="#{escape(urls.quote_anchor(heading.anchor))}">{escape(heading.title)}</a></li>'
        for heading in headings
    )
    label = escape(view.ui["toc"])
    return f'<nav class="toc" aria-labelledby="__toc-title"><h2 id="__toc-title">{label}</h2><ul>{items}</ul></nav>'


def _navigation(view: View, url: str, path: DocPath, where: near.Near) -> str:
    """The path up and the neighbours; the rest is one link away."""
    up = where.trail[-1] if where.trail else None
    items = list(_near_items(view, url, path, _window(where.siblings, path)))
    whole = f'<a class="whole" href="{escape(urls.relative(url, urls.tree(view.lang)))}">{escape(view.words["all-documents"])}</a>'
    title = f'<p class="near-title">{escape(up.title)}</p>' if up else ""
    return f'<nav class="near" aria-label="{escape(view.ui["nav"])}">{title}<ul>{"".join(items)}</ul>{whole}{_paper(view, url, path)}</nav>'


def _paper(view: View, url: str, path: DocPath) -> str:
    """The way to the page that holds all of the section, for paper."""
    place = view.sheets.pages.get(path)
    if place is None:
        return ""
    words = f"{icon('material/printer-outline')}{escape(view.words['print-section'])}"
    return f'<a class="whole" href="{escape(urls.relative(url, *place))}" rel="nofollow">{words}</a>'


def _window(items: tuple[NavItem, ...], path: DocPath) -> tuple[NavItem, ...]:
    if len(items) <= _SIBLINGS:
        return items
    at = next((number for number, item in enumerate(items) if item.path == path), 0)
    first = max(0, min(at - _SIBLINGS // 2, len(items) - _SIBLINGS))
    return items[first : first + _SIBLINGS]


def _near_items(view: View, url: str, path: DocPath, items: Iterable[NavItem]) -> Iterator[str]:
    for item in items:
        target = item.path or _first_page(item)
        words = escape(item.title)
        if item.path is None and body.outside(item.url):
            yield f'<li><a href="{escape(item.url)}" rel="external noopener">{words}</a></li>'
        elif target is None or target not in view.documents:
            yield f"<li><span>{words}</span></li>"
        else:
            current = ' aria-current="page"' if target == path and item.path == path else ""
            deeper = ' class="group"' if item.children else ""
            yield f'<li{deeper}><a href="{escape(urls.relative(url, urls.document(view.lang, target)))}"{current}>{words}</a></li>'


def _first_page(item: NavItem) -> DocPath | None:
    for child in item.children:
        found = child.path or _first_page(child)
        if found is not None:
            return found
    return None


def _after(site: Site, view: View, url: str, found: Document) -> str:
    """Facets and the way to the source."""
    links = [
        f'<li><a class="tag" href="{escape(urls.relative(url, urls.topic(view.lang, value.facet, value.slug)))}">{escape(value.label)}</a></li>'
        for value in view.facets.of.get(found.path, ())
    ]
    parts = []
    if links:
        parts.append(f'<nav class="facets" aria-label="{escape(view.words["topics"])}"><ul class="tags">{"".join(links)}</ul></nav>')
    source = [f'<a href="{escape(urls.relative(url, urls.data(url)))}" type="application/json">JSON</a>']
    address = edit_address(site, found)
    if address:
        source.append(
            f'<a href="{escape(address)}" rel="external noopener">{icon("material/pencil-outline")}{escape(view.ui["action.edit"])}</a>'
        )
    parts.append(f'<p class="source">{"".join(source)}</p>')
    return f'<footer class="page-end">{"".join(parts)}</footer>'


def edit_address(site: Site, found: Document) -> str:
    """Where a page's source can be changed: its front matter says so, or site.yml; nothing where neither does."""
    own = str(found.meta.get("edit-url") or found.meta.get("edit_url") or "")
    if own:
        return own if body.safe(own) else ""
    return site.config.edit_url.replace("{lang}", quote(found.lang)).replace("{path}", quote(found.path))


def _turn(view: View, url: str, where: near.Near) -> str:
    parts = []
    for rel, path, label in (("prev", where.previous, view.ui["footer.previous"]), ("next", where.next, view.ui["footer.next"])):
        if path is not None and path in view.documents:
            href = escape(urls.relative(url, urls.document(view.lang, path)))
            parts.append(
                f'<a class="{rel}" rel="{rel}" href="{href}"><small>{escape(label)}</small><span>{escape(title_of(view, path))}</span></a>'
            )
    return f'<nav class="turn" aria-label="{escape(view.words["turn"])}">{"".join(parts)}</nav>' if parts else ""
