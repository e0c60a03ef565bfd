"""Parsed pages on disk, by the hash of what they are made of: bodies wait here until they are joined.

An entry carries the SHA-256 of its own bytes; one that is damaged is made anew. What another version of the program, or of a
library that shapes pages, made is never read: each has a folder of its own, named by a hash of the code and of those versions.

The folder stays below a size: what was not used for longest goes first. The time of an entry's file says when that was, to
the hour; no decision but this one rests on it.
"""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

import msgspec
from msgspec import Struct

from generator import THEME
from generator.model import Page, SourceFile

Part = TypeVar("Part")
LIBRARIES: Final = (
    "babel", "beautifulsoup4", "fast-sugiyama", "imagesize", "jinja2", "markdown-it-py", "mini-racer", "mkdocs-material", "msgspec", "nh3",
    "numpy", "pyyaml", "simplemma",
)  # fmt: skip
"""What parses, cleans, draws and writes: another version of one may make another page of the same text."""
_MAGIC: Final = b"SINTOMA1"
_VERSION: Final = "v-"
MOST: Final = 4 << 30
"""Bytes that a cache may hold, unless the last hour alone needed more."""
_HOUR: Final = 3600.0
_ENCODER: Final = msgspec.msgpack.Encoder()


@cache
def _pages() -> msgspec.msgpack.Decoder[Page]:
    return msgspec.msgpack.Decoder(Page)


@cache
def libraries() -> str:
    """The versions of Python and of the libraries that shape pages, as the folders that tell of them are named: that takes no look into them."""
    names = {name.replace("-", "_") for name in LIBRARIES}
    told = {entry for folder in sys.path if os.path.isdir(folder) for entry in os.listdir(folder) if entry.endswith("-info")}  # noqa: PTH112, PTH208  at every start
    return "\0".join((sys.version, *sorted(entry for entry in told if entry.partition("-")[0].lower() in names)))


@cache
def program() -> str:
    """The hash of the program's own code and its libraries, 16 hexadecimal digits: Python, and the scripts that it shares with the browser."""
    here = Path(__file__).parent
    total = hashlib.sha256(libraries().encode())
    for path in sorted((*_files(here, ".py"), *_files(THEME / "assets" / "search", ".js"))):
        with open(path, "rb", buffering=0) as code:  # noqa: PTH123  hundreds of files, at every start
            total.update(f"{path.rpartition(os.sep)[2]}\0".encode() + code.read())
    return total.hexdigest()[:16]


def _files(folder: Path, suffix: str) -> Iterator[str]:
    return (f"{place}{os.sep}{name}" for place, _, names in os.walk(folder) for name in names if name.endswith(suffix))


def key_of(what: str, *parts: str | bytes) -> str:
    """The name of what is made of these parts, a kind of its own for each `what`: a hash in which no two parts run together."""
    total = hashlib.sha256()
    for part in (what, *parts):
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        total.update(b"%d:" % len(data) + data)
    return total.hexdigest()


def _entries(folder: Path) -> Iterator[tuple[float, int, str]]:
    """When each entry was used, its size and its path; what another process takes away meanwhile is none."""
    for place in folder.glob("*"):
        for entry in os.scandir(place):
            with suppress(FileNotFoundError):
                found = entry.stat()
                yield found.st_mtime, found.st_size, entry.path


@contextmanager
def opened(folder: Path, *, keep: bool) -> Iterator[Cache]:
    """The cache of a site whose site.yml lies in a folder: beside it, or for this run only."""
    if keep:
        kept = Cache(folder / ".sintoma-cache")
        kept.prune()
        yield kept
        return
    import tempfile  # noqa: PLC0415  few runs keep nothing

    with tempfile.TemporaryDirectory(prefix="sintoma-") as name:
        yield Cache(Path(name))


def _put(place: str, data: bytes) -> None:
    try:
        with open(place, "wb") as entry:  # noqa: PTH123  thousands of files in every run
            entry.write(data)
    except OSError as error:
        error.filename = error.filename or place  # a full disk does not say which one
        raise


class Cache(Struct, frozen=True):
    """A folder of parsed pages."""

    folder: Path

    def key(self, source: SourceFile) -> str:
        """The name of a page's entry: a hash of its bytes, its language, its place, its limits and what it counts as."""
        return key_of("page", source.digest, source.lang, source.path, source.file, str(source.limits), str(source.troubles))

    def get(self, key: str) -> Page | None:
        """A page, or None where there is none or its entry is damaged."""
        return self.part(key, _pages())

    def part(self, key: str, decoder: msgspec.msgpack.Decoder[Part]) -> Part | None:
        """The same, of a page only what the decoder's type has: what is not wanted is stepped over."""
        data = self.read(key)
        try:
            return None if data is None else decoder.decode(data)
        except msgspec.MsgspecError:
            return None

    def put(self, key: str, page: Page) -> None:
        """Keep a page. Raises OSError."""
        self.write(key, _ENCODER.encode(page))

    def blob(self, key: str, make: Callable[[], bytes]) -> bytes:
        """Bytes that are kept under the hash of all they are made of, from here or made anew."""
        data = self.read(key)
        if data is None:
            data = make()
            self.write(key, data)
        return data

    def read(self, key: str) -> bytes | None:
        """An entry's bytes, or None where there is none or it is damaged."""
        place = self._place(key)
        try:
            with open(place, "rb", buffering=0) as entry:  # noqa: PTH123  the same
                data = entry.read()
                used = os.fstat(entry.fileno()).st_mtime
        except OSError:
            return None
        if used < time.time() - _HOUR:
            with suppress(OSError):  # a cache that may only be read
                os.utime(place)
        whole = data[:8] == _MAGIC and hashlib.sha256(data[40:]).digest() == data[8:40]
        if not whole:
            import logging  # noqa: PLC0415  few entries are damaged

            logging.getLogger(__name__).warning("sintoma: the entry %s of the cache is damaged; it is made anew", key)
        return data[40:] if whole else None

    def has(self, key: str) -> bool:
        """Whether there is an entry, damaged or not."""
        return os.path.exists(self._place(key))  # noqa: PTH110  the same

    def write(self, key: str, data: bytes) -> None:
        """Write an entry; it appears whole or not at all. Raises OSError."""
        target = self._place(key)
        part = f"{target}.{os.getpid()}"
        whole = _MAGIC + hashlib.sha256(data).digest() + data
        try:
            _put(part, whole)
        except FileNotFoundError:
            Path(part).parent.mkdir(parents=True, exist_ok=True)
            _put(part, whole)
        os.replace(part, target)  # noqa: PTH105  the same

    def prune(self, most: int = MOST) -> None:
        """Remove what other versions of the program left; once an hour, what was used longest ago, until `most` bytes hold the rest."""
        for folder in self.folder.glob(f"{_VERSION}*"):
            if folder.name != _VERSION + program():
                import shutil  # noqa: PLC0415  few runs find an older version

                shutil.rmtree(folder, ignore_errors=True)
        looked = self.folder / "looked-through"
        recent = time.time() - _HOUR
        with suppress(FileNotFoundError):
            if abs(time.time() - looked.stat().st_mtime) < _HOUR:  # a time to come is that of a clock that was wrong
                return
        try:
            looked.touch()
        except OSError:  # no cache yet, or one that may only be read
            return
        entries = sorted(_entries(self.folder / (_VERSION + program())), reverse=True)
        total = 0
        for used, size, path in entries:
            total += size
            if total > most and used < recent:
                Path(path).unlink(missing_ok=True)

    def _place(self, key: str) -> str:
        return f"{self.folder}{os.sep}{_VERSION}{program()}{os.sep}{key[:2]}{os.sep}{key[2:]}"

    def page(self, source: SourceFile, parse: Callable[[SourceFile], Page]) -> tuple[Page, str]:
        """The page of a source, from here or made anew and kept; and its key."""
        key = self.key(source)
        found = self.get(key)
        if found is None:
            found = parse(source)
            self.put(key, found)
        return found, key
