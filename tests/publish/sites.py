"""Small sites for the tests of this folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from generator.model import Artifact

PAGES = 40


def site(version: str, pages: int = PAGES) -> Iterator[Artifact]:
    """A site whose every page says its version, but for a stylesheet that never changes."""
    yield Artifact("index.html", f"<p>{version}".encode())
    yield Artifact("assets/site.css", b"p {color: red}")
    for number in range(pages):
        yield Artifact(f"en/docs/{number}.html", f"<p>{version} {number}{'.' * 2000}".encode())


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but the manifest, by path."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != "manifest.json")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def expected(version: str, pages: int = PAGES) -> dict[str, bytes]:
    return {artifact.path: artifact.data for artifact in site(version, pages)}


def is_whole(folder: Path) -> bool:
    """Whether a folder holds exactly what its manifest lists: told without Sintoma's own code."""
    listed = json.loads((folder / "manifest.json").read_bytes())["files"]
    found = {path: hashlib.sha256(data).hexdigest() for path, data in tree(folder).items()}
    return bool(listed) and found == {path: item["sha256"] for path, item in listed.items()}
