"""What the rules of one parse collect on the way; lives no longer than the parse."""

from __future__ import annotations

from typing import Any

from msgspec import Struct, field

from generator.model import Anchor, Finding, Lang, LinkKind, RawLink, SourceFile, Span, Table
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
    in_table: bool = False
    raw_html: bool = False
    cells: int = 0
    brackets: int = 0

    @property
    def lang(self) -> Lang:
        """The language of the page."""
        return self.source.lang

    def link(self, link: RawLink) -> int:
        """Add a link; its number."""
        self.links.append(link)
        if len(self.links) == self.source.limits.links + 1:
            self.problem("links-too-many", link.span, f"This page has more than {self.source.limits.links} links; split it (limits.links in site.yml).")
        return len(self.links) - 1

    def anchor(self, name: str, span: Span) -> None:
        """Add an id that links can lead to."""
        self.anchors.append((Anchor(name), span))

    def problem(self, code: str, span: Span, message: str, target: str = "", suggestion: str = "") -> None:
        """Add a finding about this page."""
        self.problems.append(Finding(code, self.source.file, span, message, self.lang, target, suggestion))

    def html_link(self, target: str, written: str, kind: LinkKind, span: Span, text: str) -> int:
        """Add a link of raw HTML; its number."""
        return self.link(RawLink(target, kind, span, text, self.in_table, html=True, spelled="" if written == target else written))


def of(env: Any) -> Harvest:  # noqa: ANN401  markdown-it's env is an untyped mapping
    """The harvest of the parse that `env` belongs to."""
    harvest: Harvest = env["harvest"]
    return harvest
