"""SourceFile -> Page: one function from text to everything that one page says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from generator.model import Anchor, Document, LinkKind, Meta, Page, RawLink, SourceFile, Span
from generator.parse import comments, front_matter, labels
from generator.parse.dialect import parser
from generator.parse.harvest import Harvest
from generator.parse.headings import EXPLICIT
from generator.parse.ignores import ignores
from generator.parse.links import definition_span
from generator.parse.places import Place
from generator.parse.sanitize import sanitize
from generator.parse.sections import sections, skeleton
from generator.parse.text import plain

DIALECT_VERSION: Final = 3
"""Part of the key of cached pages: raise it when the same source gives another page."""


def parse(source: SourceFile) -> Page:
    """Parse one page; what is wrong with it stands in its document's problems, nothing is raised."""
    text = source.text.replace("\r\n", "\n").replace("\r", "\n")
    front = front_matter.read(source, text)
    stripped = comments.strip(_without_front_matter(text, front.lines))
    folded = labels.fold(labels.PRIVATE.sub("\ufffd", stripped.text))
    lines = folded.split("\n")
    harvest = Harvest(source, lines, Place(lines, 0, ""))
    harvest.problems.extend(front.problems)
    if stripped.unclosed is not None:
        line = stripped.text.count("\n", 0, stripped.unclosed)
        harvest.problem("comment-unclosed", _line(lines, line), "A comment begins here and never ends; close it with -->.")
    env: dict[str, Any] = {"harvest": harvest}
    md = parser()
    tokens = md.parse(folded, env)
    body = labels.words(str(md.renderer.render(tokens, md.options, env)))
    _unused_definitions(harvest, env)
    title = _title(front.meta, env)
    if not title:
        harvest.problem("title-missing", Span(1, 1, 1, 1), "This page has no title; begin it with a heading: # Title {#id}.")
        title = source.path.rsplit("/", 1)[-1].removesuffix(".md")
    document = Document(
        lang=source.lang,
        path=source.path,
        file=source.file,
        digest=source.digest,
        title=title,
        meta=front.meta,
        headings=tuple(env["headings"]),
        anchors=tuple(sorted(harvest.anchors, key=lambda anchor: anchor[1])),
        links=tuple(harvest.links),
        tables=tuple(harvest.tables),
        problems=tuple(harvest.problems),
        commented=_commented(stripped.comments),
        ignores=tuple(ignores(text, stripped.text, stripped.comments)),
    )
    return Page(
        document,
        sanitize(body) if harvest.raw_html else body,
        sections(title, document.headings, tokens),
        skeleton(tokens),
        front.keys,
    )


def _without_front_matter(text: str, lines: int) -> str:
    """The text with its first lines blank, so that line numbers stay."""
    if not lines:
        return text
    rest = text.split("\n", lines)
    return "\n" * lines + (rest[lines] if len(rest) > lines else "")


def _title(meta: Meta, env: dict[str, Any]) -> str:
    first = next((heading.title for heading in env["headings"] if heading.level == 1), "")
    return first or plain(str(meta.get("title") or ""))


def _line(lines: Sequence[str], number: int) -> Span:
    return Span(number + 1, 1, number + 1, len(lines[number]) + 1)


def _unused_definitions(harvest: Harvest, env: dict[str, Any]) -> None:
    """A reference definition that nothing uses is a link all the same."""
    for label, definition in env.get("references", {}).items():
        if label not in harvest.definitions:
            target = str(definition["href"])
            harvest.link(RawLink(target, target, LinkKind.LINK, definition_span(env, label, target)))


def _commented(found: Sequence[tuple[int, str]]) -> tuple[tuple[Anchor, Span], ...]:
    """Heading ids that stand in comments: the reason for many a dead link."""
    anchors = []
    for first, comment in found:
        for number, line in enumerate(comment.split("\n"), first + 1):
            if match := EXPLICIT.search(line.removesuffix("-->")):
                anchors.append((Anchor(match[1]), Span(number, 1, number, len(line) + 1)))
    return tuple(anchors)
