"""Pages of records: one for each, and the table of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from generator.config import localised
from generator.model import Artifact, DocPath, Document, Finding, Lang, LinkState, Record, RecordText, Symptom
from generator.pages import blocks, body, status, urls
from generator.pages.frame import Frame, Step, home_step, join
from generator.pages.site import Site, View

_COMMON = 12
"""An id that stands in more headings than this is a word of the language and points at nothing."""
_MENTIONS = 8
Cells = Mapping[tuple[str, str], tuple[str, ...]]
"""The raw inner HTML of the cells of each record's row, by type and id."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a record's table as the page of the record shows it."""

    header: str
    html: Markup


@dataclass(frozen=True, slots=True)
class Link:
    """A link: its address from the page, its words, and a line of explanation."""

    href: str
    title: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A record as templates show it, in the words of one language; `lang` is set where they are another language's."""

    type: str
    id: str
    label: str
    name: str
    href: str
    scope: str
    symptoms: tuple[Link, ...]
    remedy: Markup
    commands: tuple[Markup, ...]
    ports: tuple[str, ...]
    codes: tuple[str, ...]
    lang: str = ""
    language: str = ""


def load_cells(site: Site, view: View) -> Cells:
    """The cells of all records of a language; every page that holds some is loaded once."""
    wanted: dict[tuple[Lang, DocPath], list[tuple[tuple[str, str], str]]] = {}
    for key, item in site.records.items():
        text = text_of(site, view, item)
        if text is not None:
            row = f"{text.place.table}:{text.place.row}"
            wanted.setdefault((text.lang, text.place.path), []).append((key, row))
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for (lang, path), rows in wanted.items():
        cells = body.cells(site.load(lang, path).body)
        found |= {key: cells.get(row, ()) for key, row in rows}
    return found


def text_of(site: Site, view: View, item: Record) -> RecordText | None:
    """A record's words for a language: its own, else the reference's, else any."""
    own = item.texts.get(view.lang)
    if own is not None:
        return own
    reference = site.reference
    return item.texts.get(reference) if reference in item.texts else next(iter(item.texts.values()), None)  # type: ignore[arg-type]


def symptom_text(site: Site, view: View, item: Symptom) -> str:
    """A symptom's words for a language: its own, else the reference's, else any."""
    return item.texts.get(view.lang) or item.texts.get(site.reference or view.lang) or next(iter(item.texts.values()), item.id)


def show(site: Site, view: View, url: str, item: Record, cells: Cells) -> Shown:
    """A record for the page at `url`."""
    text = text_of(site, view, item)
    if text is None:
        raise LookupError(f"{item.type} {item.id} has no text in any language")
    kind = site.types.get(item.type)
    borrowed = text.lang != view.lang
    symptoms = tuple(
        Link(urls.relative(url, urls.symptom(view.lang, symptom.id)), symptom_text(site, view, symptom))
        for identity in item.symptoms
        if (symptom := site.symptoms.get(identity))
    )
    remedy = _remedy(site, view, url, item, text, cells)
    return Shown(
        type=item.type,
        id=item.id,
        label=localised(kind.singular, view.lang) if kind else item.type,
        name=text.name or item.id,
        href=urls.relative(url, urls.record(view.lang, item.type, item.id)),
        scope=text.fields.get("scope", ""),
        symptoms=symptoms,
        remedy=remedy,
        commands=tuple(Markup(command) for command in blocks.commands(remedy)),
        ports=text.ports,
        codes=text.codes,
        lang=text.lang if borrowed else "",
        language=status.language_name(text.lang, view.locale) if borrowed else "",
    )


def record_pages(site: Site, view: View, env: Environment, cells: Cells) -> Iterator[Artifact]:
    """A page for each record."""
    notes: dict[str, list[Finding]] = {}
    for finding in site.kb.findings:
        notes.setdefault(finding.file, []).append(finding)
    headings = _headings(view)
    for item in site.records.values():
        if text_of(site, view, item) is not None:
            yield _record_page(site, view, env, item, cells, notes, headings)


def _record_page(
    site: Site, view: View, env: Environment, item: Record, cells: Cells,
    notes: Mapping[str, list[Finding]], headings: Mapping[str, list[tuple[DocPath, str, str]]],
) -> Artifact:  # fmt: skip
    url = urls.record(view.lang, item.type, item.id)
    text = text_of(site, view, item)
    assert text is not None
    shown = show(site, view, url, item, cells)
    document = view.documents[text.place.path]
    kind = site.types.get(item.type)
    label = localised(kind.label, view.lang) if kind else item.type
    linked = _linked(site, view, url, text)
    source = Link(
        urls.relative(url, urls.document(view.lang, text.place.path), urls.row_anchor(document, item)), document.title
    )
    known = {link.href for link in linked}
    mentions = [link for link in _mentions(site, view, url, item, text, headings) if link.href not in known]
    context = {
        "words": view.words,
        "item": shown,
        "columns": _columns(site, view, url, item, text, cells),
        "linked": linked,
        "mentions": mentions[:_MENTIONS],
        "source": source,
        "related": _related(site, view, url, item),
        "languages": _languages(site, view, url, item),
        "original": _original(site, view, url, item),
        "notes": _notes(notes, text),
    }
    html = env.get_template("record.html").render(context)
    return join(
        site,
        view,
        Frame(
            url=url,
            kind="wide",
            title=f"{shown.name} – {shown.label}",
            description=shown.scope,
            content_html=html,
            trail=(home_step(site, view, url), Step(label, urls.relative(url, urls.records(view.lang, item.type)))),
            canonical=text.lang if shown.lang else None,
        ),
    )


def records_pages(site: Site, view: View, env: Environment, cells: Cells) -> Iterator[Artifact]:
    """For each type of record the table of all of them."""
    for kind in site.config.records:
        url = urls.records(view.lang, kind.name)
        items = [
            show(site, view, url, item, cells)
            for item in site.kb.records.get(kind.name, ())
            if text_of(site, view, item) is not None
        ]
        label = localised(kind.label, view.lang)
        context = {
            "words": view.words, "title": label, "singular": localised(kind.singular, view.lang), "items": items,
            "has_scope": any(item.scope for item in items), "has_symptoms": any(item.symptoms for item in items),
        }  # fmt: skip
        html = env.get_template("records.html").render(context)
        yield join(site, view, Frame(url=url, kind="wide", title=label, content_html=html, trail=(home_step(site, view, url),)))


def _remedy(site: Site, view: View, url: str, item: Record, text: RecordText, cells: Cells) -> Markup:
    """The remedy with its links and code, from the cell; its plain lines where the cell tells too much or too little."""
    raw = cells.get((item.type, item.id), ())
    for number, roles in enumerate(column_roles(site, item, text)):
        if "remedy" in roles and number < len(raw):
            told = blocks.telling(raw[number], text.remedy)
            if told:
                return _resolved(site, view, url, text, told)
    return Markup("").join(Markup("<p>{}</p>").format(line) for line in text.remedy)


def _resolved(site: Site, view: View, url: str, text: RecordText, html: str) -> Markup:
    place = body.Place(url, text.lang, text.place.path)
    return Markup(body.resolve(site, view, place, html, anchors=False))


def column_roles(site: Site, item: Record, text: RecordText) -> tuple[tuple[str, ...], ...]:
    """The roles of each column of a record's table: by the reference's headers, else by their order."""
    kind = site.types.get(item.type)
    own = _header(site.kb.documents.get(text.lang, {}).get(text.place.path), text.place.table)
    if kind is None:
        return tuple(() for _ in own)
    by_name = {_plain(column.header): column.roles for column in kind.columns}
    reference = site.kb.documents.get(site.reference, {}).get(text.place.path) if site.reference else None
    for header in (_header(reference, text.place.table), own):
        found = [by_name.get(_plain(name)) for name in header]
        if found and any(found):
            return tuple(roles or () for roles in found)
    return tuple(column.roles for column in kind.columns)


def _header(found: Document | None, table: int) -> tuple[str, ...]:
    if found is None or table >= len(found.tables):
        return ()
    return tuple(cell.text for cell in found.tables[table].header)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _columns(site: Site, view: View, url: str, item: Record, text: RecordText, cells: Cells) -> list[Column]:
    """The columns that have no place of their own on the page of a record."""
    raw = cells.get((item.type, item.id), ())
    known = {"subject", "scope", "remedy", "ignore"} | ({"symptom"} if item.symptoms else set())
    header = _header(site.kb.documents.get(text.lang, {}).get(text.place.path), text.place.table)
    result = []
    for number, roles in enumerate(column_roles(site, item, text)):
        if number < len(raw) and number < len(header) and raw[number] and not known.intersection(roles):
            result.append(Column(header[number], _resolved(site, view, url, text, raw[number])))
    return result


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
        found.setdefault(href, Link(href, heading or target.title, target.title if heading and heading != target.title else target.description))
    return list(found.values())


def _headings(view: View) -> dict[str, list[tuple[DocPath, str, str]]]:
    """Headings by the words in them."""
    found: dict[str, list[tuple[DocPath, str, str]]] = {}
    for path, document in view.documents.items():
        for heading in document.headings:
            for word in set(heading.title.replace("(", " ").replace(")", " ").split()):
                found.setdefault(word.strip(".,:;?!`'\"“”«»"), []).append((path, heading.anchor, heading.title))
    return found


def _mentions(
    site: Site, view: View, url: str, item: Record, text: RecordText, headings: Mapping[str, list[tuple[DocPath, str, str]]]
) -> list[Link]:
    """Pages that link to the row, and headings that name the record."""
    found: dict[str, Link] = {}
    for path, destinations in site.kb.links.get(text.lang, {}).items():
        if path in view.documents and any(
            one.state is LinkState.PAGE and one.path == text.place.path and one.anchor == item.id for one in destinations
        ):
            href = urls.relative(url, urls.document(view.lang, path))
            found[href] = Link(href, view.documents[path].title, view.documents[path].description)
    named = headings.get(item.id, [])
    for path, anchor, title in named if len(named) <= _COMMON else ():
        href = urls.relative(url, urls.document(view.lang, path), anchor)
        found.setdefault(href, Link(href, title, view.documents[path].title if view.documents[path].title != title else ""))
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
                if text is not None:
                    found[key] = Link(urls.relative(url, urls.record(view.lang, *key)), text.name or other.id, text.fields.get("scope", ""))
    return list(found.values())


def _languages(site: Site, view: View, url: str, item: Record) -> list[dict[str, Any]]:
    return [
        {"lang": lang, "name": other.name, "own": item.texts[lang].name, "href": urls.relative(url, urls.record(lang, item.type, item.id))}
        for lang, other in site.views.items()
        if lang != view.lang and lang in item.texts
    ]


def _original(site: Site, view: View, url: str, item: Record) -> dict[str, Any] | None:
    """The reference's row, beside a translation."""
    reference = site.reference
    if reference is None or reference == view.lang or view.lang not in item.texts or reference not in item.texts:
        return None
    text = item.texts[reference]
    return {
        "lang": reference, "language": status.language_name(reference, view.locale), "name": text.name, "scope": text.fields.get("scope", ""),
        "symptoms": text.symptoms, "remedy": text.remedy, "dir": site.views[reference].direction,
        "href": urls.relative(url, urls.record(reference, item.type, item.id)),
    }  # fmt: skip


def _notes(notes: Mapping[str, list[Finding]], text: RecordText) -> list[str]:
    """What checks found in the row."""
    lines = range(text.span.line, text.span.end_line + 1)
    return [finding.message for finding in notes.get(text.file, ()) if finding.span.line in lines]


