"""Write a whole site into a folder that nobody looks at yet.

The folder may hold an earlier site, most of whose files are the same as those of the site to be replaced (by inode, not by name): they need no
new links then, and what is not of the new site goes at the end.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec import Struct, field

from generator.model import Artifact
from generator.publish.failure import PublishError, failure
from generator.publish.manifest import NAME, Entry, Manifest, checked_path, encoded, entry, manifest
from generator.publish.regular import read_regular
from generator.publish.standing import Standing
from generator.report.visible import visible


class Staged(Struct, frozen=True):
    """What went into the folder: `written` files were new or changed, `kept` ones are links to those of the old site."""

    manifest: Manifest
    written: tuple[str, ...]
    kept: int
    bytes_written: int


class _Folder(Struct):
    """A folder that a site is staged in, and that of the site to be replaced.

    `files` and `folders` are what an earlier site left and the new one does not have (yet), of each file whether it is the very one of the site
    to be replaced; `made` are the folders that the new one has.
    """

    name: str
    previous: str
    files: dict[str, bool]
    folders: set[str]
    made: set[str] = field(default_factory=lambda: {""})


def stage(artifacts: Iterable[Artifact | Standing], folder: Path, previous: Path | None) -> Staged:
    """Write the artifacts and their manifest into a folder, and leave nothing else there.

    A file whose bytes are the same in `previous` is hard-linked from there: compared byte by byte, since dates and
    manifests can lie. One that is said to stand there has been read already. Raises PublishError, and whatever the artifacts raise.
    """
    files: dict[str, Entry] = {}
    written: list[str] = []
    size = 0
    into = _begun(folder, previous)
    for artifact in artifacts:
        path = checked_path(artifact.path)
        if path in files or path == NAME:
            raise PublishError(f"two parts of the site are named {visible(path)}; rename one of the pages or records")
        if isinstance(artifact, Standing):
            files[path] = Entry(artifact.sha256, artifact.size)
            _keep(path, into)
            continue
        files[path] = entry(artifact.data)
        if not _put(artifact, into):
            written.append(path)
            size += len(artifact.data)
    listing = manifest(files)
    _put(Artifact(NAME, encoded(listing)), into)
    _tidy(into)
    return Staged(listing, tuple(written), len(files) - len(written), size)


def _begun(folder: Path, previous: Path | None) -> _Folder:
    """The folder with what is in it."""
    into = _Folder(str(folder), str(previous or ""), {}, set())
    waiting = [""]
    try:
        while waiting:
            inside = waiting.pop()
            old = _entries(f"{previous}/{inside}") if previous else {}
            with os.scandir(f"{folder}/{inside}") as found:
                for entry in found:
                    path = f"{inside}{entry.name}"
                    if entry.is_dir(follow_symlinks=False):
                        into.folders.add(path)
                        waiting.append(f"{path}/")
                    else:
                        into.files[path] = entry.name in old and _same(entry, old[entry.name])
    except OSError as error:
        raise failure(error, f"cannot look into {folder}") from None
    return into


def _entries(folder: str) -> dict[str, os.DirEntry[str]]:
    """What is in a folder, by name; nothing where there is no such folder."""
    try:
        with os.scandir(folder) as found:
            return {entry.name: entry for entry in found}
    except (FileNotFoundError, NotADirectoryError):
        return {}


def _same(one: os.DirEntry[str], other: os.DirEntry[str]) -> bool:
    """Whether two names are those of one file. What a folder says of inodes may be wrong on network disks and in containers: it only saves questions."""
    return one.inode() == other.inode() and os.path.samestat(one.stat(follow_symlinks=False), other.stat(follow_symlinks=False))


def _room(path: str, into: _Folder) -> str:
    """The full name of a file to be, its folder made, and out of the way what an earlier site has in its place."""
    name = f"{into.name}/{path}"
    for inside in _entered(path, into):
        _drop(inside, into)
        if inside not in into.folders:
            os.mkdir(f"{into.name}/{inside}")  # noqa: PTH102  pathlib costs more than the write
    if path in into.folders and path not in into.made:
        shutil.rmtree(name)
        into.files = {file: same for file, same in into.files.items() if not file.startswith(f"{path}/")}
        into.folders = {inside for inside in into.folders if inside != path and not inside.startswith(f"{path}/")}
    return name


def _entered(path: str, into: _Folder) -> Sequence[str]:
    """The folders of a file that the site did not have before it, from the top; it has them now."""
    if path.rpartition("/")[0] in into.made:
        return ()
    above = [path[:place] for place, letter in enumerate(path) if letter == "/" and path[:place] not in into.made]
    into.made.update(above)
    return above


def _drop(path: str, into: _Folder) -> None:
    """Remove a file that an earlier site left, if it did."""
    if into.files.pop(path, None) is not None:
        os.unlink(f"{into.name}/{path}")  # noqa: PTH108


def _keep(path: str, into: _Folder) -> None:
    """Link a file that stands; a copy does as well."""
    if into.files.get(path):
        del into.files[path]
        _entered(path, into)
        return
    old = f"{into.previous or into.name}/{path}"
    try:
        name = _room(path, into)
        _drop(path, into)
        try:
            os.link(old, name, follow_symlinks=False)
        except OSError:  # no hard links here, or too many of this one
            shutil.copyfile(old, name, follow_symlinks=False)
    except OSError as error:
        raise failure(error, f"cannot keep {path} in {into.name}") from None


def _put(artifact: Artifact, into: _Folder) -> bool:
    """Link or write one file; True where the old one could be kept."""
    if into.previous and read_regular(f"{into.previous}/{artifact.path}", len(artifact.data)) == artifact.data:
        _keep(artifact.path, into)
        return True
    try:
        name = _room(artifact.path, into)
        _drop(artifact.path, into)
        with open(name, "xb") as file:  # noqa: PTH123
            file.write(artifact.data)
    except OSError as error:
        raise failure(error, f"cannot write {artifact.path} into {into.name}") from None
    return False


def _tidy(into: _Folder) -> None:
    """Remove what an earlier site left and the new one does not have."""
    try:
        for path in tuple(into.files):
            _drop(path, into)
        for inside in sorted(into.folders - into.made, reverse=True):
            os.rmdir(f"{into.name}/{inside}")  # noqa: PTH106
    except OSError as error:
        raise failure(error, f"cannot tidy up {into.name}") from None


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
