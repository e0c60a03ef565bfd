"""Comments that say a finding is meant to be so: `<!-- sintoma-ignore link-missing-page: it comes with the next release -->`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final

from generator.model import Ignore, SourceFile, Span
from generator.parse.comments import strip

_IGNORE: Final = re.compile(r"<!--\s*sintoma-ignore\b(?P<codes>[^:]*?)(?::(?P<reason>.*?))?-->\Z", re.DOTALL)


def ignored(source: SourceFile) -> tuple[Ignore, ...]:
    """The same for a file that is no page, such as a table of contents."""
    text = "\n".join(source.lines)
    stripped = strip(text)
    return tuple(ignores(text, stripped.text, stripped.comments))


def ignores(written: str, blanked: str, comments: Sequence[tuple[int, str]]) -> Iterator[Ignore]:
    """The comments of a page that ignore findings.

    `written` is its text, `blanked` the same without comments, `comments` those with the 0-based line that each begins
    on. One speaks for the lines it stands on; where nothing else stands on them, also for the next line with text.
    """
    if not any("sintoma-ignore" in comment for _, comment in comments):
        return
    own, lines = written.split("\n"), blanked.split("\n")
    texts = [number for number, line in enumerate(lines) if line.strip()]
    for first, comment in comments:
        if match := _IGNORE.match(comment):
            last = first + comment.count("\n")
            reach = last
            at = bisect_left(texts, first)
            if at == len(texts) or texts[at] > last:
                reach = texts[at] if at < len(texts) else last
            column = own[first].find(comment.partition("\n")[0]) + 1
            end = column + len(comment) if last == first else len(comment.rsplit("\n", 1)[-1]) + 1
            codes = tuple(code for code in re.split(r"[,\s]+", match["codes"]) if code)
            yield Ignore(codes, " ".join((match["reason"] or "").split()), Span(first + 1, column, last + 1, end), reach + 1)
