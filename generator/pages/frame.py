"""What stands around the content of every page: head, languages, path, neighbours."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Final

from msgspec import Struct

from generator.config import localised
from generator.model import Artifact, Lang
from generator.pages import shell, urls
from generator.pages.site import Site, View

NOINDEX: Final = '<meta name="robots" content="noindex">'
"""For the head of a page that search engines shall not show: the same stands elsewhere, or shall not be found."""


class Step(Struct, frozen=True):
    """A step of the path up to a page: its words and its address, empty for one that is not a page."""

    title: str
    href: str


class Frame(Struct, frozen=True):
    """A page before it is joined: all texts are plain but those named `…_html`.

    `others` are the languages that have this very page, under the same path in their folder; `canonical`
    is the language whose page is the original.
    """

    url: str
    kind: str
    title: str
    content_html: str
    description: str = ""
    trail: tuple[Step, ...] = ()
    navigation_html: str = ""
    toc_html: str = ""
    after_html: str = ""
    head_html: str = ""
    others: frozenset[Lang] | None = None
    canonical: Lang | None = None


def join(site: Site, view: View, frame: Frame) -> Artifact:
    """The finished page."""
    name = localised(site.config.title, view.lang)
    home = urls.home(view.lang)
    title = name if frame.url == home else f"{frame.title} – {name}"
    return Artifact(
        frame.url,
        shell.fill(
            site.shells[view.lang, frame.kind],
            {
                "base": urls.base(frame.url),
                "title": escape(title),
                "description": escape(frame.description or localised(site.config.description, view.lang)),
                "head": _head(site, view, frame) + frame.head_html,
                "languages": _languages(site, view, frame),
                "navigation": frame.navigation_html,
                "trail": _trail(view, frame),
                "content": frame.content_html,
                "toc": frame.toc_html,
                "after": frame.after_html,
                "address": escape(f"{site.config.url}/{frame.url}" if site.config.url else frame.url),
            },
        ),
    )


def rendered(site: Site, view: View, template: str, /, **context: object) -> str:
    """The content of a page, by a template of the theme and the words of the language."""
    return site.env.get_template(template).render(context, words=view.words)


def _here(site: Site, frame: Frame) -> frozenset[Lang]:
    return frame.others if frame.others is not None else frozenset(site.views)


def _head(site: Site, view: View, frame: Frame) -> str:
    """Canonical address and the same page in other languages; only a site that knows its own address can say them."""
    if not site.config.url:
        return ""
    rest = urls.within(view.lang, frame.url)
    root = escape(site.config.url)
    title, description = escape(localised(site.config.title, view.lang)), urls.base(frame.url) + escape(urls.open_search(view.lang))
    lines = [
        f'<link rel="canonical" href="{root}/{_address(frame.canonical or view.lang, rest)}">',
        f'<link rel="search" type="application/opensearchdescription+xml" title="{title}" href="{description}">',
    ]
    if frame.canonical is None or frame.canonical == view.lang:
        here = _here(site, frame)
        if len(here) > 1:
            lines += [
                f'<link rel="alternate" hreflang="{escape(lang)}" href="{root}/{_address(lang, rest)}">'
                for lang in site.views
                if lang in here
            ]
            default = (
                f"{root}/" if frame.url == urls.home(view.lang) else f"{root}/{_address(site.reference or next(iter(site.views)), rest)}"
            )
            lines.append(f'<link rel="alternate" hreflang="x-default" href="{default}">')
    return "\n".join(lines)


def _address(lang: Lang, rest: str) -> str:
    return escape(urls.relative("", f"{lang}/{rest}"))


def _languages(site: Site, view: View, frame: Frame) -> str:
    rest = urls.within(view.lang, frame.url)
    here = _here(site, frame)
    items = []
    for lang, other in site.views.items():
        target = f"{lang}/{rest}" if lang in here else urls.home(lang)
        current = ' aria-current="true"' if lang == view.lang else ""
        href = escape(urls.base(frame.url) + urls.relative("", target))
        items.append(f'<li><a href="{href}" hreflang="{escape(lang)}" lang="{escape(lang)}"{current}>{escape(other.name)}</a></li>')
    return "".join(items)


def _trail(view: View, frame: Frame) -> str:
    if not frame.trail:
        return ""
    label = escape(view.words["path"])
    return f'<nav class="md-path trail" aria-label="{label}"><ol class="md-path__list">{"".join(_steps(frame.trail))}</ol></nav>'


def _steps(steps: Iterable[Step]) -> Iterable[str]:
    for step in steps:
        words = escape(step.title)
        inner = f'<a href="{escape(step.href)}" class="md-path__link">{words}</a>' if step.href else f"<span>{words}</span>"
        yield f'<li class="md-path__item">{inner}</li>'


def home_step(view: View, url: str) -> Step:
    """The first step of every path: the home of the language."""
    return Step(view.words["home"], urls.relative(url, urls.home(view.lang)))
