"""Findings -> text. A format is one function in one file; this table is all that knows them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from generator.model import Finding
from generator.report.document import document
from generator.report.github import github
from generator.report.gitlab import gitlab
from generator.report.junit import junit
from generator.report.kind import Format, ReadLine
from generator.report.sarif import sarif
from generator.report.text import coloured, text

FORMATS: Final[dict[str, Format]] = {
    "text": text,
    "json": document,
    "sarif": sarif,
    "junit": junit,
    "github": github,
    "gitlab": gitlab,
}
"""The formats of `check --format`, in the order that help shows them. `coloured` stands for `text` on a terminal."""

FOR_SERVERS: Final = frozenset({"sarif", "junit", "github", "gitlab"})
"""Formats that a server reads: there a file is named from the top of the repository, not from the folder of site.yml."""


def render(name: str, findings: Sequence[Finding], read_line: ReadLine, folder: str = "") -> str:
    """Return findings in a format; `folder` is that of site.yml, relative to the repository, with forward slashes.

    Only formats for servers need it; JSON and text name files as findings do, wherever they are run.
    """
    if name not in FOR_SERVERS or folder in ("", "."):
        return FORMATS[name](findings, read_line)
    top = f"{folder.strip('/')}/"
    placed = [replace(finding, file=top + finding.file) for finding in findings]
    return FORMATS[name](placed, lambda file, line: read_line(file.removeprefix(top), line))


__all__ = ["FORMATS", "FOR_SERVERS", "Format", "ReadLine", "coloured", "render"]
