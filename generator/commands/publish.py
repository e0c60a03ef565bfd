"""`sintoma publish`."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator import config, publish
from generator.commands import common
from generator.commands.console import FAILED, FINE, USAGE, say
from generator.config import Config
from generator.errors import SiteError
from generator.publish import Published, Target, Verified, target_of


def arguments(command: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    command.add_argument("target", help="a target of site.yml, a folder, git+REMOTE, rsync+HOST:PATH or s3://BUCKET/PREFIX")
    common.site(command)
    command.add_argument("--site", type=Path, metavar="DIR", help="built site (default: as site.yml says)")
    command.add_argument("--branch", default="", help="branch of a git target (default: gh-pages)")
    what = command.add_mutually_exclusive_group()
    what.add_argument("--dry-run", action="store_true", help="say what would change, change nothing")
    what.add_argument("--rollback", nargs="?", const="", metavar="RELEASE", help="show the release before, or this one, again")
    what.add_argument("--verify", action="store_true", help="read everything at the target again and compare")
    what.add_argument("--status", action="store_true", help="list the releases at the target")


def run(options: argparse.Namespace) -> int:
    """Publish, or look after what was published."""
    settings = config.load(options.config)
    target = _target(settings, options)
    if options.verify:
        return _verified(publish.verify(target))
    if options.status:
        for release in publish.status(target):
            say(f"{'*' if release.current else ' '} {release.name}  {release.files} files, {release.size} bytes")
        return FINE
    if options.rollback is not None:
        _tell(publish.rollback(target, options.rollback))
        return FINE
    folder = options.site or settings.output
    if not folder.is_dir():
        say(f"sintoma publish: there is no built site in {folder}; run `sintoma build` first")
        return USAGE
    _tell(publish.publish(folder, target, dry_run=options.dry_run))
    return FINE


def _target(settings: Config, options: argparse.Namespace) -> Target:
    known = next((target for target in settings.publish if target.name == options.target), None)
    if known:
        return target_of(known.to, settings.folder, options.branch or known.branch, known.keep)
    if "/" not in options.target and "+" not in options.target and settings.publish:
        names = ", ".join(target.name for target in settings.publish)
        raise SiteError(f"{options.target} is no target of {settings.path}; it has {names}. A folder is written with a slash: ./{options.target}")
    return target_of(options.target, Path.cwd(), options.branch or "gh-pages")


def _tell(done: Published) -> None:
    change = done.difference
    counts = f"{change.added} added, {change.changed} changed, {change.removed} removed, {change.kept} unchanged"
    verb = "would show" if done.dry_run else "shows" if done.changed else "already shows"
    say(f"sintoma: {done.target} {verb} {done.release or 'the new release'} ({done.files} files: {counts})")
    if done.note:
        say(f"sintoma: {done.note}")


def _verified(result: Verified) -> int:
    for fault in result.faults:
        say(str(fault))
    state = f"{len(result.faults)} of them wrong" if result.faults else "all as they were published"
    say(f"sintoma: {result.target}, release {result.release}: {result.files} files, {state}")
    return FAILED if result.faults else FINE
