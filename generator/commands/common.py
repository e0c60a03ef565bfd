"""What several commands share: their options, and source lines for reports."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from functools import cache
from pathlib import Path

from generator import read
from generator.config import Config


def site(command: argparse.ArgumentParser) -> None:
    """The option that names the site."""
    command.add_argument("--config", type=Path, default=Path("site.yml"), metavar="FILE", help="default: site.yml")


def work(command: argparse.ArgumentParser) -> None:
    """The options of commands that parse the whole content."""
    command.add_argument("--jobs", type=int, default=0, metavar="N", help="processes (default: one for each core)")
    command.add_argument("--no-cache", action="store_true", help="use no cache and keep none")
    command.add_argument("--strict", action="store_true", help="fail on warnings too")


def reader(settings: Config) -> Callable[[str, int], str]:
    """Source lines for reports, by file and number from 1, each file read once."""

    @cache
    def lines(file: str) -> tuple[str, ...]:
        return read.lines(settings.folder / file)

    def line(file: str, number: int) -> str:
        found = lines(file)
        return found[number - 1] if 0 < number <= len(found) else ""

    return line
