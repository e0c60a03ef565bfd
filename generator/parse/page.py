"""SourceFile -> Page: one function from text to everything that one page says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from generator.model import Block, Page, SourceFile
from generator.parse import labels, mends
from generator.parse.cases import cases
from generator.parse.dialect import parser
from generator.parse.leftovers import leftovers
from generator.parse.reading import document, read
from generator.parse.relocate import relocate
from generator.parse.sanitize import sanitize
from generator.parse.sections import sections, skeleton

_NAME: Final = re.compile(r"[^\W\d_][\w.@/-]{1,40}")
"""A word in code that may be the name of something."""


def parse(source: SourceFile) -> Page:
    """Parse one page; what is wrong with it stands in its document's problems, nothing is raised."""
    page = read(source, {})
    md = parser(source.limits.nesting)
    body = labels.words(str(md.renderer.render(page.tokens, md.options, page.env)))
    blocks = skeleton(page.tokens)
    leftovers(page.harvest, page.tokens)
    plain = document(source, page)
    told = replace(plain, cases=cases(source, plain.meta, page.tokens), codes=_names(blocks))
    whole = Page(
        told,
        sanitize(body) if page.harvest.raw_html else body,
        sections(told.title, told.headings, page.tokens),
        blocks,
        page.front.keys,
        () if source.origins else tuple((line + 1, text) for line, text in page.stripped.comments if "](" in text),
    )
    return _with_snippets(whole, source) if source.origins else whole


def parse_mended(source: SourceFile, plain: Page) -> Page:
    """The page of a source with mends, each an element of its body; `plain` is the same page without them.

    Where a mend has changed more than words, the plain page comes back.
    """
    return mends.settled(parse(source), plain)


def _with_snippets(page: Page, source: SourceFile) -> Page:
    """The page with its places in the files they were written in, and what is wrong with its snippets."""
    moved = relocate(page, source.origins)
    return replace(moved, document=replace(moved.document, problems=(*moved.document.problems, *source.problems)))


def _names(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The single words in code, each once."""
    return tuple(sorted({code for block in blocks for code in block.codes if _NAME.fullmatch(code)}))
