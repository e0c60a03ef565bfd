"""Publish to a folder of this machine: releases beside it, and one symbolic link that flips.

`docs` is a link to `.docs.releases/0007-1f0c…`: a reader who opens a page gets it from the old release or the
new one, and the flip is one rename. Unchanged files are hard links to those of the release before.
"""

from __future__ import annotations

import os
from pathlib import Path

from generator.publish.exchange import exchange, flush, flush_entry
from generator.publish.failure import RefusedError, failure
from generator.publish.lock import locked
from generator.publish.manifest import NAME, Manifest, read_manifest
from generator.publish.releases import chosen, following, is_release, releases
from generator.publish.source import read_artifacts, read_site, some, strangers, verified
from generator.publish.staging import discard, stage
from generator.publish.target import Difference, Directory, Published, Release, Verified, difference
from generator.report.visible import visible


def publish(site: Path, target: Directory, *, dry_run: bool = False) -> Published:
    """Make a built site the one that the folder shows.

    Raises PublishError: RefusedError for a source that is not whole or a folder that holds something else, LockedError
    while another publisher is at it. The folder shows what it showed before, then.
    """
    listing = read_site(site)
    if site.resolve() == target.path.resolve():
        raise RefusedError(f"{target}: is the site itself; publish to another folder")
    _make(target.path.parent)
    with locked(_beside(target, "sintoma-lock"), str(target)):
        current = _current(target)
        old = _listing(current)
        change = difference(old, listing)
        files = len(listing.files)
        before = current.name if current else ""
        if dry_run:
            return Published(str(target), listing.release, before, files, change, changed=old != listing, dry_run=True)
        if current and old == listing and current.parent == _store(target) and not verified(current, listing):
            return Published(str(target), before, before, files, change, changed=False)
        return _published(site, listing, target, current, change)


def rollback(target: Directory, to: str = "") -> Published:
    """Show the release before the current one again, or the one named. Raises PublishError where there is none."""
    with locked(_beside(target, "sintoma-lock"), str(target)):
        names = [path.name for path in _releases(target)]
        current = _current(target)
        if current is None or current.name not in names:
            raise RefusedError(f"{target}: shows no release that was published here; there is nothing to go back to")
        name = chosen(target, names, current.name, to)
        folder = _store(target) / name
        listing = read_manifest(folder)
        faults = verified(folder, listing)
        if faults:
            raise RefusedError(f"{target}: release {name} is damaged ({some([fault.path for fault in faults])})")
        change = difference(read_manifest(current), listing)
        _flip(target, folder)
        return Published(str(target), name, current.name, len(listing.files), change, changed=name != current.name)


def verify(target: Directory) -> Verified:
    """Read every file of the folder again and compare it with the manifest there. Raises PublishError."""
    current = _current(target)
    if current is None:
        raise RefusedError(f"{target}: nothing has been published there yet")
    listing = read_manifest(current)
    return Verified(str(target), current.name, len(listing.files), verified(current, listing))


def status(target: Directory) -> tuple[Release, ...]:
    """The releases that are kept, oldest first. Raises PublishError."""
    current = _current(target)
    found = []
    for path in _releases(target):
        listing = read_manifest(path)
        found.append(Release(path.name, len(listing.files), listing.size, path == current))
    return tuple(found)


def _published(site: Path, listing: Manifest, target: Directory, current: Path | None, change: Difference) -> Published:
    store = _store(target)
    _make(store)
    fresh = store / "new"
    discard(fresh)
    names = [path.name for path in _releases(target)]
    adopted = following(names, read_manifest(current)) if current == target.path else ""
    release = store / following([*names, *filter(None, [adopted])], listing)
    try:
        _make(fresh)
        stage(read_artifacts(site, listing), fresh, current)
        flush(fresh)
        fresh.rename(release)
        flush_entry(store)
    except OSError as error:
        raise failure(error, f"cannot make a release in {store}") from None
    finally:
        discard(fresh)
    _flip(target, release, adopted)
    _prune(target, release)
    return Published(str(target), release.name, adopted or (current.name if current else ""), len(listing.files), change, changed=True)


def _flip(target: Directory, release: Path, adopted: str = "") -> None:
    """Let the folder's name lead to a release. A site that stood there itself becomes the release `adopted`."""
    link = _beside(target, "sintoma-link")
    discard(link)
    try:
        link.symlink_to(os.path.join(_store(target).name, release.name))  # noqa: PTH118  a relative link
        if target.path.is_symlink() or not target.path.exists():
            link.replace(target.path)
        else:
            _replace_folder(target, link, adopted)
        flush_entry(target.path.parent)
    except OSError as error:
        raise failure(error, f"cannot let {target.path} lead to the new release") from None
    finally:
        discard(link)


def _replace_folder(target: Directory, link: Path, adopted: str) -> None:
    """Put the link in the place of a real folder: an empty one goes, a site is kept as the release `adopted`."""
    kept = _store(target) / (adopted or "empty")
    if exchange(link, target.path):
        link.rename(kept)
    else:
        target.path.rename(kept)
        link.rename(target.path)
    if not adopted:
        discard(kept)


def _prune(target: Directory, current: Path) -> None:
    """Remove the oldest releases, never the current one."""
    others = [path for path in _releases(target) if path != current]
    for path in others[: max(0, len(others) - (target.keep - 1))]:
        discard(path)


def _current(target: Directory) -> Path | None:
    """The folder that is shown: a release, or the target itself where a site stands there. None where nothing does."""
    path = target.path
    if path.is_symlink():
        place = Path(os.path.abspath(path.parent / path.readlink()))  # noqa: PTH100  the link itself, nothing further
        if place.parent != _store(target) or not is_release(place.name):
            raise RefusedError(f"{target}: is a link to {visible(str(place))}, which Sintoma did not make; publish elsewhere")
        return place
    if not path.exists():
        return None
    if not path.is_dir():
        raise RefusedError(f"{target}: is a file; publish to a folder")
    found = list(strangers(path, {NAME}))
    if not found and not (path / NAME).exists():
        return None
    if not (path / NAME).is_file():
        raise RefusedError(f"{target}: holds files that Sintoma did not write ({some(found)}); publish to an empty folder")
    found = list(strangers(path, {NAME, *read_manifest(path).files}))
    if found:
        raise RefusedError(f"{target}: holds files that are not of its site ({some(found)}); move them away first")
    return path


def _listing(release: Path | None) -> Manifest | None:
    """What the release that is shown consists of; None where there is none, or where it is damaged."""
    try:
        return read_manifest(release) if release else None
    except RefusedError:
        return None


def _releases(target: Directory) -> list[Path]:
    """The folders of all releases, oldest first."""
    try:
        return [_store(target) / name for name in releases(path.name for path in _store(target).iterdir())]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise failure(error, f"cannot look into {_store(target)}") from None


def _store(target: Directory) -> Path:
    return Path(os.path.abspath(_beside(target, "releases")))  # noqa: PTH100  resolve() would follow the link


def _beside(target: Directory, kind: str) -> Path:
    return target.path.with_name(f".{target.path.name}.{kind}")


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise failure(error, f"cannot make the folder {folder}") from None


