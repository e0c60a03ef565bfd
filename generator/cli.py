"""Commands: the only place that prints and sets exit statuses.

Exit status: 0 fine, 1 the content has findings that fail, 2 usage or configuration, 3 input/output or publishing.
Messages go to standard error, results to standard output.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from generator import __version__, build, config, read
from generator.commands import publishing, searching, starting
from generator.commands.console import FAILED, FINDINGS, FINE, STOPPED, USAGE, colour, put, say
from generator.config import Config, SiteError
from generator.model import Finding
from generator.publish.failure import PublishError
from generator.report import FORMATS, coloured


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; its exit status."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        return int(options.run(options))
    except SiteError as error:
        say(str(error))
        return USAGE
    except PublishError as error:
        say(f"sintoma: {error}")
        return FAILED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except OSError as error:
        say(f"sintoma: {error.filename or ''}: {error.strerror or error}".replace(": :", ":"))
        return FAILED
    except KeyboardInterrupt:
        say("sintoma: stopped; nothing was changed")
        return STOPPED


def _build(options: argparse.Namespace) -> int:
    site = config.load(options.config)
    wanted = build.Options(options.output, options.jobs, not options.no_cache, options.strict, options.keep_going, options.executor)
    result = build.build(site, wanted)
    if result.findings:
        shown = coloured if colour(sys.stderr) else FORMATS["text"]
        say(shown(result.findings, _reader(site)).rstrip("\n"))
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


def _check(options: argparse.Namespace) -> int:
    site = config.load(options.config)
    findings, _ = build.inspect(site, cache=not options.no_cache, jobs=options.jobs)
    findings = _chosen(findings, options)
    if options.baseline:
        findings = _compared(findings, options)
    shown = coloured if options.format == "text" and not options.output and colour(sys.stdout) else FORMATS[options.format]
    text = shown(findings, _reader(site))
    if options.output:
        options.output.write_text(text, encoding="utf-8")
    else:
        put(text)
    return FINDINGS if build.fails(findings, strict=options.strict) else FINE


def _chosen(findings: tuple[Finding, ...], options: argparse.Namespace) -> tuple[Finding, ...]:
    codes = options.only.split(",") if options.only else ["*"]
    langs = options.lang.split(",") if options.lang else []
    return tuple(
        finding
        for finding in findings
        if any(fnmatchcase(finding.code, code) for code in codes) and (not langs or finding.lang is None or finding.lang in langs)
    )


def _compared(findings: tuple[Finding, ...], options: argparse.Namespace) -> tuple[Finding, ...]:
    """Findings that the baseline does not know; the rest is said in a line."""
    from generator import baseline  # noqa: PLC0415
    if options.update_baseline:
        baseline.write(options.baseline, findings)
        say(f"sintoma: {options.baseline} now holds {len(findings)} findings")
        return ()
    compared = baseline.compare(findings, baseline.read(options.baseline))
    say(f"sintoma: {len(compared.new)} new findings, {len(compared.known)} known from {options.baseline}, {len(compared.gone)} gone")
    return compared.new


def _reader(site: Config) -> Callable[[str, int], str]:
    """Source lines for reports, each file read once."""

    @cache
    def lines(file: str) -> tuple[str, ...]:
        return read.lines(site.folder / file)

    def line(file: str, number: int) -> str:
        found = lines(file)
        return found[number - 1] if 0 < number <= len(found) else ""

    return line


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sintoma", description="Troubleshooting tables in many languages: checked, published, found.", allow_abbrev=False
    )
    parser.add_argument("--version", action="version", version=f"sintoma {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    making = commands.add_parser("build", help="parse, check and generate the site", allow_abbrev=False)
    _common(making)
    making.add_argument("--output", type=Path, metavar="DIR", help="folder of the site (default: as site.yml says)")
    making.add_argument("--keep-going", action="store_true", help="write the site although there are errors")
    making.add_argument("--executor", default="", metavar="dask://HOST:PORT", help="let a dask cluster work")
    making.add_argument("--profile", action="store_true", help="say where the time went")
    making.set_defaults(run=_build)
    checking = commands.add_parser("check", help="report findings, write no site", allow_abbrev=False)
    _common(checking)
    checking.add_argument("--format", choices=list(FORMATS), default="text")
    checking.add_argument("--output", type=Path, metavar="FILE", help="write the report here")
    checking.add_argument("--only", metavar="CODE,…", help="codes or globs to report: link-*")
    checking.add_argument("--lang", metavar="LANG,…", help="languages to report")
    checking.add_argument("--baseline", type=Path, metavar="FILE", help="fail only on findings that this file does not know")
    checking.add_argument("--update-baseline", action="store_true", help="write today's findings to the baseline")
    checking.set_defaults(run=_check)
    searching.add(commands)
    publishing.add(commands)
    starting.add(commands)
    return parser


def _common(command: argparse.ArgumentParser) -> None:
    command.add_argument("--config", type=Path, default=Path("site.yml"), metavar="FILE", help="default: site.yml")
    command.add_argument("--jobs", type=int, default=0, metavar="N", help="processes (default: one for each core)")
    command.add_argument("--no-cache", action="store_true", help="use no cache and keep none")
    command.add_argument("--strict", action="store_true", help="fail on warnings too")
