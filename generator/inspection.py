"""Content -> findings, without a site: what `check` and `links` need, and no more of the program than that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from msgspec import Struct

from generator.cache import Cache, opened
from generator.config import Config
from generator.findings import CODES, everything
from generator.model import DocPath, Finding, KnowledgeBase
from generator.outlines import outlines
from generator.settling import Wanted, settled
from generator.workers import Crew, Watch, crew


class Ask(Struct, frozen=True):
    """Something that is looked for on request only, and the codes that are not complete without it."""

    codes: frozenset[str]
    look: Callable[[KnowledgeBase], Iterable[Finding]]


def inspect(
    config: Config, *, cache: bool = True, jobs: int = 0, wanted: Wanted = everything, asks: Sequence[Ask] = (), watch: Watch | None = None
) -> tuple[tuple[Finding, ...], KnowledgeBase]:
    """Findings and knowledge of a site. Checks that find none of the wanted codes are not run; `asks` are run besides.

    Where only findings about links are wanted, pages are read in outline: the knowledge has no records then, unless a link may lead to one.
    """
    links = all(code.startswith("link-") for code in CODES if wanted(code))
    with opened(config.folder, keep=cache) as store:
        findings, kb = (_links if links else _whole)(config, store, crew(jobs, watch=watch), wanted)
        asked = chain.from_iterable(ask.look(kb) for ask in asks)
        return settled(config, chain(findings, asked), kb, wanted, frozenset().union(*(ask.codes for ask in asks))), kb


def _links(config: Config, store: Cache, workers: Crew, wanted: Wanted) -> tuple[Iterator[Finding], KnowledgeBase]:
    finish = outlines(config, store, workers)
    from generator.checks import check  # noqa: PLC0415  loaded while pages are read

    kb = _with_rows(config, store, finish()) if config.records else finish()
    return check(kb, config, wanted), kb


def _with_rows(config: Config, store: Cache, kb: KnowledgeBase) -> KnowledgeBase:
    """The knowledge with the records that an anchor may lead to which outlines lack: it may be the id of a row."""
    fallback = kb.documents[kb.reference.lang] if kb.reference else {}
    lacking = {(lang, DocPath(one.path)) for lang, pages in kb.links.items() for found in pages.values() for one in found if one.fault == "link-missing-anchor"}
    shown = {(found.lang, found.path) for lang, path in lacking if (found := kb.documents[lang].get(path) or fallback.get(path))}
    if not shown:
        return kb
    from generator import site  # noqa: PLC0415  a tenth of a second that checks of links do without
    from generator.knowledge import knowledge  # noqa: PLC0415  the same

    if not any(site.may_hold_records(config, source) for page in sorted(shown) if (source := site.whole_source(config, *page))):
        return kb
    return knowledge(config, kb.trees, kb.documents, kb.navigation, (), site.records_of(config, kb.trees, store))


def _whole(config: Config, store: Cache, workers: Crew, wanted: Wanted) -> tuple[Iterator[Finding], KnowledgeBase]:
    from generator import checking, site  # noqa: PLC0415  a tenth of a second that checks of links do without

    gathered = site.gather(config, store, workers)
    compares = any(wanted(code) for code in CODES if code.startswith("translation-"))
    compared = checking.beside_references(config, gathered, workers) if compares else {}
    return checking.found(config, gathered, workers, compared, wanted), gathered.knowledge
