"""What a key in the search box costs in Chromium, with the whole index at hand.

    python tests/benchmarks/keystrokes.py --site site --queries queries.jsonl

Every query of a language (JSON lines `{"lang", "query"}`; `es` stands for `es-ES`) is typed key by key into the engine of the
built site, opened from its folder: milliseconds a key, on this machine and with its processor slowed down six times.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

SLOWER = (1, 6)
FETCH = "async () => { window.engine = await Sintoma.engine(); await engine.search('x'); await engine.prefetch(); }"
TYPE = """(queries) => {
  const all = [];
  for (const query of queries) for (let end = 1; end <= query.length; end++) {
    const start = performance.now();
    if (engine.attempt(query.slice(0, end), { limit: 28 }).needs.length) throw new Error("the index is not whole");
    all.push(performance.now() - start);
  }
  return all.sort((one, other) => one - other);
}"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, required=True, help="built site")
    parser.add_argument("--queries", type=Path, required=True, help="JSON lines: lang, query")
    options = parser.parse_args()
    queries = [json.loads(line) for line in options.queries.read_text(encoding="utf-8").splitlines() if line.strip()]
    languages = sorted(path.parent.name for path in options.site.glob("*/tree.html"))
    sys.stdout.write(f"{'language':<10}{'slower':>8}{'keys':>8}{'p50 ms':>9}{'p95 ms':>9}{'worst ms':>10}\n")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"])
        for lang in languages:
            asked = [query["query"] for query in queries if query["lang"].split("-")[0] == lang.split("-")[0]]
            page = browser.new_page()
            page.goto((options.site / lang / "index.html").resolve().as_uri())
            page.evaluate(FETCH)
            for times in SLOWER if asked else ():
                row(lang, times, typed(page, asked, times))
            page.close()
        browser.close()


def typed(page: Page, queries: Sequence[str], times: int) -> list[float]:
    """Milliseconds of each key, in order of size."""
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": times})
    found: list[float] = page.evaluate(TYPE, list(queries))
    return found


def row(lang: str, times: int, ms: Sequence[float]) -> None:
    """Print a line of the table."""
    middle, high = ms[len(ms) // 2], ms[int(len(ms) * 0.95)]
    sys.stdout.write(f"{lang:<10}{times:>7}x{len(ms):>8}{middle:9.1f}{high:9.1f}{ms[-1]:10.1f}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
