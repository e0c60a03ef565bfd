"""How many injected faults of translation are found, beside pofilter and markdownlint, on the same pages.

    python -m tests.benchmarks.translation REFERENCE CLEAN FAULTY LABELS.json [--lang es-ES]

REFERENCE, CLEAN and FAULTY are folders with the same relative paths: the pages in the reference language, their translation, and a copy of it with
injected faults, which LABELS lists ({"faults": [{"kind", "file", "line"}]}, lines of the faulty file). Only pages with a fault are read. A fault
counts as found where a finding that the clean page has not stands at most one line away. The peers see pages the way they can: pofilter
(translate-toolkit) the pairs of blocks that the alignment gives, as a PO file; markdownlint each page alone. Peers are installed from
the package registries into the cache folder of the user. Prints one table: found, by kind and in all, and flags on the clean pages.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import tempfile
import venv
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from time import perf_counter

from msgspec import Struct
from simplemma import is_known

from generator.alignment import align
from generator.checks import translation
from generator.checks.translation.identifiers import gather, learn, together
from generator.checks.translation.places import locate
from generator.config import load
from generator.model import DocPath, Lang, Page, SourceFile
from generator.parse import parse

POFILTER = "translate-toolkit==3.20.4"
MARKDOWNLINT = "markdownlint-cli@0.45.0"

Flags = Counter[tuple[str, int, str]]
"""File, line and what is said."""


class Trees(Struct, frozen=True):
    """The pages to look at."""

    reference: Path
    clean: Path
    faulty: Path
    lang: str
    files: tuple[str, ...]


def main() -> None:
    """Run the checkers and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    for name in ("reference", "clean", "faulty", "labels"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--lang", default="es-ES")
    options = parser.parse_args()
    faults = json.loads(options.labels.read_text(encoding="utf-8"))["faults"]
    files = tuple(sorted({fault["file"] for fault in faults}))
    trees = Trees(options.reference, options.clean, options.faulty, options.lang, files)
    checkers: dict[str, Callable[[Trees, Path], Flags]] = {"sintoma": sintoma(trees), "pofilter": pofilter, "markdownlint": markdownlint}
    results = {}
    for name, check in checkers.items():
        start = perf_counter()
        before = check(trees, trees.clean)
        seconds = perf_counter() - start
        results[name] = score(faults, check(trees, trees.faulty) - before, before, seconds)
    show(faults, results)


def page(root: Path, file: str, lang: str) -> Page:
    """One page, parsed."""
    text = (root / file).read_text(encoding="utf-8")
    return parse(SourceFile(Lang(lang), DocPath(file), file, text, "0"))


def sintoma(trees: Trees) -> Callable[[Trees, Path], Flags]:
    """The checks of this program, names learnt from the whole reference."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "en").mkdir()
        (Path(folder) / "site.yml").write_text("title: T\nlanguages: {en: {root: en, reference: true}}\n", encoding="utf-8")
        config = load(Path(folder) / "site.yml")
    everything = sorted(path.relative_to(trees.reference).as_posix() for path in trees.reference.rglob("*.md"))
    names = gather(together(learn(page(trees.reference, file, "en"), is_known) for file in everything), config)

    def check(trees: Trees, root: Path) -> Flags:
        flags: Flags = Counter()
        for file in trees.files:
            ours, theirs = page(trees.reference, file, "en"), page(root, file, trees.lang)
            lines = [(folder / file).read_text(encoding="utf-8").split("\n") for folder in (trees.reference, root)]
            alignment = align(ours, theirs)
            for found in locate(translation.compare(ours, theirs, names, alignment, is_known), alignment, *lines):
                flags[file, found.span.line, f"{found.code} {found.target} {found.message}"] += 1
        return flags

    return check


def pofilter(trees: Trees, root: Path) -> Flags:
    """translate-toolkit's checks of translated strings."""
    folder = cached("pofilter")
    if not (folder / "bin" / "pofilter").exists():
        venv.create(folder, with_pip=True)
        subprocess.run([folder / "bin" / "pip", "install", "--quiet", POFILTER], check=True)
    with tempfile.TemporaryDirectory() as name:
        source, result = Path(name) / "in.po", Path(name) / "out.po"
        source.write_text("".join(units(trees, root)), encoding="utf-8")
        subprocess.run([folder / "bin" / "pofilter", "--progress=none", str(source), str(result)], check=True, capture_output=True)
        return Counter(read_po(result.read_text(encoding="utf-8")))


def units(trees: Trees, root: Path) -> Iterator[str]:
    """The pairs of blocks as units of a PO file."""
    yield 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    for file in trees.files:
        for number, pair in enumerate(align(page(trees.reference, file, "en"), page(root, file, trees.lang)).pairs):
            if pair.original and pair.translation and pair.original.text:
                place = f"{file}:{pair.translation.span.line}"
                texts = (json.dumps(text, ensure_ascii=False) for text in (pair.original.text, pair.translation.text))
                yield '#: {}\nmsgctxt "{} {}"\nmsgid {}\nmsgstr {}\n\n'.format(place, place, number, *texts)


def read_po(text: str) -> Iterator[tuple[str, int, str]]:
    """The units that pofilter kept, and its remarks."""
    for unit in text.split("\n\n"):
        place = re.search(r"^#: (\S+):(\d+)", unit, re.MULTILINE)
        if place:
            for remark in re.findall(r"\(pofilter\) (\w+)", unit):
                yield place[1], int(place[2]), remark


def markdownlint(trees: Trees, root: Path) -> Flags:
    """Markdownlint with its default rules, each page alone."""
    folder = cached("markdownlint")
    program = folder / "node_modules" / ".bin" / "markdownlint"
    if not program.exists():
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--silent", "--prefix", str(folder), MARKDOWNLINT], check=True)
    done = subprocess.run([program, "--json", *trees.files], cwd=root, check=False, capture_output=True, text=True)
    return Counter((flag["fileName"], flag["lineNumber"], flag["ruleNames"][0]) for flag in json.loads(done.stderr or "[]"))


def cached(name: str) -> Path:
    """The folder of a peer."""
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "sintoma-benchmarks" / name


def score(faults: Iterable[Mapping[str, object]], new: Flags, before: Flags, seconds: float) -> dict[str, float]:
    """How many faults of each kind were found, how many flags there were before, and the seconds that took."""
    lines: defaultdict[str, set[int]] = defaultdict(set)
    for file, line, _ in new:
        lines[file].add(line)
    found: Counter[str] = Counter()
    for fault in faults:
        near = {int(str(fault["line"])) + step for step in (-1, 0, 1)}
        found[str(fault["kind"])] += bool(near & lines[str(fault["file"])])
    return {**found, "all": found.total(), "flags on clean pages": before.total(), "seconds": round(seconds, 1)}


def show(faults: Iterable[Mapping[str, object]], results: Mapping[str, Mapping[str, float]]) -> None:
    """Print the table."""
    kinds = Counter(str(fault["kind"]) for fault in faults)
    print(f"{'':26}{'faults':>8}" + "".join(f"{name:>14}" for name in results))  # noqa: T201
    for kind in (*sorted(kinds), "all", "flags on clean pages", "seconds"):
        total = kinds[kind] or (kinds.total() if kind == "all" else "")
        print(f"{kind:26}{total:>8}" + "".join(f"{result.get(kind, 0):>14}" for result in results.values()))  # noqa: T201


if __name__ == "__main__":
    main()
