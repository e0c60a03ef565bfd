"""Cases: what a reader sees and what to do about it, where a page tells it outside of tables.

A heading or the title of an accordion that asks, and a paragraph that is nothing but bold: what follows is the answer. On a
page about troubleshooting every section and every bold paragraph counts. Only marks that no translation changes decide.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from markdown_it.token import Token
from msgspec import Struct, field

from generator.model import Anchor, Case, Meta, SourceFile, Span
from generator.parse import labels
from generator.parse.places import whole_lines
from generator.parse.text import said

MAX_LINES: Final = 40
MAX_OPEN: Final = 100
"""Cases inside one another, more than any page means."""
_ASKS: Final = re.compile(r"(?:[?？؟⁇]|(?:ですか|ますか|でしょうか|とは|吗|呢|까|까요|나요)。?)[\s\"'”’»」』)）\u200b]*$")
"""A question mark, or what stands for it at the end of a Japanese, Chinese or Korean sentence."""
_COLON: Final = re.compile(r"[\s:：]*")
_ABOUT: Final = ("topic-tags", "feature", "content-type", "type")
_SHORT: Final = 8
_ANY_HEADING: Final = 7
"""The level of a section that ends at any heading: one that does not ask is told without its subsections."""


class _Open(Struct):
    """A case whose answer is being read."""

    kind: str
    level: int
    ordinal: int
    words: str
    anchor: Anchor
    own: bool
    span: Span
    lines: list[str] = field(default_factory=list)
    links: list[int] = field(default_factory=list)

    def close(self, *, troubles: bool) -> Case:
        """What was read."""
        return Case(self.kind, self.ordinal, self.words, tuple(self.lines), self.anchor, self.span, self.own, troubles, tuple(self.links))


class _Walk(Struct):
    """The walk under way: the section and how many alerts it is in, cases open and done, and how many of each kind there were."""

    troubles: bool
    anchor: Anchor
    alerts: int = 0
    open: list[_Open] = field(default_factory=list)
    done: list[Case] = field(default_factory=list)
    count: dict[str, int] = field(default_factory=dict)

    def begin(self, kind: str, token: Token, words: str, level: int, own: str = "") -> None:
        """Count a place that may be a case; open one if it is. `own` is its own id."""
        ordinal = self.count[kind] = self.count.get(kind, -1) + 1
        if len(self.open) < MAX_OPEN and (kind == "accordion" or self.troubles or asks(words)):
            span = whole_lines(*(token.map or (0, 1)))
            self.open.append(_Open(kind, level, ordinal, words, Anchor(own) or self.anchor, bool(own), span))

    def end(self, kinds: Sequence[str], level: int) -> None:
        """Close the cases of some kinds from a level on."""
        self._close(0, lambda case: case.kind in kinds and case.level >= level)

    def end_accordion(self) -> None:
        """Close the innermost accordion and the bold lines in it."""
        last = next((number for number in range(len(self.open) - 1, -1, -1) if self.open[number].kind == "accordion"), len(self.open))
        self._close(last, lambda case: case.kind != "heading")

    def _close(self, first: int, ends: Callable[[_Open], bool]) -> None:
        """Close those of the open cases, from the first on, that end here."""
        rest = self.open[first:]
        self.open[first:] = [case for case in rest if not ends(case)]
        self.done += [case.close(troubles=self.troubles) for case in rest if ends(case) and case.lines and case.words]

    def say(self, line: str, links: Sequence[int] = ()) -> None:
        """Add a line to the answer of all that is open."""
        for case in self.open:
            if line and len(case.lines) < MAX_LINES:
                case.lines.extend(line.split("\n"))
                case.links.extend(links)


def about_trouble(path: str, meta: Meta) -> bool:
    """Whether a page says that it is about troubleshooting: by its tags, its file's name or its folder's."""
    return any("troubleshoot" in words.lower() for words in (path, *(str(meta.get(key) or "") for key in _ABOUT)))


def asks(words: str) -> bool:
    """Whether a text is a question."""
    return bool(_ASKS.search(words))


def _words(inline: Token) -> str:
    return said(inline).text.replace("\n", " ")


def cases(source: SourceFile, meta: Meta, tokens: Sequence[Token]) -> tuple[Case, ...]:
    """The cases of a page in the order they begin."""
    walk = _Walk(source.troubles or about_trouble(source.path, meta), Anchor(""))
    for index, token in enumerate(tokens):
        before = tokens[index - 1].type if index else ""
        if token.type == "heading_open":
            level = int(token.tag[1])
            walk.end(("bold",), 0)
            walk.end(("heading",), level)
            walk.anchor = Anchor(str(token.attrGet("id") or ""))
            words = _words(tokens[index + 1])
            walk.begin("heading", token, words, level if asks(words) else _ANY_HEADING, walk.anchor)
        elif token.type == "accordion_open":
            title = tokens[index + 2] if tokens[index + 1].type == "accordion_title_open" else None
            words = _words(title) if title else ""
            walk.begin("accordion", token, words, token.level, str(token.attrGet("id") or ""))
        elif token.type == "accordion_close":
            walk.end_accordion()
        elif token.type in ("alert_open", "alert_close"):
            walk.alerts += token.nesting
        elif token.nesting < 0 and walk.open:
            walk.end(("bold",), token.level + 1)
        elif token.type == "inline" and before not in ("heading_open", "accordion_title_open"):
            _inline(walk, token, before)
        elif token.type == "fence" and walk.open:
            walk.say(labels.unfold(token.content).strip("\n"))
    walk.end(("heading", "accordion", "bold"), 0)
    return tuple(sorted(walk.done, key=lambda case: (case.span, case.kind)))


def _inline(walk: _Walk, token: Token, before: str) -> None:
    if before == "paragraph_open" and _is_bold(token) and not (walk.alerts and not asks(_words(token))):
        words = _words(token).rstrip(" :：")
        walk.end(("bold",), token.level - 1)
        walk.say(words)
        if len(words) >= _SHORT:
            walk.begin("bold", token, words, token.level - 1)
    elif walk.open:
        answer = said(token)
        walk.say(answer.text, answer.links)


def _is_bold(token: Token) -> bool:
    """Whether a text is one piece of bold, a colon behind it left out."""
    children = [child for child in token.children or () if child.type != "text" or not _COLON.fullmatch(child.content)]
    if len(children) < 3 or children[0].type != "strong_open" or children[-1].type != "strong_close":  # noqa: PLR2004  two tags and words
        return False
    return sum(child.type == "strong_open" for child in children) == 1
