"""What tests share: small sites, the corpus, and the rule that a missing part is loud, and a failure in CI."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.sources import written
from tests.waiting import PATIENCE

ROOT = Path(__file__).parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--nightly", action="store_true", help="run the long tests too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not config.getoption("--nightly"):
        for item in items:
            if item.get_closest_marker("nightly"):
                item.add_marker(pytest.mark.skip(reason="a long run: --nightly"))


def absent(part: str, how: str) -> None:
    """A part is not there: fail in CI, skip loudly at a desk."""
    message = f"{part} is not there; {how}"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


T = TypeVar("T")


def apart(do: Callable[[], T]) -> T:
    """What `do` gives, in a thread of its own: Chromium's driver leaves a loop running in the main one, which `asyncio.run` refuses."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(do).result()


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The real corpus: one folder a language."""
    places = [Path(os.environ["SINTOMA_CORPUS"])] if "SINTOMA_CORPUS" in os.environ else []
    places.append(ROOT.parent / "shared" / "corpus" / "classic")
    for place in places:
        if place.is_dir():
            return place
    pytest.skip("the corpus is not there; name its folder in SINTOMA_CORPUS")


@pytest.fixture(scope="session")
def seed() -> Path:
    """The first document, as its owner gave it."""
    place = ROOT.parent / "shared" / "seed"
    if not place.is_dir():
        pytest.skip("the seed is not there; it lies beside the project in shared/seed")
    return place


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium."""
    found = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chromium-browser")
    if not found:
        absent("Chromium", "apt-get install chromium")
    return str(found)


CORPUS_SITE = """\
title: Corpus
url: https://kb.example.org/corpus
languages:
{languages}records:
  modules:
    columns:
      Module: {{roles: subject, identifier: true}}
      Execution scope: scope
      Troubleshooting: [symptom, remedy]
    symptoms: {{en: ["Check this module if {{symptom}}"]}}
"""


def corpus_languages(corpus: Path) -> list[str]:
    """The languages of the corpus, English first."""
    return sorted((path.name for path in corpus.iterdir() if (path / "help").is_dir()), key=lambda name: (name != "en", name))


@pytest.fixture(scope="session")
def corpus_site(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the site.yml of the corpus in all its languages, its built `site` and the `build.txt` of what was said.

    Built once for all test processes.
    """
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "corpus-site"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            languages = "".join(
                f"  {lang}: {{root: {corpus / lang / 'help'}, repository: {corpus / lang}, assets: ASSETS.txt, reference: {str(lang == 'en').lower()}}}\n"
                for lang in corpus_languages(corpus)
            )
            (folder / "site.yml").write_text(CORPUS_SITE.format(languages=languages), encoding="utf-8")
            run = subprocess.run(
                [sys.executable, "-m", "generator", "build", "--keep-going", "--config", str(folder / "site.yml")],
                cwd=ROOT, capture_output=True, text=True, check=False,
            )  # fmt: skip
            (folder / "build.txt").write_text(f"{run.returncode}\n{run.stderr}", encoding="utf-8")
            (folder / "done").touch()
    return folder


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """One Chromium for all tests of a process: Playwright runs once in each."""
    expect.set_options(timeout=PATIENCE * 1000)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        yield started
        started.close()


Write = Callable[[dict[str, str]], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write files below a fresh folder; the folder."""
    return partial(written, tmp_path)
