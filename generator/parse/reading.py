"""SourceFile -> Document: what every page is read for, whole or in outline."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from markdown_it.token import Token
from msgspec import Struct
from msgspec.structs import replace

from generator.model import Anchor, Document, SourceFile, Span
from generator.parse import comments, front_matter, labels, mends
from generator.parse.dialect import parser
from generator.parse.harvest import Harvest
from generator.parse.headings import EXPLICIT
from generator.parse.ignores import ignores
from generator.parse.links import defined
from generator.parse.places import Place
from generator.parse.relocate import relocate
from generator.parse.text import unmarked


class Read(Struct, frozen=True):
    """A page on its way: its text without comments, what is known of it, and its tokens."""

    text: str
    front: front_matter.FrontMatter
    stripped: comments.Stripped
    harvest: Harvest
    env: dict[str, Any]
    tokens: list[Token]


def outline(source: SourceFile) -> Document:
    """What links need of a page, in about half the time: its anchors and links, and what is wrong with them, are those of `parse`.

    Tables, front matter and what is wrong with other things are left out.
    """
    found = relocate(document(source, read(source, {"outline": True})), source.origins)
    return replace(found, meta={}, problems=tuple(problem for problem in found.problems if problem.code.startswith("link-")))


def read(source: SourceFile, env: dict[str, Any]) -> Read:
    """The tokens of a page and what its rules collected; with `outline` in `env` only those that links need."""
    text = "\n".join(mends.put_in(source).lines)
    front = front_matter.read(source, text, values="outline" not in env)
    stripped = comments.strip(_without_front_matter(text, front.lines))
    folded = labels.fold(labels.cleared(stripped.text))
    lines = folded.split("\n")
    harvest = Harvest(source, lines, Place(lines, 0, ""))
    harvest.problems.extend(front.problems)
    if stripped.unclosed is not None:
        line = stripped.text.count("\n", 0, stripped.unclosed)
        harvest.problem("comment-unclosed", _line(lines, line), "A comment begins here and never ends; close it with -->.")
    env |= {"harvest": harvest, "references": {}}
    return Read(text, front, stripped, harvest, env, parser(source.limits.nesting, outline="outline" in env).parse(folded, env))


def document(source: SourceFile, page: Read) -> Document:
    """What links, navigation and records need of a page; cases and words in code are left out."""
    harvest = page.harvest
    for label in page.env["references"]:  # a definition that nothing uses is a link all the same
        defined(page.env, label)
    title = _title(source, page)
    if not title:
        harvest.problem("title-missing", Span(1, 1, 1, 1), "This page has no title; begin it with a heading: # Title {#id}.")
        title = source.path.rsplit("/", 1)[-1].removesuffix(".md")
    return Document(
        lang=source.lang,
        path=source.path,
        file=source.file,
        digest=source.digest,
        title=title,
        meta=page.front.meta,
        headings=tuple(page.env["headings"]),
        anchors=tuple(sorted(harvest.anchors, key=lambda anchor: anchor[1])),
        links=tuple(harvest.links),
        tables=tuple(harvest.tables),
        problems=tuple(harvest.problems),
        commented=_commented(page.stripped.comments),
        ignores=tuple(ignores(page.text, page.stripped.text, page.stripped.comments)),
        description=unmarked(str(page.front.meta.get("description") or "")),
    )


def _without_front_matter(text: str, lines: int) -> str:
    """The text with its first lines blank, so that line numbers stay."""
    if not lines:
        return text
    rest = text.split("\n", lines)
    return "\n" * lines + (rest[lines] if len(rest) > lines else "")


def _title(source: SourceFile, page: Read) -> str:
    if first := next((heading.title for heading in page.env["headings"] if heading.level == 1), ""):
        return first
    meta = front_matter.read(source, page.text).meta if "outline" in page.env else page.front.meta
    return unmarked(str(meta.get("title") or ""))


def _line(lines: Sequence[str], number: int) -> Span:
    return Span(number + 1, 1, number + 1, len(lines[number]) + 1)


def _commented(found: Sequence[tuple[int, str]]) -> tuple[tuple[Anchor, Span], ...]:
    """Heading ids that stand in comments: the reason for many a dead link."""
    anchors = []
    for first, comment in found:
        for number, line in enumerate(comment.split("\n"), first + 1):
            if match := EXPLICIT.search(line.removesuffix("-->")):
                anchors.append((Anchor(match[1]), Span(number, 1, number, len(line) + 1)))
    return tuple(anchors)
