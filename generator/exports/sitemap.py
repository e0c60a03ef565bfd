"""sitemap.xml: every page that exists in its own words and is not hidden, with its counterparts in the other languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from html import escape
from itertools import islice
from typing import Final

from generator.config import Config
from generator.exports.addressing import Addresses, absolute
from generator.model import Artifact, DocPath, KnowledgeBase, Lang

CHUNK: Final = 10_000
"""Addresses a file: search engines take 50,000, and 50 MB, which many languages reach first."""

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'

Page = tuple[Sequence[Lang], Callable[[Lang], str]]
"""The languages that have a page, and its address in each."""


def sitemap(kb: KnowledgeBase, config: Config, where: Addresses, limit: int = CHUNK) -> Iterator[Artifact]:
    """The sitemap; an index and parts where there are more than `limit` pages; nothing where the site has no `url`."""
    if not config.url:
        return
    entries = _entries(kb, config, where)
    parts: list[str] = []
    held: Artifact | None = None
    while chunk := tuple(islice(entries, limit)):
        parts.append(f"sitemap-{len(parts) + 1}.xml")
        if held:
            yield held
        xhtml = 'xmlns:xhtml="http://www.w3.org/1999/xhtml"'
        held = Artifact(parts[-1], f"{_HEAD}<urlset {_SPACE} {xhtml}>\n{''.join(chunk)}</urlset>\n".encode())
    if held and len(parts) == 1:
        yield Artifact("sitemap.xml", held.data)
        return
    if held:
        yield held
    places = "".join(f"<sitemap><loc>{escape(absolute(config.url, part), quote=False)}</loc></sitemap>\n" for part in parts)
    yield Artifact("sitemap.xml", f"{_HEAD}<sitemapindex {_SPACE}>\n{places}</sitemapindex>\n".encode())


def _entries(kb: KnowledgeBase, config: Config, where: Addresses) -> Iterator[str]:
    reference = kb.reference.lang if kb.reference else None
    for langs, address in _pages(kb, config, where):
        places = [(lang, escape(absolute(config.url, address(lang)))) for lang in langs]
        alternates = [*places, *(("x-default", place) for lang, place in places if lang == reference)]
        links = "".join(f'<xhtml:link rel="alternate" hreflang="{lang}" href="{place}"/>\n' for lang, place in alternates)
        for _, place in places:
            yield f"<url>\n<loc>{place}</loc>\n{links if len(places) > 1 else ''}</url>\n"


def _pages(kb: KnowledgeBase, config: Config, where: Addresses) -> Iterator[Page]:
    order = [language.lang for language in kb.languages]
    yield order, where.home
    for kind in config.records:
        records = kb.records.get(kind.name, ())
        if records:
            yield order, lambda lang, kind=kind.name: where.record_list(lang, kind)  # type: ignore[misc]
        for record in records:
            yield _in(order, record.texts), lambda lang, item=record: where.record(lang, item.type, item.id)  # type: ignore[misc]
    if kb.symptoms:
        yield order, where.symptom_list
    for symptom in kb.symptoms:
        yield _in(order, symptom.texts), lambda lang, name=symptom.id: where.symptom(lang, name)  # type: ignore[misc]
    paths: dict[DocPath, None] = dict.fromkeys(path for lang in order for path in sorted(kb.documents.get(lang, {})))
    for path in paths:
        langs = [lang for lang in order if (found := kb.documents.get(lang, {}).get(path)) and not found.hidden]
        yield langs, lambda lang, path=path: where.document(lang, path)  # type: ignore[misc]


def _in(order: Sequence[Lang], texts: Iterable[Lang]) -> Sequence[Lang]:
    found = set(texts)
    return [lang for lang in order if lang in found]
