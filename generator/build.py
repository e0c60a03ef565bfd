"""The whole pipeline as one short function: read this first."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

import msgspec

from generator import addresses, compressing, site
from generator.cache import opened
from generator.checking import Comparisons, beside_references, found
from generator.config import Config
from generator.exports import site_data
from generator.findings import fails
from generator.indexes import indexes
from generator.joining import joined
from generator.mending import mended
from generator.model import Artifact, Finding, PageKey
from generator.pages import Inputs, SearchFiles, Translations, copies
from generator.publish.staging import Standing
from generator.publish.swap import WriteReport, write_site
from generator.search import current, scripts_for
from generator.settling import settled
from generator.site import Gathered
from generator.translations import Beside
from generator.workers import Crew, crew

_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(tuple[Artifact, ...])


@dataclass(frozen=True, slots=True)
class Options:
    """How to build.

    `output` None means what site.yml says; `jobs` 0 means one process for each core, `executor` is the address of a
    dask scheduler that works instead.
    """

    output: Path | None = None
    jobs: int = 0
    cache: bool = True
    keep_going: bool = False
    strict: bool = False
    executor: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What a build found and did.

    `gathered` is the site as it is shown, `inputs` what its pages were made of; that and `written` are None where findings stopped it.
    `seconds` says where the time went.
    """

    findings: tuple[Finding, ...]
    gathered: Gathered
    inputs: Inputs | None
    written: WriteReport | None
    seconds: Mapping[str, float]


def build(config: Config, options: Options) -> Result:
    """Parse, check, generate. Nothing is written when findings fail the build, unless told to keep going.

    Raises PublishError where the output cannot be written, SiteError where what site.yml asks for is not installed; the old site is untouched then.
    """
    clock = _Clock()
    compressing.check(config.compress)
    workers = crew(options.jobs, options.executor)
    with opened(config.folder, keep=options.cache) as store:
        gathered = site.gather(config, store, workers)
        clock.mark("read and parse")
        compared = beside_references(config, gathered, workers, texts=config.compare != "none")
        findings = settled(config, found(config, gathered, workers, compared), gathered.knowledge)
        clock.mark("check")
        known = translations(config, gathered, findings, compared)
        gathered = mended(config, gathered, findings, workers)
        clock.mark("mend")
        if fails(findings, strict=options.strict) and not options.keep_going:
            return Result(findings, gathered, None, None, clock.seconds)
        output = options.output or config.output
        with workers.aside(lambda: _ENCODER.encode(indexes(config, gathered, workers).artifacts)) as index:
            inputs = page_inputs(config, gathered, known)
            files = artifacts(inputs, gathered.library.keys, index, output, workers, clock)
            written = write_site(compressing.with_copies(files, config.compress, Path(os.path.realpath(output)), store) if config.compress else files, output)
        clock.mark("write")
        return Result(findings, gathered, inputs, written, clock.seconds)


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
    return Inputs(kb, config, gathered.library, search, known, copies(kb, config), cache)


def artifacts(
    inputs: Inputs, keys: Mapping[PageKey, str], index: Callable[[], bytes], output: Path, workers: Crew, clock: _Clock
) -> Iterator[Artifact | Standing]:
    """Every file of the site, one at a time; those that stand already in `output` are only named. `index` waits for those of the search."""
    yield from site_data(inputs.kb, inputs.config, addresses)
    clock.mark("data")
    yield from joined(inputs, keys, Path(os.path.realpath(output)), workers)
    clock.mark("pages")
    yield from _DECODER.decode(index())
    clock.mark("index")


def reference(config: Config) -> str:
    """The reference language, else the first: the one whose words every search box understands."""
    return (config.reference or config.languages[0]).lang


class _Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = perf_counter()

    def mark(self, stage: str) -> None:
        """End a stage."""
        now = perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
        self._last = now
