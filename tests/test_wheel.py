"""An installed wheel builds a site in any folder: the theme, the browser's code and the help pages travel with it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's content, as pip lays it out."""
    folder = tmp_path_factory.mktemp("wheel")
    make = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder / "dist"), str(ROOT)]
    run = subprocess.run(make, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    wheel = next((folder / "dist").glob("sintoma-*.whl"))
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(folder / "site-packages")
    return folder / "site-packages"


def sintoma(installed: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    return subprocess.run([sys.executable, "-P", "-m", "generator", *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def test_it_is_the_wheel_that_runs(installed: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [sys.executable, "-P", "-c", "import generator; print(generator.__file__)"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(installed)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert where.stdout.startswith(str(installed))


def test_it_makes_a_new_site_and_builds_it(installed: Path, tmp_path: Path) -> None:
    assert sintoma(installed, tmp_path, "init", "kb").returncode == 0
    run = sintoma(installed, tmp_path / "kb", "build", "--strict")
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "kb" / "site" / "en" / "index.html").is_file()
    assert list((tmp_path / "kb" / "site" / "assets").glob("*.css"))


def test_it_searches_and_explains(installed: Path, tmp_path: Path) -> None:
    sintoma(installed, tmp_path, "init", "kb")
    assert sintoma(installed, tmp_path / "kb", "search", "service").returncode == 0
    assert "link-missing-page" in sintoma(installed, tmp_path, "explain", "link-missing-page").stdout


def test_it_holds_no_tests_and_no_content_of_ours(installed: Path) -> None:
    assert not (installed / "tests").exists()
    assert not (installed / "content").exists()
