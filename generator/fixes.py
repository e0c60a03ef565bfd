"""Finding -> edit of the source: a suggestion is written over exactly what its finding points at, and nothing else changes.

A finding has a suggestion only where one thing can be meant, so all of them may be applied. Byte order mark, line ends and
the rest of every line stay as they are; a place that no longer reads as its finding says is left alone.
"""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from generator import read
from generator.model import Finding

_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_BOM: Final = "\ufeff"


class Fixed(Struct, frozen=True):
    """A file before and after its edits, with the findings that they answer; both texts as they are on disk."""

    file: str
    before: str
    after: str
    findings: tuple[Finding, ...]


class Edit(Struct, frozen=True):
    """What a suggestion writes over a slice of a text."""

    start: int
    end: int
    right: str
    finding: Finding


def fixes(folder: Path, findings: Iterable[Finding]) -> tuple[Fixed, ...]:
    """The files below `folder` that suggestions change, sorted by name; nothing is written."""
    by_file: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.suggestion:
            by_file.setdefault(finding.file, []).append(finding)
    fixed = (_file(folder, file, wanted) for file, wanted in sorted(by_file.items()))
    return tuple(item for item in fixed if item is not None)


def apply(folder: Path, fixed: Sequence[Fixed]) -> None:
    """Write the edited files, each in one step and with the rights it had. Raises OSError."""
    for item in fixed:
        place = folder / item.file
        part = place.with_name(f".{place.name}.{os.getpid()}")
        try:
            part.write_bytes(item.after.encode())
            part.chmod(place.stat().st_mode & 0o7777)
            part.replace(place)
        finally:
            part.unlink(missing_ok=True)


def difference(fixed: Sequence[Fixed]) -> str:
    """The edits as a unified diff, which `patch -p1` and `git apply` take."""
    lines = (
        line
        for item in fixed
        for line in difflib.unified_diff(_lines(item.before), _lines(item.after), f"a/{item.file}", f"b/{item.file}")
    )
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    """Lines as diff and patch count them."""
    return [f"{line}\n" for line in text.split("\n")[:-1]] + ([last] if (last := text.rsplit("\n", 1)[-1]) else [])


def _file(folder: Path, file: str, findings: Sequence[Finding]) -> Fixed | None:
    try:
        before = read.data(folder / file).decode()
    except (OSError, UnicodeDecodeError):
        return None
    after: list[str] = []
    last = 0
    found = edits(before, findings)
    for edit in found:
        after += [before[last : edit.start], edit.right]
        last = edit.end
    if not found:
        return None
    return Fixed(file, before, "".join((*after, before[last:])), tuple(edit.finding for edit in found))


def edits(text: str, findings: Iterable[Finding]) -> tuple[Edit, ...]:
    """The edits of a text that suggestions ask for, in order; of those that overlap the first."""
    start = len(_BOM) if text.startswith(_BOM) else 0
    starts = [start, *(match.end() for match in _LINE_END.finditer(text, start))]
    asked = [edit for finding in findings if (edit := _edit(text, starts, finding))]
    kept: list[Edit] = []
    for edit in sorted(asked, key=lambda edit: (edit.start, edit.end, edit.right)):
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    return tuple(kept)


def _edit(text: str, starts: Sequence[int], finding: Finding) -> Edit | None:
    """What is replaced and what by; None where the text is not what the finding says."""
    first, end = _offset(starts, finding.span.line, finding.span.column), _offset(starts, finding.span.end_line, finding.span.end_column)
    if first is None or end is None or not first < end <= len(text):
        return None
    if finding.code == "link-undefined-label":
        label = text[first - 1 : end + 1] == f"[{finding.target}]"
        return Edit(first - 1, end + 1, f"({finding.suggestion})", finding) if label else None
    there = _LINE_END.sub("\n", text[first:end])
    spaced = finding.code == "link-malformed" and there.endswith(f"({finding.target})")
    return Edit(first, end, finding.suggestion, finding) if there == finding.target or spaced else None


def _offset(starts: Sequence[int], line: int, column: int) -> int | None:
    """The offset of a line and column, both from 1."""
    return starts[line - 1] + column - 1 if 0 < line <= len(starts) else None

