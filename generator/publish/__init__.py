"""Artifacts -> a place: the only writers.

`write_site` makes the folder of a build; `publish` brings a built site elsewhere, `rollback`, `verify` and `status`
look after it there. Each kind of target is one module with these four functions.
"""

from __future__ import annotations

from pathlib import Path

from generator.publish import directory, git, s3, ssh
from generator.publish.failure import LockedError, PublishError, RefusedError
from generator.publish.swap import WriteReport, write_site
from generator.publish.target import Bucket, Directory, GitBranch, Machine, Published, Release, Target, Verified, target_of


def publish(site: Path, target: Target, *, dry_run: bool = False) -> Published:
    """Make a built site the one that a target shows; with `dry_run` only say what would change.

    Raises PublishError (exit status 3); the target shows what it showed before, then.
    """
    match target:
        case Directory():
            return directory.publish(site, target, dry_run=dry_run)
        case GitBranch():
            return git.publish(site, target, dry_run=dry_run)
        case Bucket():
            return s3.publish(site, target, dry_run=dry_run)
        case Machine():
            return ssh.publish(site, target, dry_run=dry_run)


def rollback(target: Target, to: str = "") -> Published:
    """Show the release before the current one again, or the one named. Raises PublishError."""
    match target:
        case Directory():
            return directory.rollback(target, to)
        case GitBranch():
            return git.rollback(target, to)
        case Bucket():
            return s3.rollback(target, to)
        case Machine():
            return ssh.rollback(target, to)


def verify(target: Target) -> Verified:
    """Read every file at the target again and compare it with the manifest there. Raises PublishError."""
    match target:
        case Directory():
            return directory.verify(target)
        case GitBranch():
            return git.verify(target)
        case Bucket():
            return s3.verify(target)
        case Machine():
            return ssh.verify(target)


def status(target: Target) -> tuple[Release, ...]:
    """The releases at the target, oldest first. Raises PublishError."""
    match target:
        case Directory():
            return directory.status(target)
        case GitBranch():
            return git.status(target)
        case Bucket():
            return s3.status(target)
        case Machine():
            return ssh.status(target)


__all__ = [
    "Bucket", "Directory", "GitBranch", "LockedError", "Machine", "PublishError", "Published", "RefusedError", "Release", "Target",
    "Verified", "WriteReport", "publish", "rollback", "status", "target_of", "verify", "write_site",
]  # fmt: skip
