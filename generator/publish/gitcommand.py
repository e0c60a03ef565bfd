"""Run git: no prompts, no pager, no settings of an outer git process, no line ends but those that files have."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, Final, cast

from generator.report.visible import visible

_OUTER: Final = (
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_NAMESPACE",
    "GIT_PREFIX", "GIT_QUARANTINE_PATH", "GIT_ALTERNATE_OBJECT_DIRECTORIES",
)  # fmt: skip
"""Variables that git sets for its hooks, and that would lead our commands to the repository of the hook."""

_ALWAYS: Final = {
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_HTTP_LOW_SPEED_LIMIT": "1000",
    "GIT_HTTP_LOW_SPEED_TIME": "60",
    "GIT_ATTR_NOSYSTEM": "1",
    "LC_ALL": "C.UTF-8",
}

_SETTINGS: Final = ("core.pager=cat", "core.autocrlf=false", f"core.attributesFile={os.devnull}")

_IDENTITY: Final = re.compile(r"(?P<name>.*) <(?P<mail>.*)> (?P<date>\d+ [+-]\d+)")


class GitError(Exception):
    """git failed. The message is what it said last."""


def git(folder: Path, *arguments: str, identity: str = "") -> str:
    """Run a git command in a folder and return what it printed, without the line break at its end. Raises GitError."""
    return stream(folder, (), *arguments, identity=identity).decode("utf-8", "surrogateescape").removesuffix("\n")


def stream(folder: Path, chunks: Iterable[bytes], *arguments: str, identity: str = "") -> bytes:
    """Run a git command, feed it, and return the bytes that it printed. Raises GitError, and what the chunks raise."""
    command = ["git", "-C", str(folder), *(word for setting in _SETTINGS for word in ("-c", setting)), *arguments]
    environment = {**os.environ, **_ALWAYS, **_author(identity)}
    for name in _OUTER:
        environment.pop(name, None)
    try:
        process = subprocess.Popen(  # noqa: S603  a fixed program; arguments never pass a shell
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
        )
    except FileNotFoundError:
        raise GitError("git is not installed; install it to publish to a branch") from None
    with process:
        try:
            for chunk in chunks:
                cast("BinaryIO", process.stdin).write(chunk)
        except BrokenPipeError:  # git has given up: its exit status and words tell why
            pass
        except BaseException:
            process.kill()
            raise
        output, errors = process.communicate()
    if process.returncode:
        lines = [line for line in errors.decode("utf-8", "replace").splitlines() if line.strip()]
        said = next((line for line in lines if line.startswith(("fatal:", "error:", " !"))), lines[-1] if lines else "")
        if "Could not read from remote repository" in said and lines[0] != said:
            said = lines[0]  # ssh's own words tell why
        raise GitError(visible(f"git {arguments[0]} failed: {said.strip() or f'status {process.returncode}'}"))
    return output


def _author(identity: str) -> dict[str, str]:
    found = _IDENTITY.fullmatch(identity)
    if not found:
        return {}
    return {
        f"GIT_{who}_{what}": found[key]
        for who in ("AUTHOR", "COMMITTER")
        for what, key in (("NAME", "name"), ("EMAIL", "mail"), ("DATE", "date"))
    }
