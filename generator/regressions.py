"""Searches that must keep working: a file of queries with the id each should find, asked of the index at every check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator import read
from generator.config import Config
from generator.errors import SiteError
from generator.indexes import indexes
from generator.located import Places, located
from generator.model import Finding, Lang, Span
from generator.search import Answer, Engine
from generator.site import Gathered
from generator.workers import Crew

_LOOK, _DEEP = 20, 200
_KEYS = {"query", "lang", "expect", "rank", "type"}


@dataclass(frozen=True, slots=True)
class Query:
    """A search, the id that it should find, the worst rank allowed, and where it is written."""

    query: str
    lang: Lang
    expect: str
    rank: int
    type: str
    span: Span


def searches_still_work(config: Config, gathered: Gathered, workers: Crew) -> Iterator[Finding]:
    """Ask every query of the site's file; one that finds its id too late or not at all is a finding.

    Raises SiteError where the file is missing or wrong.
    """
    queries = _queries(config)
    built = indexes(config, gathered, workers)
    engine = Engine.of_artifacts({lang: index.manifest for lang, index in built.by_lang.items()}, built.artifacts)
    for query in queries:
        wanted = {"type": query.type} if query.type else {}
        if 0 < _rank(query, engine.search(query.query, query.lang, limit=max(query.rank, _LOOK), **wanted)) <= query.rank:
            continue
        answer = engine.search(query.query, query.lang, limit=_DEEP, **wanted)
        found = _rank(query, answer)
        if not 0 < found <= query.rank:
            message = _message(query, found, answer, known=query.expect in built.by_lang[query.lang].ids)
            yield Finding("search-regression", config.queries, query.span, message, query.lang, query.query)


def _rank(query: Query, answer: Answer) -> int:
    """Where an answer has the expected id, from 1; 0 where it has not."""
    return next((number for number, hit in enumerate(answer.hits, 1) if hit.id == query.expect), 0)


def _message(query: Query, found: int, answer: Answer, *, known: bool) -> str:
    """Where the expected id is, which words of the query it lacks, and what others have that come before it."""
    place = f"at rank {found}" if 0 < found <= _LOOK else f"not among the first {_LOOK}"
    if not known:
        place, lacks = "no more", "nothing has this id"
    else:
        matched = answer.hits[found - 1].matched if found else ()
        words = [word["typed"] for word in answer.understood if word["typed"] not in matched]
        lacks = f"it lacks {', '.join(words)}" if words else "it has all words"
    above = answer.hits[: found - 1 if found else 3]
    stronger = "; ".join(f"{hit.id} has {', '.join(hit.matched) or 'other words'}" for hit in above[:3])
    reason = f"Before it: {stronger}." if stronger else "Nothing has its words any more."
    return f"“{query.query}” finds {query.expect} {place}, allowed is {query.rank}: {lacks}. {reason}"


def _queries(config: Config) -> tuple[Query, ...]:
    path = config.folder / config.queries
    text = read.text(path)
    if text is None:
        raise SiteError(f"{config.path}: search.queries: there is no file {config.queries}; create it or remove the key")
    value, places = located(path, text)
    if not isinstance(value, list):
        raise SiteError(f"{path}:1:1: this should be a list of queries: - {{query: …, lang: …, expect: …}}")
    langs = {language.lang for language in config.languages}
    return tuple(_query(path.name, item, number, places, langs) for number, item in enumerate(value))


def _query(name: str, item: object, number: int, places: Places, langs: set[Lang]) -> Query:
    line, column = places.get((number,), (1, 1))
    fault = _fault(item, langs)
    if fault or not isinstance(item, Mapping):
        raise SiteError(f"{name}:{line}:{column}: {fault}")
    values: Mapping[str, Any] = item
    span = Span(line, column, line, column + 1)
    return Query(values["query"], Lang(values["lang"]), values["expect"], int(values.get("rank", 1)), values.get("type", ""), span)


def _fault(item: object, langs: set[Lang]) -> str:
    """What is wrong with an entry, or nothing."""
    if not isinstance(item, Mapping):
        return "a query is written {query: …, lang: …, expect: …, rank: 3}"
    if unknown := sorted(set(item) - _KEYS):
        return f"{unknown[0]}: unknown key; known here: {', '.join(sorted(_KEYS))}"
    for key in ("query", "lang", "expect"):
        if not isinstance(item.get(key), str) or not item[key]:
            return f"{key}: is missing, or no text"
    if item["lang"] not in langs:
        return f"lang: the site has no language {item['lang']}; it has {', '.join(sorted(langs))}"
    rank = item.get("rank", 1)
    return "" if isinstance(rank, int) and not isinstance(rank, bool) and rank > 0 else "rank: should be a whole number from 1"
