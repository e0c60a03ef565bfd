"""A command and what it cost: time, work of all its processes, memory of the largest."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from msgspec import Struct


class Cost(Struct, frozen=True):
    """Seconds on the clock, seconds of work, megabytes of the largest process."""

    wall: float
    cpu: float
    peak: float


def measured(command: Sequence[str | Path], folder: Path, allowed: tuple[int, ...] = (0,)) -> Cost:
    """Run a command in a folder. Raises SystemExit with what it said where its code is not one of the allowed."""
    with tempfile.TemporaryFile() as log:
        start = perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT)
        _, status, used = os.wait4(process.pid, 0)
        wall = perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode not in allowed:
            log.seek(0)
            raise SystemExit(f"{' '.join(map(str, command))}: ended with {process.returncode}\n{log.read().decode(errors='replace')[-2000:]}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def size(folder: Path) -> int:
    """Bytes of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
