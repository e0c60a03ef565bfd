"""Write a whole site into a folder that nobody looks at yet."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.model import Artifact
from generator.publish.failure import PublishError, failure
from generator.publish.manifest import NAME, Entry, Manifest, checked_path, encoded, entry, manifest
from generator.publish.regular import read_regular
from generator.report.visible import visible


@dataclass(frozen=True, slots=True)
class Standing:
    """A file of the site that stands already, as an earlier build wrote it: its path, the SHA-256 of its bytes and their number."""

    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Staged:
    """What went into the folder: `written` files were new or changed, `kept` ones are links to those of the old site."""

    manifest: Manifest
    written: tuple[str, ...]
    kept: int
    bytes_written: int


def stage(artifacts: Iterable[Artifact | Standing], folder: Path, previous: Path | None) -> Staged:
    """Write the artifacts and their manifest into a new folder.

    A file whose bytes are the same in `previous` is hard-linked from there: compared byte by byte, since dates and
    manifests can lie. One that is said to stand there has been read already. Raises PublishError, and whatever the artifacts raise.
    """
    files: dict[str, Entry] = {}
    written: list[str] = []
    made = {""}
    size = 0
    for artifact in artifacts:
        path = checked_path(artifact.path)
        if path in files or path == NAME:
            raise PublishError(f"two parts of the site are named {visible(path)}; rename one of the pages or records")
        if isinstance(artifact, Standing):
            files[path] = Entry(artifact.sha256, artifact.size)
            _keep(artifact.path, folder, previous, made)
            continue
        files[path] = entry(artifact.data)
        if not _put(artifact, folder, previous, made):
            written.append(path)
            size += len(artifact.data)
    listing = manifest(files)
    _put(Artifact(NAME, encoded(listing)), folder, previous, made)
    return Staged(listing, tuple(written), len(files) - len(written), size)


def _room(path: str, folder: Path, made: set[str]) -> str:
    """The full name of a file to be, its folder made."""
    name = os.path.join(folder, path)  # noqa: PTH118  pathlib costs more than the write
    parent = path.rpartition("/")[0]
    if parent not in made:
        os.makedirs(os.path.dirname(name), exist_ok=True)  # noqa: PTH103, PTH120
        made.add(parent)
    return name


def _keep(path: str, folder: Path, previous: Path | None, made: set[str]) -> None:
    """Link a file that stands; a copy does as well."""
    old = os.path.join(previous or folder, path)  # noqa: PTH118
    try:
        name = _room(path, folder, made)
        try:
            os.link(old, name, follow_symlinks=False)
        except OSError:  # no hard links here, or too many of this one
            shutil.copyfile(old, name, follow_symlinks=False)
    except OSError as error:
        raise failure(error, f"cannot keep {path} in {folder}") from None


def _put(artifact: Artifact, folder: Path, previous: Path | None, made: set[str]) -> bool:
    """Link or write one file; True where the old one could be kept."""
    try:
        name = _room(artifact.path, folder, made)
        if previous is not None and _linked(os.path.join(previous, artifact.path), name, artifact.data):  # noqa: PTH118
            return True
        with open(name, "xb") as file:  # noqa: PTH123
            file.write(artifact.data)
    except OSError as error:
        raise failure(error, f"cannot write {artifact.path} into {folder}") from None
    return False


def _linked(old: str, name: str, data: bytes) -> bool:
    if read_regular(old, len(data)) != data:
        return False
    try:
        os.link(old, name, follow_symlinks=False)
    except OSError:  # no hard links here, or too many of this one: a copy does as well
        return False
    return True


def discard(folder: Path) -> None:
    """Remove what a run left behind, folder or file; nothing there is fine. Raises PublishError."""
    try:
        if folder.is_symlink() or not folder.is_dir():
            folder.unlink(missing_ok=True)
        else:
            shutil.rmtree(folder)
    except FileNotFoundError:
        pass
    except OSError as error:
        raise failure(error, f"cannot remove {folder}") from None
