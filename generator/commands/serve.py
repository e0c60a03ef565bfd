"""`sintoma serve`."""

from __future__ import annotations

import argparse
from contextlib import closing
from pathlib import Path
from typing import Final

from generator import build, config, serve
from generator.commands import common
from generator.commands.console import FINE, say
from generator.serve.apart import site_builder
from generator.serve.rebuilding import sources_of

_LAST_PORT: Final = 65535


def arguments(command: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    common.site(command)
    command.add_argument("--output", type=Path, metavar="DIR", help="folder of the preview (default: beside the cache)")
    command.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    command.add_argument("--port", type=_port, default=8000)
    command.add_argument("--allow-host", action="append", default=[], metavar="NAME", help="one more name that the server answers to")


def _port(written: str) -> int:
    if not written.isdecimal() or int(written) > _LAST_PORT:
        raise argparse.ArgumentTypeError(f"{written!r} is no port; ports go from 0 to {_LAST_PORT}")
    return int(written)


def run(options: argparse.Namespace) -> int:
    """Preview the site until interrupted."""
    settings = config.load(options.config)
    output = options.output or settings.folder / ".sintoma-cache" / "preview"
    with closing(site_builder(options.config, build.Options(output=output))) as builder:
        serve.serve(output, builder, sources_of(options.config), say, serve.Options(options.host, options.port, tuple(options.allow_host)))
    return FINE
