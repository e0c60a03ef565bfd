"""Search engines side by side on the same sections and the same queries.

    python tests/benchmarks/search.py --config site.yml --queries queries.jsonl [--lang en,es] [--engines minisearch,lunr] [--times 10]

The peers come from npm (tests/benchmarks/peers_search/package.json) into a cache folder. Each gets the sections of a language
(page title, heading, text), answers the labelled queries of that language (JSON lines `{"id", "lang", "query", "expect"}`) and is
measured: an expected section first (s1), among five (s5), mean reciprocal rank, empty answers, kilobytes after brotli and requests
before the first hit (median, mean, ninth tenth), milliseconds a query in node, seconds to build. Sintoma is measured through the
files that the page loads; where site.yml asks for word vectors (`search: {semantic: true}`), with them and without. `--times 10` asks
instead an index of the reference that is ten times as large (copies of its sections in random order, the words of each shuffled):
bytes and requests count then, ranks do not.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import mean
from time import perf_counter

from msgspec import Struct
from msgspec.structs import replace

sys.path.insert(0, str(Path(__file__).parents[2]))

from generator import config, site
from generator.cache import opened
from generator.model import Entry, Lang
from generator.search import ASSETS, Index, Vectors, encoder, scripts_for, tables
from generator.workers import crew
from tests.search.entries import build_index
from tests.sources import Indexed, indexed

PEERS = ("minisearch", "lunr", "flexsearch", "orama", "pagefind")
HERE = Path(__file__).parent / "peers_search"
PLACES = 10


class Result(Struct, frozen=True):
    """How an engine did in one language: rank, milliseconds, bytes and requests before the first hit of each query; build seconds."""

    ranks: tuple[int, ...]
    empty: int
    ms: tuple[float, ...]
    first: tuple[float, ...]
    requests: tuple[float, ...]
    build: float


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", type=Path, required=True, help="site.yml of the corpus")
    parser.add_argument("--queries", type=Path, required=True, help="JSON lines: id, lang, query, expect")
    parser.add_argument("--lang", default="", help="only these languages, comma separated")
    parser.add_argument("--engines", default=",".join(PEERS), help="which peers, comma separated")
    parser.add_argument("--times", type=int, default=1, help="Sintoma alone, on so many shuffled copies of the reference's sections")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "sintoma-peers", help="where npm installs them")
    options = parser.parse_args()
    queries = [json.loads(line) for line in options.queries.read_text(encoding="utf-8").splitlines() if line.strip()]
    wanted = [lang for lang in options.lang.split(",") if lang]
    peers = [name for name in options.engines.split(",") if name and options.times == 1]
    if peers:
        install(options.cache)
    settings = config.load(options.config)
    with opened(settings.folder, keep=True) as cache:
        gathered = site.gather(settings, cache, crew(0))
        words = {
            language.lang: indexed(settings, gathered, language.lang)
            for language in gathered.knowledge.languages
        }
        reference = gathered.knowledge.reference.lang if gathered.knowledge.reference else None
    if options.times > 1 and reference:
        words = {reference: replace(words[reference], entries=copied(words[reference].entries, options.times))}
    results: dict[str, dict[str, Result]] = {}
    with tempfile.TemporaryDirectory() as folder:
        kinds: dict[str, Vectors | None] = {"sintoma": None}
        if settings.semantic:
            kept: dict[str, bytes] = {}
            kinds["+ vectors"] = Vectors(encoder.packaged(), lambda key, make: kept.get(key) or kept.setdefault(key, make()))
        built = {kind: indexes(words, reference, Path(folder) / kind, vectors) for kind, vectors in kinds.items()}
        for lang, own in words.items():
            asked = [query for query in queries if query["lang"] == lang]
            if asked and (not wanted or lang in wanted):
                for kind, languages in built.items():
                    scripts = scripts_for(lang, reference or lang, vectors=kinds[kind] is not None)
                    results.setdefault(kind, {})[lang] = sintoma(*languages[lang], scripts, asked, Path(folder) / kind)
                for name in peers:
                    results.setdefault(name, {})[lang] = peer(name, lang, own.entries, asked, Path(folder), options.cache)
                report({lang: {name: result[lang] for name, result in results.items() if lang in result}})
    report({"all": {name: pooled(list(result.values())) for name, result in results.items()}})


def install(cache: Path) -> None:
    """Put the peers from npm into the cache folder."""
    cache.mkdir(parents=True, exist_ok=True)
    (cache / "package.json").write_bytes((HERE / "package.json").read_bytes())
    subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund"], cwd=cache, check=True)


def indexes(words: Mapping[Lang, Indexed], reference: Lang | None, folder: Path, vectors: Vectors | None) -> dict[Lang, tuple[Index, float]]:
    """Sintoma's indexes written below `folder`, each with the seconds it took, its table and its vectors included."""
    order = sorted(words, key=lambda lang: lang != reference)
    built: dict[Lang, tuple[Index, float]] = {}
    for lang in order:
        start = perf_counter()
        first = built[reference][0] if reference and lang != reference else None
        pairs = ((own, original) for original, own in words[lang].aligned)
        table = tables.table([tables.learn([tables.lines(pairs, lang, reference)])]) if first and reference else None
        index = build_index(lang, words[lang].entries, reference=first, table=table, vectors=vectors)
        built[lang] = index, perf_counter() - start
        for artifact in index.artifacts:
            path = folder / artifact.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(artifact.data)
    return built


def sintoma(index: Index, build: float, scripts: Sequence[str], queries: Sequence[Mapping[str, object]], folder: Path) -> Result:
    """Sintoma in node, with the files of the page."""
    asked, out = folder / "queries.json", folder / "out.json"
    asked.write_text(json.dumps(queries), encoding="utf-8")
    subprocess.run(["node", HERE / "sintoma.cjs", ASSETS, folder, index.current, asked, out, *scripts], check=True)
    answer = json.loads(out.read_text(encoding="utf-8"))
    return scored(queries, answer["answers"], answer["ms"], answer["first"], answer["requests"], build)


def copied(entries: Sequence[Entry], times: int) -> tuple[Entry, ...]:
    """Entries and shuffled copies of them, in random order: what a site `times` as large weighs, since repeats would compress away."""

    def mixed(text: str, source: random.Random) -> str:
        return " ".join(source.sample(words := text.split(), len(words)))

    every = list(entries)
    for number in range(1, times):
        source = random.Random(number)
        every += (
            replace(
                entry,
                id=f"{number}/{entry.id}",
                url=f"{number}/{entry.url}",
                title=mixed(entry.title, source),
                texts={name: tuple(mixed(text, source) for text in texts) for name, texts in entry.texts.items()},
                shown={name: mixed(text, source) for name, text in entry.shown.items()},
            )
            for entry in entries
        )
    return tuple(random.Random(0).sample(every, len(every)))


def peer(name: str, lang: Lang, entries: Sequence[Entry], queries: Sequence[Mapping[str, object]], folder: Path, cache: Path) -> Result:
    """One peer on the same sections."""
    sections, asked, out = folder / "sections.json", folder / "queries.json", folder / "out.json"
    documents = [document(entry) for entry in entries if entry.type == "section"]
    sections.write_text(json.dumps(documents), encoding="utf-8")
    asked.write_text(json.dumps(queries), encoding="utf-8")
    command = ["node", HERE / "run.mjs", name, lang, sections, asked, out]
    subprocess.run(command, cwd=cache, check=True)
    answer = json.loads(out.read_text(encoding="utf-8"))
    return scored(queries, answer["answers"], answer["ms"], [answer["bytes"]], [answer["requests"]], answer["build"])


def document(entry: Entry) -> dict[str, str]:
    """A section as every engine gets it."""
    joined = {name: "\n".join(texts) for name, texts in entry.texts.items()}
    text = "\n".join(joined.get(name, "") for name in ("body", "cells", "code"))
    return {
        "id": entry.id,
        "title": " ".join((joined.get("title", ""), joined.get("trail", ""))),
        "heading": joined.get("heading", ""),
        "text": text,
    }


def scored(
    queries: Sequence[Mapping[str, object]],
    answers: Mapping[str, Sequence[str]],
    ms: Sequence[float],
    first: Sequence[float],
    requests: Sequence[float],
    build: float,
) -> Result:
    """Ranks of the first expected section of each query (0: not among ten)."""
    ranks = []
    for query in queries:
        expected, given = query["expect"], answers[str(query["id"])][:PLACES]
        ranks.append(next((place + 1 for place, id_ in enumerate(given) if isinstance(expected, list) and id_ in expected), 0))
    empty = sum(not answers[str(query["id"])] for query in queries)
    return Result(tuple(ranks), empty, tuple(ms), tuple(first), tuple(requests), build)


def pooled(results: Sequence[Result]) -> Result:
    """All languages together; build seconds as the mean of languages."""
    many = max(len(results), 1)
    return Result(
        tuple(rank for result in results for rank in result.ranks),
        sum(result.empty for result in results),
        tuple(value for result in results for value in result.ms),
        tuple(value for result in results for value in result.first),
        tuple(value for result in results for value in result.requests),
        sum(result.build for result in results) / many,
    )


def median(values: Sequence[float], share: float = 0.5) -> float:
    """The value that `share` of the others lie below."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else 0.0


def report(groups: Mapping[str, Mapping[str, Result]]) -> None:
    """Print a table for each group."""
    lines = []
    for group, results in groups.items():
        lines.append(
            f"\n{group:<12}{'s1':>6}{'s5':>6}{'MRR':>6}{'empty':>7}{'first KB':>10}{'mean':>7}{'p90':>7}"
            f"{'requests':>10}{'mean':>7}{'p90':>5}{'ms p50':>8}{'ms p95':>8}{'build s':>9}"
        )
        for name, result in results.items():
            many = max(len(result.ranks), 1)
            first, five = (sum(0 < rank <= most for rank in result.ranks) / many for most in (1, 5))
            mrr = sum(1 / rank for rank in result.ranks if rank) / many
            lines.append(
                f"{name:<12}{first:6.2f}{five:6.2f}{mrr:6.3f}{result.empty / many:7.2f}"
                f"{median(result.first) / 1000:10.1f}{mean(result.first) / 1000:7.1f}{median(result.first, 0.9) / 1000:7.1f}"
                f"{median(result.requests):10.0f}{mean(result.requests):7.2f}{median(result.requests, 0.9):5.0f}"
                f"{median(result.ms):8.1f}{median(result.ms, 0.95):8.1f}{result.build:9.1f}"
            )
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
