"""Files of the content that pages show or offer: copied once, named by what is in them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path, PurePosixPath

from msgspec import Struct

from generator import read
from generator.config import Config, LanguageConfig
from generator.disk import is_file
from generator.model import Artifact, KnowledgeBase, Lang, LinkState
from generator.pages import urls

Key = tuple[Lang, str]
"""A language and a path below its root."""


class Copy(Struct, frozen=True):
    """A file and where its copy lies; width and height are 0 where they can't be read."""

    source: Path
    url: str
    width: int
    height: int


def copies(kb: KnowledgeBase, config: Config) -> dict[Key, Copy]:
    """Every file that a link of the site arrives at, read once."""
    found: dict[Key, Copy] = {}
    by_source: dict[Path, Copy] = {}
    for language in config.languages:
        for destinations in kb.links.get(language.lang, {}).values():
            for destination in destinations:
                key = (language.lang, destination.path)
                if destination.state is not LinkState.ASSET or key in found:
                    continue
                source = _source(language, destination.path)
                if source is None:
                    continue
                if source not in by_source:
                    by_source[source] = _copy(source)
                found[key] = by_source[source]
    return found


def artifacts(found: Mapping[Key, Copy]) -> Iterator[Artifact]:
    """The copies, one at a time, each once."""
    for url, source in sorted({copy.url: copy.source for copy in found.values()}.items()):
        yield Artifact(url, read.data(source))


def _source(language: LanguageConfig, path: str) -> Path | None:
    """The file on disk, if it lies inside the language's root or its repository."""
    source = (language.root / path).resolve()
    inside = any(source.is_relative_to(folder.resolve()) for folder in (language.root, language.repository))
    return source if inside and is_file(source) else None


def _copy(source: Path) -> Copy:
    import imagesize  # type: ignore[import-untyped]  # noqa: PLC0415  it ships no types; sites without pictures do without its network client

    data = read.data(source)
    digest = hashlib.sha256(data).hexdigest()
    try:
        width, height = imagesize.get(BytesIO(data))
    except ValueError:
        width, height = 0, 0
    name = re.sub(r"[^\w.\-]", "-", PurePosixPath(source.name).name)
    return Copy(source, urls.asset(f"files/{name}", digest), max(0, int(width)), max(0, int(height)))
