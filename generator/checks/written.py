"""Addresses as an author would write them, ready to stand in the source."""

from __future__ import annotations

import html
import posixpath
import re
from typing import Final
from urllib.parse import quote

from generator.model import Destination, Document, RawLink

_UNSAFE: Final = re.compile(r"""[\s<>"'\\%#?]|[\x00-\x1f\x7f]""")


def address(document: Document, link: RawLink, destination: Destination, path: str, anchor: str) -> str:
    """What to write at the place of a link of `document` so that it leads to `path` and `anchor`.

    What the author wrote of the address stays where it is right already, so that the change is as small as it can be.
    """
    written = link.written.strip()
    before, _, _ = written.partition("#")
    if path == destination.path and (before or path == document.path):
        return before + (_fragment(anchor, link) if anchor else "")
    if path == document.path and anchor:
        return _fragment(anchor, link)
    folder = posixpath.dirname(before)
    own = posixpath.dirname(document.path)
    kept = before and not before.startswith("/") and posixpath.normpath(posixpath.join(own, folder)) == (posixpath.dirname(path) or ".")
    relative = _escaped(posixpath.basename(path), link) if kept else _escaped(posixpath.relpath(path, own or "."), link)
    return posixpath.join(folder if kept else "", relative) + (_fragment(anchor, link) if anchor else "")


def _fragment(anchor: str, link: RawLink) -> str:
    return "#" + _escaped(anchor, link)


def _escaped(text: str, link: RawLink) -> str:
    """Percent-encode what would end the address; in HTML, entities too."""
    shown = _UNSAFE.sub(lambda match: quote(match[0], safe=""), text)
    if shown.count("(") != shown.count(")"):
        shown = shown.replace("(", "%28").replace(")", "%29")
    return html.escape(shown) if link.html else shown
