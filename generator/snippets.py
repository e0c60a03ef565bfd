"""`{{$include /help/_includes/restart.md}}`: the text of another file, put in before a page is parsed.

A path that begins with `/` starts at the language's repository folder, any other at the folder of the page. `{{name}}`
stands for the section `{#name}` of a file `_includes/snippets.md` in the language's root or repository, if there is one.
Front matter of a snippet is left out, its links count as written in the page. In code nothing is included.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from generator import read
from generator.config import LanguageConfig
from generator.model import Finding, Origin, SourceFile, Span

MAX_LINES: Final = 200_000
_CALL: Final = re.compile(r"\{\{\s*(?:\$include\s+(?P<path>[^\s{}]+)|(?P<name>[A-Za-z][\w-]*))\s*\}\}")
_FENCE: Final = re.compile(r"^[ \t>]*(?:[-+*][ \t]+|\d+[.)][ \t]+)*(`{3,}|~{3,})")
_CODE_SPAN: Final = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
_LEAD: Final = re.compile(r"[ \t>]*(?:(?:[-+*]|\d+[.)])[ \t]+)*")
_FRONT_MATTER: Final = re.compile(r"---[ \t]*\n.*?\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_SECTION: Final = re.compile(r"^#{1,6}[ \t].*\{\s*#([\w-]+)[^{}]*\}[ \t]*$", re.MULTILINE)

Lines = list[tuple[str, Origin]]


@dataclass(slots=True)
class _Work:
    """One page being put together: what it was made of, and what is wrong."""

    source: SourceFile
    language: LanguageConfig
    parts: list[str] = field(default_factory=list)
    problems: list[Finding] = field(default_factory=list)
    lines: int = 0


def expand(source: SourceFile, language: LanguageConfig) -> SourceFile:
    """A page with its snippets put in.

    Each line knows its origin, and the digest is one of all bytes that took part. A page that includes nothing
    comes back as it is.
    """
    if not _CALL.search(source.text):
        return source
    work = _Work(source, language)
    text = source.text.replace("\r\n", "\n").replace("\r", "\n")
    lines = _expanded(work, text, "", 0, ())
    if not work.parts:
        return source
    digest = hashlib.sha256("\0".join((source.digest, *work.parts)).encode()).hexdigest()
    origins = tuple(origin for _, origin in lines)
    return replace(source, text="\n".join(line for line, _ in lines), digest=digest, origins=origins, problems=tuple(work.problems))


def _expanded(work: _Work, text: str, file: str, at: int, stack: tuple[str, ...]) -> Lines:
    """The lines of a text with its snippets put in; `file` is empty for the page itself, `at` the page's line that asked for it."""
    out: Lines = []
    fence = ""
    for number, line in enumerate(text.split("\n"), 1):
        origin = Origin(file, number, at or number)
        mark = _FENCE.match(line)
        if fence:
            fence = "" if mark and mark[1].startswith(fence) else fence
        elif mark:
            fence = mark[1]
        elif "{{" in line:
            out.extend(_line(work, line, origin, stack))
            continue
        out.append((line, origin))
    return out


def _line(work: _Work, line: str, origin: Origin, stack: tuple[str, ...]) -> Lines:
    """One line with its snippets put in, those of several lines indented as the line is."""
    lines: Lines = [("", origin)]
    last = 0
    for call in _calls(line):
        snippet = _snippet(work, call, origin, stack)
        if snippet is None:
            continue
        lead = re.sub(r"[^\s>]", " ", match[0] if (match := _LEAD.match(line)) else "")
        lines[-1] = (lines[-1][0] + line[last : call.start()], lines[-1][1])
        lines.append((lines.pop()[0] + snippet[0][0], snippet[0][1])) if snippet else None
        lines.extend((lead + text, place) for text, place in snippet[1:])
        last = call.end()
    lines[-1] = (lines[-1][0] + line[last:], lines[-1][1])
    return lines


def _calls(line: str) -> Iterator[re.Match[str]]:
    masked = _CODE_SPAN.sub(lambda span: "x" * len(span[0]), line)
    return (call for call in _CALL.finditer(line) if masked.startswith("{{", call.start()))


def _snippet(work: _Work, call: re.Match[str], origin: Origin, stack: tuple[str, ...]) -> Lines | None:
    """The lines of a snippet; empty where it cannot be had, None where the braces are no call."""
    if call["name"]:
        found = _named(work.language, call["name"])
        if found is None:
            return None
        path, text = found
        key = f"{path}#{call['name']}"
    else:
        path = _path(work, call["path"])
        key = path
        text = read.snippet(work.language, path)
        if text is None:
            message = f"There is no snippet {call['path']}; mend its path, or write it. Nothing stands here until then."
            _problem(work, "include-missing", call, origin, message)
            work.parts.append(f"{path}\0missing")
            return []
    work.parts.append(f"{path}\0{hashlib.sha256(text.encode()).hexdigest()}")
    if key in stack:
        circle = " → ".join((*stack[stack.index(key) :], key))
        _problem(work, "include-cycle", call, origin, f"These snippets include each other in a circle: {circle}. Take one call out.")
        return []
    body = _FRONT_MATTER.sub("", text, count=1) if text.startswith("---") else text
    skipped = text.count("\n", 0, len(text) - len(body.lstrip("\n")))
    work.lines += body.count("\n") + 1
    if work.lines > MAX_LINES:
        _problem(work, "file-unsafe", call, origin, f"The snippets of this page have more than {MAX_LINES} lines; include fewer.")
        return []
    lines = _expanded(work, body.strip("\n"), f"{work.language.base_of_repository}/{path}", origin.at, (*stack, key))
    return [(line, replace(place, line=place.line + skipped) if place.file.endswith(path) else place) for line, place in lines]


def _path(work: _Work, written: str) -> str:
    """A snippet's path, relative to the repository folder."""
    if written.startswith("/"):
        return posixpath.normpath(written.lstrip("/"))
    return posixpath.normpath(posixpath.join(read.slash(work.language), posixpath.dirname(work.source.path), written))


@cache
def _sections(text: str) -> dict[str, str]:
    """The sections of a file of named snippets, without their headings."""
    heads = list(_SECTION.finditer(text))
    ends = [head.start() for head in heads[1:]] + [len(text)]
    return {head[1]: text[head.end() : end].strip("\n") for head, end in zip(heads, ends, strict=True)}


def _named(language: LanguageConfig, name: str) -> tuple[str, str] | None:
    """The path and the text of a named snippet."""
    for path in dict.fromkeys((posixpath.normpath(f"{read.slash(language)}/_includes/snippets.md"), "_includes/snippets.md")):
        text = read.snippet(language, path)
        if text is not None and name in _sections(text):
            return path, _sections(text)[name]
    return None


def _problem(work: _Work, code: str, call: re.Match[str], origin: Origin, message: str) -> None:
    file = origin.file or work.source.file
    span = Span(origin.line, call.start() + 1, origin.line, call.end() + 1)
    work.problems.append(Finding(code, file, span, message, work.source.lang, call["path"] or call["name"]))
