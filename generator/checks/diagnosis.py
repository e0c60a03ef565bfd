"""Why a link does not arrive, and where it was meant to lead, as far as its own language tells."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final, TypeVar
from urllib.parse import unquote

from msgspec import Struct

from generator.checks.similar import TELLING, containing, nearest, said, uncounted
from generator.checks.written import address
from generator.model import Destination, DocPath, Document, LinkState, RawLink, Tree

_T = TypeVar("_T")
Place = tuple[str, str]
"""A page, and an anchor on it or nothing."""
_OUTSIDE: Final = re.compile(r"(?!\S*\.md\b)(?:(https?)(?::/?|/{1,2})(?!/)|(?=www\.))([\w-]+(?:\.[\w-]+)+(?![^/?#:])\S*)$")
"""An address outside whose beginning lacks something: `http//example.com`, `www.example.com`."""
SEVERAL: Final = 2
"""Other links that have to agree before their words say something."""


class Diagnosis(Struct, frozen=True):
    """A message for people, and the address that was meant: empty unless it is sure enough to be put in without asking."""

    message: str
    suggestion: str = ""


class Directory(Struct, frozen=True, dict=True):
    """The pages, files and anchors of a language, looked up by name.

    `links` are the destinations of its own pages, `rows` the ids that rows of records have.
    It has no slots, since what is looked up in is made when it is first asked for.
    """

    documents: Mapping[DocPath, Document]
    tree: Tree
    links: Mapping[DocPath, Sequence[Destination]]
    rows: Mapping[DocPath, Sequence[str]] = {}

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """Pages and files, sorted."""
        return tuple(sorted({*self.documents, *(file for file in self.tree.files if not file.endswith(".md")), *self.tree.listed}))

    @cached_property
    def by_name(self) -> Mapping[str, Sequence[str]]:
        """Names of files -> paths."""
        return _grouped((posixpath.basename(path), path) for path in self.paths)

    @cached_property
    def by_folder(self) -> Mapping[str, tuple[str, ...]]:
        """Folders -> names of the files in them."""
        return _tuples((posixpath.dirname(path), name) for name, paths in self.by_name.items() for path in paths)

    @cached_property
    def by_suffix(self) -> Mapping[str, tuple[str, ...]]:
        """Endings, the dot with them -> names of files."""
        return _tuples((posixpath.splitext(name)[1], name) for name in self.by_name)

    @cached_property
    def by_folded(self) -> Mapping[str, str]:
        """Paths whose case is folded -> paths."""
        return {path.casefold(): path for path in self.paths}

    @cached_property
    def by_title(self) -> Mapping[str, Sequence[Place]]:
        """Words of titles -> the pages and headings that have them."""
        return _grouped((said(title), place) for page in self.documents.values() for title, place in _titles(page))

    @cached_property
    def anchors(self) -> Mapping[str, Sequence[DocPath]]:
        """Anchors -> the pages that have them."""
        return _grouped((str(name), path) for path, page in self.documents.items() for name, _ in page.anchors)

    @cached_property
    def uses(self) -> Mapping[str, Sequence[Place]]:
        """Words of links -> the places that links with these words lead to, one for each link."""
        found: dict[str, list[Place]] = {}
        for path, destinations in self.links.items():
            for link, destination in zip(self.documents[path].links, destinations, strict=True):
                if destination.state is LinkState.PAGE and destination.path != path:
                    found.setdefault(said(link.text), []).append((destination.path, str(destination.anchor)))
        return found

    def arrives(self, path: str, anchor: str) -> bool:
        """Whether there is such a place in this language."""
        if page := self.documents.get(DocPath(path)):
            return not anchor or any(name == anchor for name, _ in page.anchors) or anchor in self.rows.get(page.path, ())
        return path in self.tree.listed or (path in self.tree.files and not path.endswith(".md"))

    def diagnose(self, document: Document, link: RawLink, destination: Destination) -> Diagnosis:
        """Say what is wrong with a broken link."""
        if destination.fault == "link-malformed":
            return _malformed(link)
        if destination.fault == "link-missing-anchor":
            return _anchor(self, document, link, destination)
        if destination.fault == "link-outside-root":
            return _guessed(self, document, link, destination, "This leads out of the language's folder, so it is not published.")
        if destination.fault == "link-directory":
            return _folder(self, document, link, destination)
        return _page(self, document, link, destination)


def _titles(page: Document) -> Iterator[tuple[str, tuple[str, str]]]:
    """Titles of a page and its headings, each with the path and the anchor to link to."""
    yield page.title, (str(page.path), "")
    for heading in page.headings:
        if heading.level > 1 and heading.title != page.title:
            yield heading.title, (str(page.path), str(heading.anchor))


def _grouped(pairs: Iterable[tuple[str, _T]]) -> Mapping[str, Sequence[_T]]:
    groups: dict[str, list[_T]] = {}
    for key, value in dict.fromkeys(pairs):
        groups.setdefault(key, []).append(value)
    return groups


def _tuples(pairs: Iterable[tuple[str, _T]]) -> Mapping[str, tuple[_T, ...]]:
    return {key: tuple(values) for key, values in _grouped(pairs).items()}


def what(destination: Destination) -> str:
    """What is missing, in a word."""
    return {"link-missing-image": "image", "link-missing-file": "file"}.get(destination.fault, "page")


def _page(places: Directory, document: Document, link: RawLink, destination: Destination) -> Diagnosis:
    path, kind = destination.path, what(destination)
    if outside := _OUTSIDE.match(link.target):
        meant = f"{outside[1] or 'https'}://{outside[2]}"
        return Diagnosis(f"There is no {kind} {path}; an address outside begins with https:// or http://.", meant)
    if path in places.tree.files:
        return Diagnosis(f"{path} is there but left out of the site (exclude in site.yml).")
    if folded := places.by_folded.get(path.casefold()):
        message = f"There is no {path}; the {kind} is called {folded}: case differs."
        return Diagnosis(message, address(document, link, destination, folded, destination.anchor))
    if (decoded := unquote(path)) != path and places.arrives(decoded, ""):
        message = f"There is no {path}; the {kind} is called {decoded}, the address is percent-encoded twice."
        return Diagnosis(message, address(document, link, destination, decoded, destination.anchor))
    stem = path.removesuffix(".html") if path.endswith(".html") else path
    if DocPath(f"{stem}.md") in places.documents:
        message = f"There is no {path}; the page is {stem}.md."
        return Diagnosis(message, address(document, link, destination, f"{stem}.md", destination.anchor))
    where = "; the address leads out of the language's folder" if path.startswith("..") else ""
    return _guessed(places, document, link, destination, f"There is no {kind} {path}{where}.")


def _guessed(places: Directory, document: Document, link: RawLink, destination: Destination, message: str) -> Diagnosis:
    """Look for the page or file elsewhere: by its name, by a similar name, by the words of the link."""
    name = posixpath.basename(destination.path)
    same = places.by_name.get(name, ())
    if len(same) == 1:
        return Diagnosis(f"{message} There is {same[0]}.", _meant(places, document, link, destination, same[0]))
    titled = _titled(places, document, link)
    if same:
        both = [path for path in same if (path, "") in titled] or sorted(same, key=lambda path: (-_shared(path, destination.path), path))
        if len(both) == 1 or _shared(both[0], destination.path) > _shared(both[1], destination.path):
            return Diagnosis(f"{message} There is {both[0]}.", _meant(places, document, link, destination, both[0]))
        return Diagnosis(f"{message} {len(same)} files have that name: {', '.join(same[:3])}.")
    if destination.fault != "link-outside-root" and (near := _near(places, name, destination.path)):
        path, sure = near
        if sure or (path, "") in titled:
            return Diagnosis(f"{message} It is called {posixpath.basename(path)}.", _meant(places, document, link, destination, path))
        return Diagnosis(f"{message} The nearest is {path}.")
    if len(titled) == 1:
        path, anchor = titled[0]
        return Diagnosis(f"{message} What has the words of this link for its title is {path}.", address(document, link, destination, path, anchor))
    if worded := _worded(places, document, link):
        path, anchor = worded
        return Diagnosis(f"{message} Other links with these words lead to {path}.", address(document, link, destination, path, anchor))
    return Diagnosis(f"{message} Link to a page inside." if destination.fault == "link-outside-root" else message)


def _titled(places: Directory, document: Document, link: RawLink) -> tuple[Place, ...]:
    """Pages, else headings, whose title is what the link says: in two words at least, and not on its own page."""
    words = said(link.text)
    found = [place for place in places.by_title.get(words, ()) if place[0] != document.path] if " " in words else []
    pages = tuple(place for place in found if not place[1])
    return pages or tuple(found)


def _worded(places: Directory, document: Document, link: RawLink, folder: str | None = None) -> Place | None:
    """Where all other links with the same words lead, if there are two; where only their anchors differ, the page. In one folder, if it is named."""
    words = said(link.text)
    found = places.uses.get(words, ()) if " " in words else ()
    kept = [place for place in found if place[0] != document.path and (folder is None or posixpath.dirname(place[0]) == folder)]
    if len(kept) < SEVERAL or len({path for path, _ in kept}) > 1:
        return None
    return kept[0] if len(set(kept)) == 1 else (kept[0][0], "")


def _section(places: Directory, link: RawLink, path: str) -> str:
    """The anchor of the one heading of a page that has the words of a link for its title, but not the page's own."""
    page, words = places.documents.get(DocPath(path)), said(link.text)
    if page is None or not words or words == said(page.title):
        return ""
    found = [str(heading.anchor) for heading in page.headings if said(heading.title) == words]
    return found[0] if len(found) == 1 else ""


def _near(places: Directory, name: str, path: str) -> tuple[str, bool] | None:
    """The file with the most similar name, first in the same folder, then anywhere with the same ending."""
    folder, suffix = posixpath.dirname(path), posixpath.splitext(name)[1]
    if guess := nearest(name, places.by_folder.get(folder, ())):
        return posixpath.join(folder, guess.name), guess.sure
    guess = nearest(name, places.by_suffix.get(suffix, ()) if suffix else tuple(places.by_name))
    if guess is None:
        return None
    found = sorted(places.by_name[guess.name], key=lambda other: (-_shared(other, path), other))
    return found[0], guess.sure and len(found) == 1


def _shared(one: str, other: str) -> int:
    """How many folders two paths share, at their ends."""
    return sum(1 for a, b in zip(one.split("/")[-2::-1], other.split("/")[-2::-1], strict=False) if a == b)


def _meant(places: Directory, document: Document, link: RawLink, destination: Destination, path: str) -> str:
    """The address of another page: with the anchor where that page has it; without one, that of the section that the link names."""
    anchor = str(destination.anchor) or _section(places, link, path)
    return address(document, link, destination, path, anchor if places.arrives(path, anchor) else "")


def _folder(places: Directory, document: Document, link: RawLink, destination: Destination) -> Diagnosis:
    message = "This is a folder; link to a page in it."
    folder = "" if destination.path == "." else destination.path
    inside = [str(path) for path in places.documents if posixpath.dirname(path) == folder]
    index = [(path, "") for path in inside if posixpath.basename(path) in ("index.md", "README.md")]
    titled = [(path, anchor) for path, anchor in _titled(places, document, link) if path in inside]
    worded = [place] if (place := _worded(places, document, link, folder)) else []
    for found in (index, titled, worded, [(path, "") for path in inside]):
        if len(found) == 1:
            path, anchor = found[0]
            return Diagnosis(f"{message[:-1]}: {path}.", address(document, link, destination, path, anchor))
    return Diagnosis(message)


def _anchor(places: Directory, document: Document, link: RawLink, destination: Destination) -> Diagnosis:
    target = places.documents[DocPath(destination.path)]
    anchor = str(destination.anchor)
    names = tuple(dict.fromkeys([*(str(name) for name, _ in target.anchors), *places.rows.get(target.path, ())]))
    here = "this page" if target is document else destination.path
    message = f"There is no #{anchor} in {here}"
    if commented := next((span for name, span in target.commented if name == anchor), None):
        return Diagnosis(f"The heading #{anchor} of {here} is commented out at {target.file}:{commented.line}.")
    if folded := next((name for name in names if name.casefold() == anchor.casefold()), None):
        return Diagnosis(f"{message}; the id is {folded}: case differs.", address(document, link, destination, destination.path, folded))
    near = nearest(anchor, names)
    titles = {str(heading.anchor) for heading in target.headings[1:] if link.text and said(heading.title) == said(link.text)}
    found = uncounted(anchor) if uncounted(anchor) in names else near.name if near and (near.sure or near.name in titles) else ""
    if found := found or (titles.pop() if len(titles) == 1 else "") or containing(anchor, names):
        return Diagnosis(f"{message}; the id is {found}.", address(document, link, destination, destination.path, found))
    hint = f" The nearest is #{near.name}." if near else ""
    pages = [path for path in places.anchors.get(anchor, ()) if path != destination.path]
    if len(anchor) < TELLING or ("-" not in anchor and len(anchor) < 2 * TELLING):
        return Diagnosis(f"{message}.{hint}")
    if len(pages) == 1:
        moved = places.documents[pages[0]]
        line = next(span.line for name, span in moved.anchors if name == anchor)
        return Diagnosis(f"{message}; it moved to {moved.file}:{line}.", address(document, link, destination, pages[0], anchor))
    if pages:
        return Diagnosis(f"{message}; several other pages have one.{hint}")
    return Diagnosis(f"{message}.{hint}")


def _malformed(link: RawLink) -> Diagnosis:
    target = link.target.strip()
    if not target:
        return Diagnosis("This link has no address.")
    if target.count("#") > 1:
        return Diagnosis("The address has more than one #; keep one.")
    if any(character.isspace() for character in target):
        return Diagnosis("The address has a blank or a line break in it; remove it.", "".join(target.split()))
    return Diagnosis(f"Pages may not link to {target.partition(':')[0]}: addresses.")
