"""A whole section of the documentation as one page, for paper: each of its pages begins on a new sheet, with its own address.

What is meant for the screen is left out: anchors (they would stand on one page several times; links lead to the pages themselves),
labels, data. A section inside the sheet is asked for by its fragment, and the style sheet leaves only that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from generator.model import Artifact, DocPath, Lang
from generator.pages import body, documents, status, urls
from generator.pages.frame import NOINDEX, Frame, Step, home_step, join
from generator.pages.sheets import Section, Sheet
from generator.pages.shell import icon
from generator.pages.site import Site, View

_DEEPEST: Final = 6
_ANCHOR: Final = re.compile(r'<a class="headerlink"[^>]*>[^<]*</a>')
_TAG: Final = re.compile(r'<(/?)(?:h([1-6])(?![a-z0-9])|([a-z][a-z0-9]*))((?:[^<>"]|"[^"]*")*)>')
_IDS: Final = re.compile(r'\s(?:id|headers|aria-labelledby)="[^"]*"')


def sheet_pages(site: Site, lang: Lang, wanted: Iterable[Sheet]) -> Iterator[Artifact]:
    """The sheets of a language, the bodies of each loaded one after the other."""
    view = site.views[lang]
    for sheet in wanted:
        title = sheet.section.title
        html = f'<div class="sheet">{_top(view, sheet)}{"".join(_section(site, view, sheet, sheet.section, 2))}</div>'
        trail = (home_step(view, sheet.url), Step(view.words["all-documents"], urls.relative(sheet.url, urls.tree(view.lang), sheet.section.anchor)))
        frame = Frame(url=sheet.url, kind="wide", title=title, content_html=html, trail=trail, head_html=NOINDEX, others=frozenset((view.lang,)))
        yield join(site, view, frame)


def _top(view: View, sheet: Sheet) -> str:
    """The name of the section, the button that only scripts can answer, and the pages in order."""
    words = view.words
    print_it = f'<button type="button" class="button js-only" data-print>{icon("material/printer-outline")}{escape(words["print"])}</button>'
    whole = f'<a class="sheet__whole" href="#__content">{escape(words["print-whole"].format(section=sheet.section.title))}</a>'
    return (
        f'<h1>{escape(sheet.section.title)}</h1><p class="screen-only lead">{escape(words["print-lead"])}</p><p class="actions">{print_it}{whole}</p>'
        f'<div class="sheet__contents">{_contents(view, sheet, sheet.section)}</div>'
    )


def _contents(view: View, sheet: Sheet, section: Section) -> str:
    items = [f'<li><a href="{escape(_address(view, sheet, path))}">{escape(documents.title_of(view, path))}</a></li>' for path in section.paths]
    items += [f'<li><a href="#{below.anchor}">{escape(below.title)}</a>{_contents(view, sheet, below)}</li>' for below in section.below]
    return f"<ul>{''.join(items)}</ul>"


def _address(view: View, sheet: Sheet, path: DocPath) -> str:
    return urls.relative(sheet.url, urls.document(view.lang, path))


def _section(site: Site, view: View, sheet: Sheet, section: Section, level: int) -> Iterator[str]:
    """The pages of a section, their headings from `level` on, and the sections below it, one deeper."""
    for path in section.paths:
        yield _page(site, view, sheet, path, level)
    for below in section.below:
        name = f"h{min(level, _DEEPEST)}"
        yield f'<section class="sheet__section" id="{below.anchor}"><{name}>{escape(below.title)}</{name}>'
        yield from _section(site, view, sheet, below, level + 1)
        yield "</section>"


def _page(site: Site, view: View, sheet: Sheet, path: DocPath, level: int) -> str:
    """A page as it stands on paper, its address below it."""
    found = view.documents[path]
    place = body.Place(sheet.url, found.lang, path)
    text = body.resolve(site, view, place, site.load(found.lang, path), anchors=False)
    if "</h1>" not in text:
        text = f"<h1>{escape(found.title)}</h1>{text}"
    text = plain(text, level - 1)
    if found.lang != view.lang:
        notice = escape(view.words["fallback"].format(language=status.language_name(found.lang, view.locale)))
        text = f'<p class="notice">{notice}</p><div lang="{escape(found.lang)}" dir="{site.views[found.lang].direction}">{text}</div>'
    url = urls.document(view.lang, path)
    address = escape(f"{site.config.url}/{url}" if site.config.url else url)
    return f'<article class="sheet__page">{text}<p class="sheet__address"><a href="{escape(_address(view, sheet, path))}">{address}</a></p></article>'


def plain(html: str, deeper: int) -> str:
    """A body without anchors and ids, its headings so many levels deeper, the deepest `h6`."""

    def tag(match: re.Match[str]) -> str:
        closing, level, name, rest = match.groups()
        if level:
            name = f"h{min(int(level) + deeper, _DEEPEST)}"
        return f"<{closing}{name}{_IDS.sub('', rest)}>" if level or rest else match[0]

    return _TAG.sub(tag, _ANCHOR.sub("", html))
