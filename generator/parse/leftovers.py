"""What an editor, a merge or a wrong encoding left in a page: read as it is, since no rule of Markdown minds it, and a finding each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from markdown_it.token import Token

from generator.model import Span
from generator.parse.harvest import Harvest

_CLOSING: Final = re.compile(r"[\s>]*(?:`{3,}|~{3,})\s*")
_CONFLICT: Final = "<<<<<<< "
_HASHES: Final = re.compile(r"(#{2,6})[^\s#\\]|(#)[^\s#\\].*\{#[\w-]+\}\s*$")
_CODE: Final = re.compile(r"`[^`]*`")
_MISREAD: Final = re.compile(
    r"(?<![A-ZÀ-Þ])(?:Ã[\u0080-\u00aa\u00ac-\u00ba\u00bc-\u00bf€‚ƒ„†‡ˆ‰Š‹ŒŽ™š›œžŸ‘’“”•–—˜]|Â[\u00a0-\u00aa\u00ac-\u00ba\u00bc-\u00bf]|â€[\u0098-\u009d¦¢™š›œžŸ˜“”])"
)
"""UTF-8 of European letters and quotes, read as Windows-1252; what may end a word in capitals or a quote in French is left out."""


def leftovers(page: Harvest, tokens: Sequence[Token]) -> None:
    """Note blocks of code that never end, headings without a blank, marks of a merge, and letters of a wrong encoding."""
    code = [False] * (len(page.lines) + 1)
    for token in tokens:
        if token.type == "fence" and token.map:
            code[token.map[0] : token.map[1]] = [True] * (token.map[1] - token.map[0])
            if token.markup:  # a table beyond the limits is shown as code and has no signs
                _closed(page, *token.map)
    for line in _paragraphs(tokens):
        if match := _HASHES.match(page.lines[line]):
            sign = match[1] or match[2]
            message = f"Without a blank behind {sign} this is no heading; write one."
            page.problem("dialect-unknown", Span(line + 1, 1, line + 1, len(sign) + 1), message, sign, f"{sign} ")
    for line, text in enumerate(page.lines):
        if not code[line]:
            _read_right(page, line, text)


def _closed(page: Harvest, first: int, end: int) -> None:
    if end - 1 > first and _CLOSING.fullmatch(page.lines[end - 1]):
        return
    text = page.lines[first]
    start = len(text) - len(text.lstrip(" \t>")) + 1
    message = "This block of code is never closed, so what follows is shown as code; close it with the same signs on a line of their own."
    page.problem("dialect-unclosed", Span(first + 1, start, first + 1, len(text) + 1), message, text.strip())


def _paragraphs(tokens: Sequence[Token]) -> Iterator[int]:
    """The lines of paragraphs that stand in no list and no quote."""
    for token in tokens:
        if token.type == "paragraph_open" and token.level == 0 and token.map:
            yield from range(*token.map)


def _read_right(page: Harvest, line: int, text: str) -> None:
    if text.startswith(_CONFLICT):
        message = "A merge was left unfinished here; keep one of the two texts, and remove the lines that begin with <<<<<<<, ======= and >>>>>>>."
        page.problem("conflict-unresolved", Span(line + 1, 1, line + 1, len(text) + 1), message, text)
    if text.isascii():
        return
    found = [match for match in _MISREAD.finditer(_CODE.sub(lambda code: " " * len(code[0]), text)) if _right(match[0]) != match[0]]
    if found:
        start, end = found[0].start(), found[-1].end()
        wrong = text[start:end]
        right = _all_right(wrong, ((match.start() - start, match.end() - start) for match in found))
        message = f"“{found[0][0]}” is “{_right(found[0][0])}”, saved in one encoding and read in another."
        page.problem("file-encoding", Span(line + 1, start + 1, line + 1, end + 1), message, wrong, right)


def _all_right(text: str, places: Iterable[tuple[int, int]]) -> str:
    parts, last = list[str](), 0
    for start, end in places:
        parts += [text[last:start], _right(text[start:end])]
        last = end
    return "".join((*parts, text[last:]))


def _right(text: str) -> str:
    """What letters were before they were read in a wrong encoding; the same where they cannot have been anything else."""
    try:
        return b"".join(_bytes(letter) for letter in text).decode()
    except UnicodeDecodeError:
        return text


def _bytes(letter: str) -> bytes:
    try:
        return letter.encode("cp1252")
    except UnicodeEncodeError:
        return letter.encode("latin-1")
