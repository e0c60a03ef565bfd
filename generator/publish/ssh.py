"""Publish to a folder of another machine, with rsync over ssh.

The other machine needs sshd, rsync (3.2.3 or later) and a POSIX shell with `mv -T` (GNU, busybox). It gets the layout of a folder
here: releases beside a symbolic link, which flips in one rename, and only if nobody else has flipped it since we
looked. An interrupted transfer goes on where it stopped.
"""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from generator.publish.failure import PublishError, RefusedError
from generator.publish.manifest import NAME, Fault, Manifest, decoded
from generator.publish.releases import chosen, following, is_release, releases
from generator.publish.source import LITTER, read_site
from generator.publish.target import Machine, Published, Release, Verified, difference
from generator.report.visible import visible

_LOOK: Final = r"""
set -eu
link=$1 store=$2
[ -L "$link" ] || [ ! -e "$link" ] || { [ -d "$link" ] && [ -z "$(ls -A "$link")" ]; } || { echo busy; exit 0; }
printf 'current %s\n' "$(readlink "$link" || true)"
[ -d "$store" ] && cd "$store" || exit 0
for name in [0-9]*; do [ -f "$name/manifest.json" ] && printf 'release %s\n' "$name"; done
printf 'manifest\n'
cat "$(basename "$(readlink "$link")")/manifest.json" 2>/dev/null || true
"""

_FLIP: Final = r"""
set -eu
link=$1 store=$2 fresh=$3 release=$4 before=$5 keep=$6
case $link in /*) ;; *) link=$PWD/$link store=$PWD/$store ;; esac
cd "$store"
find lock -maxdepth 0 -mmin +1 -exec rmdir {} + 2>/dev/null || true
mkdir lock 2>/dev/null || { echo lost; exit 0; }
trap 'rmdir "$store/lock"' EXIT
[ "$(readlink "$link" || true)" = "$before" ] || { echo lost; exit 0; }
[ "$fresh" = "$release" ] || { sync -f "$fresh" 2>/dev/null || sync; mv -T "$fresh" "$release"; }
[ -L "$link" ] || rmdir "$link" 2>/dev/null || true
rm -f link
ln -s "$(basename "$store")/$release" link
mv -T link "$link"
count=$(ls -d [0-9]* | wc -l)
for name in $(ls -d [0-9]* | sort -n); do
  [ "$count" -gt "$keep" ] || break
  [ "$name" = "$release" ] || rm -rf "$name"
  count=$((count - 1))
done
find . -maxdepth 1 -name 'new-*' -mtime +1 -exec rm -rf {} +
echo shown
"""


class _There(Struct, frozen=True):
    """What the other machine has: the link as it is, the releases (oldest first), and what the one shown consists of."""

    link: str
    releases: tuple[str, ...]
    manifest: Manifest | None

    @property
    def current(self) -> str:
        return self.link.rpartition("/")[2]


def publish(site: Path, target: Machine, *, dry_run: bool = False) -> Published:
    """Make a built site the one that the folder of the other machine shows. Raises PublishError."""
    listing = read_site(site)
    there = _look(target)
    old, current = there.manifest, there.current
    change = difference(old, listing)
    files = len(listing.files)
    if dry_run or old == listing:
        shown = listing.release if old != listing else current
        return Published(str(target), shown, current, files, change, changed=old != listing, dry_run=dry_run)
    fresh = f"new-{listing.release}"
    _send(site, target, fresh, current if old else "")
    name = following(there.releases, listing)
    _flip(target, fresh, name, there)
    return Published(str(target), name, current, files, change, changed=True)


def rollback(target: Machine, to: str = "") -> Published:
    """Show the release before the current one again, or the one named. Raises PublishError."""
    there = _look(target)
    current = there.current
    name = chosen(target, there.releases, current, to)
    listing = _manifest(target, name)
    _flip(target, name, name, there)
    change = difference(there.manifest, listing)
    return Published(str(target), name, current, len(listing.files), change, changed=name != current)


def verify(target: Machine) -> Verified:
    """Let the other machine hash every file, and compare with the manifest. Raises PublishError."""
    there = _look(target)
    if there.manifest is None:
        raise RefusedError(f"{target}: nothing has been published there yet, or its manifest is gone; publish it")
    listing, current = there.manifest, there.current
    lines = _run(target, 'cd "$1" && find . ! -type d -exec sha256sum -z {} +', f"{_store(target)}/{current}").split("\0")
    found = {line[66:].removeprefix("./"): line[:64] for line in lines if line}
    faults = [Fault(path, "surplus") for path in found.keys() - listing.files.keys() - {NAME}]
    faults += [Fault(path, "missing") for path in listing.files.keys() - found.keys()]
    faults += [Fault(path, "changed") for path, item in listing.files.items() if found.get(path, item.sha256) != item.sha256]
    return Verified(str(target), current, len(listing.files), tuple(sorted(faults, key=lambda fault: fault.path)))


def status(target: Machine) -> tuple[Release, ...]:
    """The releases that are kept, oldest first. Raises PublishError."""
    there = _look(target)
    listings = ((name, _manifest(target, name)) for name in there.releases)
    return tuple(Release(name, len(item.files), item.size, name == there.current) for name, item in listings)


def _look(target: Machine) -> _There:
    """What the link says, the releases, and the manifest of the one that is shown."""
    head, _, text = _run(target, _LOOK, target.path, _store(target)).partition("\nmanifest\n")
    lines = head.splitlines()
    if lines[:1] == ["busy"]:
        raise RefusedError(f"{target}: holds something that Sintoma did not publish; name a folder that is new or empty")
    before = lines[0].removeprefix("current ") if lines else ""
    folder = _store(target).rpartition("/")[2]
    if before and not (before.startswith(f"{folder}/") and is_release(before.removeprefix(f"{folder}/"))):
        raise RefusedError(f"{target}: is a link to {visible(before)}, which Sintoma did not make; publish elsewhere")
    names = (line.removeprefix("release ") for line in lines[1:])
    try:
        listing = decoded(text.encode("utf-8", "surrogateescape"), f"{target}: {NAME}") if text.strip() else None
    except RefusedError:
        listing = None
    return _There(before, tuple(releases(names)), listing)


def _manifest(target: Machine, release: str) -> Manifest:
    text = _run(target, 'cat "$1"', f"{_store(target)}/{release}/{NAME}")
    return decoded(text.encode(), f"{target}: {release}/{NAME}")


def _send(site: Path, target: Machine, fresh: str, current: str) -> None:
    """Bring the files over; those that the current release has are linked there. Contents count, dates don't."""
    near = [f"--link-dest=../{current}"] if current else []
    place = f"{target.host}:{_store(target)}/{fresh}/"
    options = ["--recursive", "--mkpath", "--checksum", "--delete", "--partial", "--protect-args", "--chmod=D755,F644", "--timeout=60", *near]
    options += [f"--exclude={name}" for name in LITTER]
    _command(target, ["rsync", *options, "--rsh", shlex.join(_shell()), "--", f"{site}/", place])


def _flip(target: Machine, fresh: str, release: str, there: _There) -> None:
    said = _run(target, _FLIP, target.path, _store(target), fresh, release, there.link, str(max(1, target.keep))).strip()
    if said != "shown":
        raise PublishError(f"{target}: somebody else published at the same time; look at the status, then publish again")


def _store(target: Machine) -> str:
    head, _, name = target.path.rstrip("/").rpartition("/")
    return f"{head}/.{name}.releases" if head or target.path.startswith("/") else f".{name}.releases"


def _shell() -> list[str]:
    """The remote shell: ssh, or what RSYNC_RSH says; never one that asks."""
    return [*shlex.split(os.environ.get("RSYNC_RSH", "ssh")), "-o", "BatchMode=yes", "-o", "ConnectTimeout=15"]


def _run(target: Machine, script: str, *arguments: str) -> str:
    """Run a script on the other machine and return what it printed."""
    words = shlex.join(["sh", "-c", script, "sintoma", *arguments])
    return _command(target, [*_shell(), "--", target.host, words])


def _command(target: Machine, command: Sequence[str]) -> str:
    try:
        done = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)  # noqa: S603  no shell here
    except FileNotFoundError:
        raise PublishError(f"{target}: {command[0]} is not installed; install it to publish over ssh") from None
    if done.returncode:
        lines = [line for line in done.stderr.decode("utf-8", "replace").splitlines() if line.strip()]
        said = visible(lines[0]) if lines else f"status {done.returncode}"
        raise PublishError(f"{target}: {command[0]} failed: {said}; what was shown is untouched. Publish again to go on from there")
    return done.stdout.decode("utf-8", "surrogateescape")
