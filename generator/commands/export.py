"""`sintoma export`."""

from __future__ import annotations

import argparse
from pathlib import Path

from generator import addresses, config, site
from generator.cache import opened
from generator.commands import common
from generator.commands.console import FINE, say
from generator.exports import export
from generator.publish import write_site
from generator.workers import crew


def arguments(command: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    common.site(command)
    command.add_argument("--output", type=Path, default=Path("data"), metavar="DIR", help="folder to write to (default: data)")


def run(options: argparse.Namespace) -> int:
    """Write the data of a site, whole or not at all."""
    settings = config.load(options.config)
    with opened(settings.folder, keep=True) as cache:
        gathered = site.gather(settings, cache, crew(0))
        written = write_site(export(gathered.knowledge, settings, addresses, gathered.library.tables), options.output)
    say(f"sintoma: {len(written.manifest.files)} files of data in {options.output}")
    return FINE
