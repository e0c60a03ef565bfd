"""`{{$include /help/_includes/restart.md}}`: the text of another file, put in before a page is parsed.

A path that begins with `/` starts at the language's repository folder, any other at the folder of the file it is written in. `{{name}}`
stands for the section `{#name}` of a file `_includes/snippets.md` in the language's root or repository, if there is one.
Front matter of a snippet is left out, its links count as written in the page. In code nothing is included.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from generator import read
from generator.config import LanguageConfig
from generator.model import Finding, Origin, SourceFile, Span

_CALL: Final = re.compile(r"\{\{\s*(?:\$include\s+(?P<path>[^\s{}]+)|(?P<name>[A-Za-z][\w-]*))\s*\}\}")
_FENCE: Final = re.compile(r"^[ \t>]*(?:[-+*][ \t]+|\d+[.)][ \t]+)*(`{3,}|~{3,})")
_CODE_SPAN: Final = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
_LEAD: Final = re.compile(r"[ \t>]*(?:(?:[-+*]|\d+[.)])[ \t]+)*")
_HEAD: Final = re.compile(r"(?:---[ \t]*\n.*?\n---[ \t]*(?:\n|\Z))?\n*", re.DOTALL)
_SECTION: Final = re.compile(r"^#{1,6}[ \t].*\{\s*+#([\w-]++)[^{}]*+\}[ \t]*$", re.MULTILINE)

Lines = list[tuple[str, Origin]]


@dataclass(slots=True)
class _Work:
    """One page being put together: what it was made of, and what is wrong."""

    source: SourceFile
    language: LanguageConfig
    parts: list[str] = field(default_factory=list)
    problems: list[Finding] = field(default_factory=list)
    lines: int = 0


@dataclass(frozen=True, slots=True)
class _Snippet:
    """A text to put in: its file relative to the repository folder, the section of it (or nothing), its first line."""

    path: str
    section: str
    text: str
    first: int


def expand(source: SourceFile, language: LanguageConfig) -> SourceFile:
    """A page with its snippets put in.

    Each line knows its origin, and the digest is one of all bytes that took part. A page that includes nothing
    comes back as it is.
    """
    if not _CALL.search(source.text):
        return source
    work = _Work(source, language)
    text = source.text.replace("\r\n", "\n").replace("\r", "\n")
    lines = [(line, Origin("", number, number)) for number, line in enumerate(text.split("\n"), 1)]
    lines = _expanded(work, lines, ())
    if not work.parts:
        return source
    digest = hashlib.sha256("\0".join((source.digest, *work.parts)).encode()).hexdigest()
    origins = tuple(origin for _, origin in lines)
    return replace(source, text="\n".join(line for line, _ in lines), digest=digest, origins=origins, problems=tuple(work.problems))


def _expanded(work: _Work, lines: Lines, stack: tuple[_Snippet, ...]) -> Lines:
    """Lines with the snippets they call put in; `stack` holds those that are being put in."""
    out: Lines = []
    fence = ""
    for line, origin in lines:
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


def _line(work: _Work, line: str, origin: Origin, stack: tuple[_Snippet, ...]) -> Lines:
    """One line with its snippets put in; their further lines are indented as the line is."""
    lead = _LEAD.match(line)
    indent = re.sub(r"[^\s>]", " ", lead[0]) if lead else ""
    done: Lines = []
    text, place, last = "", origin, 0
    for call in _calls(line):
        snippet = _called(work, call, origin, stack)
        if snippet is None:
            continue
        text += line[last : call.start()]
        last = call.end()
        for number, (inner, inner_place) in enumerate(_body(work, snippet, call, origin, stack)):
            if number:
                done.append((text, place))
                text = indent
            text, place = text + inner, inner_place
    return [*done, (text + line[last:], place)]


def _calls(line: str) -> Iterator[re.Match[str]]:
    """The calls of a line that do not stand in code."""
    masked = _CODE_SPAN.sub(lambda span: "x" * len(span[0]), line)
    return (call for call in _CALL.finditer(line) if masked.startswith("{{", call.start()))


def _called(work: _Work, call: re.Match[str], origin: Origin, stack: tuple[_Snippet, ...]) -> _Snippet | None:
    """What a call names; an empty text where there is no such file, None where the braces are no call."""
    if call["name"]:
        return _named(work.language, call["name"])
    path = _path(work, call["path"], stack)
    text = read.snippet(work.language, path)
    if text is None:
        message = f"There is no snippet {call['path']}; mend its path, or write it. Nothing stands here until then."
        _problem(work, "include-missing", call, origin, message)
        work.parts.append(f"{path}\0missing")
        return _Snippet(path, "", "", 1)
    head = _HEAD.match(text)
    start = head.end() if head else 0
    return _Snippet(path, "", text[start:].rstrip("\n"), text.count("\n", 0, start) + 1)


def _body(work: _Work, snippet: _Snippet, call: re.Match[str], origin: Origin, stack: tuple[_Snippet, ...]) -> Lines:
    """The lines of a snippet, with the snippets that it calls itself."""
    work.parts.append(f"{snippet.path}\0{snippet.section}\0{snippet.text}")
    if snippet in stack:
        circle = " → ".join(item.section or item.path for item in (*stack[stack.index(snippet) :], snippet))
        _problem(work, "include-cycle", call, origin, f"These snippets include each other in a circle: {circle}. Take one call out.")
        return []
    if len(stack) >= work.source.limits.nesting:
        _problem(work, "nesting-too-deep", call, origin, f"Snippets include each other deeper here than {work.source.limits.nesting} levels; include fewer.")
        return []
    lines = snippet.text.split("\n")
    most = work.source.limits.snippet_lines
    within, work.lines = work.lines <= most, work.lines + len(lines)
    if work.lines > most:
        if not within:
            return []
        _problem(work, "file-too-large", call, origin, f"The snippets of this page have more than {most} lines; include fewer (limits.snippet_lines in site.yml).")
        return []
    file = read.repository_file(work.language, snippet.path)
    placed = [(line, Origin(file, number, origin.at)) for number, line in enumerate(lines, snippet.first)]
    return _expanded(work, placed, (*stack, snippet))


def _path(work: _Work, written: str, stack: tuple[_Snippet, ...]) -> str:
    """A snippet's path, relative to the repository folder."""
    here = stack[-1].path if stack else posixpath.join(read.slash(work.language), work.source.path)
    return posixpath.normpath(written.lstrip("/") if written.startswith("/") else posixpath.join(posixpath.dirname(here), written))


def _named(language: LanguageConfig, name: str) -> _Snippet | None:
    """A named snippet: a section of a file of snippets, without its heading."""
    for path in dict.fromkeys((posixpath.normpath(f"{read.slash(language)}/_includes/snippets.md"), "_includes/snippets.md")):
        text = read.snippet(language, path) or ""
        heads = list(_SECTION.finditer(text))
        for number, head in enumerate(heads):
            if head[1] == name:
                end = heads[number + 1].start() if number + 1 < len(heads) else len(text)
                body = text[head.end() : end]
                skipped = len(body) - len(body.lstrip("\n"))
                return _Snippet(path, name, body.strip("\n"), text.count("\n", 0, head.end() + skipped) + 1)
    return None


def _problem(work: _Work, code: str, call: re.Match[str], origin: Origin, message: str) -> None:
    file = origin.file or work.source.file
    span = Span(origin.line, call.start() + 1, origin.line, call.end() + 1)
    work.problems.append(Finding(code, file, span, message, work.source.lang, call["path"] or call["name"]))
