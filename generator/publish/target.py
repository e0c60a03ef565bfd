"""Where a site can be published, and what publishing tells: nouns only."""

from __future__ import annotations

import os
from pathlib import Path

from msgspec import Struct

from generator.errors import SiteError
from generator.publish.manifest import Fault, Manifest
from generator.report.visible import visible


class Directory(Struct, frozen=True):
    """A folder on this machine: `path` becomes a symbolic link to one of the `keep` latest releases beside it."""

    path: Path
    keep: int = 3

    def __str__(self) -> str:
        """The folder, for messages."""
        return visible(str(self.path))


class GitBranch(Struct, frozen=True):
    """A branch of a git repository. `remote` is an address, a path, or the name of a remote of the repository `folder`."""

    remote: str
    branch: str
    folder: Path

    def __str__(self) -> str:
        """The branch, for messages."""
        return visible(f"{self.branch} of {self.remote}")


class Bucket(Struct, frozen=True):
    """A part of a bucket of an S3-compatible store, below `prefix`; credentials and endpoint come from the environment."""

    name: str
    prefix: str
    keep: int = 3

    def __str__(self) -> str:
        """The address, for messages."""
        return visible(f"s3://{self.name}/{self.prefix}".rstrip("/"))


class Machine(Struct, frozen=True):
    """A folder of another machine, reached by ssh: `host` as ssh takes it, `path` absolute or below the home folder there."""

    host: str
    path: str
    keep: int = 3

    def __str__(self) -> str:
        """The address, for messages."""
        return visible(f"{self.host}:{self.path}")


Target = Directory | GitBranch | Bucket | Machine


class Difference(Struct, frozen=True):
    """What publishing a site would change, in numbers of files."""

    added: int
    changed: int
    removed: int
    kept: int


class Published(Struct, frozen=True):
    """What was done. `release` is the target's name for what it shows now, `previous` for what it showed before; `note` is advice for people."""

    target: str
    release: str
    previous: str
    files: int
    difference: Difference
    changed: bool
    dry_run: bool = False
    note: str = ""


class Release(Struct, frozen=True):
    """A version of the site at a target, and whether it is the one shown."""

    name: str
    files: int
    size: int
    current: bool


class Verified(Struct, frozen=True):
    """Every file at the target, read again and compared with the manifest there."""

    target: str
    release: str
    files: int
    faults: tuple[Fault, ...]


def target_of(to: str, folder: Path, branch: str = "gh-pages", keep: int = 3) -> Target:
    """Read the address of a target: a folder, `git+REMOTE` for a branch, `rsync+HOST:PATH` or `s3://BUCKET/PREFIX`.

    Paths on this machine are relative to `folder`.

    Raises SiteError for an address that names no place, or is of a kind that is not known.
    """
    scheme, found, rest = to.partition("+")
    if not to.strip() or to == "git+":
        raise SiteError(f"{to!r}: names no place; write a folder, git+REMOTE, rsync+HOST:PATH or s3://BUCKET/PREFIX")
    if found and scheme == "git":
        return GitBranch(rest, branch, folder)
    if found and scheme == "rsync":
        host, colon, path = rest.partition(":")
        path = path.rstrip("/")
        if not (host and colon and path) or host.startswith("-") or path.startswith("-") or path.endswith("/.."):
            raise SiteError(f"{visible(to)}: is no address of a folder over ssh; write rsync+HOST:PATH")
        return Machine(host, path, keep)
    if to.startswith("s3://") and to.removeprefix("s3://").strip("/"):
        name, _, prefix = to.removeprefix("s3://").partition("/")
        return Bucket(name, prefix.strip("/"), keep)
    if "://" in to:
        raise SiteError(f"{visible(to)}: this kind of target is not known; use a folder, git+REMOTE, rsync+HOST:PATH or s3://BUCKET/PREFIX")
    place = Path(os.path.abspath(folder / Path(to).expanduser()))  # noqa: PTH100  resolve() would follow the link to a release
    if not place.name:
        raise SiteError(f"{visible(to)}: a site cannot be published over a whole disk; name a folder on it")
    return Directory(place, keep)


def difference(old: Manifest | None, new: Manifest) -> Difference:
    """What becomes of the files of `old` when `new` takes its place."""
    before = old.files if old else {}
    changed = sum(path in before and before[path] != entry for path, entry in new.files.items())
    added = len(new.files.keys() - before.keys())
    return Difference(added, changed, len(before.keys() - new.files.keys()), len(new.files) - added - changed)
