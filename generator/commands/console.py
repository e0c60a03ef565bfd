"""Messages to standard error, results to standard output: the only two ways out."""

from __future__ import annotations

import os
import sys
from typing import Final, TextIO

FINE: Final = 0
FINDINGS: Final = 1
USAGE: Final = 2
FAILED: Final = 3
STOPPED: Final = 130


def say(message: str) -> None:
    """Tell the person something."""
    sys.stderr.write(f"{message}\n")


def put(text: str) -> None:
    """Give the result, as it is."""
    sys.stdout.write(text)


def colour(stream: TextIO) -> bool:
    """Whether a stream is a terminal that may be coloured (https://no-color.org)."""
    return "NO_COLOR" not in os.environ and stream.isatty()
