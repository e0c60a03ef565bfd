"""Parsed pages on disk, by the hash of what they are made of: bodies wait here until they are joined.

An entry carries the SHA-256 of its own bytes; one that is damaged is made anew.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from generator import __version__
from generator.model import DocPath, Document, Lang, Page, SourceFile
from generator.parse import DIALECT_VERSION

_MAGIC: Final = b"SINTOMA1"
_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(Page)


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of parsed pages."""

    folder: Path

    def key(self, source: SourceFile) -> str:
        """The name of a page's entry: a hash of its bytes, its language and place, and the version of the parser."""
        parts = (source.digest, source.lang, source.path, source.file, str(DIALECT_VERSION), __version__)
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def get(self, key: str) -> Page | None:
        """A page, or None where there is none or its entry is damaged."""
        try:
            data = (self.folder / key[:2] / key[2:]).read_bytes()
        except OSError:
            return None
        if data[:8] != _MAGIC or hashlib.sha256(data[40:]).digest() != data[8:40]:
            return None
        try:
            return _DECODER.decode(data[40:])
        except msgspec.MsgspecError:
            return None

    def put(self, key: str, page: Page) -> None:
        """Keep a page; the entry appears whole or not at all. Raises OSError."""
        data = _ENCODER.encode(page)
        target = self.folder / key[:2] / key[2:]
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(f"{target.name}.{os.getpid()}")
        part.write_bytes(_MAGIC + hashlib.sha256(data).digest() + data)
        part.replace(target)

    def page(self, source: SourceFile, parse: Callable[[SourceFile], Page]) -> tuple[Page, str]:
        """The page of a source, from here or made anew and kept; and its key."""
        key = self.key(source)
        found = self.get(key)
        if found is None:
            found = parse(source)
            self.put(key, found)
        return found, key


@dataclass(frozen=True, slots=True)
class Library:
    """The pages of a site, fetched one at a time."""

    cache: Cache
    keys: dict[tuple[Lang, DocPath], str]
    missing: Callable[[Lang, DocPath], Page]

    def __call__(self, lang: Lang, path: DocPath) -> Page:
        """One page; parsed anew if its entry was lost meanwhile."""
        return self.cache.get(self.keys[lang, path]) or self.missing(lang, path)


def light(page: Page) -> Document:
    """What of a page is kept for the whole site."""
    return page.document
