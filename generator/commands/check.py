"""`sintoma check`."""

from __future__ import annotations

import argparse
import sys
from fnmatch import fnmatchcase
from pathlib import Path

from generator import baseline, build, config
from generator.commands import common
from generator.commands.console import FINDINGS, FINE, colour, put, say
from generator.model import Finding
from generator.report import FORMATS, coloured


def arguments(command: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    common.site(command)
    common.work(command)
    command.add_argument("--format", choices=list(FORMATS), default="text")
    command.add_argument("--output", type=Path, metavar="FILE", help="write the report here")
    command.add_argument("--only", metavar="CODE,…", help="codes or globs to report: link-*")
    command.add_argument("--lang", metavar="LANG,…", help="languages to report")
    command.add_argument("--baseline", type=Path, metavar="FILE", help="fail only on findings that this file does not know")
    command.add_argument("--update-baseline", action="store_true", help="write today's findings to the baseline")


def run(options: argparse.Namespace) -> int:
    """Report the findings of a site."""
    settings = config.load(options.config)
    findings, _ = build.inspect(settings, cache=not options.no_cache, jobs=options.jobs)
    findings = _chosen(findings, options)
    if options.baseline:
        findings = _compared(findings, options)
    shown = coloured if options.format == "text" and not options.output and colour(sys.stdout) else FORMATS[options.format]
    text = shown(findings, common.reader(settings))
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
    if options.update_baseline:
        baseline.write(options.baseline, findings)
        say(f"sintoma: {options.baseline} now holds {len(findings)} findings")
        return ()
    compared = baseline.compare(findings, baseline.read(options.baseline))
    say(f"sintoma: {len(compared.new)} new findings, {len(compared.known)} known from {options.baseline}, {len(compared.gone)} gone")
    return compared.new
