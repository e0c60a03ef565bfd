"""What the server shows right now: changed by the builder's thread, read by those of the visitors."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from itertools import islice
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from generator.model import Finding
from generator.publish.manifest import NAME, Entry, Manifest
from generator.report.kind import ReadLine
from generator.report.text import summary, text
from generator.report.visible import visible, worded

LIMIT: Final = 50
"""Findings that a page shows; the terminal has them all."""


def no_line(_file: str, _line: int) -> str:
    """No line is known."""
    return ""


class Built(Struct, frozen=True):
    """What a build found. `error` says why there was none; `seconds` is how long it took."""

    findings: tuple[Finding, ...] = ()
    error: str = ""
    seconds: float = 0.0
    read_line: ReadLine = no_line


class Shown(Struct, frozen=True):
    """One state: its number, the files that may be served, pages that stand in for theirs, and what pages are told as JSON."""

    version: int
    files: Mapping[str, Entry] = field(default_factory=dict)
    drafts: Mapping[str, bytes] = field(default_factory=dict)
    message: str = ""
    open: bool = True


class Board:
    """Holds the state; a state is replaced whole, so that a visitor sees one or the other."""

    def __init__(self) -> None:
        """Nothing is shown yet."""
        self._changed = threading.Condition()
        self._built = Built()
        self._shown = Shown(0, message=_message(0, self._built))

    @property
    def shown(self) -> Shown:
        """The state right now."""
        return self._shown

    def show(self, listing: Manifest, built: Built) -> None:
        """Replace the state."""
        with self._changed:
            version, self._built = self._shown.version + 1, built
            files = {**listing.files, NAME: Entry("", 0)} if listing.files else {}
            self._shown = Shown(version, files, message=_message(version, built))
            self._changed.notify_all()

    def sketch(self, drafts: Mapping[str, bytes]) -> None:
        """Show other pages in place of some, until the next state."""
        with self._changed:
            version = self._shown.version + 1
            self._shown = replace(self._shown, version=version, drafts=drafts, message=_message(version, self._built))
            self._changed.notify_all()

    def close(self) -> None:
        """Let all who wait go home."""
        with self._changed:
            self._shown = Shown(self._shown.version, open=False)
            self._changed.notify_all()

    def newer(self, version: int, seconds: float) -> Shown | None:
        """The state as soon as it is another one than `version`; None when nothing has come in that time."""
        with self._changed:
            arrived = self._changed.wait_for(lambda: self._shown.version != version or not self._shown.open, seconds)
            return self._shown if arrived else None


def notice(built: Built) -> tuple[str, ...]:
    """What the terminal says of a build."""
    if built.error:
        return tuple(visible(line) for line in built.error.splitlines())
    took = f"sintoma: built in {built.seconds:.2f} s"
    if not built.findings:
        return (f"{took}, no findings",)
    return (*text(built.findings, built.read_line).splitlines(), took)


def _message(version: int, built: Built) -> str:
    findings = [
        {
            "place": f"{visible(finding.file)}:{finding.span.line}:{finding.span.column}",
            "severity": finding.severity.value,
            "code": finding.code,
            "message": worded(finding),
            "source": visible(built.read_line(finding.file, finding.span.line).strip())[:200],
        }
        for finding in islice(built.findings, LIMIT)
    ]
    state = {"version": version, "error": built.error, "summary": summary(built.findings), "findings": findings}
    return json.dumps(state)
