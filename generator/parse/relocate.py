"""Places in a page whose snippets were put in, taken back to the files they were written in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from generator.model import Finding, Origin, Span

Noun = TypeVar("Noun")


def relocate(value: Noun, origins: Sequence[Origin]) -> Noun:
    """The same noun with every span in lines of the page as it lies on disk; a finding names the snippet it stands in."""
    return value if not origins else _moved(value, origins)


def _moved(value: Any, origins: Sequence[Origin]) -> Any:  # noqa: ANN401  any noun of the model
    if isinstance(value, Span):
        return _span(value, origins)
    if isinstance(value, Finding):
        return _finding(value, origins)
    if isinstance(value, tuple):
        moved = tuple([_moved(item, origins) for item in value])
        return value if all(one is other for one, other in zip(value, moved, strict=True)) else moved
    kind: type = type(value)
    if names := _names(kind):
        old = [getattr(value, name) for name in names]
        new = [_moved(item, origins) for item in old]
        return value if all(one is other for one, other in zip(old, new, strict=True)) else type(value)(*new)
    return value


@cache
def _names(kind: type) -> tuple[str, ...]:
    """The fields of a noun, in order; none of what is no noun."""
    return kind.__struct_fields__ if issubclass(kind, Struct) else ()


def _origin(line: int, origins: Sequence[Origin]) -> Origin:
    return origins[min(line, len(origins)) - 1]


def _span(span: Span, origins: Sequence[Origin]) -> Span:
    """A span in the page; one in a snippet becomes the line that asked for it."""
    first, last = _origin(span.line, origins), _origin(span.end_line, origins)
    if first.file or last.file:
        return Span(first.at, 1, max(last.at, first.at), 1)
    if (first.line, last.line) == (span.line, span.end_line):
        return span
    return Span(first.line, span.column, last.line, span.end_column)


def _finding(finding: Finding, origins: Sequence[Origin]) -> Finding:
    first, last = _origin(finding.span.line, origins), _origin(finding.span.end_line, origins)
    end = last.line if last.file == first.file else first.line
    return replace(finding, file=first.file or finding.file, span=replace(finding.span, line=first.line, end_line=max(end, first.line)))
