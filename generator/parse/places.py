"""From an offset in a piece of Markdown back to the line and column of its source."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import Span


@dataclass(frozen=True, slots=True)
class Place:
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
        number = self.text.count("\n", 0, offset)
        start = self.text.rfind("\n", 0, offset) + 1
        end = self.text.find("\n", start)
        piece = self.text[start : end if end >= 0 else len(self.text)]
        index = min(self.first + number, len(self.lines) - 1)
        line = self.lines[index]
        found = line.find(piece, self.column if number == 0 else 0)
        if found < 0:
            head = piece.lstrip()
            found = line.find(head) - (len(piece) - len(head)) if head and head in line else -1
        if found < 0:
            found = self._near(line, piece, offset - start)
        return index + 1, found + offset - start + 1

    @staticmethod
    def _near(line: str, piece: str, offset: int) -> int:
        """For text that was unescaped on the way: line up the words that follow the offset."""
        for length in (40, 20, 10, 5):
            word = piece[offset : offset + length]
            if len(word) >= min(length, 3) and word in line:
                return line.find(word) - offset
        return max(0, min(len(line) - 1, offset) - offset)

    def span(self, start: int, end: int) -> Span:
        """The source span of a slice of the text."""
        line, column = self.at(start)
        end_line, end_column = self.at(end) if "\n" in self.text[start:end] else (line, column + end - start)
        return Span(line, column, end_line, end_column)


def whole_lines(first: int, end: int) -> Span:
    """The span of source lines `first` to `end` (0-based, end exclusive)."""
    return Span(first + 1, 1, max(end, first + 1) + (end > first), 1)
