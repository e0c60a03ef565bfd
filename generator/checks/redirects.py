"""Redirects lead straight to pages: no circles, no chains, no dead ends, and none in front of a page that is there."""

from __future__ import annotations

import csv
import posixpath
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import unquote

from msgspec import Struct

from generator import read
from generator.config import Config, LanguageConfig
from generator.model import DocPath, Finding, KnowledgeBase, NavItem, Span

_LONGEST: Final = 1 << 16
"""Letters of a line that are read: no address is as long."""


class Row(Struct, frozen=True):
    """A redirect: where it leads, and where source and destination stand in the list."""

    destination: str
    source_at: Span
    destination_at: Span


class Redirects(Struct, frozen=True):
    """A list of redirects: its file as findings name it, its rows by source, where another one would be added.

    `short` are lines that lead nowhere, `again` rows whose source stands above them, too.
    """

    file: str
    rows: Mapping[str, Row]
    end: Span
    short: tuple[Span, ...] = ()
    again: tuple[tuple[str, Row], ...] = ()


def redirects_lead_straight_to_pages(kb: KnowledgeBase, config: Config) -> Iterator[Finding]:
    """Circles, chains, dead ends, live sources and sources that stand twice in each language's list of redirects."""
    for language in config.languages:
        found = listed(language)
        for place in found.short:
            message = "This line has no destination; write source,destination, with a comma between them."
            yield Finding("link-redirect-dead", found.file, place, message, language.lang)
        for source, row in found.again:
            message = _twice(found.rows[source], row)
            yield Finding("link-redirect-duplicate", found.file, row.source_at, message, language.lang, source)
        ends, circles = _ends(found.rows)
        yield from _straight(language, found.file, found.rows, ends, circles)
        yield from _lead(language, found.file, found.rows, circles, published(kb, language))


def listed(language: LanguageConfig) -> Redirects:
    """The list of redirects of a language; an empty one where there is none."""
    name = language.redirects or "redirects.csv"
    text = read.text(language.repository / name) or ""
    end = text.count("\n") + 1
    rows, short, again = _rows(text)
    return Redirects(posixpath.normpath(posixpath.join(_repository(language), name)), rows, Span(end, 1, end, 1), short, again)


def published(kb: KnowledgeBase, language: LanguageConfig) -> Mapping[str, DocPath] | None:
    """The addresses, without their endings, at which a language's pages stand outside; None where site.yml doesn't say.

    `url_prefix` says what they begin with; with `url_paths: toc`, group ids of the table of contents follow, and the
    page's name; with `files`, its path.
    """
    if not language.url_prefix:
        return None
    prefix = language.url_prefix.rstrip("/")
    if language.url_paths == "files":
        return {f"{prefix}/{path.removesuffix('.md')}": path for path in kb.documents[language.lang]}
    return {f"{prefix}/{address}": path for address, path in _listed(kb.navigation[language.lang], "")}


def _listed(items: tuple[NavItem, ...], above: str) -> Iterator[tuple[str, DocPath]]:
    for item in items:
        if item.path is not None:
            yield above + posixpath.basename(item.path).removesuffix(".md"), item.path
        yield from _listed(item.children, f"{above}{item.id}/" if item.id else above)


def _twice(first: Row, row: Row) -> str:
    """What is wrong with a redirect whose source has another one above it."""
    if row.destination == first.destination:
        return f"Line {first.source_at.line} has the same redirect; remove one of the two."
    return f"Line {first.source_at.line} leads this address to {first.destination}, which is what counts here; keep the line that is meant."


def _straight(language: LanguageConfig, file: str, rows: Mapping[str, Row], ends: Mapping[str, str], circles: set[str]) -> Iterator[Finding]:
    for source, row in rows.items():
        if source in circles:
            message = "This redirect runs in a circle; let it end at a page."
            yield Finding("link-redirect-loop", file, row.source_at, message, language.lang, source)
        elif row.destination in rows and row.destination not in circles:
            message = f"This redirect leads to another one, at line {rows[row.destination].source_at.line}; lead it straight to the end."
            yield Finding("link-redirect-chain", file, row.destination_at, message, language.lang, row.destination, ends[source])


def _lead(
    language: LanguageConfig, file: str, rows: Mapping[str, Row], circles: set[str], live: Mapping[str, DocPath] | None
) -> Iterator[Finding]:
    """Dead destinations and live sources, as far as site.yml says which addresses are this language's."""
    if live is None:
        return
    named: dict[str, list[str]] = {}
    for address in live:
        named.setdefault(posixpath.basename(address), []).append(address)
    for source, row in rows.items():
        if page := live.get(stem(source)):
            message = f"{page} is published at this address, so nobody reads it; remove the redirect, or the page."
            yield Finding("link-redirect-shadow", file, row.source_at, message, language.lang, source)
        ours = row.destination.startswith(f"{language.url_prefix.rstrip('/')}/")
        if ours and row.destination not in rows and source not in circles and stem(row.destination) not in live:
            message = "No page is published at this address; lead the redirect to one that is."
            yield Finding("link-redirect-dead", file, row.destination_at, message, language.lang, row.destination, _meant(row.destination, named))


def _meant(address: str, named: Mapping[str, list[str]]) -> str:
    """The one address of a page with the same name, or nothing."""
    found = named.get(posixpath.basename(stem(address)), [])
    ending = posixpath.splitext(address.partition("#")[0])[1]
    return f"{found[0]}{ending if ending in ('.html', '.htm') else ''}" if len(found) == 1 else ""


def stem(address: str) -> str:
    """An address without query, fragment and ending."""
    bare = unquote(address.partition("#")[0].partition("?")[0]).rstrip("/")
    return bare.removesuffix(".html").removesuffix(".htm").removesuffix(".md")


def _rows(text: str) -> tuple[dict[str, Row], tuple[Span, ...], tuple[tuple[str, Row], ...]]:
    """Redirects by source, the places of lines without a destination, and redirects whose source stands above them; the header line is left out."""
    rows: dict[str, Row] = {}
    short: list[Span] = []
    again: list[tuple[str, Row]] = []
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for number, line in enumerate(lines, 1):  # each by itself: an address ends with its line, whatever quote is left open
        source, destination = (*(part.strip() for part in next(csv.reader([line[:_LONGEST]]), ())), "", "")[:2]
        if source and not destination and source.lower() != "source":
            short.append(Span(number, 1, number, len(line) + 1))
        elif source and source.lower() != "source":
            found = Row(destination, _span(line, source, number, 0), _span(line, destination, number, len(source)))
            if rows.setdefault(source, found) is not found:
                again.append((source, found))
    return rows, tuple(short), tuple(again)


def _span(line: str, address: str, number: int, start: int) -> Span:
    column = max(line.find(address, start), 0) + 1
    return Span(number, column, number, column + len(address))


def _repository(language: LanguageConfig) -> str:
    """The repository folder relative to site.yml, as findings name it."""
    up = len(language.root.relative_to(language.repository).parts) if language.root.is_relative_to(language.repository) else 0
    return "/".join(language.base.split("/")[:-up]) if up else language.base


def _ends(rows: Mapping[str, Row]) -> tuple[Mapping[str, str], set[str]]:
    """Where each redirect leads in the end, and those that run in a circle, which lead to themselves. Each is followed once."""
    ends: dict[str, str] = {}
    circles: set[str] = set()
    for first in rows:
        way: dict[str, None] = {}
        at = first
        while at in rows and at not in ends and at not in way:
            way[at] = None
            at = rows[at].destination
        passed = list(way)
        if at in way:
            circle = passed[passed.index(at) :]
            circles.update(circle)
            ends.update({source: source for source in circle})
            passed = passed[: -len(circle)]
        ends.update(dict.fromkeys(passed, ends.get(at, at)))
    return ends, circles
