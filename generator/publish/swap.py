"""Put a built site in the place of the old one: readers see the old site whole or the new one whole.

The new site is written beside the old one, brought to the disk, and then the two change names in one step
(renameat2 with RENAME_EXCHANGE). Where a kernel or file system has no such step (macOS, some network disks)
two renames stand in: between them, for some microseconds, there is no folder of that name, and a kill just then
is mended by the next run, which finds the old site under its other name and brings it back.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from generator.addresses import lock
from generator.model import Artifact
from generator.publish.exchange import exchange, flush, flush_entry
from generator.publish.failure import PublishError, RefusedError, failure
from generator.publish.lock import locked
from generator.publish.manifest import NAME, Manifest, read_manifest
from generator.publish.source import some, strangers
from generator.publish.staging import Staged, discard, stage
from generator.publish.standing import Standing
from generator.report.visible import visible


class WriteReport(Struct, frozen=True):
    """What a write did: numbers of files, and whether the site changed at all."""

    output: Path
    manifest: Manifest
    written: int
    kept: int
    removed: int
    bytes_written: int
    changed: bool


def write_site(
    artifacts: Iterable[Artifact | Standing],
    output: Path,
    *,
    durable: bool = True,
    swap: Callable[[Path, Path], bool] = exchange,
    before: Path | None = None,
) -> WriteReport:
    """Write a site to a folder, whole or not at all.

    The folder may be missing, empty, or hold a site that Sintoma wrote; anything else is refused. With `durable`
    the new site is on the disk before the old one goes; tests that cut no power do without. In the folder `before`, on the same disk, the replaced
    site waits for the next write, which then changes in it what has changed since: it costs what is new, not what there is.
    Raises PublishError (LockedError, RefusedError), and whatever the artifacts raise; the old site is untouched then.
    """
    target = Path(os.path.realpath(output))
    staging = target.with_name(f".{target.name}.sintoma-new")
    spare = target.with_name(f".{target.name}.sintoma-old")
    _make_parent(target)
    with locked(lock(output), str(output)):
        _recover(target, spare)
        _take(before, staging)
        old = _old_manifest(target)
        try:
            _make_staging(target, staging)
            staged = stage(artifacts, staging, target if old else None)
            changed = not (old and _unchanged(old, staged, target))
            if changed:
                if durable:
                    _flushed(staging)
                _swapped(target, staging, spare, swap)
                if durable:
                    _flushed_entry(target)
            _put_away(staging, before)
            return _report(output, staged, old, changed=changed)
        finally:
            discard(staging)


def _report(output: Path, staged: Staged, old: Manifest | None, *, changed: bool) -> WriteReport:
    removed = len(old.files.keys() - staged.manifest.files.keys()) if old else 0
    return WriteReport(output, staged.manifest, len(staged.written), staged.kept, removed, staged.bytes_written, changed)


def _unchanged(old: Manifest, staged: Staged, target: Path) -> bool:
    """Whether the old site has every byte of the new one, and nothing more."""
    if staged.written or old.files.keys() != staged.manifest.files.keys():
        return False
    return read_manifest(target) == staged.manifest


def _make_parent(target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise failure(error, f"cannot make the folder {target.parent}") from None


def _make_staging(target: Path, staging: Path) -> None:
    try:
        staging.mkdir(exist_ok=True)
        if target.exists():
            staging.chmod(target.stat().st_mode & 0o7777)
    except OSError as error:
        raise failure(error, f"cannot make the folder {staging}") from None


def _take(before: Path | None, staging: Path) -> None:
    """Begin with the site before the old one, or with what a killed run left; with an empty folder where there is neither."""
    if before is None or staging.is_symlink() or not staging.is_dir():
        discard(staging)
    if before and before.is_dir() and not before.is_symlink():
        with suppress(OSError):  # another disk
            before.rename(staging)


def _put_away(staging: Path, before: Path | None) -> None:
    """Keep a site for the next write, where it may be kept."""
    if before and before.parent.is_dir():
        discard(before)
        with suppress(OSError):  # another disk
            staging.rename(before)


def _recover(target: Path, spare: Path) -> None:
    """Finish what a killed run began where folders cannot be exchanged."""
    try:
        if spare.is_dir() and not target.exists():
            spare.rename(target)
    except OSError as error:
        raise failure(error, f"cannot bring back {target} from {spare}") from None
    discard(spare)


def _old_manifest(target: Path) -> Manifest | None:
    """The manifest of the site that will be replaced. Raises RefusedError where something else lives there."""
    if not target.exists():
        return None
    if not target.is_dir():
        raise RefusedError(f"{visible(str(target))}: is a file; choose another output folder, or move it away")
    found = list(strangers(target, {NAME}))
    if not found and not (target / NAME).exists():
        return None
    if not (target / NAME).is_file():
        raise RefusedError(
            f"{visible(str(target))}: is not empty and holds no site that Sintoma wrote ({some(found)}); "
            "it stays as it is. Choose another output folder"
        )
    try:
        old = read_manifest(target)
    except RefusedError as error:
        raise RefusedError(
            f"{error}. So it is not known which files of {visible(str(target))} are Sintoma's: "
            "if all of them are, remove the folder, then build again"
        ) from None
    found = list(strangers(target, {NAME, *old.files}))
    if found:
        raise RefusedError(
            f"{visible(str(target))}: holds files that Sintoma did not write ({some(found)}) and that would be lost; "
            "move them away, then build again"
        )
    return old


def _flushed(staging: Path) -> None:
    try:
        flush(staging)
    except OSError as error:
        raise failure(error, f"cannot bring {staging} to the disk") from None


def _flushed_entry(target: Path) -> None:
    try:
        flush_entry(target.parent)
    except OSError as error:
        raise PublishError(f"{failure(error, f'cannot bring {target} to the disk')}; the new site is in its place") from None


def _swapped(target: Path, staging: Path, spare: Path, swap: Callable[[Path, Path], bool]) -> None:
    try:
        if not target.exists():
            staging.rename(target)
        elif not swap(staging, target):
            target.rename(spare)
            staging.rename(target)
    except OSError as error:
        _recover(target, spare)
        raise failure(error, f"cannot put the new site in the place of {target}") from None
    discard(spare)
