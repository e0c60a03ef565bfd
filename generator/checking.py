"""The checks of a whole site: of its knowledge, of each translation beside its reference, of searches that have to work."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from generator.checks import check
from generator.config import Config
from generator.findings import everything
from generator.mending import CODES as MENDED
from generator.mending import mended
from generator.model import Finding, PageKey
from generator.settling import Wanted, settled
from generator.site import Gathered
from generator.workers import Crew

if TYPE_CHECKING:
    from generator.translations import Compared

Comparisons = Mapping[PageKey, "Compared"]
"""The translated pages of a site beside their references."""


def beside_references(config: Config, gathered: Gathered, workers: Crew, *, texts: bool = False) -> Comparisons:
    """Each translated page beside its reference; with `texts` they are kept for pages that show both."""
    from generator import translations  # noqa: PLC0415  a tenth of a second that checks of links don't need

    return translations.compared(config, gathered, workers, beside=texts)


def found(
    config: Config, gathered: Gathered, workers: Crew, compared: Comparisons, wanted: Wanted = everything, *, searched: Callable[[], Gathered] | None = None
) -> Iterator[Finding]:
    """What the checks of the whole site find, then those of each page beside its reference, which explain some of the first.

    Last the searches that no longer work; `searched` gives the site as its readers search it, where that is known already.
    """
    explains = wanted("translation-structure") and wanted("translation-link")
    told = {(lang, *one) for (lang, _), page in compared.items() for one in page.told} if explains else set()
    yield from (finding for finding in check(gathered.knowledge, config, wanted) if (finding.lang, finding.code, finding.target) not in told)
    for page in compared.values():
        yield from page.findings
    if config.queries and wanted("search-regression"):
        from generator.regressions import searches_still_work  # noqa: PLC0415  the search is loaded where it is asked

        yield from searches_still_work(config, searched() if searched else shown(config, gathered, workers, compared), workers)


def shown(config: Config, gathered: Gathered, workers: Crew, compared: Comparisons | None = None) -> Gathered:
    """A site as its readers see and search it: names that translations changed are put right, unless site.yml says otherwise."""
    if not config.mend:
        return gathered
    pages = compared or beside_references(config, gathered, workers)
    findings = [*check(gathered.knowledge, config, MENDED.__contains__), *(finding for page in pages.values() for finding in page.findings)]
    return mended(config, gathered, settled(config, iter(findings), gathered.knowledge, MENDED.__contains__), workers)
