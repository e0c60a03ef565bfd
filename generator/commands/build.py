"""`sintoma build`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from generator import build, config
from generator.commands import common
from generator.commands.console import FINDINGS, FINE, colour, say
from generator.report import FORMATS, coloured


def arguments(command: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    common.site(command)
    common.work(command)
    command.add_argument("--output", type=Path, metavar="DIR", help="folder of the site (default: as site.yml says)")
    command.add_argument("--keep-going", action="store_true", help="write the site although there are errors")
    command.add_argument("--executor", default="", metavar="dask://HOST:PORT", help="let a dask cluster work")
    command.add_argument("--profile", action="store_true", help="say where the time went")


def run(options: argparse.Namespace) -> int:
    """Build the site, say what was found and done."""
    settings = config.load(options.config)
    wanted = build.Options(options.output, options.jobs, not options.no_cache, options.strict, options.keep_going, options.executor)
    result = build.build(settings, wanted)
    if result.findings:
        shown = coloured if colour(sys.stderr) else FORMATS["text"]
        say(shown(result.findings, common.reader(settings)).rstrip("\n"))
    say(_summary(result))
    if options.profile:
        for stage, seconds in result.seconds.items():
            say(f"  {seconds:7.2f} s  {stage}")
    return FINDINGS if build.fails(result.findings, strict=options.strict) else FINE


def _summary(result: build.Result) -> str:
    kb = result.knowledge
    pages = sum(len(documents) for documents in kb.documents.values())
    records = sum(len(items) for items in kb.records.values())
    counts = f"{pages} pages in {len(kb.languages)} languages, {records} records, {len(kb.symptoms)} symptoms, {len(result.findings)} findings"
    if result.written is None:
        return f"sintoma: {counts}. Nothing was written, because there are errors; mend them, or build with --keep-going."
    written = result.written
    return (
        f"sintoma: {counts}. {written.written} files written, {written.kept} unchanged, {written.removed} removed, "
        f"{sum(result.seconds.values()):.1f} s. Open {written.output / 'index.html'}"
    )
