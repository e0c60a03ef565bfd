"""`sintoma build`."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from generator import config, ledger, read
from generator.commands import common
from generator.commands.console import FINDINGS, FINE, bar, colour, say
from generator.config import Config
from generator.findings import fails
from generator.model import Finding
from generator.report import render

if TYPE_CHECKING:
    from generator.build import Result


def arguments(command: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    common.site(command)
    common.work(command)
    command.add_argument("--output", type=Path, metavar="DIR", help="folder of the site (default: as site.yml says)")
    command.add_argument("--keep-going", action="store_true", help="write the site although there are errors")
    command.add_argument("--executor", type=_executor, default="", metavar="dask://HOST:PORT", help="let a dask cluster work")
    command.add_argument("--profile", action="store_true", help="say where the time went")


def _executor(written: str) -> str:
    if written and not re.fullmatch(r"dask://.+:\d+", written):
        raise argparse.ArgumentTypeError(f"{written!r} is no scheduler; write dask://HOST:PORT")
    return written


def run(options: argparse.Namespace) -> int:
    """Build the site, say what was found and done."""
    start = perf_counter()
    settings = config.load(options.config)
    output = options.output or settings.output
    stamp = None if options.no_cache else ledger.stamp(settings, f"{options.keep_going} {options.strict}", output)
    told = ledger.recall(settings, stamp.hash, output) if stamp else None
    if told:
        _tell(_report(settings, told.findings), f"{told.summary} Nothing has changed, {perf_counter() - start:.1f} s. Open {output / 'index.html'}")
        return FINDINGS if fails(told.findings, strict=options.strict) else FINE
    return _build(settings, options, output, stamp)


def _build(settings: Config, options: argparse.Namespace, output: Path, stamp: ledger.Stamp | None) -> int:
    from generator import build  # noqa: PLC0415  half a second of imports that an unchanged site does without

    report: list[str] = []
    with bar() as watch:
        wanted = build.Options(
            output, options.jobs, not options.no_cache, options.keep_going, options.strict, options.executor, watch,
            found=lambda findings: report.append(_report(settings, findings)), known=stamp.files if stamp else {},
        )  # fmt: skip
        result = build.build(settings, wanted)
    counts = _counts(result)
    if result.written is None:
        end = "Nothing was written, because there are errors; mend them, or build with --keep-going."
    else:
        done = result.written
        end = f"{done.written} files written, {done.kept} unchanged, {done.removed} removed, {sum(result.seconds.values()):.1f} s."
        end += f" Open {output / 'index.html'}"
        if stamp:
            ledger.note(settings, ledger.written(stamp.hash, output, result.findings, counts, ledger.outside(settings, result.gathered.knowledge)))
    _tell("".join(report), f"{counts} {end}")
    if options.profile:
        for stage, seconds in result.seconds.items():
            say(f"  {seconds:7.2f} s  {stage}")
    return FINDINGS if fails(result.findings, strict=options.strict) else FINE


def _report(settings: Config, findings: tuple[Finding, ...]) -> str:
    return render("coloured" if colour(sys.stderr) else "text", findings, read.reader(settings.folder)).rstrip("\n") if findings else ""


def _tell(report: str, summary: str) -> None:
    if report:
        say(report)
    say(f"sintoma: {summary}")


def _counts(result: Result) -> str:
    kb = result.gathered.knowledge
    pages = sum(len(documents) for documents in kb.documents.values())
    records = sum(len(items) for items in kb.records.values())
    return f"{pages} pages in {len(kb.languages)} languages, {records} records, {len(kb.symptoms)} symptoms, {len(result.findings)} findings."
