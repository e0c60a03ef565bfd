"""Front matter: guarded before it is built, then only what pages understand goes on.

Depth, aliases and size are counted on the event stream, since the C loader builds anything, deep brackets included,
until the process dies.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, Final

import yaml
from msgspec import Struct

from generator.model import Finding, Meta, Scalar, SourceFile, Span
from generator.parse import marks

_TEXTS: Final = frozenset({"title", "description", "product", "solution", "feature", "audience", "last-update", "exl-id"})


_KEY: Final = re.compile(r"^([^\s#:'\"\[\]{}-][^\s:]*)\s*:(?=\s|$)")
_ENTRY: Final = re.compile(r"^[^\s#:'\"\[\]{}-][^\s:]*:(?=\s|$)", re.MULTILINE)
_MANY: Final = 200
"""More entries than any page has: those of a broken block are not read one by one."""


_FAULTS: Final = (yaml.YAMLError, ValueError, OverflowError, KeyError)
"""What PyYAML raises for a block that is none; the last for `!!bool z`."""


class _Loader(yaml.CSafeLoader):
    """The C loader, with dates left as the text they were."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


class FrontMatter(Struct, frozen=True):
    """The values, the number of source lines they take, and what was wrong."""

    meta: Meta
    lines: int
    problems: tuple[Finding, ...] = ()
    keys: tuple[tuple[str, Span], ...] = ()


def read(source: SourceFile, text: str, *, values: bool = True) -> FrontMatter:
    """Read the block between two `---` lines at the top of `text`; without `values` only find how long it is."""
    if not text.startswith("---"):
        return FrontMatter({}, 0)
    head, _, rest = text.partition("\n")
    if head.rstrip() != "---":
        return FrontMatter({}, 0)
    offset = 0
    while offset < len(rest):
        end = rest.find("\n", offset)
        end = len(rest) if end < 0 else end
        if rest[offset:end].rstrip() in ("---", "..."):
            block = rest[:offset]
            if not values:
                return FrontMatter({}, block.count("\n") + 2)
            meta, problems = _values(source, block)
            return FrontMatter(meta, block.count("\n") + 2, problems, tuple(_keys(block)))
        offset = end + 1
    if not any(":" in line for line in rest.split("\n", 3)[:2]):
        return FrontMatter({}, 0)
    return FrontMatter({}, 1, (_finding(source, "front-matter-syntax", 1, 1, "Front matter begins here and never ends; close it with a line ---."),))


def metadata(source: SourceFile) -> tuple[Meta, tuple[Finding, ...]]:
    """The front matter of a file that is no page, and what is wrong with it."""
    found = read(source, "\n".join(source.lines))
    return found.meta, found.problems


def _keys(block: str) -> Iterator[tuple[str, Span]]:
    for number, line in enumerate(block.split("\n"), 2):
        if match := _KEY.match(line):
            yield match[1], Span(number, 1, number, len(match[1]) + 1)


def _values(source: SourceFile, block: str) -> tuple[Meta, tuple[Finding, ...]]:
    if problem := _guard(source, block):
        return {}, (problem,)
    try:
        value = yaml.load(block, Loader=_Loader)  # noqa: S506  a safe loader: its base is CSafeLoader
    except _FAULTS as error:
        return _salvaged(source, block) or ({}, (_invalid(source, error),))
    if value is None:
        return {}, ()
    if not isinstance(value, dict):
        return {}, (_finding(source, "front-matter-syntax", 2, 1, "Front matter is not a list of `key: value` lines."),)
    problems = tuple(
        _finding(source, "front-matter-value", _line(block, str(key)), 1, f"{key} should be a text.", str(key))
        for key, item in value.items()
        if key in _TEXTS and isinstance(item, (dict, list, bool))
    ) + tuple(_badges(source, block, value))
    return {str(key): kept for key, item in value.items() if (kept := _plain(item)) is not None}, problems


def _badges(source: SourceFile, block: str, values: dict[Any, Any]) -> Iterator[Finding]:
    """Badges of a type that is none, or with a property that is none."""
    for key, item in values.items():
        if isinstance(item, str) and marks.BADGE_KEY.fullmatch(str(key)):
            for word, message in marks.no_badge(marks.properties(item).items()):
                yield _finding(source, "front-matter-value", _line(block, str(key)), 1, message, word)


def _salvaged(source: SourceFile, block: str) -> tuple[Meta, tuple[Finding, ...]] | None:
    """The entries that can be read where another one breaks the block, and what is wrong with that; nothing where that tells no more."""
    starts = [0, *(match.start() for match in _ENTRY.finditer(block) if match.start()), len(block)]
    if len(starts) > _MANY:
        return None
    meta: dict[str, Scalar | tuple[Scalar, ...]] = {}
    problems: list[Finding] = []
    for start, end in pairwise(starts):
        entry = "\n" * block.count("\n", 0, start) + block[start:end]
        if problem := _guard(source, entry):
            problems.append(problem)
            continue
        try:
            value = yaml.load(entry, Loader=_Loader)  # noqa: S506  a safe loader: its base is CSafeLoader
        except _FAULTS as error:
            problems.append(_invalid(source, error, block[start:end].partition(":")[0].strip()))
            continue
        if isinstance(value, dict):
            meta |= {str(key): kept for key, item in value.items() if str(key) not in meta and (kept := _plain(item)) is not None}
    return (meta, tuple(problems)) if problems else None


def _invalid(source: SourceFile, error: Exception, key: str = "") -> Finding:
    mark = (error.problem_mark or error.context_mark) if isinstance(error, yaml.MarkedYAMLError) else None
    why = error.problem if isinstance(error, yaml.MarkedYAMLError) else f"no tag takes {error}" if isinstance(error, KeyError) else error
    left = f" {key} is left out until then." if key else ""
    line, column = (mark.line + 2, mark.column + 1) if mark else (2, 1)
    return _finding(source, "front-matter-syntax", line, column, f"Front matter is not valid YAML: {why}.{left}")


def _guard(source: SourceFile, block: str) -> Finding | None:
    """What is dangerous or ambiguous in a block, before anything is built of it."""
    limits = source.limits
    if len(block.encode("utf-8", "replace")) > limits.front_matter_bytes:
        return _finding(source, "front-matter-limit", 1, 1, f"Front matter is larger than {limits.front_matter_bytes / 1024:g} KB.")
    if block.count("[") + block.count("{") > limits.front_matter_depth and _brackets(block) > limits.front_matter_depth:
        return _finding(source, "front-matter-limit", 2, 1, f"Front matter is nested deeper than {limits.front_matter_depth} levels.")
    if "&" not in block and "*" not in block and "\t" not in block and not _duplicate_risk(block, limits.front_matter_depth):
        return None
    depth = 0
    keys: list[set[str] | None] = []
    expect_key: list[bool] = []
    try:
        for event in yaml.parse(block, Loader=yaml.CSafeLoader):
            line, column = (event.start_mark.line + 2, event.start_mark.column + 1) if event.start_mark else (2, 1)
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
                return _finding(source, "front-matter-limit", line, column, "Front matter uses a YAML anchor or alias; write the value out.")
            if isinstance(event, yaml.ScalarEvent) and keys and keys[-1] is not None and expect_key[-1]:
                if event.value in keys[-1]:
                    return _finding(source, "front-matter-syntax", line, column, f"{event.value} stands twice; keep one.", event.value)
                keys[-1].add(event.value)
            if isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                depth -= 1
                keys.pop()
                expect_key.pop()
            if expect_key and isinstance(event, (yaml.ScalarEvent, yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                expect_key[-1] = not expect_key[-1]
            if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
                depth += 1
                if depth > limits.front_matter_depth:
                    return _finding(source, "front-matter-limit", line, column, f"Front matter is nested deeper than {limits.front_matter_depth} levels.")
                keys.append(set() if isinstance(event, yaml.MappingStartEvent) else None)
                expect_key.append(True)
    except yaml.YAMLError:
        return None  # said with its place when the block is loaded
    return None


def _brackets(block: str) -> int:
    depth = deepest = 0
    for character in block:
        depth += (character in "[{") - (character in "]}")
        deepest = max(deepest, depth)
    return deepest


def _duplicate_risk(block: str, depth: int) -> bool:
    """Whether two lines of the same indent begin with the same key."""
    heads = [line.partition(":")[0] for line in block.split("\n") if ":" in line and line[:1] not in ("#", " ", "-")]
    return len(heads) != len(set(heads)) or block.count("    ") > depth * 8


def _plain(value: Any) -> Scalar | tuple[Scalar, ...] | None:  # noqa: ANN401  YAML holds any value
    """Scalars and flat lists; anything deeper is no business of a page."""
    if isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    if isinstance(value, list):
        return tuple(item for item in value if isinstance(item, (str, bool, int, float)))
    return None


def _line(block: str, key: str) -> int:
    lines = block.split("\n")
    return next((number for number, line in enumerate(lines, 2) if line.startswith(f"{key}:")), 2)


def _finding(source: SourceFile, code: str, line: int, column: int, message: str, target: str = "") -> Finding:
    return Finding(code, source.file, Span(line, column, line, column), message, source.lang, target)
