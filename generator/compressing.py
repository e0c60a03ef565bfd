"""Compressed copies beside the files of a site, for web servers that send them as they are: `x.html.gz`, `x.html.br`.

They are files like others: listed in the manifest, published and verified with the rest, and in their place in the same moment.
"""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from generator.cache import Cache, key_of
from generator.errors import SiteError
from generator.model import Artifact
from generator.publish.kinds import content_type
from generator.publish.standing import Standing

SMALL: Final = 1000
"""Bytes that fit into the first packet anyway."""
_TEXTS: Final = ("text/", "application/json", "application/xml", "image/svg+xml")
_SUFFIXES: Final = {"gzip": "gz", "brotli": "br"}
_QUALITY: Final = 9
"""Brotli's highest, 11, takes ten times as long for a few bytes less."""


def check(ways: Sequence[str]) -> None:
    """Raise SiteError where a way to compress that site.yml asks for is not installed."""
    if "brotli" in ways and find_spec("brotli") is None:
        raise SiteError('compress: the package brotli is not installed: pip install "sintoma[brotli]", or take brotli out of site.yml')


def with_copies(artifacts: Iterable[Artifact | Standing], ways: Sequence[str], output: Path, store: Cache) -> Iterator[Artifact | Standing]:
    """The same files, behind each text its copies, where they are smaller; they are kept in the cache by what they are made of."""
    for artifact in artifacts:
        yield artifact
        if not content_type(artifact.path).startswith(_TEXTS):
            continue
        digest, read = _content(artifact, output)
        for way in ways:
            copy = store.blob(key_of(way, _version(way), digest), lambda way=way, read=read: _smaller(way, read()))  # type: ignore[misc]
            if copy:
                yield Artifact(f"{artifact.path}.{_SUFFIXES[way]}", copy)


def _content(artifact: Artifact | Standing, output: Path) -> tuple[str, Callable[[], bytes]]:
    """The SHA-256 of a file's bytes, and how to get them."""
    if isinstance(artifact, Standing):
        return artifact.sha256, (output / artifact.path).read_bytes
    data = artifact.data
    return hashlib.sha256(data).hexdigest(), lambda: data


def _smaller(way: str, data: bytes) -> bytes:
    """The bytes compressed; nothing where that is no gain."""
    if len(data) < SMALL:
        return b""
    copy = gzip.compress(data, 9, mtime=0) if way == "gzip" else bytes(import_module("brotli").compress(data, quality=_QUALITY))
    return copy if len(copy) < len(data) else b""


def _version(way: str) -> str:
    return zlib.ZLIB_RUNTIME_VERSION if way == "gzip" else str(import_module("brotli").__version__)
