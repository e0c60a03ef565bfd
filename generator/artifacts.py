"""Every file of a site: what its pages are made of, and one file after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from generator import addresses
from generator.checking import Comparisons
from generator.config import Config
from generator.exports import site_data
from generator.joining import joined
from generator.model import Artifact, Finding
from generator.pages import Inputs, SearchFiles, Translations, copies
from generator.publish.standing import Old, Standing, old
from generator.search import current, scripts_for
from generator.site import Gathered, Library
from generator.translations import Beside
from generator.workers import Crew


def translations(config: Config, gathered: Gathered, findings: Iterable[Finding], compared: Comparisons) -> Translations:
    """What pages say of translations; both texts are those of the sources, before anything is mended."""
    by_file: dict[str, tuple[Finding, ...]] = {}
    for finding in findings:
        if finding.code.startswith("translation-"):
            by_file[finding.file] = (*by_file.get(finding.file, ()), finding)
    parts = {key: page.parts for key, page in compared.items() if page.parts}
    return Translations(by_file, parts, Beside(gathered.library, config.reference.lang) if config.reference else None)


def page_inputs(config: Config, gathered: Gathered, known: Translations) -> Inputs:
    """All that pages are made of. Reads the files that they show."""
    kb, cache = gathered.knowledge, gathered.library.cache
    search = {lang: SearchFiles(current(lang), scripts_for(lang, reference(config), vectors=config.semantic)) for lang in kb.documents}
    return Inputs(kb, config, gathered.library.body, search, known, copies(kb, config), cache)


def artifacts(
    inputs: Inputs, library: Library, searched: Callable[[Old], Iterable[Artifact | Standing]], before: Path, workers: Crew, begin: Callable[[str], None]
) -> Iterator[Artifact | Standing]:
    """Every file of the site, one at a time; those that stand already in the site `before` are only named.

    `searched` waits for those of the search. `begin` hears of each stage.
    """
    site_before = old(before)
    yield from site_data(inputs.kb, inputs.config, addresses)
    begin("pages")
    yield from joined(inputs, library, site_before, workers)
    begin("index")
    yield from searched(site_before)
    begin("write")


def reference(config: Config) -> str:
    """The reference language, else the first: the one whose words every search box understands."""
    return (config.reference or config.languages[0]).lang
