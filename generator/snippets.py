"""`{{$include /help/_includes/restart.md}}`: the text of another file, put in before a page is parsed.

A path that begins with `/` starts at the language's repository folder, any other at the folder of the file it is written in. `{{name}}`
stands for the section `## Name {#name}`, or `## Name`, of a file `_includes/snippets.md` in the language's root or repository, if there is one.
A snippet in a folder `do-not-localize` that a translation lacks is taken from the reference. Front matter of a snippet is left out, its links count as written in the page. In code nothing is included.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from generator import read
from generator.config import LanguageConfig
from generator.model import Finding, Origin, SourceFile, Span
from generator.parse import comments
from generator.parse.code_in_html import fence_behind, fences
from generator.parse.slugs import slug

_CALL: Final = re.compile(
    r"""\{\{\s*(?:[$%]\s*(?i:include)\s+["']?(?P<path>[^\s{}"']+?)["']?\s*%?|(?P<name>[A-Za-z][\w-]*))\s*\}\}"""
)
"""A call as authors write it and as others do, who come from elsewhere: `{{% include "path" %}}`."""
_BACKTICKS: Final = re.compile("`+")
_LEAD: Final = re.compile(r"[ \t>]*(?:(?:[-+*]|\d+[.)])[ \t]+)*")
_HEAD: Final = re.compile(r"(?:---[ \t]*\n.*?\n---[ \t]*(?:\n|\Z))?\n*", re.DOTALL)
_SECTION: Final = re.compile(r"^(?:#{1,6}[ \t].*\{\s*+#([\w-]++)[^{}]*+\}|##[ \t]++(\S.*))[ \t]*$", re.MULTILINE)
"""Its id, or the words of a heading of the second level, of which one is made."""
_VISIBLE: Final = re.compile(r"[^\n]")
_SNIPPETS: Final = "_includes/snippets.md"

Lines = list[tuple[str, Origin]]
Texts = dict[str, str | None]
"""Files of snippets by their path relative to the language's repository folder; None where there is none."""


class _Work(Struct):
    """One page being put together: what it was made of, and what is wrong."""

    source: SourceFile
    language: LanguageConfig
    texts: Texts
    parts: list[str] = field(default_factory=list)
    problems: list[Finding] = field(default_factory=list)
    sections: dict[str, dict[str, _Snippet]] = field(default_factory=dict)
    lines: int = 0
    size: int = 0
    full: bool = False

    def text(self, path: str) -> str | None:
        """The text of a file of snippets, read once for all calls."""
        if path not in self.texts:
            self.texts[path] = read.snippet(self.language, path)
        return self.texts[path]


class _Snippet(Struct, frozen=True):
    """A text to put in: its file relative to the repository folder, the section of it (or nothing), its first line."""

    path: str
    section: str
    text: str
    first: int


def expand(source: SourceFile, language: LanguageConfig, texts: Texts | None = None) -> SourceFile:
    """A page with its snippets put in.

    Each line knows its origin, and the digest is one of all bytes that took part, and of where they stand. A page that includes nothing
    comes back as it is. `texts` has files of snippets that were read before, and gets those that are.
    """
    if not _CALL.search(source.text):
        return source
    work = _Work(source, language, {} if texts is None else texts)
    lines = [(line, Origin("", number, number)) for number, line in enumerate(source.lines, 1)]
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
        before, fence = fence, fence_behind(line, fence)
        out.extend(_line(work, line, origin, stack) if "{{" in line and not (before or fence) else [(line, origin)])
    return out


def _line(work: _Work, line: str, origin: Origin, stack: tuple[_Snippet, ...]) -> Lines:
    """One line with its snippets put in; their further lines are indented as the line is."""
    lead = _LEAD.match(line)
    indent = re.sub(r"[^\s>]", " ", lead[0]) if lead else ""
    done: Lines = []
    pieces: list[str] = []
    place, last = origin, 0
    for call in _calls(line):
        snippet = _called(work, call, origin, stack, alone=lead is not None and line[lead.end() :].strip() == call[0])
        if snippet is None:
            continue
        pieces.append(line[last : call.start()])
        last = call.end()
        for number, (inner, inner_place) in enumerate(_body(work, snippet, call, origin, stack)):
            if number:
                done.append(("".join(pieces), place))
                pieces = [indent]
            pieces.append(inner)
            place = inner_place
    return [*done, ("".join((*pieces, line[last:])), place)]


def _calls(line: str) -> Iterator[re.Match[str]]:
    """The calls of a line that do not stand in code."""
    spans = _code_spans(line)
    starts = [start for start, _ in spans]
    for call in _CALL.finditer(line):
        number = bisect_right(starts, call.start()) - 1
        if number < 0 or spans[number][1] <= call.start():
            yield call


def _code_spans(line: str) -> list[tuple[int, int]]:
    """Where code spans begin and end: backticks, to the next ones of the same number."""
    runs = [mark.span() for mark in _BACKTICKS.finditer(line)]
    ends, behind = [0] * len(runs), dict[int, int]()
    for number, (start, end) in reversed(tuple(enumerate(runs))):
        ends[number] = behind.get(end - start, 0)
        behind[end - start] = number
    spans, number = [], 0
    while number < len(runs):
        if ends[number]:
            spans.append((runs[number][0], runs[ends[number]][1]))
        number = max(number, ends[number]) + 1
    return spans


def _called(work: _Work, call: re.Match[str], origin: Origin, stack: tuple[_Snippet, ...], *, alone: bool) -> _Snippet | None:
    """What a call names; an empty text where there is no such file, None where the braces are no call: they may be a template's in a sentence."""
    if call["name"]:
        named = None if work.full else _named(work, call["name"])
        if named is None and alone and not work.full:
            message = f"There is no section {{#{call['name']}}} in {_SNIPPETS}; mend the name, or write it. It is shown as it is until then."
            _problem(work, "include-missing", call, origin, message)
            work.parts.append(f"{call['name']}\0missing")
        return named
    path = _path(work, call["path"], stack)
    text = "" if work.full else work.text(path)
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
    file = read.snippet_file(work.language, snippet.path)
    work.parts.append(f"{file}\0{snippet.section}\0{snippet.first}\0{snippet.text}")
    if snippet in stack:
        circle = " → ".join(item.section or item.path for item in (*stack[stack.index(snippet) :], snippet))
        _problem(work, "include-cycle", call, origin, f"These snippets include each other in a circle: {circle}. Take one call out.")
        return []
    if len(stack) >= work.source.limits.nesting:
        _problem(work, "nesting-too-deep", call, origin, f"Snippets include each other deeper here than {work.source.limits.nesting} levels; include fewer.")
        return []
    lines = snippet.text.split("\n")
    if not _has_room(work, snippet, len(lines), call, origin):
        return []
    placed = [(line, Origin(file, number, origin.at)) for number, line in enumerate(lines, snippet.first)]
    return _expanded(work, placed, (*stack, snippet))


def _has_room(work: _Work, snippet: _Snippet, lines: int, call: re.Match[str], origin: Origin) -> bool:
    """Whether the snippets of the page stay within its limits with this one; the first that does not is told, and nothing is put in from there on."""
    limits = work.source.limits
    work.lines += lines
    work.size += len(snippet.text.encode("utf-8", "replace"))
    if work.full:
        return False
    if work.lines > limits.snippet_lines:
        over = f"have more than {limits.snippet_lines} lines; include fewer (limits.snippet_lines in site.yml)"
    elif work.size > limits.file_bytes:
        over = f"are larger than {limits.file_bytes} bytes; include fewer (limits.file_bytes in site.yml)"
    else:
        return True
    work.full = True
    _problem(work, "file-too-large", call, origin, f"The snippets of this page {over}.")
    return False


def _path(work: _Work, written: str, stack: tuple[_Snippet, ...]) -> str:
    """A snippet's path, relative to the repository folder."""
    here = stack[-1].path if stack else posixpath.join(read.slash(work.language), work.source.path)
    return posixpath.normpath(written.lstrip("/") if written.startswith("/") else posixpath.join(posixpath.dirname(here), written))


def _named(work: _Work, name: str) -> _Snippet | None:
    """A named snippet: a section of a file of snippets, without its heading."""
    for path in dict.fromkeys((posixpath.normpath(f"{read.slash(work.language)}/{_SNIPPETS}"), _SNIPPETS)):
        if path not in work.sections:
            work.sections[path] = _sections(path, work.text(path) or "")
        if name in work.sections[path]:
            return work.sections[path][name]
    return None


def _sections(path: str, text: str) -> dict[str, _Snippet]:
    """The sections of a file of snippets by name; the first of equal ones counts."""
    found: dict[str, _Snippet] = {}
    line, at = 1, 0
    for head, following in pairwise((*_SECTION.finditer(_without_code(comments.strip(text).text)), None)):
        if head is None:
            continue
        body = text[head.end() : following.start() if following else len(text)]
        skipped = len(body) - len(body.lstrip("\n"))
        line, at = line + text.count("\n", at, head.end() + skipped), head.end() + skipped
        name = head[1] or slug(head[2])
        found.setdefault(name, _Snippet(path, name, body.strip("\n"), line))
    return found


def _without_code(text: str) -> str:
    """The text with blanks for what stands in fenced code."""
    parts, last = [], 0
    for start, end in fences(text):
        parts += [text[last:start], _VISIBLE.sub(" ", text[start:end])]
        last = end
    return "".join((*parts, text[last:]))


def _problem(work: _Work, code: str, call: re.Match[str], origin: Origin, message: str) -> None:
    file = origin.file or work.source.file
    span = Span(origin.line, call.start() + 1, origin.line, call.end() + 1)
    work.problems.append(Finding(code, file, span, message, work.source.lang, call["path"] or call["name"]))
