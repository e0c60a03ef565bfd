"""The marks that a parsed body carries for what only the whole site can know.

A body is HTML. Four things in it wait until pages are joined:

- ``<a data-link="12" …>`` and ``<img data-link="12" …>``: link number 12 of the document;
- ``<tr data-row="0:3">``: row 3 of table 0 (both from 0), which may be a record with an anchor;
- ``<span data-label="note"></span>``: a word in the language of the site's strings;
- ``<span data-said="exportar">export</span>``: a name put right, and what the translation said.

All are plain elements, so that a sanitizer passes them and a test can read them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

_MEND: Final = r'<span data-said="(?P<said>[^"]*)">(?P<right>[^<]*)</span>'
MEND: Final = re.compile(_MEND)
"""A name put right."""
MARK: Final = re.compile(
    r'<a data-link="(?P<link>\d+)"(?P<attributes>[^>]*)>(?P<inner>.*?)</a>'
    r'|<img data-link="(?P<image>\d+)"(?P<image_attributes>[^>]*?)\s*/?>'
    r'|<tr data-row="(?P<row>\d+:\d+)"'
    r'|<span data-label="(?P<label>[a-z-]+)"></span>'
    rf"|{_MEND}",
    re.DOTALL,
)
"""One match for each mark of a body, outermost first; images inside links stand in `inner`."""
_PAIR: Final = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"',]+))""")
_TAB: Final = re.compile(r"\s+newtab\s*=\s*\w+\s*$", re.IGNORECASE)
BADGES: Final = ("informative", "positive", "negative", "caution", "neutral")
"""The types of badges."""
_PROPERTIES: Final = frozenset({"label", "type", "url", "tooltip", "newtab", "target", "_blank"})
BADGE_KEY: Final = re.compile(r"badge(?:[-_]?\w[\w-]*)?", re.IGNORECASE)
"""A key of the front matter that gives a page a badge."""


def link(number: int) -> str:
    """The attribute that marks an `<a>` or `<img>` as link `number` of its document."""
    return f'data-link="{number}"'


def label(name: str) -> str:
    """An element that becomes the word `name` in the language of the page."""
    return f'<span data-label="{name}"></span>'


def mend(right: str, said: str) -> str:
    """A name put right, with what the translation said; both are plain text."""
    return f'<span data-said="{escape(said)}">{escape(right)}</span>'


def address(url: str) -> str:
    """The address of a badge, without the words by which authors ask for a tab of its own: `url="https://… newtab=true"`."""
    return _TAB.sub("", url).strip()


def properties(value: str) -> dict[str, str]:
    """What front matter says of a badge: `label="On-premise only" type="Caution" url="…" tooltip="…"`."""
    return {name.lower(): next(filter(None, texts), "") for name, *texts in _PAIR.findall(value)}


def no_badge(values: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """What of a badge's properties, names and values, is none, as where a translation has its own words: the word, and what is wrong with it."""
    *most, last = map(str.capitalize, BADGES)
    for name, value in values:
        if name == "type" and value.lower() not in BADGES:
            yield value, f"{value} is no type of a badge, so it has no colour of its own; write {', '.join(most)} or {last}."
        elif name not in _PROPERTIES and name[0] not in "#.":
            yield name, f"{name} is no property of a badge, so it counts for nothing; write type, url or tooltip."


def badge(text: str, kind: str, tooltip: str) -> str:
    """A small label, as front matter and lines write it; all are plain text, a kind that is not known is neutral."""
    kind = kind.lower()
    title = f' title="{escape(tooltip)}"' if tooltip else ""
    return f'<span class="badge badge--{kind if kind in BADGES else "neutral"}"{title}>{escape(text)}</span>'
