"""A built site as publishers read it: whole, exactly as its manifest says, or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from operator import attrgetter
from pathlib import Path
from typing import Final

from generator.model import Artifact
from generator.publish.failure import RefusedError, failure
from generator.publish.manifest import NAME, Fault, Manifest, entry, read_manifest
from generator.publish.regular import read_regular
from generator.report.visible import visible

LITTER: Final = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""Files that file managers leave in folders, nobody's loss."""


def read_site(site: Path) -> Manifest:
    """The manifest of a site that can be published. Raises RefusedError for one that is empty, partial or altered."""
    listing = read_manifest(site)
    if not any(path.endswith(".html") for path in listing.files):
        raise RefusedError(f"{visible(str(site))}: has no page; run `sintoma build` and look at what it says")
    faults = verified(site, listing)
    if faults:
        first = faults[0]
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise RefusedError(
            f"{visible(str(site))}: {visible(first.path)} is {first.kind}{more}: the site is not as it was built; "
            "run `sintoma build` again before you publish"
        )
    return listing


def read_artifacts(site: Path, listing: Manifest) -> Iterator[Artifact]:
    """Every file of the manifest. Raises RefusedError at the first one that is not as listed."""
    for path, listed in listing.files.items():
        data = read_regular(site / path)
        if data is None or entry(data) != listed:
            raise RefusedError(f"{visible(str(site / path))}: has changed while it was published; nothing was. Try again")
        yield Artifact(path, data)


def verified(folder: Path, listing: Manifest) -> tuple[Fault, ...]:
    """Read every file again: those missing, changed, or there without being listed, sorted by path."""
    faults = [Fault(path, "surplus") for path in strangers(folder, {NAME, *listing.files})]
    for path, listed in listing.files.items():
        data = read_regular(folder / path)
        if data is None:
            faults.append(Fault(path, "missing"))
        elif entry(data) != listed:
            faults.append(Fault(path, "changed"))
    return tuple(sorted(faults, key=lambda fault: fault.path))


def strangers(folder: Path, known: AbstractSet[str]) -> Iterator[str]:
    """Files and links below a folder that are not known, with forward slashes; litter does not count."""
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        try:
            with os.scandir(f"{folder}/{inside}") as found:
                entries = sorted(found, key=attrgetter("name"))
            for entry in entries:
                path = f"{inside}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(f"{path}/")
                elif path not in known and entry.name not in LITTER:
                    yield path
        except OSError as error:
            raise failure(error, f"cannot look into {folder}/{inside}".rstrip("/")) from None


def some(paths: list[str]) -> str:
    """The first few of these paths, for a message."""
    first, rest = paths[:3], paths[3:]
    shown = ", ".join(visible(path) for path in first)
    return f"{shown} and {len(rest)} more" if rest else shown
