"""What an earlier site has already, every byte of it."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from generator.publish.failure import PublishError
from generator.publish.manifest import NAME, Entry, read_manifest
from generator.publish.regular import read_regular


class Standing(Struct, frozen=True):
    """A file of the site that stands already, as an earlier build wrote it: its path, the SHA-256 of its bytes and their number."""

    path: str
    sha256: str
    size: int


class Old(Struct, frozen=True):
    """The old site: its folder, the files of its manifest, and when that was written, in nanoseconds."""

    folder: Path
    files: Mapping[str, Entry]
    time: int


def old(folder: Path) -> Old:
    """The site in a folder; one without files where there is none, or its manifest cannot be read."""
    try:
        return Old(folder, read_manifest(folder).files, (folder / NAME).stat().st_mtime_ns)
    except (OSError, PublishError):
        return Old(folder, {}, 0)


def stands(site: Old, file: Standing) -> bool:
    """Whether the old site has every byte of a file.

    It has one whose hash stands in its manifest and that nothing says was touched since: neither its size nor its time; of any other the bytes are read.
    """
    name = f"{site.folder}/{file.path}"
    if site.files.get(file.path) == Entry(file.sha256, file.size):
        try:
            seen = os.lstat(name)
        except OSError:
            return False
        if seen.st_size == file.size and seen.st_mtime_ns <= site.time and stat.S_ISREG(seen.st_mode):
            return True
    found = read_regular(name, file.size)
    return found is not None and hashlib.sha256(found).hexdigest() == file.sha256


def named(path: str, data: bytes) -> Standing:
    """A file by its hash and size."""
    return Standing(path, hashlib.sha256(data).hexdigest(), len(data))
