"""Where the pages of the site live: `generator.addresses`, and what only pages know of.

Every function gives an address relative to the root of the site, naming a file. Addresses are not yet
quoted; `relative` makes the `href` of one place seen from another.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

from generator.addresses import (
    TOPICS,
    compare,
    data,
    document,
    home,
    open_search,
    progress,
    record,
    records_data,
    sheet,
    symptom,
    system_map,
    table,
    tree,
)
from generator.addresses import record_list as records
from generator.addresses import symptom_list as symptoms
from generator.model import Lang
from generator.parse.slugs import shortened

__all__ = [
    "ENTRY", "MISSING", "asset", "base", "compare", "data", "document", "home", "open_search", "progress", "quote_anchor", "record",
    "records", "records_data", "relative", "sheet", "symptom", "symptoms", "system_map", "table", "topic", "topics", "tree", "within",
]  # fmt: skip

ENTRY: Final = "index.html"
"""The choice of language at the root of the site."""
MISSING: Final = "404.html"
"""What a server shows for an address that is not there."""
_UNSAFE: Final = re.compile(r"[^\w.\-]|^\.+|\.+$")


def topics(lang: Lang) -> str:
    """The list of all facets and their values."""
    return f"{lang}/{TOPICS}/index.html"


def topic(lang: Lang, facet: str, value: str) -> str:
    """The documents that carry one value of a facet."""
    return f"{lang}/{TOPICS}/{_file(facet)}/{_file(value)}.html"


def asset(name: str, digest: str) -> str:
    """A file of the theme or the content, named by what is in it: `assets/sintoma.1a2b3c4d.css`."""
    stem, dot, ending = name.rpartition(".")
    return f"assets/{stem}.{digest[:8]}.{ending}" if dot else f"assets/{name}.{digest[:8]}"


def within(lang: Lang, url: str) -> str:
    """An address of a language's folder, relative to that folder, as index entries carry it."""
    return url.removeprefix(f"{lang}/")


def base(url: str) -> str:
    """The way from a page up to the root of the site: `../../` for `en/docs/a.html`, nothing at the root."""
    return "../" * url.count("/")


def relative(source: str, target: str, anchor: str = "") -> str:
    """The quoted `href` of `target` (and an anchor in it) on the page `source`."""
    if source == target:
        return f"#{quote_anchor(anchor)}" if anchor else quote(target.rpartition("/")[2])
    return base(source) + quote(target) + (f"#{quote_anchor(anchor)}" if anchor else "")


def quote_anchor(anchor: str) -> str:
    """An anchor as it stands after `#`."""
    return quote(anchor, safe="-._~!$&'()*+,;=:@/?")


def _file(identity: str) -> str:
    """A file name from an id: what a file system or a URL would stumble over becomes `_xx_` in hexadecimal."""
    name = _UNSAFE.sub(lambda match: "".join(f"_{ord(character):x}_" for character in match[0]), identity)
    name = shortened(name)
    return f"{name}-" if re.fullmatch(r"index-*", name) else name
