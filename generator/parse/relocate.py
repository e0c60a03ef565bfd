"""Places in a page whose snippets were put in, taken back to the files they were written in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

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
        return tuple(_moved(item, origins) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _moved(getattr(value, field.name), origins) for field in fields(value)})
    return value


def _origin(line: int, origins: Sequence[Origin]) -> Origin:
    return origins[min(line, len(origins)) - 1]


def _span(span: Span, origins: Sequence[Origin]) -> Span:
    """A span in the page; one in a snippet becomes the line that asked for it."""
    first, last = _origin(span.line, origins), _origin(span.end_line, origins)
    if first.file or last.file:
        return Span(first.at, 1, max(last.at, first.at), 1)
    return replace(span, line=first.line, end_line=last.line)


def _finding(finding: Finding, origins: Sequence[Origin]) -> Finding:
    first, last = _origin(finding.span.line, origins), _origin(finding.span.end_line, origins)
    end = last.line if last.file == first.file else first.line
    return replace(finding, file=first.file or finding.file, span=replace(finding.span, line=first.line, end_line=max(end, first.line)))
