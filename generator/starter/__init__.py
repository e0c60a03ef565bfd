"""`sintoma init DIR`: a small site that builds at once, to be written over."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from generator.errors import SiteError
from generator.report.visible import visible

_RENAMED: Final = {"gitignore": ".gitignore"}
"""Files that would mean something to git already here."""


def init(folder: Path) -> tuple[Path, ...]:
    """Write the small site into a folder that is missing or empty; returns the files, in order.

    Raises SiteError where the folder is not empty or is a file, and OSError where it cannot be written.
    """
    shown = visible(str(folder))
    if folder.exists() and not folder.is_dir():
        raise SiteError(f"{shown}: is a file; name a folder that is new or empty")
    if folder.is_dir():
        found = sorted(path.name for path in folder.iterdir() if path.name != ".git")
        if found:
            names = ", ".join(visible(name) for name in found[:3])
            raise SiteError(f"{shown}: is not empty ({names}{', …' if found[3:] else ''}); name a folder that is new or empty")
    return tuple(_copied(files("generator") / "starter" / "files", folder))


def _copied(source: Traversable, folder: Path) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for item in sorted(source.iterdir(), key=lambda found: found.name):
        place = folder / _RENAMED.get(item.name, item.name)
        if item.is_dir():
            written += _copied(item, place)
        else:
            place.write_bytes(item.read_bytes())
            written.append(place)
    return written
