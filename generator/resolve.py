"""Where a link leads in the site that will be published: a RawLink becomes a Destination."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from generator.model import Anchor, Destination, DocPath, Document, LinkKind, LinkState, RawLink, Tree

SCHEMES: Final = frozenset({"http", "https", "mailto", "tel", "ftp", "sftp"})
"""Schemes that a page may link to."""
_SCHEME: Final = re.compile(r"^([a-zA-Z][a-zA-Z0-9+.-]*):|^//")
_IMAGES: Final = frozenset({".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".ico", ".bmp"})


@dataclass(frozen=True, slots=True)
class Published:
    """What one language publishes: its own pages, and the reference's where it has none."""

    documents: Mapping[DocPath, Document]
    tree: Tree
    anchors: Mapping[DocPath, frozenset[str]]


def published(documents: Mapping[DocPath, Document], fallback: Mapping[DocPath, Document], tree: Tree) -> Published:
    """The model of a language's published site."""
    merged = {**fallback, **documents}
    return Published(merged, tree, {path: frozenset(str(name) for name, _ in page.anchors) for path, page in merged.items()})


def resolve(link: RawLink, page: DocPath, site: Published) -> Destination:
    """Follow one link of a page; a broken one carries the code of its fault."""
    target = link.target.strip()
    if scheme := _SCHEME.match(target):
        if target.count("#") > 1 or re.search(r"\s", target):
            return _broken("link-malformed", link)
        if scheme[1] and scheme[1].lower() not in SCHEMES:
            return _broken("link-malformed", link)
        return Destination(LinkState.OUTSIDE, url=target)
    if not target or target.count("#") > 1 or "\n" in target:
        return _broken("link-malformed", link)
    address, _, fragment = target.partition("#")
    address = address.partition("?")[0]
    path = _path(unquote(address), page, site.tree)
    return _local(link, DocPath(path), Anchor(unquote(fragment)), site)


def _local(link: RawLink, path: DocPath, anchor: Anchor, site: Published) -> Destination:
    if path in site.documents:
        if anchor and anchor not in site.anchors[path]:
            return Destination(LinkState.BROKEN, path, anchor, link.target, "link-missing-anchor")
        return Destination(LinkState.PAGE, path, anchor)
    if path in site.tree.listed:
        return Destination(LinkState.ABSENT, path)
    if path.startswith(".."):
        return Destination(LinkState.BROKEN, path, anchor, link.target, "link-outside-root")
    if path in site.tree.tocs:
        return Destination(LinkState.PAGE, path)
    if path in site.tree.files and not path.endswith(".md"):
        return Destination(LinkState.ASSET, path)
    if path in site.tree.folders or path == ".":
        return Destination(LinkState.BROKEN, path, anchor, link.target, "link-directory")
    return Destination(LinkState.BROKEN, path, anchor, link.target, missing(link.kind, path))


def missing(kind: LinkKind, path: str) -> str:
    """The code for something that is not there, by what it would be."""
    suffix = posixpath.splitext(path)[1].lower()
    if kind is LinkKind.IMAGE or suffix in _IMAGES:
        return "link-missing-image"
    return "link-missing-page" if suffix in (".md", ".html", ".htm", "") or not suffix[1:].isalnum() else "link-missing-file"


def _path(address: str, page: DocPath, tree: Tree) -> str:
    return _joined(address, posixpath.dirname(page), tree.slash) if address else page


@lru_cache(maxsize=65_536)
def _joined(address: str, folder: str, slash: str) -> str:
    """An address of a page in a folder, as a path below the root: a page of a manual is linked to many times."""
    if address.startswith("/"):
        return posixpath.relpath(posixpath.normpath(address.lstrip("/") or "."), slash)
    return posixpath.normpath(posixpath.join(folder, address))


def _broken(fault: str, link: RawLink) -> Destination:
    return Destination(LinkState.BROKEN, url=link.target, fault=fault)
