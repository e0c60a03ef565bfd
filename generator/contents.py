"""The tables of contents of a language: one navigation, in however many files it is written.

The file at the root comes first. A `TOC.md` further down is a guide of its own: it stands where an entry leads to it,
else as a group at the end.
"""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote

from msgspec import Struct, field
from msgspec.structs import replace

from generator import read
from generator.config import Config, LanguageConfig
from generator.model import DocPath, NavItem, SourceFile, Tree
from generator.parse import navigation


def sources(config: Config, language: LanguageConfig, tree: Tree) -> tuple[SourceFile, ...]:
    """The files, the one at the root first; what cannot be read is left out."""
    return tuple(source for path in tree.tocs if (source := read.source(config, language, path)[0]))


def digest(files: Sequence[SourceFile]) -> str:
    """One hash for all of them, empty for none."""
    names = "\0".join(f"{file.path} {file.digest}" for file in files)
    return hashlib.sha256(names.encode()).hexdigest() if files else ""


def contents(files: Sequence[SourceFile], root: str) -> tuple[NavItem, ...]:
    """The entries in one tree, each with the path that its address leads to; `root` is the file at the root of the language."""
    guides = {file.path: navigation(file) for file in files}
    main = guides.pop(DocPath(root), None)
    if main is None and len(guides) == 1:
        main = guides.popitem()[1]
    join = _Join(guides)
    items = tuple(join.placed(main.children)) if main else ()
    return (*items, *(join.group(guide) for path, guide in guides.items() if path not in join.used))


def leads_to(item: NavItem) -> str:
    """The path that an entry leads to, below the root of the language."""
    address = unquote(item.url.partition("#")[0])
    if not address:
        return ""
    return posixpath.normpath(posixpath.join(posixpath.dirname(item.file), address))


class _Join(Struct, frozen=True):
    """Guides by path, and those that an entry has led to already."""

    guides: Mapping[DocPath, NavItem]
    used: set[str] = field(default_factory=set)

    def placed(self, items: Sequence[NavItem]) -> Iterator[NavItem]:
        """The entries, each that leads to a guide with the guide's entries below it."""
        for item in items:
            path = leads_to(item)
            guide = self.guides.get(DocPath(path)) if path not in self.used else None
            if guide is None:
                yield replace(item, path=DocPath(path) if path else None, children=tuple(self.placed(item.children)))
            else:
                self.used.add(path)
                yield replace(item, url="", children=(*self.placed(guide.children), *self.placed(item.children)))

    def group(self, guide: NavItem) -> NavItem:
        """A guide that no entry leads to."""
        return replace(guide, children=tuple(self.placed(guide.children)))
