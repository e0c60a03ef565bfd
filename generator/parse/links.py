"""Links and images, each with the place of its address; what was meant as a link but is none becomes a finding."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from functools import lru_cache
from types import SimpleNamespace
from typing import Any, Final

from markdown_it import MarkdownIt, helpers
from markdown_it.common.utils import normalizeReference
from markdown_it.rules_inline import StateInline, autolink, image, link
from markdown_it.token import Token

from generator.model import LinkKind, RawLink, Span
from generator.parse import harvest
from generator.parse.labels import words
from generator.parse.text import flatten

_WORDS: Final = re.compile(r"\[(?:[^\[\]\n\\]|\\.)+\](?=\[)")
"""The words of a reference, where no brackets stand in them."""
_OWN: Final = re.compile(r"!\[|`")
"""What has brackets of its own: an image, or code."""
_LABEL: Final = re.compile(r"\[((?:[^\[\]\n\\]|\\.)+)\]")
_BROKEN_TAIL: Final = re.compile(r"\]\(\s*([^()\s]*)")
_SIMPLE: Final = re.compile(r"[^\x00-\x20\x7f\\()&<][^\x00-\x20\x7f\\()&]*(?=[\x00-\x20\x7f)]|\Z)")
"""An address without escapes, entities and brackets, up to what ends it."""
_SPACED: Final = re.compile(r"\][ \t]++\((?=[^()\s]*+\))((?:[^()\s]+\.(?:md|html?)|https?://|#)[^()\s]*+)\)")


def link_open(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  markdown-it's signature
    """Inline rule: a link, registered with the place of its address."""
    start, count = state.pos, len(state.tokens)
    if state.src[start] != "[" or _last_bracket(state.src) < start:
        return False
    if not link(state, silent):
        return not silent and _undefined(state, start)
    if not silent:
        token = next(token for token in state.tokens[count:] if token.type == "link_open")
        inside = state.tokens[state.tokens.index(token, count) + 1 : -1]
        _register(state, token, start, LinkKind.LINK, flatten(inside).text)
    return True


def picture(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  markdown-it's signature
    """Inline rule: an image, registered with the place of its address."""
    start = state.pos
    if state.src[start] != "!" or _last_bracket(state.src) < start or not image(state, silent):
        return False
    if not silent:
        token = state.tokens[-1]
        token.content = words(token.content)
        _register(state, token, start, LinkKind.IMAGE, token.content)
    return True


def address(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  markdown-it's signature
    """Inline rule: an address in angle brackets, registered with its place."""
    start, count = state.pos, len(state.tokens)
    if not autolink(state, silent):
        return False
    if not silent:
        token = next(token for token in state.tokens[count:] if token.type == "link_open")
        _register(state, token, start, LinkKind.LINK, state.src[start + 1 : state.pos - 1])
    return True


def stray_bracket(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  markdown-it's signature
    """Inline rule that never matches: a `](` that no link took was meant as one."""
    if silent or state.src[state.pos] != "]" or state.level:
        return False
    if tail := _BROKEN_TAIL.match(state.src, state.pos):
        page = harvest.of(state.env)
        start = state.pos + 2
        hint = "The address has a blank or a line break, or the brackets are reversed; write [text](address) on one line, a blank as %20."
        page.problem(
            "link-malformed", page.place.span(start, max(tail.end(), start + 1)), f"This is not read as a link. {hint}", tail[1]
        )
    elif spaced := _SPACED.match(state.src, state.pos):
        page = harvest.of(state.env)
        page.problem(
            "link-malformed",
            page.place.span(state.pos, spaced.end()),
            "A blank stands between ] and (, so this is not read as a link; remove it.",
            spaced[1],
            f"]({spaced[1]})",
        )
    return False


@lru_cache(maxsize=4)
def _last_bracket(text: str) -> int:
    """Where the last `]` stands: markdown-it would look for one from each of ten thousand `[` anew."""
    return text.rfind("]")


@lru_cache(maxsize=4)
def _last_pair(text: str) -> int:
    """Where the last `][` stands."""
    return text.rfind("][")


def _register(state: StateInline, token: Token, start: int, kind: LinkKind, text: str) -> None:
    page = harvest.of(state.env)
    target = str(token.attrs.pop("href" if kind is LinkKind.LINK else "src"))
    if state.src[state.pos - 1] == ")":
        at = state.src.rfind("](", start, state.pos) + 2
        while state.src[at] in " \t\n":
            at += 1
        result = state.md.helpers.parseLinkDestination(state.src, at, state.posMax)
        end = result.pos if result.ok else at
        if state.src[at] == "<":
            at, end = at + 1, end - 1
        written = state.src[at:end]
        number = page.link(RawLink(target, kind, page.place.span(at, end), text, page.in_table, spelled="" if written == target else written))
    elif state.src[start] == "<":
        number = page.link(RawLink(target, kind, page.place.span(start + 1, state.pos - 1), text, page.in_table))
    else:
        number = _defined(state, state.src[start : state.pos], target, kind, text)
    token.meta["link"] = number
    token.attrs = {"data-link": str(number), **token.attrs}


def _defined(state: StateInline, written: str, target: str, kind: LinkKind, text: str) -> int:
    """The number of the link that a reference's definition made; uses share it."""
    page = harvest.of(state.env)
    label = normalizeReference(written[written.rfind("[") + 1 : -1] or written[1 : written.find("]")])
    if label not in page.definitions:
        page.definitions[label] = page.link(RawLink(target, kind, definition_span(state.env, label, target), text))
    return page.definitions[label]


def definition_span(env: MutableMapping[str, Any], label: str, target: str) -> Span:
    """Where the address of a reference definition stands."""
    page = harvest.of(env)
    references = env.get("references")
    first, end = references[label]["map"] if isinstance(references, dict) and label in references else (0, 1)
    for number in range(first, min(end, len(page.lines))):
        column = page.lines[number].find(target)
        if column >= 0:
            return Span(number + 1, column + 1, number + 1, column + 1 + len(target))
    return Span(first + 1, 1, first + 1, 1)


def _undefined(state: StateInline, start: int) -> bool:
    """Note `[text][label]` whose label nobody defines; never matches."""
    label = _label(state, start)
    before = state.src[start - 1] if start else " "
    if label and not ((before.isascii() and before.isalnum()) or before in "_])") and not label[1].isdigit() and "!" not in label[1][:1]:
        page = harvest.of(state.env)
        page.problem(
            "link-undefined-label",
            page.place.span(*label.span(1)),
            f"Nothing defines the label {label[1]}; add a line [{label[1]}]: address, or write [text](address).",
            label[1],
        )
    return False


def _label(state: StateInline, start: int) -> re.Match[str] | None:
    """The label behind words in brackets; they may hold an image or code with brackets of its own."""
    if words := _WORDS.match(state.src, start):
        return _LABEL.match(state.src, words.end())
    if _last_pair(state.src) < start:
        return None
    end = helpers.parseLinkLabel(state, start, True)  # noqa: FBT003  markdown-it's signature
    return _LABEL.match(state.src, end + 1) if end >= 0 and _OWN.search(state.src, start, end) else None


def destination(text: str, start: int, end: int) -> Any:  # noqa: ANN401  markdown-it's own result, or one of the same shape
    """What markdown-it's `parseLinkDestination` finds; most addresses are simple and are found by one expression."""
    if simple := _SIMPLE.match(text, start, end):
        return SimpleNamespace(ok=True, pos=simple.end(), str=simple[0])
    return helpers.parseLinkDestination(text, start, end)


def use(md: MarkdownIt) -> None:
    """Teach a parser the rules; addresses stay as written, whether they arrive is checked later."""
    md.helpers = SimpleNamespace(  # type: ignore[assignment]  # markdown-it's own extension point
        parseLinkDestination=destination, parseLinkLabel=helpers.parseLinkLabel, parseLinkTitle=helpers.parseLinkTitle
    )
    md.normalizeLink = lambda url: url  # type: ignore[method-assign]  # markdown-it's own extension point
    md.normalizeLinkText = lambda url: url  # type: ignore[method-assign, assignment]
    md.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    md.inline.ruler.at("link", link_open)
    md.inline.ruler.at("image", picture)
    md.inline.ruler.at("autolink", address)
    md.inline.ruler.after("link", "stray_bracket", stray_bracket)
