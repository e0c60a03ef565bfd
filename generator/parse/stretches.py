"""Which stretches of a cell are Markdown: text and the tags of phrases in it, between tags of blocks.

CommonMark ends HTML at a blank line, and what follows is Markdown in which a link or a word in bold may be HTML. So a stretch is read as
a whole: a tag in a paragraph does not end it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from generator.parse.code_in_html import fences
from generator.parse.open_tags import VOID

PHRASES: Final = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins", "kbd", "mark",
    "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
})  # fmt: skip
"""Elements that stand in a line of text."""
_CODE: Final = frozenset({"code", "kbd", "samp", "tt"})
_OF_TABLES: Final = frozenset({"table", "caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr", "td", "th"})
_BLANK_LINE: Final = re.compile(r"\n[ \t]*\n")
_LEADING: Final = re.compile(r"[ \t]*\n[ \t]*\n")
_MARKED_LINE: Final = re.compile(r"^[ \t]*(?:[-*+][ \t]|[0-9]{1,9}[.)][ \t]|[|>])[^\n]*", re.MULTILINE)
"""A line of a list, a table or a quote."""
_LISTED: Final = re.compile(r"^[ \t]*+(?:([-*+])|[0-9]{1,9}([.)]))[ \t]+\S", re.MULTILINE)
_MEANT: Final = re.compile(r"^[ \t]*+(?:>[ \t]*\[![A-Z]+|#{2,6}[ \t]+\S|\|?[ \t]*:?-+:?[ \t]*\|[-:| \t]*$)", re.MULTILINE)
"""What begins an alert or a heading, or stands below the header of a table, and is nothing else."""
_DEEP: Final = 100
"""Elements inside one another, more than any text means: those deeper are read as tags without their other half."""
_LEAST: Final = 2
"""Items that make a list where no blank line stands above."""

Tags = Sequence[re.Match[str]]
"""Tags of a text in their order, with the groups `slash` and `name`."""


class Stretch(NamedTuple):
    """Where text and tags that are read as one begin and end, and whether they are blocks or a part of a line."""

    start: int
    end: int
    is_block: bool


def stretches(content: str, tags: Tags) -> Iterator[Stretch]:
    """The stretches of Markdown among the tags of a table, without the blanks round each, but with the indent of its first line."""
    blanks = [match.start() for match in _BLANK_LINE.finditer(content)]
    fenced = [start for start, _ in fences(content)]
    inside = set(_in_marked_lines(content, tags))
    start, run = 0, []
    for tag in tags:
        if _name(tag) in PHRASES or tag.start() in inside:
            run.append(tag)
            continue
        yield from _of_run(content, (start, tag.start()), run, blanks, fenced)
        start, run = tag.end(), []
    yield from _of_run(content, (start, len(content)), run, blanks, fenced)


def _name(tag: re.Match[str]) -> str:
    return (tag["name"] or "").lower()


def _elements(tags: Tags) -> Iterator[Tags]:
    """The tags of each element: two, or one of an element without content or without its other half."""
    opened: list[re.Match[str]] = []
    for tag in tags:
        name = _name(tag)
        if not tag["slash"] and name not in VOID:
            opened.append(tag)
        elif not (tag["slash"] and opened and _name(opened[-1]) == name):
            yield (tag,)
        elif len(opened) > _DEEP:
            yield from ((opened.pop(),), (tag,))
        else:
            yield (opened.pop(), tag)
    yield from ((tag,) for tag in opened)


def _is_torn(element: Tags) -> bool:
    return len(element) == 1 and (bool(element[0]["slash"]) or _name(element[0]) not in VOID)


def _in_marked_lines(content: str, tags: Tags) -> Iterator[int]:
    """Where tags of blocks stand that begin and end in one line of a list, a table or a quote."""
    starts = [tag.start() for tag in tags]
    for line in _MARKED_LINE.finditer(content):
        here = tags[bisect_left(starts, line.start()) : bisect_left(starts, line.end())]
        if here and not _OF_TABLES.intersection(map(_name, here)) and not any(map(_is_torn, _elements(here))):
            yield from (tag.start() for tag in here)


def _of_run(content: str, place: tuple[int, int], tags: Tags, blanks: Sequence[int], fenced: Sequence[int]) -> Iterator[Stretch]:
    """The Markdown of a run of text and tags of phrases, cut at the tags of an element that is torn or holds blocks."""
    cuts = [tag.span() for element in _elements(tags) if _is_torn(element) or _holds_blocks(content, element, blanks, fenced) for tag in element]
    for (_, start), (end, _) in pairwise([(place[0], place[0]), *sorted(cuts), (place[1], place[1])]):
        text = content[start:end]
        first = len(text) - len(text.lstrip())
        begin, stop = start + text.rfind("\n", 0, first) + 1 if "\n" in text[:first] else start + first, start + len(text.rstrip())
        texts = _texts(content, begin, stop, tags)
        if any(text.strip() for text in texts):
            is_block = _any(fenced, begin, stop) or _any(blanks, begin, stop) or _is_meant(content, start, stop)
            if is_block or any(map(_is_half, texts)):
                yield Stretch(begin, stop, is_block)


def _holds_blocks(content: str, element: Tags, blanks: Sequence[int], fenced: Sequence[int]) -> bool:
    """Whether an element has a blank line in it, or is code of several lines that would be read as a list or another block."""
    if len(element) == 1:
        return False
    start, end = element[0].end(), element[1].start()
    return _any(blanks, start, end) or (_name(element[0]) in _CODE and (_any(fenced, start, end) or _is_meant(content, start, end)))


def _any(places: Sequence[int], start: int, end: int) -> bool:
    """Whether a sorted sequence has a place from a start to before an end."""
    return bisect_left(places, start) < bisect_left(places, end)


def _is_meant(content: str, start: int, end: int) -> bool:
    """Whether a text is Markdown without a blank line in it: behind one, or by what its lines begin with."""
    if _LEADING.match(content, start, end) or _MEANT.search(content, start, end):
        return True
    marks = [item[1] or item[2] for item in _LISTED.finditer(content, start, end)]
    return len(marks) >= _LEAST and len(set(marks)) == 1


def _texts(content: str, start: int, end: int, tags: Tags) -> list[str]:
    """The text between the tags of a stretch."""
    texts = []
    for tag in tags[bisect_left(tags, start, key=re.Match.start) : bisect_left(tags, end, key=re.Match.start)]:
        texts.append(content[start : tag.start()])
        start = tag.end()
    return [*texts, content[start:end]]


def _is_half(text: str) -> bool:
    """Whether emphasis or a link of Markdown begins or ends here, and not both."""
    return bool(text.count("**") % 2) or ("](" in text and "[" not in text[: text.index("](")])
