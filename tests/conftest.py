"""What tests share: small sites, the corpus, and the rule that a missing part is loud, and a failure in CI."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

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


Write = Callable[[dict[str, str]], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write files below a fresh folder; the folder."""

    def do(files: dict[str, str]) -> Path:
        for name, text in files.items():
            place = tmp_path / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
        return tmp_path

    return do
