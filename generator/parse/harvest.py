"""What the rules of one parse collect on the way; lives no longer than the parse."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from generator.model import Anchor, Finding, Lang, LinkKind, RawLink, SourceFile, Span, Table
from generator.parse.labels import unfold
from generator.parse.places import Place


class Harvest(Struct):
    """Links, anchors, tables and problems of the page being parsed.

    `place` is that of the inline text under way, `cells` counts the places in the grids of tables, `brackets` where links may begin. Rules find the harvest with `of(env)`.
    """

    source: SourceFile
    lines: list[str]
    place: Place
    links: list[RawLink] = field(default_factory=list)
    anchors: list[tuple[Anchor, Span]] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    problems: list[Finding] = field(default_factory=list)
    definitions: dict[str, int] = field(default_factory=dict)
    raw_html: bool = False
    cells: int = 0
    brackets: int = 0

    @property
    def lang(self) -> Lang:
        """The language of the page."""
        return self.source.lang

    def link(self, target: str, written: str, kind: LinkKind, span: Span, text: str = "", *, html: bool = False) -> int:
        """Add a link, its address as it is meant and as it is written at its place; its number."""
        target, written = unfold(target), unfold(written)
        self.links.append(RawLink(target, kind, span, text, html=html, spelled="" if written == target else written))
        if len(self.links) == self.source.limits.links + 1:
            self.problem("links-too-many", span, f"This page has more than {self.source.limits.links} links; split it (limits.links in site.yml).")
        return len(self.links) - 1

    def anchor(self, name: str, span: Span) -> None:
        """Add an id that links can lead to."""
        self.anchors.append((Anchor(name), span))

    def problem(self, code: str, span: Span, message: str, target: str = "", suggestion: str = "") -> None:
        """Add a finding about this page."""
        self.problems.append(Finding(code, self.source.file, span, message, self.lang, target, suggestion))

    def counts(self) -> tuple[int, int, int]:
        """How many links, anchors and problems there are."""
        return len(self.links), len(self.anchors), len(self.problems)

    def forget(self, links: int, anchors: int, problems: int) -> None:
        """Leave out what came behind so many links, anchors and problems."""
        if self.counts() != (links, anchors, problems):
            del self.links[links:], self.anchors[anchors:], self.problems[problems:]
            self.definitions = {label: number for label, number in self.definitions.items() if number < links}


def of(env: Any) -> Harvest:  # noqa: ANN401  markdown-it's env is an untyped mapping
    """The harvest of the parse that `env` belongs to."""
    harvest: Harvest = env["harvest"]
    return harvest
