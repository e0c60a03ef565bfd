"""SourceFile -> Page: one function from text to everything that one page says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from markdown_it.token import Token

from generator.model import Anchor, Block, Document, LinkKind, Page, RawLink, SourceFile, Span
from generator.parse import comments, front_matter, labels, mends
from generator.parse.cases import cases
from generator.parse.dialect import parser
from generator.parse.harvest import Harvest
from generator.parse.headings import EXPLICIT
from generator.parse.ignores import ignores
from generator.parse.links import definition_span
from generator.parse.places import Place
from generator.parse.relocate import relocate
from generator.parse.sanitize import sanitize
from generator.parse.sections import sections, skeleton
from generator.parse.text import plain

_NAME: Final = re.compile(r"[^\W\d_][\w.@/-]{1,40}")
"""A word in code that may be the name of something."""


@dataclass(frozen=True, slots=True)
class _Read:
    """A page on its way: its text without comments, what is known of it, and its tokens."""

    text: str
    front: front_matter.FrontMatter
    stripped: comments.Stripped
    harvest: Harvest
    env: dict[str, Any]
    tokens: list[Token]


def parse(source: SourceFile) -> Page:
    """Parse one page; what is wrong with it stands in its document's problems, nothing is raised."""
    read = _read(source, {})
    md = parser(source.limits.nesting)
    body = labels.words(str(md.renderer.render(read.tokens, md.options, read.env)))
    blocks = skeleton(read.tokens)
    document = replace(_document(source, read), codes=_names(blocks))
    page = Page(
        document,
        sanitize(body) if read.harvest.raw_html else body,
        sections(document.title, document.headings, read.tokens),
        blocks,
        read.front.keys,
    )
    return _with_snippets(page, source) if source.origins else page


def parse_mended(source: SourceFile, plain: Page) -> Page:
    """The page of a source with mends, each an element of its body; `plain` is the same page without them.

    Where a mend has changed more than words, the plain page comes back.
    """
    return mends.settled(parse(source), plain)


def _with_snippets(page: Page, source: SourceFile) -> Page:
    """The page with its places in the files they were written in, and what is wrong with its snippets."""
    moved = relocate(page, source.origins)
    return replace(moved, document=replace(moved.document, problems=(*moved.document.problems, *source.problems)))


def outline(source: SourceFile) -> Document:
    """What links need of a page, in about half the time: its anchors and links, and what is wrong with them, are those of `parse`.

    Tables, front matter and what is wrong with other things are left out.
    """
    document = relocate(_document(source, _read(source, {"outline": True})), source.origins)
    return replace(document, meta={}, problems=tuple(problem for problem in document.problems if problem.code.startswith("link-")))


def _read(source: SourceFile, env: dict[str, Any]) -> _Read:
    text = mends.put_in(source.text, source.mends).replace("\r\n", "\n").replace("\r", "\n")
    front = front_matter.read(source, text, values="outline" not in env)
    stripped = comments.strip(_without_front_matter(text, front.lines))
    folded = labels.fold(labels.cleared(stripped.text))
    lines = folded.split("\n")
    harvest = Harvest(source, lines, Place(lines, 0, ""))
    harvest.problems.extend(front.problems)
    if stripped.unclosed is not None:
        line = stripped.text.count("\n", 0, stripped.unclosed)
        harvest.problem("comment-unclosed", _line(lines, line), "A comment begins here and never ends; close it with -->.")
    env["harvest"] = harvest
    return _Read(text, front, stripped, harvest, env, parser(source.limits.nesting, outline="outline" in env).parse(folded, env))


def _document(source: SourceFile, read: _Read) -> Document:
    harvest = read.harvest
    _unused_definitions(harvest, read.env)
    title = _title(source, read)
    if not title:
        harvest.problem("title-missing", Span(1, 1, 1, 1), "This page has no title; begin it with a heading: # Title {#id}.")
        title = source.path.rsplit("/", 1)[-1].removesuffix(".md")
    return Document(
        lang=source.lang,
        path=source.path,
        file=source.file,
        digest=source.digest,
        title=title,
        meta=read.front.meta,
        headings=tuple(read.env["headings"]),
        anchors=tuple(sorted(harvest.anchors, key=lambda anchor: anchor[1])),
        links=tuple(harvest.links),
        tables=tuple(harvest.tables),
        problems=tuple(harvest.problems),
        commented=_commented(read.stripped.comments),
        ignores=tuple(ignores(read.text, read.stripped.text, read.stripped.comments)),
        cases=() if "outline" in read.env else cases(source.path, read.front.meta, read.tokens),
    )


def _names(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The single words in code, each once."""
    return tuple(sorted({code for block in blocks for code in block.codes if _NAME.fullmatch(code)}))


def _without_front_matter(text: str, lines: int) -> str:
    """The text with its first lines blank, so that line numbers stay."""
    if not lines:
        return text
    rest = text.split("\n", lines)
    return "\n" * lines + (rest[lines] if len(rest) > lines else "")


def _title(source: SourceFile, read: _Read) -> str:
    if first := next((heading.title for heading in read.env["headings"] if heading.level == 1), ""):
        return first
    meta = front_matter.read(source, read.text).meta if "outline" in read.env else read.front.meta
    return plain(str(meta.get("title") or ""))


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
