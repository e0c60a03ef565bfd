"""Tell when sources change, by looking: works on every file system, in containers and over the network."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

Signature = Mapping[str, tuple[int, int, int]]
"""For each file: when it was changed, its size, its inode."""
_PATIENCE: Final = 20
"""Looks after which a change counts although it goes on, as that of a log among the pages does."""


def changes(
    sources: Callable[[], Sequence[Path]], before: Signature, interval: float, stop: threading.Event
) -> Iterator[list[str]]:
    """The files that changed since `before`, each time when it has become quiet or has gone on for long, until told to stop.

    What changes while the caller is busy with one change is found in the next round.
    """
    paths = sources()
    while not stop.wait(interval):
        now = signature(paths)
        if now == before:
            continue
        for _ in range(_PATIENCE):  # an editor, or git, may still be writing
            stop.wait(min(interval, 0.1))
            last, now = now, signature(paths)
            if now == last:
                break
        yield sorted(path for path in now.keys() | before.keys() if now.get(path) != before.get(path))
        wanted = sources()
        before = now if wanted == paths else {path: now.get(path, seen) for path, seen in signature(wanted).items()}
        paths = wanted


def signature(paths: Sequence[Path]) -> Signature:
    """The state of files, and of all files below folders; hidden ones and links don't count."""
    found: dict[str, tuple[int, int, int]] = {}
    folders: list[str] = []
    for path in paths:
        if path.is_dir():
            folders.append(os.fspath(path))
        else:
            _note(os.fspath(path), found)
    while folders:
        try:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    else:
                        _note(entry.path, found)
        except OSError:  # gone since it was listed
            continue
    return found


def _note(path: str, found: dict[str, tuple[int, int, int]]) -> None:
    try:
        state = os.lstat(path)
    except OSError:
        return
    found[path] = (state.st_mtime_ns, state.st_size, state.st_ino)
