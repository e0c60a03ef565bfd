"""Searches that must keep working: a file of queries with the id each should find, asked of the index at every check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from generator import read
from generator.cache import Cache, key_of
from generator.config import Config
from generator.errors import SiteError
from generator.indexes import Indexes, indexes
from generator.located import Places, located
from generator.model import Finding, Lang, Span
from generator.search import Answer, Engine
from generator.site import Gathered
from generator.workers import Crew, Shared, crew

_ENCODER: Final = msgspec.msgpack.Encoder()
_FOUND: Final = msgspec.msgpack.Decoder(tuple[Finding, ...])
_LOOK, _DEEP = 20, 200
_FEW: Final = 20
"""Queries that are asked sooner than processes are made."""
_KEYS = {"query", "lang", "expect", "rank", "type"}


class Query(Struct, frozen=True):
    """A search, the id that it should find, the worst rank allowed, and where it is written."""

    query: str
    lang: Lang
    expect: str
    rank: int
    type: str
    span: Span


class _Work(Struct, frozen=True):
    """What asking needs: the indexes, where answers are kept, the reference, whose index others read too, and the name of the file."""

    built: Indexes
    cache: Cache
    reference: Lang | None
    name: str


_Group = tuple[Query, ...]
"""The queries of a language."""


def searches_still_work(config: Config, gathered: Gathered, workers: Crew) -> Iterator[Finding]:
    """Ask every query of the site's file; one that finds its id too late or not at all is a finding.

    What the queries of a language find is kept while its index is the same. Raises SiteError where the file is missing or wrong.
    """
    asked: dict[Lang, list[Query]] = {}
    for query in _queries(config):
        asked.setdefault(query.lang, []).append(query)
    work = _Work(indexes(config, gathered, workers), gathered.library.cache, config.reference.lang if config.reference else None, config.queries)
    groups = [tuple(group) for group in asked.values()]
    fresh = [group for group in groups if not work.cache.has(_key(work, group))]
    few = crew(1) if sum(map(len, fresh)) < _FEW else workers
    with few.share(work) as shared:
        for _ in few.run(_ask, [(shared, part) for part in (fresh[number :: few.jobs] for number in range(few.jobs)) if part]):
            pass
    for group in groups:
        yield from _FOUND.decode(work.cache.blob(_key(work, group), partial(_again, work, group)))


def _key(work: _Work, group: _Group) -> str:
    """What the queries of a language find is kept under these, and under every byte of the indexes that they read."""
    langs = dict.fromkeys((group[0].lang, work.reference or group[0].lang))
    files = (file for lang in langs for file in work.built.by_lang[lang].artifacts)
    return key_of("searches", work.name, _ENCODER.encode(group), *(part for file in files for part in (file.path, file.data)))


def _ask(task: tuple[Shared[_Work], Sequence[_Group]]) -> None:
    """Ask the queries of some languages, of one engine; keep what they find."""
    shared, groups = task
    work = shared.get()
    with closing(_engine(work)) as engine:
        for group in groups:
            work.cache.write(_key(work, group), _answers(work, engine, group))


def _again(work: _Work, group: _Group) -> bytes:
    """The findings of the queries of a language whose entry is damaged."""
    with closing(_engine(work)) as engine:
        return _answers(work, engine, group)


def _engine(work: _Work) -> Engine:
    return Engine.of_artifacts({lang: index.manifest for lang, index in work.built.by_lang.items()}, work.built.artifacts)


def _answers(work: _Work, engine: Engine, group: _Group) -> bytes:
    """The findings of the queries of a language, encoded."""
    return _ENCODER.encode([finding for query in group if (finding := _answer(work, engine, query))])


def _answer(work: _Work, engine: Engine, query: Query) -> Finding | None:
    wanted = {"type": query.type} if query.type else {}
    if 0 < _rank(query, engine.search(query.query, query.lang, limit=max(query.rank, _LOOK), **wanted)) <= query.rank:
        return None
    answer = engine.search(query.query, query.lang, limit=_DEEP, **wanted)
    found = _rank(query, answer)
    if 0 < found <= query.rank:
        return None
    message = _message(query, found, answer, known=query.expect in work.built.by_lang[query.lang].ids)
    return Finding("search-regression", work.name, query.span, message, query.lang, query.query)


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
    path = config.path.parent / config.queries
    text = read.text(path)
    if text is None:
        _, places = located(config.path, read.text(config.path) or "")
        line, column = places.get(("search", "queries"), (1, 1))
        raise SiteError(f"{config.path}:{line}:{column}: search.queries: there is no file {config.queries}; create it or remove the key")
    value, places = located(path, text)
    if not isinstance(value, list):
        raise SiteError(f"{path}:1:1: this should be a list of queries: - {{query: …, lang: …, expect: …}}")
    langs = {language.lang for language in config.languages}
    return tuple(_query(path, item, number, places, langs) for number, item in enumerate(value))


def _query(path: Path, item: object, number: int, places: Places, langs: set[Lang]) -> Query:
    line, column = places.get((number,), (1, 1))
    fault = _fault(item, langs)
    if fault or not isinstance(item, Mapping):
        raise SiteError(f"{path}:{line}:{column}: {fault}")
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
