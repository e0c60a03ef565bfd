"""What a person is told when a site cannot be written or published.

Exceptions of this folder::

    PublishError            exit status 3; the message says what failed, where, and what to do
    ├── LockedError         another process is at it
    └── RefusedError        going on would publish rubbish or delete what is not ours
"""

from __future__ import annotations

import errno
import os
from typing import Final

from generator.errors import PublishError
from generator.report.visible import visible

__all__ = ["LockedError", "PublishError", "RefusedError", "failure", "unexpected"]

_ADVICE: Final = {
    errno.ENOSPC: "the disk is full; free some space and try again",
    errno.EDQUOT: "your disk quota is used up; free some space and try again",
    errno.EFBIG: "the file is larger than is allowed here (see `ulimit -f`); raise the limit and try again",
    errno.EACCES: "permission denied; write to that folder as a user who may, or choose another one",
    errno.EPERM: "not permitted; write to that folder as a user who may, or choose another one",
    errno.EROFS: "the file system is read-only; choose another folder, or mount it writable",
    errno.EMFILE: "too many open files; raise the limit (see `ulimit -n`) and try again",
    errno.ENFILE: "the system has too many open files; close some programs and try again",
    errno.ENAMETOOLONG: "the name is too long for this file system; shorten the path of the page",
    errno.EEXIST: "something else has that name already; choose another one, or rename one of the pages",
    errno.EBUSY: "the folder is in use, perhaps as a mount point; write to a folder inside it",
    errno.EXDEV: "the folder lies on another file system than the folder around it; write to a folder inside it",
    errno.ENOLCK: "this file system has no locks; choose a folder on a local disk",
    errno.ENOTDIR: "a part of the path is a file, not a folder; move it away, or choose another folder",
    errno.EISDIR: "a folder has that name; choose another one, or rename one of the pages",
    errno.EIO: "the disk reports an error; check the disk, and write to another one",
}


class LockedError(PublishError):
    """Another process is writing to the same place."""


class RefusedError(PublishError):
    """The source is not a whole site, or the target holds what Sintoma did not write."""


def failure(error: OSError, doing: str) -> PublishError:
    """Return the error for people; `doing` says what was tried: `cannot write site/en/index.html`."""
    reason = os.strerror(error.errno) if error.errno else str(error)
    advice = _ADVICE.get(error.errno or 0, "check the path and try again")
    return PublishError(f"{visible(doing)}: {advice} ({reason})")


def unexpected(error: OSError) -> PublishError:
    """The same for an error of the machine from anywhere in a run."""
    return failure(error, f"cannot read or write {error.filename}" if error.filename else "cannot read or write a file")
