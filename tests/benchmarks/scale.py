"""What a page costs in sites of a thousand pages and more: time, work, memory of the largest process, output.

    python -m tests.benchmarks.scale [--sizes 1000,10000] [--large]

Trees are made up, the same in every run: chapters of 100 pages, each page with headings, paragraphs, lists, links, code and a table.
`--large` adds 100,000 pages. Prints one table.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.measured import Cost, measured, size

LARGE = 100_000
CHAPTER = 100
SENTENCE = "the server queue sends a message to each worker when its disk is full and restarts after that once more slowly"
WORDS = tuple(dict.fromkeys(re.findall(r"\w+", SENTENCE)))


def main() -> None:
    """Build each tree, cold and after one edit, and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", default="1000,10000")
    parser.add_argument("--large", action="store_true")
    options = parser.parse_args()
    sizes = [*map(int, options.sizes.split(",")), *([LARGE] if options.large else [])]
    sys.stdout.write(f"{'pages':>8} {'cold s':>8} {'CPU s':>8} {'ms/page':>8} {'peak MB':>8} {'KB/page':>8} {'edit s':>8} {'edit CPU':>8} {'peak MB':>8}\n")
    for pages in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            page = tree(folder, pages)
            cold = build(folder)
            page.write_text(page.read_text(encoding="utf-8") + "\nOne more sentence.\n", encoding="utf-8")
            edit = build(folder)
            kept = size(folder / "site") / pages / 1024
        sys.stdout.write(f"{row(pages, cold, edit, kept)}\n")
        sys.stdout.flush()


def row(pages: int, cold: Cost, edit: Cost, kept: float) -> str:
    """A line of the table."""
    first = f"{pages:8} {cold.wall:8.1f} {cold.cpu:8.1f} {1000 * cold.cpu / pages:8.2f} {cold.peak:8.0f} {kept:8.1f}"
    return f"{first} {edit.wall:8.1f} {edit.cpu:8.1f} {edit.peak:8.0f}"


def build(folder: Path) -> Cost:
    """One build as a writer would start it."""
    return measured((sys.executable, "-m", "generator", "build", "--keep-going", "--config", str(folder / "site.yml")), Path(__file__).parents[2], (0, 1))


def tree(folder: Path, pages: int) -> Path:
    """Write a site of so many pages; one of them."""
    chance = random.Random(pages)
    names = [f"chapter-{number // CHAPTER}/page-{number}.md" for number in range(pages)]
    for number, name in enumerate(names):
        place = folder / "en" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text(chance, number, names), encoding="utf-8")
    (folder / "site.yml").write_text("title: Scale\nlanguages:\n  en: {root: en, reference: true}\n", encoding="utf-8")
    return folder / "en" / names[pages // 2]


def text(chance: random.Random, number: int, names: Sequence[str]) -> str:
    """A page of about 4 KB."""
    parts = [f"---\ntitle: Page {number}\n---\n# Page {number} {{#page-{number}}}\n"]
    for section in range(5):
        other = chance.choice(names)
        parts.append(f"## Section {section} of {number} {{#section-{section}}}\n")
        parts += [f"{said(chance, 40)} [more](../{other}#section-{section}).\n" for _ in range(2)]
        parts.append("".join(f"- {said(chance, 8)} `option-{chance.randrange(900)}`\n" for _ in range(3)))
    parts.append("```\n" + said(chance, 12) + "\n```\n")
    parts.append("| Name | Meaning |\n|---|---|\n" + "".join(f"| name-{chance.randrange(900)} | {said(chance, 10)} |\n" for _ in range(4)))
    return "\n".join(parts)


def said(chance: random.Random, count: int) -> str:
    """So many words, some of them rare."""
    return " ".join(chance.choice(WORDS) if chance.random() < 0.8 else f"term{int(chance.paretovariate(0.6)) % 50_000}" for _ in range(count))


if __name__ == "__main__":
    main()
