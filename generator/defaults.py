"""`metadata.md`: front matter that every page below its folder inherits, the nearest first.

One beside the language's root holds for the whole repository. What is about one file alone is not inherited.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from generator import read
from generator.config import LanguageConfig
from generator.model import DocPath, Document, Finding, Meta, Scalar, SourceFile, Tree
from generator.parse import metadata

NAME: Final = "metadata.md"
OWN: Final = frozenset({
    "title", "description", "exl-id", "last-update", "source-git-commit", "source-wordcount", "workflow-type", "ht-degree", "TQID",
})  # fmt: skip
"""Keys that are about one file alone."""


class Defaults(Struct, frozen=True):
    """What pages inherit: front matter by folder below the root (`..` for the repository's), and what is wrong with it."""

    by_folder: Mapping[str, Meta]
    problems: tuple[Finding, ...]


def defaults(language: LanguageConfig, tree: Tree) -> Defaults:
    """Read the `metadata.md` of a language's repository, root and folders."""
    by_folder: dict[str, Meta] = {}
    problems: list[Finding] = []
    for folder, source in sources(language, tree):
        values, found = metadata(source)
        by_folder[folder] = {key: value for key, value in values.items() if key not in OWN}
        problems.extend(found)
    return Defaults(by_folder, tuple(problems))


def sources(language: LanguageConfig, tree: Tree) -> Iterator[tuple[str, SourceFile]]:
    """Each `metadata.md` of a language that can be read, and its folder."""
    places = [("..", NAME)] if read.slash(language) != "." else []
    places += [(posixpath.dirname(path), f"{read.slash(language)}/{path}") for path in sorted(tree.files) if posixpath.basename(path) == NAME]
    for folder, path in places:
        text = read.snippet(language, posixpath.normpath(path))
        if text is not None:
            digest = hashlib.sha256(text.encode()).hexdigest()
            yield folder, SourceFile(language.lang, DocPath(path), read.repository_file(language, path), text, digest)


def inherit(document: Document, given: Defaults) -> Document:
    """The document with the front matter of the folders above it where it says nothing itself."""
    if not given.by_folder:
        return document
    meta: dict[str, Scalar | tuple[Scalar, ...]] = {}
    for folder in reversed(tuple(_above(document.path))):
        meta.update(given.by_folder.get(folder, {}))
    return replace(document, meta={**meta, **document.meta}) if meta else document


def _above(path: str) -> Iterator[str]:
    """The folders of a page from its own to the root (empty), and the repository (`..`)."""
    folder = posixpath.dirname(path)
    while folder:
        yield folder
        folder = posixpath.dirname(folder)
    yield from ("", "..")
