"""What the last build was made of: when nothing has changed since, there is nothing to do.

Everything that can change a site goes into one hash: the bytes of every file of the content and of the repositories around it, site.yml
and the files that it names, the theme, the program itself and the libraries that shape pages. Times of files are not looked at.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec import Struct

from generator import THEME, read
from generator.addresses import MANIFEST, lock
from generator.cache import libraries
from generator.config import Config
from generator.disk import is_file
from generator.model import Finding, KnowledgeBase

_FILE: Final = "last-build"
_DIGEST: Final = hashlib.sha256().digest_size
"""Bytes of a hash; what could not be read has none."""


class Told(Struct, frozen=True):
    """What the last build said: its stamp, the hash of the manifest it wrote, its findings and its summary.

    `outside` are the files in folders of nobody that links lead to, and whether they were there: the stamp knows nothing of them.
    """

    stamp: str
    output: str
    manifest: str
    findings: tuple[Finding, ...]
    summary: str
    outside: Mapping[str, bool] = {}


class Stamp(Struct, frozen=True):
    """The hash of everything that a build is made of, and of each file of the content by its full path: what was read need not be read again."""

    hash: str
    files: Mapping[str, bytes]


def stamp(config: Config, options: str, output: Path) -> Stamp:
    """The stamp of a build into the folder `output`; `options` are those of the command line."""
    roots = {language.root: dict(read.digests(language.root)) for language in config.languages}
    parts = (options.encode(), *_around(config), *_content(config, output, roots))
    return Stamp(_hash(parts), {f"{root}/{path}": digest for root, found in roots.items() for path, digest in found.items() if len(digest) == _DIGEST})


def surroundings(config: Config) -> str:
    """The hash of all that a build is made of but the content: site.yml, the theme, the program and its libraries."""
    return _hash(_around(config))


def named(config: Config) -> Iterator[Path]:
    """The files beside the pages that site.yml names, or that are known by their own names; they need not be there."""
    for language in config.languages:
        yield from (language.repository / name for name in (language.assets, language.redirects or "redirects.csv", "metadata.md") if name)
    if config.queries:
        yield config.folder / config.queries
    yield from (sister.inventory for sister in config.sisters)


def recall(config: Config, now: str, output: Path) -> Told | None:
    """What the last build said, if it was made of the same, what it wrote is still whole and no later run left anything behind."""
    try:
        told = msgspec.msgpack.decode((_folder(config) / _FILE).read_bytes(), type=Told)
    except (OSError, msgspec.MsgspecError):
        return None
    if told.stamp != now or told.output != str(output) or lock(output).exists():
        return None
    if any(is_file(Path(path)) != there for path, there in told.outside.items()):
        return None
    listed = _manifest(output)
    return told if listed and told.manifest == _hash_of(listed) and _whole(output, listed) else None


def note(config: Config, told: Told) -> None:
    """Remember a build. Raises OSError."""
    folder = _folder(config)
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{_FILE}.{os.getpid()}"
    part.write_bytes(msgspec.msgpack.encode(told))
    part.replace(folder / _FILE)


def written(now: str, output: Path, findings: tuple[Finding, ...], summary: str, outside: Mapping[str, bool]) -> Told:
    """What to remember of a build that has just been written."""
    return Told(now, str(output), _hash_of(_manifest(output)), findings, summary, outside)


def outside(config: Config, kb: KnowledgeBase) -> dict[str, bool]:
    """The files that links lead to out of their language's folder, and whether they are there."""
    return {
        str(config.language(lang).root / one.path): one.fault == "link-outside-root"
        for lang, pages in kb.links.items()
        for destinations in pages.values()
        for one in destinations
        if one.fault and one.path.startswith("..")
    }


def _folder(config: Config) -> Path:
    return config.folder / ".sintoma-cache"


def _hash(parts: Iterable[bytes]) -> str:
    total = hashlib.sha256()
    for part in parts:
        total.update(part)
        total.update(b"\0")
    return total.hexdigest()


def _around(config: Config) -> Iterator[bytes]:
    here = Path(__file__).parent
    themes = [folder for folder in (THEME, config.theme_folder) if folder and folder.is_dir()]
    yield config.path.read_bytes()
    yield libraries().encode()
    for folder in (here, *themes):
        yield from _named(read.digests(folder))


def _content(config: Config, output: Path, roots: Mapping[Path, Mapping[str, bytes]]) -> Iterator[bytes]:
    for language in config.languages:
        yield f"{language.lang} {language.base}".encode()
        yield from _named(roots[language.root].items())
    apart = {os.path.realpath(folder) for folder in (*roots, config.output, output)}
    for repository in dict.fromkeys(language.repository for language in config.languages):
        if repository not in roots:  # snippets and lists lie there
            yield from _named(read.digests(repository, apart))
    yield from map(read.file_digest, named(config))


def _named(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    return (path.encode("utf-8", "surrogateescape") + b" " + digest for path, digest in files)


def _manifest(output: Path) -> bytes:
    try:
        return (output / MANIFEST).read_bytes()
    except OSError:
        return b""


def _hash_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest() if data else ""


def _whole(output: Path, listed: bytes) -> bool:
    """Whether every file of a manifest, one that a build is known to have written, is there in its size; what was touched since is read."""
    files = json.loads(listed)["files"]
    try:
        written = (output / MANIFEST).stat().st_mtime_ns
        return all(_stands(f"{output}/{path}", entry, written) for path, entry in files.items())
    except OSError:
        return False


def _stands(place: str, entry: Mapping[str, Any], written: int) -> bool:
    found = os.stat(place)  # noqa: PTH116  thousands of files
    return found.st_size == entry["size"] and (found.st_mtime_ns <= written or read.file_digest(place).hex() == entry["sha256"])
