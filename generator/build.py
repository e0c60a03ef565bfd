"""The whole pipeline as one short function: read this first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from time import perf_counter

from generator import addresses, site
from generator.config import Config
from generator.exports import export
from generator.findings import fails
from generator.indexes import indexes
from generator.inspection import Comparisons, beside_references, found, settled
from generator.mending import mended
from generator.model import Artifact, DocPath, Finding, KnowledgeBase, Lang
from generator.pages import SearchFiles, Site, Translations, document_pages, language_pages, prepare, site_files
from generator.publish.swap import WriteReport, write_site
from generator.search import scripts_for
from generator.site import Gathered
from generator.translations import Beside
from generator.workers import Crew, Shared, crew


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
    """What a build found and did. `written` is None where findings stopped it; `seconds` says where the time went."""

    findings: tuple[Finding, ...]
    knowledge: KnowledgeBase
    written: WriteReport | None
    seconds: Mapping[str, float]


def build(config: Config, options: Options) -> Result:
    """Parse, check, generate. Nothing is written when findings fail the build, unless told to keep going.

    Raises PublishError where the output cannot be written; the old site is untouched then.
    """
    clock = _Clock()
    workers = crew(options.jobs, options.executor)
    with site.cache(config, keep=options.cache) as cache:
        gathered = site.gather(config, cache, workers)
        clock.mark("read and parse")
        compared = beside_references(config, gathered, workers, texts=config.compare != "none")
        findings = settled(config, found(config, gathered, workers, compared), gathered.knowledge)
        clock.mark("check")
        known = translations(config, gathered, findings, compared)
        gathered = mended(config, gathered, findings, workers)
        clock.mark("mend")
        if fails(findings, strict=options.strict) and not options.keep_going:
            return Result(findings, gathered.knowledge, None, clock.seconds)
        written = write_site(artifacts(config, gathered, known, workers, clock), options.output or config.output)
        clock.mark("write")
        return Result(findings, gathered.knowledge, written, clock.seconds)


def translations(config: Config, gathered: Gathered, findings: Iterable[Finding], compared: Comparisons) -> Translations:
    """What pages say of translations; both texts are those of the sources, before anything is mended."""
    by_file: dict[str, tuple[Finding, ...]] = {}
    for finding in findings:
        if finding.code.startswith("translation-"):
            by_file[finding.file] = (*by_file.get(finding.file, ()), finding)
    parts = {key: page.parts for key, page in compared.items() if page.parts}
    return Translations(by_file, parts, Beside(gathered.library, config.reference.lang) if config.reference else None)


def artifacts(config: Config, gathered: Gathered, known: Translations, workers: Crew, clock: _Clock) -> Iterator[Artifact]:
    """Every file of the site, one at a time; the pages of documents come from the workers, in chunks."""
    kb = gathered.knowledge
    built = indexes(config, gathered, workers)
    search = {lang: SearchFiles(index.manifest, scripts_for(lang, reference(config))) for lang, index in built.by_lang.items()}
    clock.mark("index")
    yield from built.artifacts
    yield from export(kb, config, addresses)
    clock.mark("data")
    prepared = prepare(kb, config, gathered.library, search, known)
    yield from site_files(prepared)
    for lang in prepared.views:
        yield from language_pages(prepared, lang)
    with workers.share(_Pages(kb, config, gathered.library, search, known)) as shared:
        tasks = [(shared, lang, chunk) for lang, view in prepared.views.items() for chunk in site.chunks(tuple(view.documents))]
        small = len(tasks) <= len(prepared.views)
        for pages in (crew(1) if small else workers).run(_documents, tasks):
            yield from pages
    clock.mark("pages")


@dataclass(frozen=True, slots=True)
class _Pages:
    """What a worker needs for any page of the site."""

    kb: KnowledgeBase
    config: Config
    library: site.Library
    search: Mapping[Lang, SearchFiles]
    translations: Translations


def _documents(task: tuple[Shared[_Pages], Lang, tuple[DocPath, ...]]) -> list[Artifact]:
    """The pages of a chunk of documents."""
    shared, lang, paths = task
    return list(document_pages(_prepared(shared), lang, paths))


@lru_cache(maxsize=1)
def _prepared(shared: Shared[_Pages]) -> Site:
    """The site as a worker sees it, prepared once in each."""
    pages = shared.get()
    return prepare(pages.kb, pages.config, pages.library, pages.search, pages.translations)


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
