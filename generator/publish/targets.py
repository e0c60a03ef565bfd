"""A built site -> a target, whatever kind it is: each kind is one module with these four functions."""

from __future__ import annotations

from pathlib import Path

from generator.publish import directory, git, s3, ssh
from generator.publish.target import Bucket, Directory, GitBranch, Machine, Published, Release, Target, Verified


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
