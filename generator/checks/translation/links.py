"""The links of the reference are there in each language, and their addresses are whole."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

from generator.checks.translation.comparison import Comparison
from generator.findings import shorten
from generator.model import Block, DocPath, Finding, LinkKind, Page, RawLink, Span

_REVERSED: Final = re.compile(r"\]\(([^()\s]+)\)([^\[\]]*)\[")
_VISIBLE: Final = re.compile(r"[^\n]")
_LINK: Final = re.compile(r"\[[^\[\]]*\]\(([^()\s]+)\)")
_LANGUAGE: Final = frozenset({"lang", "language", "locale", "hl", "lc", "captions", "cc_lang_pref", "setlang", "uselang"})
"""Parameters that say a language: translations may change them."""
_PARTS: Final = re.compile(r"[/=&?]")
_ALIKE: Final = 0.8
"""How alike a link of a comment is to one of the reference's that it stands for: what is commented out may differ."""
_FEW: Final = 32
"""Where the comments of the reference have more links that a translation lacks, they are other comments: none stands for another."""
_SHORTER: Final = 8
"""How much shorter the words of a link may be in a translation: Chinese says in one sign what takes a word elsewhere."""
_LONG: Final = 300
"""Longer addresses are not looked for in pieces."""
_SCHEME: Final = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def links_survive(pages: Comparison) -> Iterator[Finding]:
    """Each link of a block leads where its reference's leads; links outside may lead to another language or page."""
    for _, block, other in pages.pairs:
        if not block.links:
            continue
        ours, theirs = _links(pages.original, block), _links(pages.translation, other)
        for link in list(ours):
            same = next((found for found in theirs if _same(link, found, pages.original.document.path)), None)
            if same:
                ours.remove(link)
                theirs.remove(same)
                yield from _says(pages, link, same, other)
        for link in ours:
            alike = [found for found in theirs if found.kind is link.kind]
            near = max(alike, key=lambda found: _likeness(link, found)) if len(alike) > 1 else next(iter(alike), None)
            if near:
                theirs.remove(near)
                yield from _changed(pages, link, near)
                yield from _says(pages, link, near, other)
            else:
                yield _lost(pages, link, other)


def links_in_comments(pages: Comparison) -> Iterator[Finding]:
    """A link that waits in a comment is written as one and leads where its reference's does: some day the comment is taken away."""
    texts = [" ".join(text for _, text in page.comments) for page in (pages.original, pages.translation)]
    ours, theirs = (Counter(_LINK.findall(text)) for text in texts)
    lost, new = ours - theirs, theirs - ours
    for first, comment in pages.translation.comments if lost else ():
        for match in _REVERSED.finditer(_LINK.sub(lambda link: _VISIBLE.sub(" ", link[0]), comment)):
            if lost[match[1]] > 0:
                lost[match[1]] -= 1
                message = f"The brackets of the link to {match[1]} in this comment are reversed; write [text](address)."
                place = _place(first, comment, match.start(), match.start())
                yield pages.finding("translation-link", place, message, match[0], f"[{match[2].strip()}]({match[1]})")
        for match in _LINK.finditer(comment) if len(+lost) <= _FEW else ():
            if new[match[1]] < 1:
                continue
            meant = max((+lost), key=lambda target: (_alike(target, match[1]), target), default="")
            if meant and _alike(meant, match[1]) > _ALIKE:
                lost[meant] -= 1
                new[match[1]] -= 1
                yield from _differs(pages, _place(first, comment, *match.span(1)), meant, match[1])


def _differs(pages: Comparison, place: Span, meant: str, address: str) -> Iterator[Finding]:
    """What is wrong with an address of a comment that the reference has otherwise."""
    if not _SCHEME.match(meant) and not _SCHEME.match(address):
        yield pages.finding("translation-link", place, f"This link leads to {meant} in the reference.", address, meant)
    elif reason := _damage(meant, address):
        yield pages.finding("translation-address", place, f"This address {reason}; the reference has {meant}.", address, meant)


def _place(first: int, comment: str, start: int, end: int) -> Span:
    """A place in a comment that begins on a line."""
    line, before = first + comment.count("\n", 0, start), comment.rfind("\n", 0, start)
    return Span(line, start - before, line, end - before)


def _links(page: Page, block: Block) -> list[RawLink]:
    return [page.document.links[number] for number in block.links]


def _outside(link: RawLink) -> bool:
    return bool(_SCHEME.match(link.target))


def _same(link: RawLink, other: RawLink, path: DocPath) -> bool:
    """Whether two links on the page at a path lead to one place, however it is written."""
    if link.kind is not other.kind:
        return False
    if link.target == other.target:
        return True
    return not _outside(link) and not _outside(other) and _arrives(link.target, path) == _arrives(other.target, path)


def _arrives(target: str, path: DocPath) -> str:
    page, mark, anchor = unquote(target).partition("#")
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), page or posixpath.basename(path))) + mark + anchor


def _likeness(link: RawLink, other: RawLink) -> float:
    return _alike(link.target, other.target)


def _alike(target: str, other: str) -> float:
    return SequenceMatcher(None, target, other, autojunk=False).ratio()


def _changed(pages: Comparison, link: RawLink, other: RawLink) -> Iterator[Finding]:
    what = "image" if link.kind is LinkKind.IMAGE else "link"
    if not _outside(link) or not _outside(other):
        if link.kind is LinkKind.IMAGE and not _outside(other) and _likeness(link, other) < 1:
            message = f"This {what} is {link.target} in the reference."
        else:
            message = f"This {what} leads to {link.target} in the reference."
        yield pages.finding("translation-link", other.span, message, other.written, link.written)
    elif reason := _damage(link.target, other.target):
        yield pages.finding("translation-address", other.span, f"This address {reason}; the reference has {link.target}.", other.written, link.written)


def _damage(original: str, address: str) -> str:
    """Why an address outside cannot be right, or nothing: another page or language of the same kind may be meant."""
    if not address.isascii() and original.isascii():
        return "has letters that the reference's has not"
    try:
        ours, theirs = urlsplit(original), urlsplit(address)
    except ValueError:
        return "is not well formed"
    if ours.scheme and not theirs.scheme:
        return "has lost its beginning"
    here, there = ours.netloc.lower().removeprefix("www."), theirs.netloc.lower().removeprefix("www.")
    if here == there:
        wanted, found = dict(parse_qsl(ours.query)), dict(parse_qsl(theirs.query))
        changed = [key for key in wanted.keys() & found.keys() if wanted[key] != found[key] and key not in _LANGUAGE]
        if ours.path == theirs.path and ours.fragment and theirs.fragment and not _PARTS.search(ours.fragment) and ours.fragment != theirs.fragment and _typo(ours.fragment, theirs.fragment):
            return "leads to another place of the page"
        return f"has another {changed[0]}" if changed else ""
    if here.split(".")[1:] == there.split(".")[1:] and len(here) - len(there) < 6 and re.fullmatch(r"[a-z]{2,3}(-[a-z]{2})?", there.split(".")[0]):  # noqa: PLR2004
        return ""
    if "." in here and "." not in there.strip("."):
        return "has no host name"
    if here.rsplit(".", 1)[-1] != there.rsplit(".", 1)[-1] and SequenceMatcher(None, here, there, autojunk=False).ratio() > 0.6:  # noqa: PLR2004  alike but for the end
        return f"leads to {theirs.netloc} instead of {ours.netloc}"
    if SequenceMatcher(None, here, there, autojunk=False).ratio() > 0.9:  # noqa: PLR2004  a letter or two
        return f"leads to {theirs.netloc} instead of {ours.netloc}"
    return ""


def _typo(text: str, other: str) -> bool:
    """Whether two texts differ by a letter or two: a translated one differs by more."""
    return SequenceMatcher(None, text, other, autojunk=False).ratio() > 0.9  # noqa: PLR2004


def _says(pages: Comparison, link: RawLink, other: RawLink, block: Block) -> Iterator[Finding]:
    """A link whose words are gone, or a sign in their place, cannot be read; where the whole text is gone, that is said of the text."""
    if link.kind is LinkKind.LINK and not other.html and block.text.strip() and _has_words(link.text) and not _has_words(other.text):
        message = f"The words of this link are lost; the reference says “{shorten(link.text)}”."
        yield pages.finding("translation-empty", other.span, message, other.written)


def _has_words(text: str) -> bool:
    return any(c.isalnum() for c in text)


def _turned(link: RawLink, match: re.Match[str]) -> str:
    """A link with its brackets as they should be; nothing where they hug the words outside, or what is between is too short to be its words."""
    image = link.kind is LinkKind.IMAGE
    words = match[2].removesuffix("!") if image else match[2]
    if words != words.strip() or len(words) * _SHORTER < len(link.text):
        return ""
    return f"{'!' * image}[{words}]({match[1]})"


def _torn(link: RawLink) -> re.Pattern[str]:
    """The end of a link with blanks in it, or with the parentheses of Chinese and Japanese."""
    spaced = r"\s*".join(map(re.escape, link.target))
    return re.compile(rf"\]\s*[(（]\s*{spaced}\s*[)）]")


def _lost(pages: Comparison, link: RawLink, other: Block) -> Finding:
    for match in _REVERSED.finditer(other.text):
        if match[1] == link.target or unquote(match[1]) == unquote(link.target):
            message = f"The brackets of the link to {link.target} are reversed; write [text](address)."
            return pages.finding("translation-link", other.span, message, match[0], _turned(link, match))
    if 0 < len(link.target) < _LONG and (end := _torn(link).search(other.text)):
        message = f"The link to {link.target} is damaged here, so it is shown as text; write [text](address)."
        return pages.finding("translation-link", other.span, message, end[0], f"]({link.written})")
    if link.target in other.text or link.written in other.text:
        message = f"The link to {link.target} is damaged here, so it is shown as text; write [text](address)."
        return pages.finding("translation-link", other.span, message, link.written)
    what = "image" if link.kind is LinkKind.IMAGE else "link to"
    return pages.finding("translation-link", other.span, f"The {what} {link.target} of the reference is missing here.", "", "")
