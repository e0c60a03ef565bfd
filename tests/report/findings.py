"""Findings and sources for the tests of this folder."""

from __future__ import annotations

from typing import Final

from generator.model import Finding, Lang, Severity, Span

SOURCES: Final = {
    "content/es/mods.md": ["# Módulos", "", "\t<td>perro guardián</td>", "エクスポートは watch dog です"],
    "content/en/a.md": ["See [ports](port.md)."],
}

WATCHDOG: Final = Finding(
    code="translation-identifier",
    file="content/es/mods.md",
    span=Span(3, 6, 3, 20),
    message='"perro guardián" stands for watchdog',
    lang=Lang("es"),
    target="perro guardián",
    suggestion="watchdog",
)
LINK: Final = Finding(
    code="link-missing-page",
    file="content/en/a.md",
    span=Span(1, 5, 1, 21),
    message="there is no page port.md",
    lang=Lang("en"),
    target="port.md",
    suggestion="ports.md",
    severity=Severity.WARNING,
)
HOSTILE: Final = Finding(
    code="file-unsafe",
    file="content/\x1b[2J\n::error::/.md",
    span=Span(1, 1, 1, 1),
    message="100% of \x1b]0;owned\x07 lines,\nsaid \u202e: <b>&]]>\ufffe",
    target='"><script>',
)
NOTE: Final = Finding(
    code="link-implicit-anchor", file="content/en/a.md", span=Span(1, 5, 2, 3), message="no {#id}", severity=Severity.INFO
)
ALL: Final = (LINK, NOTE, WATCHDOG, HOSTILE)


def read_line(file: str, line: int) -> str:
    lines = SOURCES.get(file, [])
    return lines[line - 1] if line <= len(lines) else ""
