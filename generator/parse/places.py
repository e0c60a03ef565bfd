"""From an offset in a piece of Markdown back to the line and column of its source."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

from msgspec import Struct

from generator.model import Span


class Place(Struct, frozen=True):
    """Where the text of a token stands in its file.

    The text may lack what its lines began with (quote signs, list indents); each of its lines is
    looked up in the source line it came from. `first` is the 0-based source line of the text's first line,
    `column` the 0-based column to search that line from (cells of one row share a line).
    """

    lines: list[str]
    first: int
    text: str
    column: int = 0

    def at(self, offset: int) -> tuple[int, int]:
        """1-based line and column of an offset in the text."""
        starts, pieces = _lines(self.text)
        number = bisect_right(starts, offset) - 1
        piece, offset = pieces[number], offset - starts[number]
        index, first = min(self.first + number, len(self.lines) - 1), self.column if number == 0 else 0
        line = self.lines[index]
        found, escaped = _column(line, piece, first)
        if escaped:
            offset += piece.count("|", 0, offset)
        return index + 1, (_near(line, piece, offset, first) if found is None else found) + offset + 1

    def offset(self, line: int) -> int:
        """Where a line of the file, 0-based, begins in the text."""
        starts, _ = _lines(self.text)
        return starts[max(0, min(line - self.first, len(starts) - 1))]

    def span(self, start: int, end: int) -> Span:
        """The source span of a slice of the text."""
        line, column = self.at(start)
        moves = any(sign in self.text[start:end] for sign in "\n|")
        end_line, end_column = self.at(end) if moves else (line, column + end - start)
        return Span(line, column, end_line, end_column)


@lru_cache(maxsize=16)
def _lines(text: str) -> tuple[list[int], list[str]]:
    """Where the lines of a text begin, and the lines: a long table asks for each of its cells."""
    pieces = text.split("\n")
    starts = [0]
    for piece in pieces[:-1]:
        starts.append(starts[-1] + len(piece) + 1)
    return starts, pieces


@lru_cache(maxsize=256)
def _column(line: str, piece: str, column: int) -> tuple[int | None, bool]:
    """Where a line of the text begins in its source line, searched from a column, or None; and whether its bars are escaped there, as in a cell."""
    found = line.find(piece, column)
    if found >= 0:
        return found, False
    head = piece.lstrip()
    if head and (found := line.find(head, column)) >= 0:
        return found - len(piece) + len(head), False
    found = line.find(piece.replace("|", r"\|"), column)
    return (found, True) if found >= 0 else (None, False)


def _near(line: str, piece: str, offset: int, column: int) -> int:
    """For text that was unescaped on the way: line up the words that follow the offset."""
    for length in (40, 20, 10, 5):
        word = piece[offset : offset + length]
        if len(word) >= min(length, 3) and (found := line.find(word, column)) >= 0:
            return found - offset
    return max(0, min(len(line) - 1, offset) - offset)


def whole_lines(first: int, end: int) -> Span:
    """The span of source lines `first` to `end` (0-based, end exclusive)."""
    return Span(first + 1, 1, max(end, first + 1) + (end > first), 1)
