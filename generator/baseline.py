"""A baseline: the findings that a team knows of and mends bit by bit; only new ones fail.

The file is JSON, made to be read and merged: an entry a finding, sorted, without line numbers, since a finding
keeps its fingerprint when lines move.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from generator.errors import SiteError
from generator.findings import fingerprints
from generator.model import Finding

VERSION: Final = 1


class Known(Struct, frozen=True, order=True):
    """A finding of the baseline: its fingerprint, and what tells people which one it is."""

    path: str
    code: str
    target: str
    message: str
    fingerprint: str


class Compared(Struct, frozen=True):
    """Findings that the baseline does not know, those that it knows, and its entries that occur no more."""

    new: tuple[Finding, ...]
    known: tuple[Finding, ...]
    gone: tuple[Known, ...]


def read(path: Path) -> tuple[Known, ...]:
    """The entries of a baseline file. Raises SiteError where it is missing or not one."""
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise SiteError(f"{path}: no such file. Write today's findings to it with --update-baseline.") from None
    except (OSError, ValueError) as error:
        raise SiteError(f"{path}: cannot be read as a baseline: {error}. Write it anew with --update-baseline.") from None
    if not isinstance(value, dict) or value.get("version") != VERSION or not isinstance(value.get("findings"), list):
        raise SiteError(f"{path}: is no baseline of version {VERSION}. Write it anew with --update-baseline.")
    return tuple(_known(path, number, entry) for number, entry in enumerate(value["findings"], 1))


def unlooked(path: Path, looked: Callable[[Known], bool]) -> tuple[Known, ...]:
    """The entries of a baseline that were not looked for; none where there is no file, or no baseline in it."""
    try:
        return tuple(entry for entry in read(path) if not looked(entry))
    except SiteError:
        return ()


def write(path: Path, findings: Sequence[Finding], kept: Iterable[Known] = ()) -> tuple[Known, ...]:
    """Make these findings the baseline, in one step, and `kept` entries beside them; returns its entries. Raises OSError.

    `write(path, compared.known)` shrinks a baseline by what has been mended, and takes in nothing new.
    """
    fresh = {entry.fingerprint: entry for entry in _entries(findings)}
    entries = tuple(sorted({**{entry.fingerprint: entry for entry in kept}, **fresh}.values()))
    lines = ",\n".join(json.dumps(_shown(entry), ensure_ascii=False) for entry in entries)
    text = f'{{\n"version": {VERSION},\n"findings": [\n{lines}\n]\n}}\n'
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        part.write_text(text, encoding="utf-8", errors="backslashreplace")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return entries


def compare(findings: Sequence[Finding], baseline: Iterable[Known], looked: Callable[[Known], bool] = lambda _: True) -> Compared:
    """Tell new findings from known ones. Give it all findings: what is left out here counts as gone, where it was looked for."""
    entries = {entry.fingerprint: entry for entry in baseline}
    pairs = list(zip(findings, fingerprints(findings), strict=True))
    present = {name for _, name in pairs}
    return Compared(
        new=tuple(finding for finding, name in pairs if name not in entries),
        known=tuple(finding for finding, name in pairs if name in entries),
        gone=tuple(sorted(entry for name, entry in entries.items() if name not in present and looked(entry))),
    )


def _entries(findings: Sequence[Finding]) -> Iterable[Known]:
    for finding, name in zip(findings, fingerprints(findings), strict=True):
        yield Known(finding.file, finding.code, finding.target, finding.message, name)


def _shown(entry: Known) -> dict[str, str]:
    return {
        "fingerprint": entry.fingerprint,
        "code": entry.code,
        "path": entry.path,
        "target": entry.target,
        "message": entry.message,
    }


def _known(path: Path, number: int, entry: Any) -> Known:  # noqa: ANN401  JSON from disk
    match entry:
        case {"fingerprint": str(name), "code": str(code), "path": str(file), "target": str(target), "message": str(message)}:
            return Known(file, code, target, message, name)
    raise SiteError(f"{path}: entry {number} is not one of a baseline. Delete it, or write the file anew with --update-baseline.")
