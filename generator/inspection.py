"""Content -> findings, without a site: what `check` and `links` need, and no more of the program than that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from generator import site
from generator.checks import check, everything
from generator.config import Config
from generator.findings import CODES, ONLINE, SINCE, settle
from generator.mending import CODES as MENDED
from generator.mending import mended
from generator.merging import merged
from generator.model import DocPath, Finding, KnowledgeBase, Lang
from generator.outlines import outlines
from generator.site import Gathered
from generator.suppressions import idle_rules, suppress
from generator.workers import Crew, crew

if TYPE_CHECKING:
    from generator.translations import Compared

Comparisons = Mapping[tuple[Lang, DocPath], "Compared"]
"""The translated pages of a site beside their references."""
Wanted = Callable[[str], bool]
"""Whether findings of a code are wanted."""


@dataclass(frozen=True, slots=True)
class Ask:
    """Something that is looked for on request only, and the codes that are not complete without it."""

    codes: frozenset[str]
    look: Callable[[KnowledgeBase], Iterable[Finding]]



def inspect(
    config: Config, *, cache: bool = True, jobs: int = 0, wanted: Wanted = everything, asks: Sequence[Ask] = ()
) -> tuple[tuple[Finding, ...], KnowledgeBase]:
    """Findings and knowledge of a site. Checks that find none of the wanted codes are not run; `asks` are run besides.

    Where only findings about links are wanted, pages are read in outline: the knowledge has no records then.
    """
    with site.cache(config, keep=cache) as store:
        workers = crew(jobs)
        if all(code.startswith("link-") for code in CODES if wanted(code)):
            kb = outlines(config, store, workers)
            return settled(config, chain(check(kb, config, wanted), _asked(asks, kb)), kb, wanted, asks), kb
        gathered = site.gather(config, store, workers)
        compared = beside_references(config, gathered, workers) if any(wanted(code) for code in CODES if code.startswith("translation-")) else {}
        findings = found(config, gathered, workers, compared, wanted)
        kb = gathered.knowledge
        return settled(config, chain(findings, _asked(asks, kb)), kb, wanted, asks), kb


def _asked(asks: Sequence[Ask], kb: KnowledgeBase) -> Iterator[Finding]:
    return chain.from_iterable(ask.look(kb) for ask in asks)


def settled(
    config: Config, findings: Iterator[Finding], kb: KnowledgeBase, wanted: Wanted = everything, asks: Sequence[Ask] = ()
) -> tuple[Finding, ...]:
    """The findings that no comment ignores, with the severities of site.yml, sorted; comments and rules that are idle are some too.

    A comment or a rule about something that nobody looked for is not idle.
    """
    unasked = (ONLINE | SINCE).difference(*(ask.codes for ask in asks))

    def runs(code: str) -> bool:
        return wanted(code) and code not in unasked

    left = list(suppress(findings, kb, config, runs))
    if wanted is everything:
        left += idle_rules(left, config, runs)
    return tuple(merged(settle((finding for finding in left if wanted(finding.code)), config.severity)))


def beside_references(config: Config, gathered: Gathered, workers: Crew, *, texts: bool = False) -> Comparisons:
    """Each translated page beside its reference; with `texts` they are kept for pages that show both."""
    from generator import translations  # noqa: PLC0415  a tenth of a second that checks of links don't need

    return translations.compared(config, gathered, workers, beside=texts)


def found(config: Config, gathered: Gathered, workers: Crew, compared: Comparisons, wanted: Wanted = everything) -> Iterator[Finding]:
    """What the checks of the whole site find, then those of each page beside its reference."""
    yield from check(gathered.knowledge, config, wanted)
    for page in compared.values():
        yield from page.findings
    if config.queries and wanted("search-regression"):
        from generator.regressions import searches_still_work  # noqa: PLC0415  the search is loaded where it is asked

        yield from searches_still_work(config, shown(config, gathered, workers, compared), workers)


def shown(config: Config, gathered: Gathered, workers: Crew, compared: Comparisons | None = None) -> Gathered:
    """A site as its readers see and search it: names that translations changed are put right, unless site.yml says otherwise."""
    if not config.mend:
        return gathered
    pages = compared or beside_references(config, gathered, workers)
    findings = [*check(gathered.knowledge, config, MENDED.__contains__), *(finding for page in pages.values() for finding in page.findings)]
    return mended(config, gathered, settled(config, iter(findings), gathered.knowledge, MENDED.__contains__), workers)
