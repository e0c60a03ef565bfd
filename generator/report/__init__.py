"""Findings -> text. A format is one function in one file; this table is all that knows them."""

from __future__ import annotations

from typing import Final

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

__all__ = ["FORMATS", "Format", "ReadLine", "coloured"]
