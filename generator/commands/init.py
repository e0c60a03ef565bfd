"""`sintoma init`."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator.commands.console import FINE, say
from generator.starter import init


def arguments(command: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    command.add_argument("folder", type=Path, metavar="DIR", help="a folder that is new or empty")


def run(options: argparse.Namespace) -> int:
    """Write the small site."""
    written = init(options.folder)
    say(f"sintoma: {len(written)} files in {options.folder}. Now run: sintoma build --config {options.folder / 'site.yml'}")
    return FINE
