"""`sintoma check`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from generator import config, inspection, read
from generator.commands import common
from generator.commands.console import FINDINGS, FINE, USAGE, bar, colour, put, say
from generator.config import Config
from generator.errors import SiteError
from generator.findings import CODES, ONLINE, SINCE, everything, fails
from generator.model import Finding, KnowledgeBase
from generator.report import FORMATS, render
from generator.report.visible import visible
from generator.settling import Wanted, looked_for

if TYPE_CHECKING:
    from generator.baseline import Known
    from generator.fixes import Fixed


def arguments(command: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    common.site(command)
    common.work(command)
    command.add_argument("--format", choices=list(FORMATS), default="text")
    command.add_argument("--output", type=Path, metavar="FILE", help="write the report here")
    command.add_argument("--only", default="", metavar="CODE,…", help="codes or globs to look for: link-*")
    command.add_argument("--lang", default="", metavar="LANG,…", help="languages to report")
    command.add_argument("--baseline", type=Path, metavar="FILE", help="fail only on findings that this file does not know")
    command.add_argument("--update-baseline", action="store_true", help="write today's findings to the baseline")
    command.add_argument("--online", action="store_true", help="ask for addresses outside too")
    command.add_argument("--since", metavar="COMMIT", help="say which pages left since then without a redirect")
    mending = command.add_mutually_exclusive_group()
    mending.add_argument("--fix", action="store_true", help="put the suggestions into the sources, and report what is left")
    mending.add_argument("--diff", action="store_true", help="show what --fix would change, as a patch, and change nothing")


def run(options: argparse.Namespace) -> int:
    """Report the findings of a site."""
    if options.update_baseline and not options.baseline:
        say("sintoma check: --update-baseline needs the file: --baseline FILE")
        return USAGE
    if options.update_baseline and (options.only or options.lang):
        say("sintoma check: --update-baseline writes all findings; leave out --only and --lang")
        return USAGE
    settings = config.load(options.config)
    findings = _findings(settings, options)
    if options.diff or options.fix:
        from generator import fixes  # noqa: PLC0415  loaded where something is to be mended

        fixed = fixes.fixes(settings.folder, findings)
        if options.diff:
            put(fixes.difference(fixed))
            say(f"sintoma: {_counted(fixed)} would change; run it with --fix")
            return FINE
        fixes.apply(settings.folder, fixed)
        _tell(fixed)
        findings = _findings(settings, options)
    if options.baseline:
        findings = _compared(findings, options, _looked(settings, options))
    read_line = read.reader(settings.folder)
    painted = options.format == "text" and not options.output and colour(sys.stdout)
    text = render("coloured" if painted else options.format, findings, read_line, _below_top(settings.folder))
    if options.output:
        options.output.write_text(text, encoding="utf-8")
    else:
        put(text)
    return FINDINGS if fails(findings, strict=options.strict) else FINE


def _below_top(folder: Path) -> str:
    """The folder of site.yml, seen from the top of the repository that it lies in."""
    top = next((above for above in (folder, *folder.parents) if (above / ".git").exists()), folder)
    return folder.relative_to(top).as_posix()


def _findings(settings: Config, options: argparse.Namespace) -> tuple[Finding, ...]:
    """The findings that the options ask for."""
    langs, wanted = _listed(options.lang), _wanted(options)
    for glob in _listed(options.only):
        if not any(fnmatchcase(code, glob) for code in CODES):
            raise SiteError(f"sintoma check: --only {glob}: there is no such code; sintoma explain lists them")
    common.known(settings, *langs)
    told: list[str] = []
    asks = [ask for ask in _asks(settings, options, told.append) if any(wanted(code) for code in ask.codes)]
    with bar() as watch:
        shown = partial(watch, "check") if watch else None
        findings, _ = inspection.inspect(settings, cache=not options.no_cache, jobs=options.jobs, wanted=wanted, asks=asks, watch=shown)
    for line in told:
        say(line)
    return tuple(finding for finding in findings if not langs or finding.lang is None or finding.lang in langs)


def _wanted(options: argparse.Namespace) -> Wanted:
    """Whether findings of a code are asked for."""
    globs = _listed(options.only)
    return (lambda code: any(fnmatchcase(code, glob) for glob in globs)) if globs else everything


def _looked(settings: Config, options: argparse.Namespace) -> Callable[[Known], bool]:
    """Whether an entry of a baseline would have been found: its code was looked for, and its language is reported."""
    looked = looked_for(_wanted(options), (ONLINE if options.online else frozenset()) | (SINCE if options.since is not None else frozenset()))
    langs = _listed(options.lang)
    roots = tuple(f"{language.base}/" for language in settings.languages if language.lang in langs)
    return lambda entry: looked(entry.code) and (not langs or entry.path.startswith(roots))


def _asks(settings: Config, options: argparse.Namespace, tell: Callable[[str], None]) -> Iterator[inspection.Ask]:
    """What is looked for on request; `tell` gets what is to be said of it."""
    if options.online:
        yield inspection.Ask(ONLINE, _outside(settings, options, tell))
    if options.since is not None:
        from generator.history import pages_that_left_have_redirects  # noqa: PLC0415  publishing is loaded where it is asked

        yield inspection.Ask(SINCE, lambda kb: pages_that_left_have_redirects(kb, settings, options.since))


def _outside(settings: Config, options: argparse.Namespace, tell: Callable[[str], None]) -> Callable[[KnowledgeBase], Iterable[Finding]]:
    """What asks for addresses outside, and says how many it asked for."""
    try:
        from generator import online  # noqa: PLC0415  an extra: pip install sintoma[online]
    except ModuleNotFoundError as error:
        raise SiteError(f"sintoma check: --online needs {error.name}; install it with: pip install 'sintoma[online]'") from None

    def ask(kb: KnowledgeBase) -> tuple[Finding, ...]:
        asked = online.ask(kb, settings, None if options.no_cache else settings.folder / ".sintoma-cache")
        tell(f"sintoma: {asked.asked} addresses outside asked, {asked.known} known from before")
        return asked.findings

    return ask


def _listed(text: str) -> list[str]:
    return [item.strip() for item in text.split(",") if item.strip()]


def _tell(fixed: Sequence[Fixed]) -> None:
    """Say what was mended."""
    for item in fixed:
        for finding in item.findings:
            say(f"{visible(item.file)}:{finding.span.line}:{finding.span.column}: {visible(finding.target)} -> {visible(finding.suggestion)}")
    say(f"sintoma: {_counted(fixed)} changed")


def _counted(fixed: Sequence[Fixed]) -> str:
    places = sum(len(item.findings) for item in fixed)
    return f"{places} place{'s'[: places != 1]} in {len(fixed)} file{'s'[: len(fixed) != 1]}"


def _compared(findings: tuple[Finding, ...], options: argparse.Namespace, looked: Callable[[Known], bool]) -> tuple[Finding, ...]:
    """Findings that the baseline does not know; the rest is said in a line, and what occurs no more by name."""
    from generator import baseline  # noqa: PLC0415  loaded where there is one

    if options.update_baseline:
        kept = baseline.unlooked(options.baseline, looked)
        baseline.write(options.baseline, findings, kept)
        more = f", and {len(kept)} of codes that were not looked for" if kept else ""
        say(f"sintoma: {options.baseline} now holds {len(findings)} findings{more}")
        return ()
    compared = baseline.compare(findings, baseline.read(options.baseline), looked)
    for entry in compared.gone:
        say(f"{visible(entry.path)}: {entry.code} {visible(entry.target)}: mended; it can leave the baseline (--update-baseline)")
    say(f"sintoma: {len(compared.new)} new findings, {len(compared.known)} known from {options.baseline}, {len(compared.gone)} gone")
    return compared.new
