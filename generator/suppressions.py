"""Findings that the author wants to be so: comments in pages take them away, and are findings where they take none.

Whole folders, languages and codes are set off in site.yml (`severity`, with globs); rules there that fit nothing are said too.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from fnmatch import fnmatchcase
from itertools import accumulate

from msgspec import Struct

from generator import read
from generator.config import Config
from generator.findings import CODES
from generator.model import Finding, Ignore, KnowledgeBase, Lang, Span
from generator.parse import ignored

_PAGE = Span(1, 1, 1, 1)
"""The place of findings about a page as a whole."""


def suppress(findings: Iterable[Finding], kb: KnowledgeBase, config: Config, runs: Callable[[str], bool]) -> Iterator[Finding]:
    """The findings that no comment ignores, then a finding for each comment that ignores nothing or says no reason.

    `runs` tells of a code whether it was looked for: a comment for another one cannot be called unused.
    """
    places = _ignores(kb, config)
    reach = {file: _Reach.of(ignores) for file, (_, ignores) in places.items()}
    used: set[tuple[str, Span]] = set()
    for finding in findings:
        fitting = reach[finding.file].fitting(finding) if finding.file in reach else []
        used.update((finding.file, ignore.span) for ignore in fitting)
        if not fitting:
            yield finding
    for file, (lang, ignores) in places.items():
        for ignore in ignores:
            if fault := _fault(ignore):
                yield Finding("ignore-invalid", file, ignore.span, fault, lang, " ".join(ignore.codes))
            elif (file, ignore.span) not in used and any(fnmatchcase(code, glob) and runs(code) for code in CODES for glob in ignore.codes):
                message = "This comment ignores nothing; remove it."
                yield Finding("ignore-unused", file, ignore.span, message, lang, " ".join(ignore.codes))


def idle_rules(findings: Iterable[Finding], config: Config, runs: Callable[[str], bool]) -> Iterator[Finding]:
    """A finding for each severity rule of site.yml that fits no finding, where one of its codes was looked for or none exists."""
    idle = dict.fromkeys(rule for rule in config.severity if _looked_for(rule.code, runs))
    for finding in findings:
        for rule in [rule for rule in idle if rule.fits(finding)]:
            del idle[rule]
    for rule in idle:
        known = any(fnmatchcase(code, rule.code) for code in CODES)
        message = "This rule fits no finding; remove it." if known else _unknown(rule.code)
        yield Finding("severity-unused", config.path.name, Span(rule.line, 1, rule.line, 1), message, None, rule.code)


def _looked_for(glob: str, runs: Callable[[str], bool]) -> bool:
    codes = [code for code in CODES if fnmatchcase(code, glob)]
    return not codes or any(runs(code) for code in codes)


def _ignores(kb: KnowledgeBase, config: Config) -> Mapping[str, tuple[Lang, tuple[Ignore, ...]]]:
    """The comments of every file that has some; a table of contents is read for it, since it is no page."""
    found = {page.file: (page.lang, page.ignores) for pages in kb.documents.values() for page in pages.values() if page.ignores}
    for language in config.languages:
        for toc in kb.trees[language.lang].tocs:
            source = read.source(config, language, toc)[0]
            if source and (ignores := ignored(source)):
                found[source.file] = (language.lang, ignores)
    return found


class _Reach(Struct, frozen=True):
    """The comments of a file that say something, in their order; `lines` where they begin, `ends` how far any of those before reaches."""

    ignores: tuple[Ignore, ...]
    lines: tuple[int, ...]
    ends: tuple[int, ...]

    @classmethod
    def of(cls, ignores: Iterable[Ignore]) -> _Reach:
        """The comments of a file, sorted."""
        found = tuple(sorted((ignore for ignore in ignores if not _fault(ignore)), key=lambda ignore: ignore.span.line))
        return cls(found, tuple(ignore.span.line for ignore in found), tuple(accumulate((ignore.last for ignore in found), max)))

    def fitting(self, finding: Finding) -> list[Ignore]:
        """The comments that take a finding away."""
        return [ignore for ignore in self._here(finding) if any(fnmatchcase(finding.code, code) for code in ignore.codes)]

    def _here(self, finding: Finding) -> Iterator[Ignore]:
        if finding.span == _PAGE:
            yield from self.ignores
            return
        line = finding.span.line
        for number in range(bisect_right(self.lines, line) - 1, -1, -1):
            if self.ends[number] < line:
                return
            if line <= self.ignores[number].last:
                yield self.ignores[number]


def _fault(ignore: Ignore) -> str:
    """What is wrong with a comment, or nothing."""
    if not ignore.codes or not ignore.reason:
        return "This comment ignores nothing yet; write it as <!-- sintoma-ignore CODE: reason -->."
    unknown = [glob for glob in ignore.codes if not any(fnmatchcase(code, glob) for code in CODES)]
    return _unknown(unknown[0]) if unknown else ""


def _unknown(code: str) -> str:
    close = get_close_matches(code, CODES, 1)
    return f"No code is called {code}; {f'did you mean {close[0]}?' if close else 'sintoma explain lists them.'}"
