"""What servers say of a file: its type, and how long browsers may keep it."""

from __future__ import annotations

import posixpath
import re
from typing import Final

HTML: Final = "text/html; charset=utf-8"

_TYPES: Final = {
    ".html": HTML, ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
    ".json": "application/json; charset=utf-8", ".xml": "application/xml; charset=utf-8", ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
    ".gif": "image/gif", ".webp": "image/webp", ".avif": "image/avif", ".ico": "image/x-icon", ".woff": "font/woff",
    ".woff2": "font/woff2", ".pdf": "application/pdf", ".gz": "application/gzip", ".mp4": "video/mp4", ".webm": "video/webm",
}  # fmt: skip

_HASHED: Final = re.compile(r"\.[0-9a-f]{8,64}\.(?!html$)[^./]+$|(?:^|/)search/[^/]+/[a-z]+-[0-9a-f]{8,64}\.js$")
"""Assets, and pieces of the search index. A page is none of them, whatever it is called."""


def content_type(path: str) -> str:
    """The Content-Type of a file, by its name alone."""
    return _TYPES.get(posixpath.splitext(path)[1].lower(), "application/octet-stream")


def is_hashed(path: str) -> bool:
    """Whether a file's name holds the hash of its content: it never changes, and pages of older releases may still ask for it."""
    return bool(_HASHED.search(path.removesuffix(".gz").removesuffix(".br")))


def cache_control(path: str) -> str:
    """The Cache-Control of a file: for ever where its name changes with its content, else ask each time."""
    return "public, max-age=31536000, immutable" if is_hashed(path) else "no-cache"
