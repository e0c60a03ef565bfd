"""Where a link leads in the site that will be published: a RawLink becomes a Destination."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from msgspec import Struct, field

from generator.disk import is_file
from generator.model import Anchor, Destination, DocPath, Document, LinkKind, LinkState, RawLink, Tree

SCHEMES: Final = frozenset({"http", "https", "mailto", "tel", "ftp", "sftp"})
"""Schemes that a page may link to."""
_SCHEME: Final = re.compile(r"^([a-zA-Z][a-zA-Z0-9+.-]*):|^//")
_BLANK: Final = re.compile(r"\s")
_ITSELF: Final = frozenset({"", "#", "?"})
"""How addresses begin that lead to the page they stand on."""
_MOST: Final = 1 << 14
"""Pages whose ids are kept at hand."""
_IMAGES: Final = frozenset({".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".ico", ".bmp"})


class Published(Struct, frozen=True):
    """What one language publishes: its own pages, and the reference's where it has none.

    `anchors` gives the ids of a page, `originals` holds the pages of the reference that are translated; `known` holds what is known already
    of a folder: its pages have many links in common.
    """

    documents: Mapping[DocPath, Document]
    originals: Mapping[DocPath, Document]
    tree: Tree
    root: Path
    anchors: Callable[[DocPath], frozenset[str]]
    known: dict[tuple[str, str, str, bool], Destination] = field(default_factory=dict)


def published(
    documents: Mapping[DocPath, Document], fallback: Mapping[DocPath, Document], tree: Tree, root: Path, rows: Mapping[DocPath, Iterable[Anchor]]
) -> Published:
    """The model of a language's published site; `root` is its folder, `rows` are the ids that its rows of records have."""
    merged = {**fallback, **documents}

    def anchors(path: DocPath) -> frozenset[str]:
        return frozenset([*(name for name, _ in merged[path].anchors), *rows.get(path, ())])

    return Published(merged, fallback, tree, root, lru_cache(_MOST)(anchors))


def resolve(links: Iterable[RawLink], page: DocPath, site: Published) -> Iterator[Destination]:
    """Follow the links of a page, in order; a broken one carries the code of its fault.

    One that leads out of the root to nothing at all is a missing page rather than a forbidden one.
    """
    folder = posixpath.dirname(page)
    if site.known and folder != next(iter(site.known))[0]:
        site.known.clear()
    for link in links:
        key = (folder, page if link.target.strip()[:1] in _ITSELF else "", link.target, link.kind is LinkKind.IMAGE)
        found = site.known.get(key)
        if found is None:
            found = site.known[key] = _destination(link, page, folder, site)
        yield found


def _destination(link: RawLink, page: DocPath, folder: str, site: Published) -> Destination:
    target = link.target.strip()
    if scheme := _SCHEME.match(target):
        if target.count("#") > 1 or _BLANK.search(target):
            return _broken("link-malformed", link)
        if scheme[1] and scheme[1].lower() not in SCHEMES:
            return _broken("link-malformed", link)
        return Destination(LinkState.OUTSIDE, url=target)
    if not target or target.count("#") > 1 or "\n" in target:
        return _broken("link-malformed", link)
    address, _, fragment = target.partition("#")
    address = address.partition("?")[0]
    if "%" in target:
        address, fragment = unquote(address), unquote(fragment)
    path = _path(address, folder, site.tree.slash) if address else page
    return _local(link, DocPath(path), Anchor(fragment), site)


def _local(link: RawLink, path: DocPath, anchor: Anchor, site: Published) -> Destination:
    if path in site.documents:
        if anchor and anchor not in site.anchors(path):
            return Destination(LinkState.BROKEN, path, anchor, link.target, "link-missing-anchor", _near(path, anchor, site))
        return Destination(LinkState.PAGE, site.documents[path].path, anchor)
    if path in site.tree.listed:
        return Destination(LinkState.ABSENT, path)
    if path.startswith(".."):
        fault = "link-outside-root" if is_file(site.root / path) else missing(link.kind, path)
        return Destination(LinkState.BROKEN, path, anchor, link.target, fault)
    if path in site.tree.tocs:
        return Destination(LinkState.PAGE, path)
    if path in site.tree.files and not path.endswith(".md"):
        return Destination(LinkState.ASSET, path)
    if path in site.tree.folders or path == ".":
        return Destination(LinkState.BROKEN, path, anchor, link.target, "link-directory")
    return Destination(LinkState.BROKEN, path, anchor, link.target, missing(link.kind, path))


def _near(path: DocPath, anchor: Anchor, site: Published) -> Anchor:
    """The heading of a translation that stands where the reference has one whose words make the anchor, or the top of the page."""
    document, original = site.documents[path], site.originals.get(path)
    if original is not None and len(original.headings) == len(document.headings):
        for theirs, ours in zip(original.headings, document.headings, strict=True):
            if theirs.anchor == anchor and not theirs.explicit and theirs.level == ours.level:
                return ours.anchor
    return Anchor("")


def missing(kind: LinkKind, path: str) -> str:
    """The code for something that is not there, by what it would be."""
    suffix = posixpath.splitext(path)[1].lower()
    if kind is LinkKind.IMAGE or suffix in _IMAGES:
        return "link-missing-image"
    return "link-missing-page" if suffix in (".md", ".html", ".htm", "") or not suffix[1:].isalnum() else "link-missing-file"


def _path(address: str, folder: str, slash: str) -> str:
    """An address of a page in a folder, as a path below the root."""
    if address.startswith("/"):
        return posixpath.relpath(posixpath.normpath(address.lstrip("/") or "."), slash)
    return posixpath.normpath(f"{folder}/{address}" if folder else address)


def _broken(fault: str, link: RawLink) -> Destination:
    return Destination(LinkState.BROKEN, url=link.target, fault=fault)
