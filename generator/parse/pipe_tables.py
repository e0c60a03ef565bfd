"""Pipe tables: markdown-it's rule, but no cell is lost, and an attribute list right below belongs to the table.

GFM drops the cells that a row has too many; here they stay in the row's last cell, an error. It fills a row that has too few, and so
does this; what is missing may be a remedy, or stand in the wrong column, so that is a finding, too.
"""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from generator.parse import harvest, oversize
from generator.parse.attributes import is_about_a_block
from generator.parse.labelled import first_line, line_span
from generator.parse.lines import in_page


def pipe_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001  markdown-it's signature
    """Block rule in markdown-it's own place."""
    count = len(state.tokens)
    if not table(state, start, end, True):  # noqa: FBT003  markdown-it's signature
        return False
    if not silent and not oversize.pipe(state, start, end):
        table(state, start, end, False)  # noqa: FBT003
        _mend(harvest.of(state.env), state, count)
    return True


def _mend(page: harvest.Harvest, state: StateBlock, start: int) -> None:
    tokens = state.tokens
    columns = sum(token.type == "th_open" for token in tokens[start:])
    rows = [index for index in range(start, len(tokens)) if tokens[index].type == "tr_open"][1:]
    for row in reversed(rows):
        line = first_line(tokens[row])
        written = _written(state, line)
        cells = escapedSplit(written)
        cells = cells[int(not cells[0]) :]
        if len(cells) > 1 and not cells[-1] and (written.startswith("|") or len(cells) != columns):
            cells.pop()
        if len(cells) == 1 and is_about_a_block(cells[0]):
            _remove(tokens, row, columns, last_one=len(rows) == 1)
        elif len(cells) != columns:
            _width(page, tokens[row + 3 * columns - 1], cells, columns, in_page(state.env, line))


def _written(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].strip()


def _width(page: harvest.Harvest, last: Token, cells: Sequence[str], columns: int, line: int) -> None:
    code, hint = "table-row-short", "add what is missing (an empty cell if it is unknown)."
    if len(cells) > columns:
        last.content = " | ".join(cell.strip() for cell in cells[columns - 1 :])
        code = "table-row-width"
        hint = r"the surplus is shown in the last one. Remove a bar, or write \| for one that belongs to the text."
    message = f"This row has {len(cells)} cells, its table {columns} columns; {hint}"
    page.problem(code, line_span(page, line), message)


def _remove(tokens: list[Token], row: int, columns: int, *, last_one: bool) -> None:
    """Take a row off the table, and its body where nothing else is in it."""
    first, end = row, row + 3 * columns + 2
    if last_one:
        first, end = first - 1, end + 1
    del tokens[first:end]


def use(md: MarkdownIt) -> None:
    """Put the rule in place of markdown-it's."""
    md.enable("table")
    md.block.ruler.at("table", pipe_table, {"alt": ["paragraph", "reference"]})
