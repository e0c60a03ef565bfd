"""The two pages that belong to no language: the choice of language, and the page for what is not there."""

from __future__ import annotations

from urllib.parse import urlsplit

from generator.config import localised
from generator.model import Artifact
from generator.pages import urls
from generator.pages.site import Site, View


def entry_page(site: Site) -> Artifact:
    """All languages by their own names; a script goes on to the one the browser asks for."""
    return Artifact(urls.ENTRY, site.env.get_template("entry.html").render(_context(site, "")).encode())


def missing_page(site: Site) -> Artifact:
    """The page that servers show for a wrong address: it must work at any depth, so it names its files from the top.

    Where site.yml does not say where the site is published, that is the top of its server.
    """
    top = f"{urlsplit(site.config.url).path.rstrip('/')}/"
    return Artifact(urls.MISSING, site.env.get_template("missing.html").render(_context(site, top)).encode())


def _context(site: Site, base: str) -> dict[str, object]:
    first = site.reference or next(iter(site.views))
    languages = [
        {
            "lang": lang, "dir": view.direction, "name": view.name, "home": urls.home(lang), "places": _places(site, view),
            "description": localised(site.config.description, lang), "words": view.words,
        }
        for lang, view in site.views.items()
    ]  # fmt: skip
    return {
        "base": base, "languages": languages, "lang": first, "title": localised(site.config.title, first),
        "description": localised(site.config.description, first), "files": site.theme.urls, "url": site.config.url,
        "primary": site.config.primary, "accent": site.config.accent,
    }  # fmt: skip


def _places(site: Site, view: View) -> list[tuple[str, str]]:
    """Where one goes on who is lost: address and label, the page with the search box first."""
    return [
        (urls.home(view.lang), view.words["home"]),
        *((urls.records(view.lang, kind.name), localised(kind.label, view.lang)) for kind in site.config.records),
        *([(urls.symptoms(view.lang), view.words["symptoms"])] if site.kb.symptoms else []),
        (urls.tree(view.lang), view.words["all-documents"]),
    ]
