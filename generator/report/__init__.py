"""Findings -> text. A format is one function in one file of its name, loaded when it is asked for; this table is all that knows them."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Final

from msgspec.structs import replace

from generator.model import Finding
from generator.report.kind import Format, ReadLine

FORMATS: Final = {
    "text": "text",
    "json": "document",
    "sarif": "sarif",
    "junit": "junit",
    "github": "github",
    "gitlab": "gitlab",
}
"""The formats of `check --format`, in the order that help shows them, and their functions; `coloured` is `text` for a terminal."""

FOR_SERVERS: Final = frozenset({"sarif", "junit", "github", "gitlab"})
"""Formats that a server reads: there a file is named from the top of the repository, not from the folder of site.yml."""


def form(name: str) -> Format:
    """The function of a format."""
    file, function = ("text", "coloured") if name == "coloured" else (FORMATS[name], FORMATS[name])
    found: Format = getattr(import_module(f"generator.report.{file}"), function)
    return found


def render(name: str, findings: Sequence[Finding], read_line: ReadLine, folder: str = "") -> str:
    """Return findings in a format; `folder` is that of site.yml, relative to the repository, with forward slashes.

    Only formats for servers need it; JSON and text name files as findings do, wherever they are run.
    """
    if name not in FOR_SERVERS or folder in ("", "."):
        return form(name)(findings, read_line)
    top = f"{folder.strip('/')}/"
    placed = [replace(finding, file=top + finding.file) for finding in findings]
    return form(name)(placed, lambda file, line: read_line(file.removeprefix(top), line))


__all__ = ["FORMATS", "FOR_SERVERS", "Format", "ReadLine", "form", "render"]
