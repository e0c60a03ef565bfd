"""Every page beside its reference: findings of translation, in chunks of pages, kept by content.

A page is compared again only when it, its reference, or what the whole reference teaches about names has changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

import msgspec

from generator import __version__, read, site
from generator.alignment import align
from generator.checks import translation as checks
from generator.checks.translation.identifiers import Identifiers, Learnt, gather, learn
from generator.checks.translation.places import locate
from generator.config import Config
from generator.model import DocPath, Finding, Lang, Page
from generator.site import Gathered, Library
from generator.workers import Crew, Shared, crew

_ENCODER: Final = msgspec.msgpack.Encoder(order="sorted")
_FINDINGS: Final = msgspec.msgpack.Decoder(tuple[Finding, ...])
_LEARNT: Final = msgspec.msgpack.Decoder(Learnt)

Found = TypeVar("Found")
_Task = tuple[Lang, tuple[DocPath, ...]]


@dataclass(frozen=True, slots=True)
class _Work:
    """What a worker needs for any page: `identifiers` is None while they are being learnt."""

    library: Library
    reference: Lang | None
    identifiers: Identifiers | None
    digest: str


def check(config: Config, gathered: Gathered, workers: Crew) -> Iterator[Finding]:
    """What is wrong with the translated pages of a site, language by language and page by page."""
    identifiers = learnt(config, gathered, workers)
    reference = config.reference.lang if config.reference else None
    work = _Work(gathered.library, reference, identifiers, identifiers.digest if identifiers else "")
    tasks: list[_Task] = []
    for language in config.languages:
        if language.lang != reference:
            tasks += [(language.lang, chunk) for chunk in site.chunks(sorted(gathered.knowledge.documents[language.lang]))]
    yield from _each(_compare, work, tasks, workers)


def learnt(config: Config, gathered: Gathered, workers: Crew) -> Identifiers | None:
    """The names of the reference, None where the site has no reference."""
    if config.reference is None:
        return None
    lang = config.reference.lang
    work = _Work(gathered.library, lang, None, "")
    tasks: list[_Task] = [(lang, chunk) for chunk in site.chunks(sorted(gathered.knowledge.documents[lang]))]
    return gather(_each(_learn, work, tasks, workers), config)


def _each(
    do: Callable[[_Work, Lang, DocPath], tuple[Found, ...]], work: _Work, tasks: Sequence[_Task], workers: Crew
) -> Iterator[Found]:
    """What `do` gives for each page, in the order of the tasks."""
    few = sum(len(paths) for _, paths in tasks) < site.SMALL
    with workers.share(work) as shared:
        for found in (crew(1) if few else workers).run(_chunk, [(shared, do, *task) for task in tasks]):
            yield from found


def _chunk(
    task: tuple[Shared[_Work], Callable[[_Work, Lang, DocPath], tuple[Found, ...]], Lang, tuple[DocPath, ...]],
) -> list[Found]:
    shared, do, lang, paths = task
    work = shared.get()
    return [found for path in paths for found in do(work, lang, path)]


def _learn(work: _Work, lang: Lang, path: DocPath) -> tuple[Learnt, ...]:
    def make() -> bytes:
        return _ENCODER.encode(learn(work.library(lang, path)))

    key = _key("learnt", work.library.keys[lang, path])
    return (_LEARNT.decode(work.library.cache.blob(key, make)),)


def _compare(work: _Work, lang: Lang, path: DocPath) -> tuple[Finding, ...]:
    def make() -> bytes:
        return _ENCODER.encode(tuple(_findings(work, lang, path)))

    keys = work.library.keys
    original = keys.get((work.reference, path), "") if work.reference else ""
    key = _key("compared", keys[lang, path], original, work.digest)
    return _FINDINGS.decode(work.library.cache.blob(key, make))


def _key(what: str, *parts: str) -> str:
    return hashlib.sha256("\0".join((what, *parts, str(checks.VERSION), __version__)).encode()).hexdigest()


def _findings(work: _Work, lang: Lang, path: DocPath) -> Iterator[Finding]:
    """The findings of one page, at their exact places."""
    page = work.library(lang, path)
    original = work.library(work.reference, path) if work.reference and (work.reference, path) in work.library.keys else None
    if original is None or work.identifiers is None:
        found = tuple(checks.alone(page))
        alignment = align(page, page)
    else:
        found = tuple(checks.compare(original, page, work.identifiers))
        alignment = align(original, page)
    if found:
        ours = _lines(work, original) if original else ()
        yield from locate(found, alignment, ours, _lines(work, page))


def _lines(work: _Work, page: Page) -> tuple[str, ...]:
    """The lines of a page's source."""
    config, document = work.library.config, page.document
    language = next(item for item in config.languages if item.lang == document.lang)
    return tuple((read.text(language.root / document.path) or "").replace("\r\n", "\n").split("\n"))
