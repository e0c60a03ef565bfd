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

from generator.model import LinkKind
from generator.parse import harvest
from generator.parse.places import Place
from generator.parse.text import flatten

_WORDS: Final = re.compile(r"\[(?:[^\[\]\n\\]|\\.)+\](?=\[)")
"""The words of a reference, where no brackets stand in them."""
_OWN: Final = re.compile(r"!\[|`")
"""What has brackets of its own: an image, or code."""
_LABEL: Final = re.compile(r"\[((?:[^\[\]\n\\]|\\.)+)\]")
_DEFINED: Final = re.compile(r"\[(?:[^\[\]\\]|\\.)++\]:[ \t]*(?:\n[ \t>]*)?", re.DOTALL)
"""What stands before the address of a definition."""
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
    """Inline rule: an image, registered with the place of its address; its description is text, whatever links stand in it."""
    start, page = state.pos, harvest.of(state.env)
    counts = page.counts()
    if state.src[start] != "!" or _last_bracket(state.src) < start or not image(state, silent):
        return False
    if not silent:
        page.forget(*counts)
        token = state.tokens[-1]
        token.content = flatten(token.children).text
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
        hint = "The address has a blank or a line break, or the brackets are reversed; write [text](address) on one line, a blank as %20."
        page.problem("link-malformed", page.place.span(*tail.span(1 if tail[1] else 0)), f"This is not read as a link. {hint}", tail[1])
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
    page, source = harvest.of(state.env), state.src
    target = str(token.attrs.pop("href" if kind is LinkKind.LINK else "src"))
    if source[state.pos - 1] == "]":
        start += kind is LinkKind.IMAGE
        end = _words_end(state, start)
        number = defined(state.env, normalizeReference(source[end + 2 : state.pos - 1] or source[start + 1 : end]), kind, text)
    else:
        place = (start + 1, state.pos - 1) if source[start] == "<" else _address(source, _words_end(state, source.index("[", start)) + 2, state.posMax)
        number = page.link(target, source[slice(*place)], kind, page.place.span(*place), text)
    token.meta["link"] = number
    token.attrs = {"data-link": str(number), **token.attrs}


def _words_end(state: StateInline, start: int) -> int:
    """Where the words in brackets end that begin a link which has just been read; more brackets may stand in them and behind them."""
    first = state.src.find("]", start, state.pos)
    return first if state.src.find("]", first + 1, state.pos) < 0 else helpers.parseLinkLabel(state, start)


def _address(text: str, at: int, end: int) -> tuple[int, int]:
    """Where an address begins and ends that stands behind blanks at an offset of a text, angle brackets left out."""
    while text.startswith((" ", "\t", "\n"), at, end):
        at += 1
    found = destination(text, at, end)
    if not found.ok:
        return at, at
    return (at + 1, found.pos - 1) if text[at] == "<" else (at, found.pos)


def defined(env: MutableMapping[str, Any], label: str, kind: LinkKind = LinkKind.LINK, text: str = "") -> int:
    """The number of the link that a reference's definition makes; all that use it share it."""
    page = harvest.of(env)
    if label not in page.definitions:
        first, end = env["references"][label]["map"]
        lines = "\n".join(page.lines[first:end])
        behind = _DEFINED.search(lines)
        start, stop = _address(lines, behind.end() if behind else 0, len(lines))
        place = Place(page.lines, first, lines)
        page.definitions[label] = page.link(env["references"][label]["href"], lines[start:stop], kind, place.span(start, stop), text)
    return page.definitions[label]


def _undefined(state: StateInline, start: int) -> bool:
    """Note `[text][label]` whose label nobody defines; never matches."""
    label = _label(state, start)
    behind_link = not state.pending and state.tokens and state.tokens[-1].type in ("image", "link_close")
    before = state.src[start - 1] if start and not behind_link else " "
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
