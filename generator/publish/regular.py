"""Read a file only if it is one: no link is followed, no pipe waited for, no folder taken for a file."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def read_regular(path: Path | str, size: int | None = None) -> bytes | None:
    """The bytes of a regular file; None where there is none, or one of another size than the one given."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return None
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode) or (size is not None and found.st_size != size):
            return None
        with open(descriptor, "rb", closefd=False) as file:
            return file.read()
    finally:
        os.close(descriptor)
