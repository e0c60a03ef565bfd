"""The options that several commands share."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from generator.config import Config
from generator.errors import SiteError


def at_least(least: int) -> Callable[[str], int]:
    """A whole number from `least` on, as an option may be."""

    def number(written: str) -> int:
        if not written.isdecimal() or int(written) < least:
            raise argparse.ArgumentTypeError(f"{written!r} is no whole number from {least} on")
        return int(written)

    return number


def site(command: argparse.ArgumentParser) -> None:
    """The option that names the site."""
    command.add_argument("--config", type=Path, default=Path("site.yml"), metavar="FILE", help="default: site.yml")


def known(settings: Config, *langs: str) -> None:
    """Raise SiteError for a language that the site has not; an empty one stands for all."""
    there = [str(language.lang) for language in settings.languages]
    for lang in langs:
        if lang and lang not in there:
            raise SiteError(f"--lang {lang}: {settings.path} has {', '.join(there)}")


def work(command: argparse.ArgumentParser) -> None:
    """The options of commands that parse the whole content."""
    command.add_argument("--jobs", type=at_least(0), default=0, metavar="N", help="processes (default: one for each core)")
    command.add_argument("--no-cache", action="store_true", help="use no cache and keep none")
    command.add_argument("--strict", action="store_true", help="fail on warnings too")
