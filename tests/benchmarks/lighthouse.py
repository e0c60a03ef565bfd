"""What Lighthouse says of the pages, as a phone on a slow network sees them, and how much they load.

    python tests/benchmarks/lighthouse.py [--site site] [--lang en]

Lighthouse comes from npm into a cache folder and drives the Chromium of the system. The site is served compressed, as web
servers do. The last two columns count compressed bytes: what has come before the first paint, and all scripts.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.browser.screens import kinds

PACKAGE = "lighthouse@12.2.3"
"""The last one that runs on node 20."""
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAGES = ("home", "record", "symptom", "document", "map")


class Audit(Struct, frozen=True):
    """Scores of a page from 0 to 100 by category, and compressed bytes."""

    scores: Mapping[str, int]
    before_paint: int
    scripts: int


class _Compressing(http.server.SimpleHTTPRequestHandler):
    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            self.send_error(404)
            return
        data = gzip.compress(path.read_bytes(), mtime=0)
        self.send_response(200)
        for name, value in (
            ("Content-Type", self.guess_type(path)),
            ("Content-Encoding", "gzip"),
            ("Content-Length", str(len(data))),
            ("Content-Security-Policy", "default-src 'self'"),
            ("Cache-Control", "max-age=31536000"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a built site, served compressed."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Compressing, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def install(cache: Path) -> Path:
    """Lighthouse's command, from npm where the cache does not have it yet."""
    command = cache / "node_modules" / "lighthouse" / "cli" / "index.js"
    if not command.exists():
        cache.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--silent", "--no-save", "--prefix", str(cache), PACKAGE], check=True)
    return command


def audit(command: Path, address: str) -> Audit:
    """What Lighthouse finds at an address."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome") or ""
    flags = "--headless=new --no-sandbox --disable-gpu --lang=en"
    done = subprocess.run(
        ["node", str(command), address, "--output=json", "--quiet", f"--chrome-flags={flags}", f"--only-categories={','.join(CATEGORIES)}"],
        env={**os.environ, "CHROME_PATH": chromium},
        capture_output=True,
        check=True,
    )
    report = json.loads(done.stdout)
    requests = report["audits"]["network-requests"]["details"]["items"]
    paint = report["audits"]["metrics"]["details"]["items"][0]["observedFirstContentfulPaint"]
    begin = min(item["networkRequestTime"] for item in requests)
    return Audit(
        {name: round(report["categories"][name]["score"] * 100) for name in CATEGORIES},
        sum(item["transferSize"] for item in requests if item["networkEndTime"] - begin <= paint),
        sum(item["transferSize"] for item in requests if item.get("resourceType") == "Script"),
    )


def audits(site: Path, lang: str, cache: Path) -> Iterator[tuple[str, Audit]]:
    """One page of each kind after the other."""
    command = install(cache)
    pages = kinds(site, lang)
    with served(site) as address:
        for name in PAGES:
            if name in pages:
                path = pages[name].removeprefix(site.as_uri())
                yield name, audit(command, address + path)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, default=Path("site"), help="a built site")
    parser.add_argument("--lang", default="en")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "sintoma-lighthouse", help="where npm installs it")
    options = parser.parse_args()
    head = "".join(f"{name:>16}" for name in CATEGORIES)
    sys.stdout.write(f"{'page':10}{head}{'first paint KB':>16}{'scripts KB':>12}\n")
    for name, found in audits(options.site.resolve(), options.lang, options.cache):
        scores = "".join(f"{found.scores[category]:16}" for category in CATEGORIES)
        sys.stdout.write(f"{name:10}{scores}{found.before_paint / 1024:16.1f}{found.scripts / 1024:12.1f}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
