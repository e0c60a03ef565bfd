"""Redirects lead straight to pages: no circles, no chains, no dead ends."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from generator import read
from generator.config import Config, LanguageConfig
from generator.model import Finding, KnowledgeBase, Span


def redirects_lead_straight_to_pages(kb: KnowledgeBase, config: Config) -> Iterator[Finding]:
    """Circles and chains in each language's list of redirects."""
    del kb
    for language in config.languages:
        text = read.text(language.repository / (language.redirects or "redirects.csv"))
        if text:
            yield from _list(language, text)


def _list(language: LanguageConfig, text: str) -> Iterator[Finding]:
    name = language.redirects or "redirects.csv"
    above = "" if language.repository == language.root else _repository(language)
    file = f"{above or language.base}/{name}"
    rows: dict[str, tuple[str, int]] = {}
    for number, row in enumerate(csv.reader(io.StringIO(text)), 1):
        if len(row) >= 2 and row[0].strip() and row[0].strip().lower() != "source":  # noqa: PLR2004  source and destination
            rows.setdefault(row[0].strip(), (row[1].strip(), number))
    circles = {source for source in rows if _circles(source, rows)}
    for source, (destination, number) in rows.items():
        span = Span(number, 1, number, len(source) + 1)
        if source in circles:
            yield Finding("link-redirect-loop", file, span, "This redirect runs in a circle; let it end at a page.", language.lang, source)
        elif destination in rows and destination not in circles:
            end = _end(destination, rows)
            message = f"This redirect leads to another one; lead it straight to {end}."
            yield Finding("link-redirect-chain", file, span, message, language.lang, source, end)


def _repository(language: LanguageConfig) -> str:
    """The repository folder relative to site.yml, as findings name it."""
    up = len(language.root.relative_to(language.repository).parts) if language.root.is_relative_to(language.repository) else 0
    return "/".join(language.base.split("/")[:-up]) if up else language.base


def _circles(source: str, rows: Mapping[str, tuple[str, int]]) -> bool:
    seen = {source}
    at = rows[source][0]
    while at in rows:
        if at in seen:
            return at == source
        seen.add(at)
        at = rows[at][0]
    return False


def _end(source: str, rows: Mapping[str, tuple[str, int]]) -> str:
    seen = set()
    while source in rows and source not in seen:
        seen.add(source)
        source = rows[source][0]
    return source
