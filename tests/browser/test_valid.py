"""The Nu Html Checker, which the W3C runs, finds nothing wrong with any page."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.conftest import absent

PACKAGE = "vnu-jar@26.9.27"


def checker(cache: Path) -> Path:
    """The checker, from npm where the cache does not have it yet."""
    jar = cache / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if not jar.exists():
        cache.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "install", "--silent", "--no-save", "--prefix", str(cache), PACKAGE], check=True)
    return jar


@pytest.mark.nightly
def test_every_page_is_valid_html(built: Path) -> None:
    for program, package in (("java", "default-jre-headless"), ("npm", "npm")):
        if shutil.which(program) is None:
            absent(program, f"apt-get install {package}")
    jar = checker(Path(tempfile.gettempdir()) / "sintoma-vnu")
    command = ["java", "-Xss4m", "-jar", str(jar), "--errors-only", "--skip-non-html", "--format", "gnu", str(built)]
    found = subprocess.run(command, capture_output=True, text=True, check=False).stderr.splitlines()
    assert found == []
