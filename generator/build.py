"""The whole pipeline as one short function: read this first."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from generator import compressing, site
from generator.cache import opened
from generator.checking import beside_references, found, shown
from generator.config import Config
from generator.findings import fails
from generator.model import Artifact, Finding
from generator.publish.standing import Old, Standing, named, old, stands
from generator.publish.swap import WriteReport, write_site
from generator.settling import settled
from generator.site import Gathered
from generator.workers import Crew, crew

if TYPE_CHECKING:
    from generator.pages import Inputs

_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(tuple[tuple[Standing, ...], tuple[Artifact, ...]])


Watch = Callable[[str, int, int], None]
"""Hears of a stage how many of its tasks are done."""


class Options(Struct, frozen=True):
    """How to build.

    `output` None means what site.yml says; `jobs` 0 means one process for each core, `executor` is the address of a
    dask scheduler that works instead. `watch` hears of each stage that begins (0 of 0), and of each task of it that is done; `found` of the
    findings as soon as they are known, before the site is written. `known` are SHA-256 digests of files that were read a moment ago, by full path.
    """

    output: Path | None = None
    jobs: int = 0
    cache: bool = True
    keep_going: bool = False
    strict: bool = False
    executor: str = ""
    watch: Watch | None = None
    found: Callable[[tuple[Finding, ...]], None] | None = None
    known: Mapping[str, bytes] = {}


class Result(Struct, frozen=True):
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

    The index is made beside the checks: most builds need it, and those that fail drop it.
    Raises PublishError where the output cannot be written, SiteError where what site.yml asks for is not installed; the old site is untouched then.
    """
    clock = _Clock("read and parse", options.watch)
    compressing.check(config.compress)
    workers = crew(options.jobs, options.executor, clock.step)
    with opened(config.folder, keep=options.cache) as store:
        gathered = site.gather(config, store, workers, options.known)
        clock.begin("compare")
        compared = beside_references(config, gathered, workers, texts=config.compare != "none")
        clock.begin("mend")
        mended, silent = shown(config, gathered, workers, compared), replace(workers, watch=None)
        output = options.output or config.output
        before = Path(os.path.realpath(output))
        index = partial(_indexed, config, mended, silent, before)
        with workers.aside(index) as making:
            from generator.artifacts import artifacts, page_inputs, translations  # noqa: PLC0415  what makes pages is loaded beside the index

            clock.begin("check")
            made = cache(making) if config.queries else making
            findings = settled(config, found(config, gathered, workers, compared, searched=partial(_searchable, mended, made)), gathered.knowledge)
            if options.found:
                options.found(findings)
            if fails(findings, strict=options.strict) and not options.keep_going:
                return Result(findings, mended, None, None, clock.end())
            clock.begin("data")
            inputs = page_inputs(config, mended, translations(config, gathered, findings, compared))
            files = artifacts(inputs, mended.library, partial(_searched, (made, index)), before, workers, clock.begin)
            if config.compress:
                files = compressing.with_copies(files, config.compress, before, store)
            written = write_site(files, output, before=store.folder / "site-before" if options.cache else None)
        return Result(findings, mended, inputs, written, clock.end())


def _searchable(gathered: Gathered, index: Callable[[], bytes]) -> Gathered:
    """A site whose index is there."""
    index()
    return gathered


def _indexed(config: Config, gathered: Gathered, workers: Crew, before: Path) -> bytes:
    """The files of the search, encoded: those that stand in the site before by name, the others whole."""
    from generator.indexes import indexes  # noqa: PLC0415  a copy of this process makes them, and it alone needs numpy

    files, site_before = indexes(config, gathered, workers).artifacts, old(before)
    standing = [found for file in files if stands(site_before, found := named(file.path, file.data))]
    names = {file.path for file in standing}
    return _ENCODER.encode((standing, [file for file in files if file.path not in names]))


def _searched(ways: Sequence[Callable[[], bytes]], site_before: Old) -> Iterator[Artifact | Standing]:
    """The files of the search. `ways` give them encoded; the second is taken where another build has replaced the site before meanwhile."""
    files = _DECODER.decode(ways[0]())
    if not all(stands(site_before, file) for file in files[0]):
        files = _DECODER.decode(ways[1]())
    yield from chain.from_iterable(files)


class _Clock:
    """Seconds by stage, for whom it concerns."""

    def __init__(self, stage: str, watch: Watch | None) -> None:
        self._stage, self._since, self._watch = stage, perf_counter(), watch
        self._seconds: dict[str, float] = {}
        self.step(0, 0)

    def begin(self, stage: str) -> None:
        """End a stage, begin another."""
        self.end()
        self._stage = stage
        self.step(0, 0)

    def step(self, done: int, total: int) -> None:
        """So much of the stage is done."""
        if self._watch:
            self._watch(self._stage, done, total)

    def end(self) -> Mapping[str, float]:
        """End the last stage; the seconds of all."""
        now = perf_counter()
        self._seconds[self._stage] = self._seconds.get(self._stage, 0.0) + now - self._since
        self._since = now
        return self._seconds
