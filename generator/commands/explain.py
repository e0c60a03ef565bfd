"""`sintoma explain`."""

from __future__ import annotations

import argparse

from generator.commands.console import FINE, USAGE, put, say
from generator.report.explain import UnknownCodeError, explain, listed


def arguments(command: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    command.add_argument("code", nargs="?", help="the code of a finding, such as link-missing-page; without one all are listed")


def run(options: argparse.Namespace) -> int:
    """Show the help page of a finding, or the list of all."""
    if options.code is None:
        put(listed())
        return FINE
    try:
        put(explain(options.code))
    except UnknownCodeError as error:
        say(f"sintoma explain: {error}")
        return USAGE
    return FINE
