"""Content -> findings, without a site: what `check` and `links` need, and no more of the program than that."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator import site
from generator.checks import check, everything
from generator.config import Config
from generator.findings import CODES, settle
from generator.mending import CODES as MENDED
from generator.mending import mended
from generator.model import Finding, KnowledgeBase
from generator.outlines import outlines
from generator.site import Gathered
from generator.suppressions import idle_rules, suppress
from generator.workers import Crew, crew

Wanted = Callable[[str], bool]
"""Whether findings of a code are wanted."""


def inspect(config: Config, *, cache: bool = True, jobs: int = 0, wanted: Wanted = everything) -> tuple[tuple[Finding, ...], KnowledgeBase]:
    """Findings and knowledge of a site. Checks that find none of the wanted codes are not run.

    Where only findings about links are wanted, pages are read in outline: the knowledge has no records then.
    """
    with site.cache(config, keep=cache) as store:
        workers = crew(jobs)
        if all(code.startswith("link-") for code in CODES if wanted(code)):
            kb = outlines(config, store, workers)
            return settled(config, check(kb, config, wanted), kb, wanted), kb
        gathered = site.gather(config, store, workers)
        return settled(config, found(config, gathered, workers, wanted), gathered.knowledge, wanted), gathered.knowledge


def settled(config: Config, findings: Iterator[Finding], kb: KnowledgeBase, wanted: Wanted = everything) -> tuple[Finding, ...]:
    """The findings that no comment ignores, with the severities of site.yml, sorted; comments and rules that are idle are some too."""
    left = list(suppress(findings, kb, config, wanted))
    if wanted is everything:
        left += idle_rules(left, config)
    return settle((finding for finding in left if wanted(finding.code)), config.severity)


def found(config: Config, gathered: Gathered, workers: Crew, wanted: Wanted = everything) -> Iterator[Finding]:
    """What the checks of the whole site find, then those of each page beside its reference."""
    yield from check(gathered.knowledge, config, wanted)
    if any(wanted(code) for code in CODES if code.startswith("translation-")):
        from generator import translations  # noqa: PLC0415  a tenth of a second that checks of links don't need

        yield from translations.check(config, gathered, workers)
    if config.queries and wanted("search-regression"):
        from generator.regressions import searches_still_work  # noqa: PLC0415  the search is loaded where it is asked

        yield from searches_still_work(config, shown(config, gathered, workers), workers)


def shown(config: Config, gathered: Gathered, workers: Crew) -> Gathered:
    """A site as its readers see and search it: names that translations changed are put right, unless site.yml says otherwise."""
    if not config.mend:
        return gathered
    from generator import translations  # noqa: PLC0415  a tenth of a second that checks of links don't need

    findings = [*check(gathered.knowledge, config, MENDED.__contains__), *translations.check(config, gathered, workers)]
    return mended(config, gathered, settled(config, iter(findings), gathered.knowledge, MENDED.__contains__), workers)
