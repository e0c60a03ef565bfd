"""Messages to standard error, results to standard output: the only two ways out."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, TextIO

FINE: Final = 0
FINDINGS: Final = 1
USAGE: Final = 2
FAILED: Final = 3
STOPPED: Final = 130
_BAR: Final = "{desc:<14} {bar} {percentage:3.0f} %"
_EVERY: Final = 0.1
"""Seconds between two looks of the progress bar."""


def say(message: str) -> None:
    """Tell the person something."""
    sys.stderr.write(f"{message}\n")


def put(text: str) -> None:
    """Give the result, as it is."""
    sys.stdout.write(text)


def colour(stream: TextIO) -> bool:
    """Whether a stream is a terminal that may be coloured (https://no-color.org)."""
    return "NO_COLOR" not in os.environ and stream.isatty()


@contextmanager
def bar() -> Iterator[Callable[[str, int, int], None] | None]:
    """A progress bar that is told of a stage how many of its tasks are done, and goes with the context; None where no terminal shows it."""
    if not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm  # type: ignore[import-untyped]  # noqa: PLC0415  it ships no types; few runs need it

    # A thread beside this one could be caught in a copy of the process.
    tqdm.monitor_interval = 0
    with tqdm(leave=False, file=sys.stderr, bar_format=_BAR, mininterval=_EVERY, dynamic_ncols=True) as shown:

        def watch(stage: str, done: int, total: int) -> None:
            if (shown.desc, shown.total) != (stage, total or None):
                shown.set_description_str(stage, refresh=False)
                shown.reset(total or None)
            shown.update(done - shown.n)

        yield watch
