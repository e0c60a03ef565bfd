"""Marks that open and close parts of a page (accordions, tab sets, shade boxes), paired on one stack.

A part ends at its end mark, or where the block it stands in ends; what is still open inside ends with it. So the
elements are nested right whatever the marks say, and each mark that is alone is a finding.
"""

from __future__ import annotations

from typing import Final

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from msgspec import Struct, field

from generator.model import Span
from generator.parse import harvest
from generator.parse.headings import EXPLICIT
from generator.parse.labelled import first_line, line_span

_TAG: Final = {"tabs": "div", "tab": "div", "box": "div", "accordion": "details"}
_TITLE: Final = {"tab": "p", "box": "p", "accordion": "summary"}
_CLASS: Final = {"tabs": "tabs", "tab": "tabs__tab", "box": "shadebox", "accordion": "accordion"}
_END: Final = {"tabs": ">[!ENDTABS]", "box": ">[!ENDSHADEBOX]", "accordion": "+++"}


class _Part(Struct, frozen=True):
    """A part that is open; `given` says whether a mark opened it."""

    kind: str
    level: int
    line: int
    given: bool = True


class _Walk(Struct):
    """What is open, and the tokens made so far."""

    page: harvest.Harvest
    open: list[_Part] = field(default_factory=list)
    out: list[Token] = field(default_factory=list)

    def begin(self, part: _Part, title: str = "", anchor: str = "") -> None:
        """Open a part, with its title."""
        attrs: dict[str, str | int | float] = {"class": _CLASS[part.kind], **({"id": anchor} if anchor else {})}
        place = [part.line, part.line + 1]
        self.open.append(part)
        self.out.append(Token(f"{part.kind}_open", _TAG[part.kind], 1, block=True, level=part.level, attrs=attrs, map=place))
        if title:
            tag = _TITLE[part.kind]
            name: dict[str, str | int | float] = {"class": f"{_CLASS[part.kind].partition('__')[0]}__title"}
            self.out.append(
                Token(f"{part.kind}_title_open", tag, 1, block=True, level=part.level, attrs=name if tag == "p" else {}, map=place)
            )
            self.out.append(Token("inline", "", 0, content=title, children=[], map=place, level=part.level + 2))
            self.out.append(Token(f"{part.kind}_title_close", tag, -1, block=True, level=part.level))

    def end(self) -> None:
        """Close the innermost part."""
        part = self.open.pop()
        self.out.append(Token(f"{part.kind}_close", _TAG[part.kind], -1, block=True, level=part.level))

    def end_inside(self, kind: str, level: int) -> bool:
        """Close what is open in the innermost part of a kind at a level; whether there is such a part."""
        if not any(part.kind == kind and part.level == level for part in self.open):
            return False
        while (part := self.open[-1]).kind != kind or part.level != level:
            self.unclosed(part)
            self.end()
        return True

    def leave(self, level: int) -> None:
        """Close what is open in a container, at a lower level, that ends."""
        while self.open and level < self.open[-1].level:
            self.unclosed(self.open[-1])
            self.end()

    def unclosed(self, part: _Part) -> None:
        """Say that a part lacks its end."""
        if part.given and part.kind in _END:
            self.fault(part.line, f"This is never closed; add a line {_END[part.kind]} where it ends.")

    def fault(self, line: int, message: str, target: str = "") -> None:
        """Say what is wrong with a mark."""
        self.page.problem("dialect-unclosed", line_span(self.page, line), message, target)


def containers(state: StateCore) -> None:
    """Core rule before inlines."""
    if not any(token.type in _MARKS for token in state.tokens):
        return
    walk = _Walk(harvest.of(state.env))
    for token in state.tokens:
        if token.nesting < 0:
            walk.leave(token.level)
        if token.type in _MARKS:
            _MARKS[token.type](walk, token)
        else:
            walk.out.append(token)
    walk.leave(-1)
    state.tokens = walk.out


def _accordion(walk: _Walk, mark: Token) -> None:
    line = first_line(mark)
    title = mark.content
    if not title:
        if walk.end_inside("accordion", mark.level):
            walk.end()
        else:
            walk.fault(line, "This +++ closes nothing; remove it, or open with +++ Title.")
        return
    anchor = ""
    if explicit := EXPLICIT.search(title):
        anchor = explicit[1]
        column = walk.page.lines[line].rfind(anchor) + 1
        walk.page.anchor(anchor, Span(line + 1, column, line + 1, column + len(anchor)))
        title = title[: explicit.start()]
    walk.begin(_Part("accordion", mark.level, line), title or anchor, anchor)


def _set(walk: _Walk, mark: Token) -> None:
    name, title, level, line = str(mark.meta["name"]), mark.content, mark.level, first_line(mark)
    if name == "BEGINTABS":
        walk.begin(_Part("tabs", level, line))
    elif name == "BEGINSHADEBOX":
        walk.begin(_Part("box", level, line), title)
    elif name == "TAB":
        if not walk.end_inside("tabs", level):
            walk.fault(line, "This tab stands outside a tab set; put >[!BEGINTABS] above it.", name)
            walk.begin(_Part("tabs", level, line, given=False))
        walk.begin(_Part("tab", level, line), title)
    elif walk.end_inside("tabs" if name == "ENDTABS" else "box", level):
        walk.end()
    else:
        walk.fault(line, f"[!{name}] has no beginning; remove it.", name)


_MARKS: Final = {"accordion_mark": _accordion, "set_mark": _set}


def use(md: MarkdownIt) -> None:
    """Teach a parser the rule."""
    md.core.ruler.before("inline", "containers", containers)
