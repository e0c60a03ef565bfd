"""Where a page stands in the navigation: the path up, its neighbours, the page before and the page after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from msgspec import Struct
from msgspec.structs import replace

from generator.model import DocPath, Document, KnowledgeBase, Lang, NavItem


class Crumb(Struct, frozen=True):
    """A step of the path up: a page, or a group (`anchor` is its place on the page with the whole tree, where it is not hidden)."""

    title: str
    path: DocPath | None
    anchor: str


class Group(Struct, frozen=True):
    """A level of the navigation: what lies in it, and the group it lies in."""

    crumb: Crumb | None
    items: tuple[NavItem, ...]
    parent: int


class Index(Struct, frozen=True):
    """The navigation of a language, whole and ready to be asked; groups by number, the root is 0."""

    items: tuple[NavItem, ...]
    groups: tuple[Group, ...]
    places: Mapping[DocPath, int]
    order: tuple[DocPath, ...]
    ranks: Mapping[DocPath, int]
    titles: Mapping[DocPath, str]


class Near(Struct, frozen=True):
    """What a page shows of the navigation."""

    trail: tuple[Crumb, ...]
    siblings: tuple[NavItem, ...]
    previous: DocPath | None
    next: DocPath | None


EMPTY = Near((), (), None, None)


def index(items: tuple[NavItem, ...]) -> Index:
    """Number the groups of a navigation and note where each page stands (its first place counts)."""
    groups: list[Group] = [Group(None, _visible(items), 0)]
    places: dict[DocPath, int] = {}
    titles: dict[DocPath, str] = {}

    def walk(level: tuple[NavItem, ...], number: int, anchor: str) -> None:
        for count, item in enumerate(level, 1):
            if item.path is not None and item.path not in places:
                places[item.path] = number
                titles[item.path] = item.title
            if item.children:
                below = f"{anchor}-{count}"
                groups.append(Group(Crumb(item.title, item.path, "" if item.hidden else below), _visible(item.children), number))
                walk(item.children, len(groups) - 1, below)

    walk(items, 0, "group")
    hidden = {item.path for item in _all(items) if item.hidden}
    order = tuple(path for path in places if path not in hidden)
    return Index(items, tuple(groups), places, order, {path: rank for rank, path in enumerate(order)}, titles)


def near(found: Index, path: DocPath) -> Near:
    """The neighbourhood of a page; nothing where the navigation does not name it."""
    number = found.places.get(path)
    if number is None:
        return EMPTY
    trail: list[Crumb] = []
    at = number
    while at:
        crumb = found.groups[at].crumb
        if crumb is not None:
            trail.append(crumb)
        at = found.groups[at].parent
    rank = found.ranks.get(path)
    before = found.order[rank - 1] if rank else None
    after = found.order[rank + 1] if rank is not None and rank + 1 < len(found.order) else None
    return Near(tuple(reversed(trail)), found.groups[number].items, before, after)


def navigation(kb: KnowledgeBase, lang: Lang) -> tuple[NavItem, ...]:
    """The navigation of a language: its own, else the reference's with the titles of its own pages, else its folders."""
    reference = kb.reference.lang if kb.reference else lang
    own, borrowed = kb.documents.get(lang, {}), kb.documents.get(reference, {})
    if items := kb.navigation.get(lang):
        return items
    if items := kb.navigation.get(reference):
        return tuple(_titled(item, own) for item in items)
    return _from_folders({**borrowed, **own}.values())


def _titled(item: NavItem, own: Mapping[DocPath, Document]) -> NavItem:
    title = found.title if item.path and (found := own.get(item.path)) else item.title
    return replace(item, title=title, children=tuple(_titled(child, own) for child in item.children))


def _from_folders(documents: Iterable[Document]) -> tuple[NavItem, ...]:
    """Folders are groups, pages stand in the order of their paths."""
    root: dict[str, object] = {}
    for found in sorted(documents, key=lambda one: one.path):
        level = root
        for part in PurePosixPath(found.path).parts[:-1]:
            level = level.setdefault(f"{part}/", {})  # type: ignore[assignment]
        level[found.path] = found
    return tuple(_folder_items(root))


def _folder_items(level: Mapping[str, object]) -> Iterator[NavItem]:
    for name, value in level.items():
        if isinstance(value, Document):
            yield NavItem(value.title, value.path, hidden=value.unlisted)
        elif isinstance(value, dict):
            title = name.rstrip("/").replace("-", " ").replace("_", " ")
            yield NavItem(title[:1].upper() + title[1:], children=tuple(_folder_items(value)))


def _visible(items: tuple[NavItem, ...]) -> tuple[NavItem, ...]:
    return tuple(item for item in items if not item.hidden)


def _all(items: tuple[NavItem, ...]) -> Iterator[NavItem]:
    for item in items:
        yield item
        yield from _all(item.children)
