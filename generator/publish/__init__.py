"""Artifacts -> a place: the only writers.

`write_site` makes the folder of a build; `publish` brings a built site elsewhere, `rollback`, `verify` and `status` look after it there.
These are loaded when they are asked for: a build needs none of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from generator.publish.failure import LockedError, PublishError, RefusedError
from generator.publish.swap import WriteReport, write_site

if TYPE_CHECKING:
    from generator.publish.target import Bucket, Directory, GitBranch, Machine, Published, Release, Target, Verified, target_of
    from generator.publish.targets import publish, rollback, status, verify

_ACTIONS = ("publish", "rollback", "status", "verify")
_NOUNS = ("Bucket", "Directory", "GitBranch", "Machine", "Published", "Release", "Target", "Verified", "target_of")


def __getattr__(name: str) -> Any:  # noqa: ANN401  PEP 562: whatever is asked for
    if name not in (*_ACTIONS, *_NOUNS):
        raise AttributeError(name)
    return getattr(import_module(f"generator.publish.target{'s' if name in _ACTIONS else ''}"), name)


__all__ = [
    "Bucket", "Directory", "GitBranch", "LockedError", "Machine", "PublishError", "Published", "RefusedError", "Release", "Target",
    "Verified", "WriteReport", "publish", "rollback", "status", "target_of", "verify", "write_site",
]  # fmt: skip
