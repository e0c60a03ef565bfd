"""`sintoma schema`."""

from __future__ import annotations

import argparse
import json

from generator.commands.console import FINE, put
from generator.schema import SITE


def arguments(command: argparse.ArgumentParser) -> None:
    """Add no options: there are none."""
    del command


def run(options: argparse.Namespace) -> int:
    """Print the JSON Schema of site.yml, for editors."""
    del options
    put(json.dumps(SITE, indent=2, ensure_ascii=False) + "\n")
    return FINE
