"""Pages of symptoms: what an operator sees, and the records to check for it, in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from generator.model import Artifact, Symptom
from generator.pages import status, urls
from generator.pages.frame import Frame, Step, home_step, join, rendered
from generator.pages.records import Cells, Link, show, symptom_text, text_of
from generator.pages.site import Site, View

_TELLING: Final = 2
"""So many symptoms below a heading, on the average, or the headings only lengthen the list."""


def symptom_pages(site: Site, view: View, cells: Cells) -> Iterator[Artifact]:
    """The list of all symptoms, and a page for each."""
    if site.kb.symptoms:
        yield _list_page(site, view)
    for item in site.kb.symptoms:
        yield _page(site, view, item, cells)


def entries(site: Site, view: View, url: str) -> list[dict[str, object]]:
    """Every symptom with the records to check, sorted by its words; records that are named by the symptom's own words are not repeated."""
    found: list[dict[str, object]] = []
    for item in site.kb.symptoms:
        title = symptom_text(site, view, item)
        checks = [
            Link(urls.relative(url, urls.record(view.lang, *key)), name)
            for key in item.records
            if (record := site.records.get(key)) and (name := text_of(site, view, record).name or key[1]) != title
        ]
        borrowed = site.reference if view.lang not in item.texts else None
        found.append({
            "href": urls.relative(url, urls.symptom(view.lang, item.id)),
            "title": title,
            "lang": borrowed or "",
            "checks": checks,
        })  # fmt: skip
    return sorted(found, key=lambda one: str(one["title"]).casefold())


def areas(site: Site, view: View, url: str, listed: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """The listed symptoms below the first record to check for them, in the order of the records; nothing where each would have a heading."""
    by_href = {entry["href"]: entry for entry in listed}
    found: dict[tuple[str, str], list[object]] = {}
    for item in site.kb.symptoms:
        first = next((key for key in item.records if key in site.records), None)
        if first is not None:
            found.setdefault(first, []).append(by_href[urls.relative(url, urls.symptom(view.lang, item.id))])
    if sum(map(len, found.values())) < _TELLING * len(found):
        return []
    return [
        {"href": urls.relative(url, urls.record(view.lang, *key)), "title": text_of(site, view, record).name or key[1], "entries": found[key]}
        for key, record in site.records.items()
        if key in found
    ]


def _list_page(site: Site, view: View) -> Artifact:
    url = urls.symptoms(view.lang)
    title = view.words["symptoms"]
    listed = entries(site, view, url)
    html = rendered(site, view, "symptoms.html", title=title, entries=listed, areas=areas(site, view, url, listed))
    return join(site, view, Frame(url=url, kind="wide", title=title, content_html=html, trail=(home_step(view, url),)))


def _page(site: Site, view: View, item: Symptom, cells: Cells) -> Artifact:
    url = urls.symptom(view.lang, item.id)
    title = symptom_text(site, view, item)
    checks = [show(site, view, url, record, cells) for key in item.records if (record := site.records.get(key))]
    borrowed = site.reference if view.lang not in item.texts else None
    context = {
        "id": item.id, "title": title, "checks": checks, "lang": borrowed or "",
        "language": status.language_name(borrowed, view.locale) if borrowed else "",
    }  # fmt: skip
    html = rendered(site, view, "symptom.html", **context)
    trail = (home_step(view, url), Step(view.words["symptoms"], urls.relative(url, urls.symptoms(view.lang))))
    names = ", ".join(check.name for check in checks)
    description = f"{view.words['check-in-order']}: {names}"
    return join(
        site, view, Frame(url=url, kind="wide", title=title, description=description, content_html=html, trail=trail, canonical=borrowed)
    )
