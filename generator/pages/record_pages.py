"""Pages of records: one for each, and the table of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from markupsafe import Markup

from generator.config import localised
from generator.model import Artifact, DocPath, Document, Finding, LinkState, Record, RecordText
from generator.pages import compare, status, urls
from generator.pages.frame import Frame, Step, home_step, join, rendered
from generator.pages.mentions import Index, index, mentions
from generator.pages.records import Cells, Link, columns, show, text_of
from generator.pages.shell import trusted
from generator.pages.site import Site, View
from generator.pages.system_map import around

_MENTIONS: Final = 8
"""So many pages a record's page names that speak of it."""


def record_pages(site: Site, view: View, cells: Cells) -> Iterator[Artifact]:
    """A page for each record."""
    notes: dict[str, list[Finding]] = {}
    for finding in site.kb.findings:
        notes.setdefault(finding.file, []).append(finding)
    spoken = index(site, view)
    for item in site.records.values():
        yield _record_page(site, view, item, cells, notes, spoken)


def _record_page(
    site: Site, view: View, item: Record, cells: Cells,
    notes: Mapping[str, list[Finding]], spoken: Index,
) -> Artifact:  # fmt: skip
    url = urls.record(view.lang, item.type, item.id)
    text = text_of(site, view, item)
    shown = show(site, view, url, item, cells)
    document = site.kb.documents[text.lang][text.place.path]
    home = view.lang if text.place.path in view.documents else text.lang
    kind = site.types.get(item.type)
    label = localised(kind.label, view.lang) if kind else item.type
    linked = _linked(site, view, url, text)
    source = Link(urls.relative(url, urls.document(home, text.place.path), item.anchor(document)), document.title)
    known = {link.href.partition("#")[0] for link in linked}
    elsewhere = [link for link in mentions(spoken, view, url, item, text) if link.href.partition("#")[0] not in known]
    calls, called = around(site, view, url, (item.type, item.id))
    context = {
        "item": shown,
        "calls": calls,
        "called": called,
        "columns": columns(site, view, url, item, text, cells),
        "linked": linked,
        "mentions": elsewhere[:_MENTIONS],
        "source": source,
        "related": _related(site, view, url, item),
        "languages": _languages(site, view, url, item),
        "original": _original(site, view, item),
        "notes": _notes(notes, text),
        "data": urls.relative(url, urls.data(url)),
        "permanent": urls.relative(url, url),
        "badges": _badges(site, view, url, document),
        "said": view.words["mend-said"].format(said=text.said) if text.said else "",
    }
    html = rendered(site, view, "record.html", **context)
    return join(
        site,
        view,
        Frame(
            url=url,
            kind="wide",
            title=f"{shown.name} – {shown.label}",
            description=shown.scope,
            content_html=html,
            trail=(home_step(view, url), Step(label, urls.relative(url, urls.records(view.lang, item.type)))),
            canonical=text.lang if shown.lang else None,
        ),
    )


def records_pages(site: Site, view: View, cells: Cells) -> Iterator[Artifact]:
    """For each type of record the table of all of them."""
    for kind in site.config.records:
        url = urls.records(view.lang, kind.name)
        items = [show(site, view, url, item, cells) for item in site.kb.records.get(kind.name, ())]
        label = localised(kind.label, view.lang)
        context = {
            "title": label, "singular": localised(kind.singular, view.lang), "items": items,
            "table": urls.relative(url, urls.table(view.lang, kind.name)), "data": urls.relative(url, urls.records_data(view.lang)),
            "has_scope": any(item.scope for item in items), "has_symptoms": any(item.signs or item.message for item in items),
        }  # fmt: skip
        html = rendered(site, view, "records.html", **context)
        yield join(site, view, Frame(url=url, kind="wide", title=label, content_html=html, trail=(home_step(view, url),)))


def _badges(site: Site, view: View, url: str, document: Document) -> Markup:
    """What is known of the page that the row stands in: its translation, the day it changed, both languages side by side (Alt+B)."""
    return trusted(compare.badges(site, view, url, document) + compare.updated(view, document) + compare.way(site, view, url, document))


def _linked(site: Site, view: View, url: str, text: RecordText) -> list[Link]:
    """What the row links to, each once, by its heading."""
    destinations = site.kb.links.get(text.lang, {}).get(text.place.path, ())
    found: dict[str, Link] = {}
    for number in text.links:
        if number >= len(destinations) or destinations[number].state is not LinkState.PAGE:
            continue
        path, anchor = DocPath(destinations[number].path), destinations[number].anchor
        target = view.documents.get(path)
        if target is None:
            continue
        href = urls.relative(url, urls.document(view.lang, path), anchor)
        heading = next((heading.title for heading in target.headings if anchor and heading.anchor == anchor), "")
        found.setdefault(href, Link(href, target.title, heading if heading != target.title else ""))
    return list(found.values())


def _related(site: Site, view: View, url: str, item: Record) -> list[Link]:
    """Records that share a symptom."""
    found: dict[tuple[str, str], Link] = {}
    for identity in item.symptoms:
        symptom = site.symptoms.get(identity)
        for key in symptom.records if symptom else ():
            other = site.records.get(key)
            if other is not None and key != (item.type, item.id):
                text = text_of(site, view, other)
                found[key] = Link(urls.relative(url, urls.record(view.lang, *key)), text.name or other.id, text.fields.get("scope", ""))
    return list(found.values())


def _languages(site: Site, view: View, url: str, item: Record) -> list[dict[str, Any]]:
    return [
        {"lang": lang, "name": other.name, "href": urls.relative(url, urls.record(lang, item.type, item.id)), "reference": lang == site.reference}
        for lang, other in site.views.items()
        if lang != view.lang and lang in item.texts
    ]


def _original(site: Site, view: View, item: Record) -> dict[str, Any] | None:
    """The reference's row, beside a translation."""
    reference = site.reference
    if reference is None or reference == view.lang or view.lang not in item.texts or reference not in item.texts:
        return None
    text = item.texts[reference]
    return {
        "lang": reference, "language": status.language_name(reference, view.locale), "name": text.name, "scope": text.fields.get("scope", ""),
        "symptoms": text.symptoms or tuple(filter(None, (text.message,))), "remedy": text.remedy, "dir": site.views[reference].direction,
    }  # fmt: skip


def _notes(notes: Mapping[str, list[Finding]], text: RecordText) -> list[str]:
    """What checks found in the row."""
    lines = range(text.span.line, text.span.end_line + 1)
    return [finding.message for finding in notes.get(text.file, ()) if finding.span.line in lines]
