"""Whether a file or folder that somebody names is there: asked here alone.

What no disk can have (a name too long, a zero byte, a place that may not be looked at) is not there.
"""

from __future__ import annotations

import os
from pathlib import Path


def is_file(path: Path) -> bool:
    """Whether a path is a file, wherever it leads."""
    return os.path.isfile(path)  # noqa: PTH113  Path.is_file raises for a name that is too long


def is_folder(path: Path) -> bool:
    """Whether a path is a folder, wherever it leads."""
    return os.path.isdir(path)  # noqa: PTH112  as above
