"""manifest.json: what a site consists of, so that anybody can tell a whole site from a part of one.

It lists every other file with its SHA-256 and size. The release's name is made of that list alone, so
that the same site has the same name wherever and whenever it was built.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from json.encoder import encode_basestring_ascii
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from generator.addresses import MANIFEST
from generator.publish.failure import PublishError, RefusedError, failure
from generator.report.visible import visible

NAME: Final = MANIFEST
VERSION: Final = 1
PART_LIMIT: Final = 255
PATH_LIMIT: Final = 1024
_PLAIN: Final = re.compile(rf"(?=.{{1,{PART_LIMIT}}}\Z)(?:[A-Za-z0-9_-][A-Za-z0-9_.-]*/)*[A-Za-z0-9_-][A-Za-z0-9_.-]*")
"""What most paths are, and safe."""


class Entry(Struct, frozen=True):
    """A file of a site."""

    sha256: str
    size: int


class Manifest(Struct, frozen=True):
    """A site's files by path, sorted, without manifest.json itself."""

    files: Mapping[str, Entry]

    @property
    def release(self) -> str:
        """The release's name: 16 hexadecimal digits of the hash over all paths and hashes."""
        lines = (f"{entry.sha256} {path}\n" for path, entry in self.files.items())
        return hashlib.sha256("".join(lines).encode("utf-8", "surrogateescape")).hexdigest()[:16]

    @property
    def size(self) -> int:
        """Bytes of all files together."""
        return sum(entry.size for entry in self.files.values())


class _Listing(Struct, frozen=True):
    """manifest.json as it is read."""

    generator: str
    version: int
    release: str
    files: dict[str, Entry]


_LISTING: Final = msgspec.json.Decoder(_Listing)


class Fault(Struct, frozen=True):
    """A file that is not as the manifest says: `missing`, `changed` or `surplus`."""

    path: str
    kind: str

    def __str__(self) -> str:
        """The fault in words."""
        return f"{visible(self.path)}: {self.kind}"


def entry(data: bytes) -> Entry:
    """What the manifest says of a file with this content."""
    return Entry(hashlib.sha256(data).hexdigest(), len(data))


def manifest(files: Mapping[str, Entry] | Iterable[tuple[str, Entry]]) -> Manifest:
    """The manifest of these files, sorted by path."""
    return Manifest(dict(sorted(dict(files).items())))


def encoded(listing: Manifest) -> bytes:
    """The bytes of manifest.json: one file a line, the same bytes for the same site."""
    pages = sum(path.endswith(".html") for path in listing.files)
    counts = {"files": len(listing.files), "bytes": listing.size, "pages": pages}
    head = {"generator": "sintoma", "version": VERSION, "release": listing.release, "counts": counts}
    top = ",\n".join(f"{json.dumps(key)}: {json.dumps(value)}" for key, value in head.items())
    lines = ",\n".join(
        f'{encode_basestring_ascii(path)}: {{"sha256": "{item.sha256}", "size": {item.size}}}' for path, item in listing.files.items()
    )
    return f'{{\n{top},\n"files": {{\n{lines}\n}}\n}}\n'.encode()


@lru_cache(maxsize=1)
def decoded(data: bytes, where: str) -> Manifest:
    """Read manifest.json; a build asks for that of the old site more than once. Raises RefusedError where it is not one of Sintoma's, whole and of a version known here."""
    try:
        quick = _LISTING.decode(data)
    except msgspec.MsgspecError:
        quick = None
    if quick and (quick.generator, quick.version) == ("sintoma", VERSION):
        return _same(manifest((checked_path(path), item) for path, item in quick.files.items()), quick.release, where)
    return _explained(data, where)


def _explained(data: bytes, where: str) -> Manifest:
    """The same where something is wrong with it, or a name is no Unicode: slower, and it says what."""
    try:
        value = json.loads(data)
    except ValueError:
        raise RefusedError(f"{visible(where)}: is not a manifest of Sintoma (not JSON)") from None
    if not isinstance(value, dict) or value.get("generator") != "sintoma":
        raise RefusedError(f"{visible(where)}: is not a manifest of Sintoma; this folder belongs to another program")
    if value.get("version") != VERSION:
        raise RefusedError(f"{visible(where)}: was written by another version of Sintoma")
    return _same(manifest(_entries(value.get("files"), where)), value.get("release"), where)


def _same(listing: Manifest, release: object, where: str) -> Manifest:
    """The manifest, if it has the name that it says."""
    if release != listing.release:
        raise RefusedError(f"{visible(where)}: is damaged (its list does not match its own name)")
    return listing


def _entries(files: Any, where: str) -> Iterator[tuple[str, Entry]]:  # noqa: ANN401  JSON from disk
    if not isinstance(files, dict):
        raise RefusedError(f"{visible(where)}: has no list of files")
    for path, item in files.items():
        match item:
            case {"sha256": str(digest), "size": int(size)}:
                yield checked_path(path), Entry(digest, size)
            case _:
                raise RefusedError(f"{visible(where)}: says nothing useful of {visible(path)}")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a built site. Raises RefusedError where there is none, PublishError where it cannot be read."""
    place = folder / NAME
    try:
        data = place.read_bytes()
    except FileNotFoundError:
        raise RefusedError(f"{visible(str(folder))}: is not a built site (no {NAME}); run `sintoma build` first") from None
    except OSError as error:
        raise failure(error, f"cannot read {place}") from None
    return decoded(data, str(place))


def checked_path(path: str) -> str:
    """Return the path if it stays inside the site on every file system; raise PublishError if not."""
    if _PLAIN.fullmatch(path):
        return path
    parts = path.split("/")
    raw = path.encode("utf-8", "surrogatepass")
    if (
        any(part in ("", ".", "..") or len(part.encode("utf-8", "surrogatepass")) > PART_LIMIT for part in parts)
        or len(raw) > PATH_LIMIT
        or any(char < " " or char in "\\\x7f" for char in path)
    ):
        raise PublishError(f"a file of the site would be named {visible(path)!r}, which is not safe; rename its page or record")
    return path
