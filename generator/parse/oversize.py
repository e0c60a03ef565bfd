"""Tables beyond the limits: shown as they are written, and a finding; so none costs more than its text, and no cell is lost."""

from __future__ import annotations

import re
from typing import Final

from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import MAX_AUTOCOMPLETED_CELLS, escapedSplit

from generator.model import Span
from generator.parse import harvest
from generator.parse.labelled import line_span
from generator.parse.lines import in_page

_CELL: Final = re.compile(r"<t[dh](?=[\s>/])", re.IGNORECASE)
_WHERE: Final = "(limits.table_cells and limits.table_columns in site.yml)"


def html(state: StateBlock, start: int, end: int) -> bool:
    """Whether the HTML table of some lines has too many cells; it is shown as text then."""
    room = _room(state)
    if state.eMarks[end - 1] - state.bMarks[start] <= 4 * room:  # a cell takes four characters at least
        return False
    if len(_CELL.findall(state.src, state.bMarks[start], state.eMarks[end - 1])) <= room:
        return False
    _shown(state, start, end)
    return True


def pipe(state: StateBlock, start: int, end: int) -> bool:
    """Whether the pipe table that begins at a line is too large; it is shown as text then.

    markdown-it itself fills up 65,536 cells that rows lack, then ends the table in its midst.
    """
    limits = harvest.of(state.env).source.limits
    columns = len(_row(state, start))
    last = start + 1
    while last < end and not state.isEmpty(last) and state.sCount[last] >= state.blkIndent:
        last += 1
    rows = last - start - 1
    if columns <= limits.table_columns and rows * columns <= _room(state):
        harvest.of(state.env).cells += rows * columns
        missing = columns * (rows - 1) - sum(len(_row(state, line)) for line in range(start + 2, last)) if rows * columns > MAX_AUTOCOMPLETED_CELLS else 0
        if missing <= MAX_AUTOCOMPLETED_CELLS:
            return False
    rules = state.md.block.ruler.getRules("blockquote")
    last = next((line for line in range(start + 2, last) if any(rule(state, line, end, True) for rule in rules)), last)  # noqa: FBT003  markdown-it's signature
    _shown(state, start, last)
    state.line = last
    return True


def spans(page: harvest.Harvest, span: Span) -> None:
    """Say that the spans of a cell reach beyond the limits."""
    message = f"The spans of this cell take more places than tables of a page may have {_WHERE}; here and below, cells stand in one place each."
    page.problem("table-too-large", span, message)


def _room(state: StateBlock) -> int:
    page = harvest.of(state.env)
    return max(0, page.source.limits.table_cells - page.cells)


def _row(state: StateBlock, line: int) -> list[str]:
    cells = escapedSplit(state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip())
    cells = cells[int(not cells[0]) :]
    return cells[:-1] if cells and not cells[-1] else cells


def _shown(state: StateBlock, start: int, end: int) -> None:
    """Show lines as they are written, and say why."""
    page = harvest.of(state.env)
    limits = page.source.limits
    message = f"With this table the page has more than {limits.table_cells} cells, or it more than {limits.table_columns} columns {_WHERE}; it is shown as text. Split it."
    page.problem("table-too-large", line_span(page, in_page(state.env, start)), message)
    token = state.push("fence", "code", 0)
    token.map = [start, end]
    token.content = state.getLines(start, end, state.blkIndent, keepLastLF=True)
