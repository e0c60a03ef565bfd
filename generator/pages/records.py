"""What pages show of a record: its words, its symptoms, its remedy with links and code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Final

from markupsafe import Markup
from msgspec import Struct

from generator.config import Column as Declared
from generator.config import localised
from generator.model import Document, PageKey, Part, Record, RecordText, Symptom
from generator.pages import blocks, body, shell, status, urls
from generator.pages.site import Site, View

Cells = Mapping[tuple[str, str], tuple[str, ...]]
"""The raw inner HTML of the cells of each record's row, by type and id; of one told outside of tables that of its parts."""


_BRIEF: Final = 280
"""So much of a remedy is said in the table of all records, where it is sections of a page."""


class Column(Struct, frozen=True):
    """A column of a record's table as the page of the record shows it."""

    header: str
    html: Markup


class Link(Struct, frozen=True):
    """A link: its address from the page, its words, and a line of explanation."""

    href: str
    title: str
    detail: str = ""


class Shown(Struct, frozen=True):
    """A record as templates show it, in the words of one language; `lang` is set where they are another language's.

    `brief` is the remedy for the table of all records.
    """

    type: str
    id: str
    label: str
    name: str
    href: str
    scope: str
    message: str
    symptoms: tuple[Link, ...]
    remedy: Markup
    brief: Markup
    commands: tuple[Markup, ...]
    logs: tuple[str, ...]
    ports: tuple[str, ...]
    codes: tuple[str, ...]
    lang: str = ""
    language: str = ""

    @property
    def signs(self) -> tuple[Link, ...]:
        """The symptoms that say more than the name does."""
        return tuple(symptom for symptom in self.symptoms if symptom.title != self.name)


def load_cells(site: Site, view: View) -> Cells:
    """The cells of all records of a language; every page that holds some is loaded once."""
    wanted: dict[PageKey, list[tuple[tuple[str, str], RecordText]]] = {}
    for key, item in site.records.items():
        text = text_of(site, view, item)
        wanted.setdefault((text.lang, text.place.path), []).append((key, text))
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for (lang, path), texts in wanted.items():
        page = site.load(lang, path)
        cells = body.cells(page)
        told = any(text.parts for _, text in texts)
        sections, accordions = (body.sections(page), body.accordions(page)) if told else ({}, {})
        for key, text in texts:
            row = f"{text.place.table}:{text.place.row}"
            titled = accordions.get("".join(text.name.split()), [])
            found[key] = tuple(_part(sections.get(part.anchor, titled), part) for part in text.parts) or cells.get(row, ())
    return found


def _part(pieces: Iterable[str], part: Part) -> str:
    """The HTML of a part, the first of some pieces of its page that is whole; its plain lines where they tell too little or are torn."""
    told = (html for html in pieces if blocks.whole(html, part.lines))
    return next(told, None) or "".join(f"<p>{escape(line)}</p>" for line in part.lines)


def text_of(site: Site, view: View, item: Record) -> RecordText:
    """A record's words for a language: its own, else the reference's, else any."""
    return item.texts.get(view.lang) or item.texts.get(site.reference or view.lang) or next(iter(item.texts.values()))


def symptom_text(site: Site, view: View, item: Symptom) -> str:
    """A symptom's words for a language: its own, else the reference's, else any."""
    return item.texts.get(view.lang) or item.texts.get(site.reference or view.lang) or next(iter(item.texts.values()), item.id)


def show(site: Site, view: View, url: str, item: Record, cells: Cells) -> Shown:
    """A record for the page at `url`."""
    text = text_of(site, view, item)
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
        message=text.message,
        symptoms=symptoms,
        remedy=remedy,
        brief=_brief(text.remedy) if text.parts else remedy,
        commands=tuple(shell.trusted(command) for command in blocks.commands(remedy)),
        logs=tuple(blocks.log_files(remedy)),
        ports=text.ports,
        codes=text.codes,
        lang=text.lang if borrowed else "",
        language=status.language_name(text.lang, view.locale) if borrowed else "",
    )


def _remedy(site: Site, view: View, url: str, item: Record, text: RecordText, cells: Cells) -> Markup:
    """The remedy with its links and code, from the cell; its plain lines where the cell tells too much or too little."""
    raw = cells.get((item.type, item.id), ())
    if text.parts:
        remedies = [(part, html) for part, html in zip(text.parts, raw, strict=False) if part.role == "remedy"]
        return _resolved(site, view, url, text, "".join(_headed(part.label if len(remedies) > 1 else "", html) for part, html in remedies))
    for number, roles in enumerate(column_roles(site, item, text)):
        if "remedy" in roles and number < len(raw):
            told = blocks.telling(raw[number], text.remedy)
            if told:
                return _resolved(site, view, url, text, told)
    return Markup("").join(Markup("<p>{}</p>").format(line) for line in text.remedy)


def _brief(lines: Sequence[str]) -> Markup:
    said = " ".join(lines)
    return Markup("<p>{}</p>").format(said if len(said) <= _BRIEF else f"{said[:_BRIEF].rstrip()}…") if said else Markup("")


def _headed(label: str, html: str) -> str:
    return f'<h3 class="minor">{escape(label)}</h3>{html}' if label else html


def _resolved(site: Site, view: View, url: str, text: RecordText, html: str) -> Markup:
    place = body.Place(url, text.lang, text.place.path)
    return shell.trusted(body.resolve(site, view, place, html, anchors=False))


def column_roles(site: Site, item: Record, text: RecordText) -> tuple[tuple[str, ...], ...]:
    """The roles of each column of a record's table: by the reference's headers, else by their order."""
    kind = site.types.get(item.type)
    own = _header(site.kb.documents.get(text.lang, {}).get(text.place.path), text.place.table)
    if kind is None:
        return tuple(() for _ in own)
    by_name = {_plain(column.header): _roles(column) for column in kind.columns}
    reference = site.kb.documents.get(site.reference, {}).get(text.place.path) if site.reference else None
    for header in (_header(reference, text.place.table), own):
        found = [by_name.get(_plain(name)) for name in header]
        if found and any(found):
            return tuple(roles or () for roles in found)
    return tuple(_roles(column) for column in kind.columns)


def _roles(column: Declared) -> tuple[str, ...]:
    """The roles of a column and of the parts that its expression finds in a cell."""
    return (*column.roles, *re.compile(column.split).groupindex)


def _header(found: Document | None, table: int) -> tuple[str, ...]:
    if found is None or not 0 <= table < len(found.tables):
        return ()
    return tuple(cell.text for cell in found.tables[table].header)


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def columns(site: Site, view: View, url: str, item: Record, text: RecordText, cells: Cells) -> list[Column]:
    """The columns that have no place of their own on the page of a record; the other parts of one told outside of tables."""
    raw = cells.get((item.type, item.id), ())
    if text.parts:
        others = [(part, html) for part, html in zip(text.parts, raw, strict=False) if part.role not in ("remedy", "scope")]
        return [Column(part.label, _resolved(site, view, url, text, html)) for part, html in others]
    known = {"subject", "scope", "remedy", "ignore"} | ({"symptom"} if item.symptoms else set())
    said = {role for role in ("code", "message") if text.fields.get(role) in (text.name, text.message)}
    header = _header(site.kb.documents.get(text.lang, {}).get(text.place.path), text.place.table)
    result = []
    for number, roles in enumerate(column_roles(site, item, text)):
        if number < len(raw) and number < len(header) and raw[number] and not known.intersection(roles) and not said.issuperset(roles):
            result.append(Column(header[number], _resolved(site, view, url, text, raw[number])))
    return result
