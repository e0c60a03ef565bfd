"""The preview under load: many requests a second while a page is edited and the site built again, on loopback.

    python -m tests.benchmarks.serve CORPUS [--languages en] [--seconds 60] [--rate 1000] [--every 2]

CORPUS has a folder for each language with its pages in `help/`, and may have a list of assets. Prints how many requests were answered,
how many failed or were of two versions at once, how long they took, how long after a save its page shows it, and how long builds took
without visitors and with them. The rate is what is asked for; clients, server and builds share the machine.
"""

from __future__ import annotations

import argparse
import http.client
import json
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[2]
CLIENTS = 4
QUIET = 3
"""Edits before there are visitors, to compare with."""
CLIENT = """
import http.client, json, re, sys, time
port, seconds, rate, paths = int(sys.argv[1]), float(sys.argv[2]), float(sys.argv[3]), json.loads(sys.argv[4])
connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
took, failed, mixed, seen, count = [], 0, 0, set(), 0
start = time.perf_counter()
while (now := time.perf_counter() - start) < seconds:
    if count / rate > now:
        time.sleep(count / rate - now)
    path = paths[count % len(paths)]
    count += 1
    before = time.perf_counter()
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
    except (OSError, http.client.HTTPException):
        failed += 1
        connection.close()
        continue
    took.append(time.perf_counter() - before)
    failed += answer.status != 200 or len(body) != int(answer.headers["Content-Length"])
    stamps = set(re.findall(rb"stamp-\\d+", body))
    mixed += len(stamps) > 1
    seen |= stamps
print(json.dumps({"took": took, "failed": failed, "mixed": mixed, "versions": len(seen)}))
"""


def main() -> None:
    """Serve a copy of the corpus, load it, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--languages", default="en")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--rate", type=float, default=1000)
    parser.add_argument("--every", type=float, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        _bench(Path(name), options)


def _bench(folder: Path, options: argparse.Namespace) -> None:
    langs = options.languages.split(",")
    for lang in langs:
        shutil.copytree(options.corpus / lang, folder / lang, copy_function=shutil.copyfile)
    assets = ", assets: ASSETS.txt" if (folder / langs[0] / "ASSETS.txt").exists() else ""
    listed = "".join(
        f"  {lang}: {{root: {lang}/help, repository: {lang}{assets}, reference: {str(lang == langs[0]).lower()}}}\n" for lang in langs
    )
    (folder / "site.yml").write_text(f"title: Load\nlanguages:\n{listed}", encoding="utf-8")
    edited = folder / langs[0] / "help" / "load.md"
    _edit(edited, 0)
    port, told = _port(), folder / "told.txt"
    with told.open("wb") as terminal:
        server = subprocess.Popen(
            [sys.executable, "-m", "generator", "serve", "--port", str(port), "--output", str(folder / "site"), "--config", str(folder / "site.yml")],
            cwd=ROOT, stdout=subprocess.DEVNULL, stderr=terminal,
        )  # fmt: skip
    try:
        page, seen = f"/{langs[0]}/docs/load.html", []
        _wait(port, page)
        for number in range(1, QUIET + 1):
            _edit(edited, number)
            saved = time.perf_counter()
            _until(lambda number=number: f"stamp-{number} ".encode() in _body(port, page))
            seen.append(time.perf_counter() - saved)
            _until(lambda number=number: len(_builds(told)) > number)
        _say(f"one edit without visitors: seen after {_spread(seen)}; built in {_spread(_builds(told)[1:])}")
        _load(folder, langs[0], port, options, lambda number: _edit(edited, QUIET + number))
        _say(f"one edit with them: {_spread(_builds(told)[QUIET + 1 :])}")
    finally:
        server.terminate()
        server.wait(30)


def _load(folder: Path, lang: str, port: int, options: argparse.Namespace, edit: Callable[[int], None]) -> None:
    pages = [f"/{path.relative_to(folder / 'site').as_posix()}" for path in sorted((folder / "site").rglob("*.html"))]
    chosen = pages[:: max(1, len(pages) // 50)]
    paths = json.dumps([path for other in chosen for path in (f"/{lang}/docs/load.html", other) if "%" not in path and path.isascii()])
    commands = [sys.executable, "-c", CLIENT, str(port), str(options.seconds), str(options.rate / CLIENTS), paths]
    clients = [subprocess.Popen(commands, stdout=subprocess.PIPE, text=True) for _ in range(CLIENTS)]
    end, number = time.monotonic() + options.seconds, 0
    while time.monotonic() < end:
        number += 1
        edit(number)
        time.sleep(options.every)
    _print([json.loads(client.communicate()[0]) for client in clients], len(pages), number, options)


def _builds(told: Path) -> list[float]:
    """The seconds of all builds so far, as the terminal says."""
    return [float(seconds) for seconds in re.findall(r"^sintoma: built in ([\d.]+) s", told.read_text(encoding="utf-8"), re.MULTILINE)]


def _spread(seconds: list[float]) -> str:
    return f"median {statistics.median(seconds):.1f} s, longest {max(seconds):.1f} s of {len(seconds)}"


def _until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 600
    while time.monotonic() < end and not condition():
        time.sleep(0.02)


def _edit(page: Path, number: int) -> None:
    page.write_text(f"# Load {{#load}}\n\n{f'stamp-{number} ' * 2000}\n", encoding="utf-8")


def _port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(port: int, path: str) -> None:
    """Until the page is there: the site is built once first."""
    end = time.monotonic() + 600
    while time.monotonic() < end:
        if _body(port, path):
            return
        time.sleep(1)
    sys.exit("the preview has not built the site in ten minutes")


def _body(port: int, path: str) -> bytes:
    """The page; nothing where it is not there."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.read() if answer.status == http.client.OK else b""
    except OSError:
        return b""
    finally:
        connection.close()


def _print(results: list[dict[str, list[float] | int]], pages: int, edits: int, options: argparse.Namespace) -> None:
    took = sorted(seconds for result in results for seconds in result["took"])  # type: ignore[union-attr]
    total = {key: sum(int(result[key]) for result in results) for key in ("failed", "mixed")}  # type: ignore[arg-type]
    lines = (
        f"{pages} pages, {edits} edits, {len(took)} requests in {options.seconds:g} s = {len(took) / options.seconds:.0f} a second",
        f"failed {total['failed']}, of two versions {total['mixed']}, versions seen {max(int(result['versions']) for result in results)}",  # type: ignore[arg-type]
        f"median {statistics.median(took) * 1000:.1f} ms, 99 % {took[int(len(took) * 0.99)] * 1000:.1f} ms, longest {took[-1] * 1000:.0f} ms",
    )
    _say("\n".join(lines))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
