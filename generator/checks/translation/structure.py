"""A translation has the blocks, headings, alerts, anchors, rows and cells of its reference."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from generator.alignment import Pair, TablePair
from generator.checks.translation.comparison import Comparison
from generator.findings import shorten
from generator.model import Alert, Block, Finding, Heading, Span

NO_ID: Final = "{#}"
"""Stands for a heading's line without the id that belongs behind it, until the line is known."""
AFTER_ROW: Final = "</tr>"
"""The target of a finding that belongs behind the row of its span."""
_MARK: Final = re.compile(r"[{｛(（]\s*[#＃][\w\s.-]*[)）｝}]*\Z")
"""A mark of an id that is none."""
_MANY: Final = 0.5
"""Pages that share less than this are not one page any more: that is said once."""


def blocks_are_all_there(pages: Comparison) -> Iterator[Finding]:
    """Missing and extra blocks, each at the place where it should stand or stands."""
    alignment = pages.alignment
    if alignment.quality < _MANY:
        where = alignment.divergence
        line = where.original.span.line if where and where.original else 1
        message = (
            f"This page and its reference have {alignment.quality:.0%} of their blocks in common; they part at line {line} of the reference. "
            "It was translated from another version."
        )
        span = where.translation.span if where and where.translation else Span(1, 1, 1, 1)
        yield pages.finding("translation-structure", span, message)
        return
    runs = [(side, list(run)) for side, run in groupby(alignment.pairs, _side)]
    blocks = [[block for pair in run if (block := pair.original or pair.translation)] for _, run in runs]
    said = -1
    for number, (side, _) in enumerate(runs):
        after = number + 1
        if not side or number == said:
            continue
        if after < len(runs) and runs[after][0]:
            said = after
            yield _other(pages, *((blocks[number], blocks[after]) if side == "original" else (blocks[after], blocks[number])))
        elif side == "original":
            following = next((pair.translation for _, run in runs[after:] for pair in run if pair.translation), None)
            yield _missing(pages, blocks[number], following)
        else:
            around = (*(runs[number - 1][1][-1:] if number else ()), *(runs[after][1][:1] if after < len(runs) else ()))
            yield _extra(pages, blocks[number], [pair.translation.text for pair in around if pair.translation])


def _extra(pages: Comparison, blocks: Sequence[Block], around: Sequence[str]) -> Finding:
    """Blocks that the translation alone has, between those with the texts `around`."""
    have = "have" if len(blocks) > 1 else "has"
    again = " It says what stands beside it; remove one of the two." if blocks[0].text and blocks[0].text in around else ""
    return pages.finding("translation-structure", blocks[0].span, f"This {_name(blocks[0])}{_more(blocks)} {have} no counterpart in the reference.{again}")


def _other(pages: Comparison, lost: Sequence[Block], found: Sequence[Block]) -> Finding:
    """Blocks of another kind where the reference has others: what its construct needs was damaged."""
    blocks = "blocks are" if len(found) > 1 else "block is"
    said = f" “{shorten(lost[0].text)}”" if lost[0].text else ""
    message = f"This {_name(found[0])} stands where the reference has a {_name(lost[0])}{said} (line {lost[0].span.line}); compare how the {blocks} written."
    return pages.finding("translation-structure", found[0].span, message)


def _side(pair: Pair) -> str:
    """Which side alone has a pair; nothing where both have, or where a row of a table has."""
    if pair.row >= 0 or (pair.original and pair.translation):
        return ""
    return "original" if pair.original else "translation"


def _missing(pages: Comparison, blocks: Sequence[Block], following: Block | None) -> Finding:
    block = blocks[0]
    code = "translation-heading" if block.kind.startswith("heading") else "translation-structure"
    are = "are" if len(blocks) > 1 else "is"
    message = f"The {_name(block)} “{shorten(block.text)}” of the reference (line {block.span.line}){_more(blocks)} {are} missing here; translate what is missing."
    last = pages.translation.blocks[-1].span if pages.translation.blocks else Span(1, 1, 1, 1)
    span = following.span if following else Span(last.end_line, 1, last.end_line, 1)
    return pages.finding(code, Span(span.line, 1, span.line, 1), message)


def _more(blocks: Sequence[Block]) -> str:
    """What follows the first of some blocks, in words."""
    more = len(blocks) - 1
    return "" if not more else " and one more block after it" if more == 1 else f" and {more} more blocks after it"


def _name(block: Block) -> str:
    names = {"fence": "code block", "item": "list item", "html": "HTML", "cell": "cell", "header": "header", "summary": "accordion"}
    return "heading" if block.kind.startswith("heading") else names.get(block.kind, block.kind)


def headings_keep_their_level(pages: Comparison) -> Iterator[Finding]:
    """A heading is as deep as its reference's."""
    for _, block, other in pages.pairs:
        if block.kind != other.kind and block.kind.startswith("heading") and other.kind.startswith("heading"):
            marks = "#" * int(block.kind[-1])
            message = f"This heading has level {other.kind[-1]}, its reference level {block.kind[-1]}; write {marks}."
            yield pages.finding("translation-heading", other.span, message, "#" * int(other.kind[-1]), marks)


def alerts_keep_their_label(pages: Comparison) -> Iterator[Finding]:
    """An alert is labelled as its reference's; where the pages have the same blocks, none is lost."""
    for _, block, other in pages.pairs:
        if len(block.alerts) == len(other.alerts):
            yield from (_label(pages, here, there) for here, there in zip(block.alerts, other.alerts, strict=True) if here.kind not in ("", there.kind))
        elif not other.alerts and not pages.alignment.divergence and (here := block.alerts[0]).kind:
            message = f"The reference has this in an alert [!{here.label}] (line {here.span.line}); write >[!{here.label}] in the line above, and > before each line."
            yield pages.finding("translation-alert", other.span, message)


def _label(pages: Comparison, here: Alert, there: Alert) -> Finding:
    wrong = f"The label of this alert is {there.label}" if there.kind else f"[!{there.label}] is no label of this dialect"
    message = f"{wrong}; the reference has [!{here.label}] (line {here.span.line})."
    return pages.finding("translation-alert", there.span, message, there.label, here.label)


def anchors_survive(pages: Comparison) -> Iterator[Finding]:
    """Each explicit id of the reference is there, on the same heading."""
    names = {str(name) for name, _ in pages.translation.document.anchors}
    ours = _headings(pages.original.document.headings, pages.original.blocks)
    theirs = _headings(pages.translation.document.headings, pages.translation.blocks)
    seen = {str(ours[pair.original.span.line].anchor) for pair in pages.alignment.pairs if pair.original and not pair.translation and pair.original.span.line in ours}
    places = {str(name): span.line for name, span in pages.original.document.anchors}
    moved = False
    for _, block, other in pages.pairs:
        here, there = ours.get(block.span.line), theirs.get(other.span.line)
        if here and there and here.explicit and here.anchor != there.anchor:
            seen.add(str(here.anchor))
            if str(here.anchor) in names and (where := places.get(str(there.anchor))):
                if not moved:
                    message = f"The reference has this id in line {where}: the sections stand in another order here, or their ids were exchanged."
                    yield pages.finding("translation-anchor", there.span, message, str(there.anchor))
                moved = True
                continue
            wrong, right = (str(there.anchor), str(here.anchor)) if there.explicit else (_damaged(block, other), f"{{#{here.anchor}}}")
            message = f"The id of this heading is {here.anchor} in the reference, so links lead to #{here.anchor}; write {{#{here.anchor}}}."
            yield pages.finding("translation-anchor", there.span, message, wrong or (NO_ID if len(ours) == len(theirs) else ""), right if wrong else str(here.anchor))
    explicit = {str(heading.anchor): heading.explicit for heading in pages.original.document.headings}
    lost = _lost_lines(pages)
    for name, span in pages.original.document.anchors:
        if str(name) not in names and str(name) not in seen and span.line not in lost and explicit.get(str(name), True):
            message = f"The id {name} of the reference (line {span.line}) is missing on this page; links lead to it."
            yield pages.finding("translation-anchor", _opposite(pages, span.line), message, "", str(name))


def _damaged(block: Block, other: Block) -> str:
    """What a translation made of the mark of an id at the end of a heading, if it is still there: `{# id}`, `{＃id}`, `(#id)`."""
    match = _MARK.search(other.text)
    return match[0] if match and not _MARK.search(block.text) else ""


def _lost_lines(pages: Comparison) -> frozenset[int]:
    """The lines of the reference whose block is missing as a whole: what stands in it is missing with it."""
    there = {pair.original.span.line for pair in pages.alignment.pairs if pair.original and pair.translation}
    return frozenset(block.span.line for block in pages.original.blocks if block.span.line not in there)


def _opposite(pages: Comparison, line: int) -> Span:
    """The place of the translation that stands where a line of the reference does."""
    at = Span(1, 1, 1, 1)
    for _, block, other in pages.pairs:
        if block.span.line > line:
            break
        number = other.span.line + line - block.span.line
        at = Span(number, 1, number, 1)
    return at


def _headings(headings: tuple[Heading, ...], blocks: tuple[Block, ...]) -> dict[int, Heading]:
    """The headings by the line of their block, where each has one."""
    found = [block for block in blocks if block.kind.startswith("heading")]
    return {block.span.line: heading for block, heading in zip(found, headings, strict=True)} if len(found) == len(headings) else {}


def rows_and_cells_are_all_there(pages: Comparison) -> Iterator[Finding]:
    """A table has the rows of its reference, and each row its cells."""
    for tables in pages.alignment.tables:
        yield from _rows(pages, tables)


def _rows(pages: Comparison, tables: TablePair) -> Iterator[Finding]:
    ours, theirs = tables.original.rows, tables.translation.rows
    before: tuple[int, Span] | None = None
    for number, (here, there) in enumerate(tables.rows):
        if there is None and here is not None:
            first = shorten(" | ".join(cell.text for cell in ours[here].cells if cell.text), 80)
            message = f"The row “{first}” of the reference (line {ours[here].span.line}) is missing here; translate it."
            after = next((theirs[row].span for _, row in tables.rows[number:] if row is not None), None)
            if before and not (after and after.line <= before[1].line + ours[here].span.line - ours[before[0]].span.line):
                yield pages.finding("translation-row", before[1], message, AFTER_ROW)
            else:  # what stands between the rows, a comment perhaps, stands before the lost one
                yield pages.finding("translation-row", after or tables.translation.span, message)
        elif here is None and there is not None:
            yield pages.finding("translation-row", theirs[there].span, "This row has no counterpart in the reference.")
        elif here is not None and there is not None and len(ours[here].cells) != len(theirs[there].cells):
            message = f"This row has {len(theirs[there].cells)} cells, its reference (line {ours[here].span.line}) has {len(ours[here].cells)}."
            yield pages.finding("translation-row", theirs[there].span, message)
        before = (here, theirs[there].span) if here is not None and there is not None else before
    if (away := [(here, there) for here, there in tables.rows if here is not None and there is not None and here != there]) and len(ours) == len(theirs):
        here, there = min(away, key=lambda place: place[1])
        message = f"{len(away)} rows have changed places here, from this one on, which is in line {ours[here].span.line} of the reference; put them in its order."
        yield pages.finding("translation-row", theirs[there].span, message)
    if len(tables.original.header) != len(tables.translation.header):
        message = f"This table has {len(tables.translation.header)} headers, its reference has {len(tables.original.header)}."
        yield pages.finding("translation-row", tables.translation.span, message)
