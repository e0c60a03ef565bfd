"""One writer at a time: a lock file that says who holds it.

POSIX record locks, not flock: worker processes forked while the lock is held must not keep it alive when the
build itself is killed. Record locks don't see threads of the same process, so a set of held paths stands beside them.
"""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from generator.publish.failure import LockedError, failure
from generator.report.visible import visible

_held: Final[set[str]] = set()
_guard: Final = threading.Lock()


@contextmanager
def locked(lock: Path, what: str) -> Iterator[None]:
    """Hold a lock file; `what` names the thing it guards.

    Raises LockedError, which names the holder's process, or PublishError where no lock file can be made. A file left
    by a killed process is no lock.
    """
    name = os.path.abspath(lock)  # noqa: PTH100  resolve() would follow a link planted there
    with _guard:
        if name in _held:
            raise LockedError(_told(what, str(os.getpid())))
        _held.add(name)
    try:
        descriptor = _acquired(name, what)
        try:
            yield
        finally:
            Path(name).unlink(missing_ok=True)
            os.close(descriptor)
    finally:
        with _guard:
            _held.discard(name)


def _acquired(name: str, what: str) -> int:
    while True:
        try:
            descriptor = os.open(name, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise failure(error, f"cannot make the lock file {name}") from None
        try:
            fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if _is_current(descriptor, name):
                os.ftruncate(descriptor, 0)
                os.write(descriptor, str(os.getpid()).encode())
                return descriptor
        except (BlockingIOError, PermissionError):
            holder = os.pread(descriptor, 32, 0).decode("ascii", "replace")
            os.close(descriptor)
            raise LockedError(_told(what, holder)) from None
        except OSError as error:
            os.close(descriptor)
            raise failure(error, f"cannot lock {name}") from None
        os.close(descriptor)


def _is_current(descriptor: int, name: str) -> bool:
    """Whether the locked file is still the one of that name: its last holder removes it."""
    try:
        there = Path(name).lstat()
    except FileNotFoundError:
        return False
    return os.path.samestat(os.fstat(descriptor), there)


def _told(what: str, holder: str) -> str:
    who = f"process {visible(holder)}" if holder.strip() else "another process"
    return f"{visible(what)} is being written by {who}; wait until it ends, then try again"
