"""Publish to a branch of a git repository, with git's own plumbing.

A release is one commit on top of the last one: history is kept, nothing is forced. The commit is made in a
throw-away repository and pushed with a lease: whoever published in between wins, and the other is told. A push
moves one ref, so the branch always shows a whole site.
"""

from __future__ import annotations

import tarfile
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Final

from generator import __version__
from generator.model import Artifact
from generator.publish.failure import PublishError, RefusedError
from generator.publish.gitcommand import GitError, git, stream
from generator.publish.manifest import NAME, Entry, Fault, Manifest, decoded, encoded, entry
from generator.publish.source import read_artifacts, read_site
from generator.publish.target import GitBranch, Published, Release, Verified, difference
from generator.report.visible import visible

KEPT: Final = ("CNAME",)
"""Files of the branch that belong to the host, not to the site: GitHub keeps a site's domain name there."""

_ADDED: Final = ".nojekyll"
_OLD: Final = "refs/sintoma/old"
_NEW: Final = "refs/heads/sintoma"
_BACK: Final = "Sintoma-Rollback-To: "
_LISTED: Final = 10
"""So many releases a status lists."""


def publish(site: Path, target: GitBranch, *, dry_run: bool = False) -> Published:
    """Make a built site the content of the branch; a branch that is not there is made.

    Raises PublishError: RefusedError for a source that is not whole or a branch that holds something else.
    """
    listing = read_site(site)
    with _workspace(target) as work:
        old = _fetched(work, target)
        before = _manifest(work, target) if old else None
        change = difference(before, listing)
        release = listing.release
        if dry_run or before == listing:
            return Published(
                str(target), old[:12] if before == listing else release, old[:12], len(listing.files), change, changed=before != listing, dry_run=dry_run
            )
        _import(work, target, old, chain(read_artifacts(site, listing), [Artifact(NAME, encoded(listing))]), listing)
        _push(work, target, old)
        new = git(work, "rev-parse", _NEW)
        return Published(str(target), new[:12], old[:12], len(listing.files), change, changed=True)


def rollback(target: GitBranch, to: str = "") -> Published:
    """Show the release before the current one again, or that of the commit named, as a new commit. Raises PublishError."""
    with _workspace(target) as work:
        old = _existing(work, target, depth=0)
        now = _manifest(work, target)
        chosen = _commit(work, target, to) if to else _before(work, target, old)
        listing = _manifest(work, target, chosen)
        message = f"Roll back to {chosen[:12]}\n\nSintoma-Release: {listing.release}\n{_BACK}{chosen}"
        person = _identity(target)
        tree = git(work, "rev-parse", f"{chosen}^{{tree}}")
        new = git(work, "commit-tree", tree, "-p", old, "-m", message, identity=person)
        git(work, "update-ref", _NEW, new)
        _push(work, target, old)
        return Published(str(target), new[:12], old[:12], len(listing.files), difference(now, listing), changed=True)


def verify(target: GitBranch) -> Verified:
    """Read every file of the branch and compare it with the manifest there. Raises PublishError."""
    with _workspace(target) as work:
        head = _existing(work, target)
        listing = _manifest(work, target)
        found = dict(_entries(work))
        faults = [Fault(path, "surplus") for path in found.keys() - listing.files.keys() - {NAME, _ADDED, *KEPT}]
        faults += [Fault(path, "missing") for path in listing.files.keys() - found.keys()]
        faults += [Fault(path, "changed") for path, item in listing.files.items() if found.get(path, item) != item]
        return Verified(str(target), head[:12], len(listing.files), tuple(sorted(faults, key=lambda fault: fault.path)))


def status(target: GitBranch) -> tuple[Release, ...]:
    """The latest releases of the branch, oldest first. Raises PublishError."""
    with _workspace(target) as work:
        head = _existing(work, target, depth=_LISTED)
        commits = git(work, "rev-list", "--first-parent", f"--max-count={_LISTED}", _OLD).split()
        listings = [(commit, _manifest(work, target, commit)) for commit in reversed(commits) if _has_manifest(work, commit)]
        return tuple(Release(commit[:12], len(item.files), item.size, commit == head) for commit, item in listings)


@contextmanager
def _workspace(target: GitBranch) -> Iterator[Path]:
    """An empty bare repository that is gone afterwards. Failures of git are told with its own last words."""
    with tempfile.TemporaryDirectory(prefix="sintoma-git-") as name:
        try:
            git(Path(name), "init", "--quiet", "--bare")
            yield Path(name)
        except GitError as error:
            raise PublishError(f"{target}: {error}") from None


def _remote(target: GitBranch) -> str:
    """The address behind the name of a remote, or the remote as it is."""
    if target.remote.startswith("-"):
        raise PublishError(f"{target}: a remote cannot begin with a hyphen")
    try:
        return git(target.folder, "remote", "get-url", "--push", target.remote)
    except GitError:
        here = target.folder / target.remote
        return str(here) if here.is_dir() else target.remote


def _fetched(work: Path, target: GitBranch, depth: int = 1) -> str:
    """Fetch the branch and return its commit; empty where there is no such branch."""
    remote = _remote(target)
    if not git(work, "ls-remote", "--", remote, f"refs/heads/{target.branch}"):
        return ""
    shallow = [f"--depth={depth}"] if depth else []
    git(work, "fetch", "--quiet", "--no-tags", *shallow, "--", remote, f"+refs/heads/{target.branch}:{_OLD}")
    return git(work, "rev-parse", _OLD)


def _existing(work: Path, target: GitBranch, depth: int = 1) -> str:
    commit = _fetched(work, target, depth)
    if not commit:
        raise RefusedError(f"{target}: there is no such branch; nothing has been published there yet")
    return commit


def _has_manifest(work: Path, commit: str) -> bool:
    return bool(git(work, "ls-tree", commit, NAME))


def _manifest(work: Path, target: GitBranch, commit: str = _OLD) -> Manifest:
    if not _has_manifest(work, commit):
        raise RefusedError(
            f"{target}: holds something that Sintoma did not publish (no {NAME}); name another branch, or delete this one first"
        )
    return decoded(git(work, "cat-file", "blob", f"{commit}:{NAME}").encode(), f"{target}: {NAME}")


def _import(work: Path, target: GitBranch, old: str, artifacts: Iterable[Artifact], listing: Manifest) -> None:
    """Make the commit of a release by `git fast-import`."""
    message = f"Publish {listing.release}\n\nSintoma-Release: {listing.release}\nSintoma-Version: {__version__}\n".encode()
    kept = [line.split(None, 3) for line in git(work, "ls-tree", old, *KEPT).splitlines()] if old else []

    def commands() -> Iterator[bytes]:
        yield f"commit {_NEW}\ncommitter {_identity(target)}\ndata {len(message)}\n".encode() + message
        yield (f"from {old}\n" if old else "").encode() + b"deleteall\n"
        for mode, _, blob, path in kept:
            yield f"M {mode} {blob} {path}\n".encode()
        yield f"M 100644 inline {_ADDED}\ndata 0\n\n".encode()
        for artifact in artifacts:
            yield f"M 100644 inline {_quoted(artifact.path)}\ndata {len(artifact.data)}\n".encode() + artifact.data + b"\n"
        yield b"done\n"

    stream(work, commands(), "fast-import", "--quiet", "--done")


def _quoted(path: str) -> str:
    return '"' + path.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _push(work: Path, target: GitBranch, old: str) -> None:
    """Move the branch from `old` to the new commit, or tell that somebody else was faster."""
    ref = f"refs/heads/{target.branch}"
    remote = _remote(target)
    try:
        git(work, "push", "--quiet", f"--force-with-lease={ref}:{old}", "--", remote, f"{_NEW}:{ref}")
    except GitError as error:
        now = git(work, "ls-remote", "--", remote, ref).partition("\t")[0]
        if now != old:
            raise PublishError(
                f"{target}: somebody else published at the same time ({now[:12]}); theirs is shown, yours is not. "
                "Look whether yours is still needed, then publish again"
            ) from None
        raise PublishError(f"{target}: the push was refused: {error}") from None


def _identity(target: GitBranch) -> str:
    """Who publishes, as git would say it: `Name <mail> seconds zone`."""
    try:
        return git(target.folder, "var", "GIT_COMMITTER_IDENT")
    except GitError:
        return f"Sintoma <sintoma@localhost> {int(time.time())} +0000"


def _commit(work: Path, target: GitBranch, name: str) -> str:
    try:
        commit = git(work, "rev-parse", "--verify", "--end-of-options", f"{name}^{{commit}}")
        git(work, "merge-base", "--is-ancestor", commit, _OLD)
    except GitError:
        raise RefusedError(f"{target}: there is no release {visible(name)}; the status lists those that there are") from None
    return commit


def _before(work: Path, target: GitBranch, head: str) -> str:
    """The release before the one that is shown, seeing through earlier rollbacks."""
    shown = _meant(work, head)
    parents = git(work, "rev-list", "--max-count=1", "--parents", shown).split()[1:]
    if not parents:
        raise RefusedError(f"{target}: {head[:12]} is the first release; there is nothing to go back to")
    return _meant(work, parents[0])


def _meant(work: Path, commit: str) -> str:
    """The commit whose site a commit shows: itself, or the one that it rolled back to."""
    lines = git(work, "show", "--no-patch", "--format=%B", commit).splitlines()
    back = [line.removeprefix(_BACK) for line in lines if line.startswith(_BACK)]
    return _meant(work, back[0]) if back else commit


def _entries(work: Path) -> Iterator[tuple[str, Entry]]:
    """Every file of the fetched branch with its hash."""
    archive = work / "site.tar"
    git(work, "archive", "--format=tar", f"--output={archive}", _OLD)
    with tarfile.open(archive) as tar:
        for member in tar:
            file = tar.extractfile(member)
            if file is not None:
                yield member.name, entry(file.read())
