"""The options that several commands share."""

from __future__ import annotations

import argparse
from pathlib import Path


def site(command: argparse.ArgumentParser) -> None:
    """The option that names the site."""
    command.add_argument("--config", type=Path, default=Path("site.yml"), metavar="FILE", help="default: site.yml")


def work(command: argparse.ArgumentParser) -> None:
    """The options of commands that parse the whole content."""
    command.add_argument("--jobs", type=int, default=0, metavar="N", help="processes (default: one for each core)")
    command.add_argument("--no-cache", action="store_true", help="use no cache and keep none")
    command.add_argument("--strict", action="store_true", help="fail on warnings too")
