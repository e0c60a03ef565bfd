"""Why a link does not arrive, and where it was meant to lead."""

from __future__ import annotations

import difflib
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from generator.model import Destination, DocPath, Document, LinkKind, RawLink, Tree


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A message for people, and the address that is most likely meant (empty if nothing is likely)."""

    message: str
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Directory:
    """The pages, files and anchors of a language, looked up by name."""

    documents: Mapping[DocPath, Document]
    tree: Tree
    by_name: Mapping[str, tuple[str, ...]]
    by_folded: Mapping[str, str]
    anchors: Mapping[str, tuple[DocPath, ...]]

    def diagnose(self, document: Document, link: RawLink, destination: Destination) -> Diagnosis:
        """Say what is wrong with a broken link."""
        if destination.fault == "link-malformed":
            return _malformed(link)
        if destination.fault == "link-missing-anchor":
            return self._anchor(document, link, destination)
        if destination.fault == "link-outside-root":
            found = self._elsewhere(document, link, destination)
            return Diagnosis("This leads out of the language's folder, so it is not published; link to a page inside.", found)
        if destination.fault == "link-directory":
            inside = next((f"{destination.path}/{name}" for name in ("index.md",) if f"{destination.path}/{name}" in self.documents), "")
            return Diagnosis("This is a folder; link to a page in it.", self._written(document, link, inside, "") if inside else "")
        return self._page(document, link, destination)

    def _page(self, document: Document, link: RawLink, destination: Destination) -> Diagnosis:
        path = destination.path
        what = {"link-missing-image": "image", "link-missing-file": "file"}.get(destination.fault, "page")
        if path in self.tree.files:
            return Diagnosis(f"{path} is there but left out of the site (exclude in site.yml).")
        if folded := self.by_folded.get(path.casefold()):
            return Diagnosis(f"There is no {path}; the {what} is called {folded}: case differs.", self._written(document, link, folded, destination.anchor))
        for ending in (".md", ".html"):
            stem = path.removesuffix(ending) if ending == ".html" else path
            if f"{stem}.md" in self.documents:
                return Diagnosis(f"There is no {path}; the page is {stem}.md.", self._written(document, link, f"{stem}.md", destination.anchor))
        found = self._elsewhere(document, link, destination)
        if path.startswith(".."):
            return Diagnosis(f"There is no {what} {path}; the address leads out of the language's folder.", found)
        return Diagnosis(f"There is no {what} {path}." + (" Did you mean this one?" if found else ""), found)

    def _elsewhere(self, document: Document, link: RawLink, destination: Destination) -> str:
        """The page or file with the most similar path, best with the same name."""
        name = posixpath.basename(destination.path)
        candidates: list[str] = list(self.by_name.get(name, ()))
        if not candidates:
            near = difflib.get_close_matches(name, list(self.by_name), 4, 0.75)
            candidates = [path for close in near for path in self.by_name[close]]
            suffix = posixpath.splitext(name)[1]
            candidates = [path for path in candidates if posixpath.splitext(path)[1] == suffix] or candidates
        if not candidates:
            return ""
        best = max(candidates, key=lambda path: (difflib.SequenceMatcher(None, destination.path, path).ratio(), path))
        if link.kind is LinkKind.LINK and destination.anchor and best in self.documents:
            anchors = {str(anchor) for anchor, _ in self.documents[DocPath(best)].anchors}
            return self._written(document, link, best, destination.anchor if destination.anchor in anchors else "")
        return self._written(document, link, best, destination.anchor)

    def _anchor(self, document: Document, link: RawLink, destination: Destination) -> Diagnosis:
        target = self.documents[DocPath(destination.path)]
        anchor = str(destination.anchor)
        names = [str(name) for name, _ in target.anchors]
        where = "this page" if target is document else destination.path
        if commented := next((span for name, span in target.commented if name == anchor), None):
            return Diagnosis(f"The heading #{anchor} of {where} is commented out at {target.file}:{commented.line}.")
        if folded := next((name for name in names if name.casefold() == anchor.casefold()), None):
            return Diagnosis(f"There is no #{anchor} in {where}; the id is {folded}: case differs.", self._written(document, link, destination.path, folded))
        if close := _close(anchor, names):
            return Diagnosis(f"There is no #{anchor} in {where}; the id may be {close}.", self._written(document, link, destination.path, close))
        pages = [path for path in self.anchors.get(anchor, ()) if path != destination.path]
        if len(pages) == 1:
            moved = self.documents[pages[0]]
            line = next(span.line for name, span in moved.anchors if name == anchor)
            return Diagnosis(f"There is no #{anchor} in {where}; it stands at {moved.file}:{line}.", self._written(document, link, pages[0], anchor))
        if pages:
            return Diagnosis(f"There is no #{anchor} in {where}; {len(pages)} other pages have one: {', '.join(pages[:3])}.")
        return Diagnosis(f"There is no #{anchor} in {where}.")

    def _written(self, document: Document, link: RawLink, path: str, anchor: str) -> str:
        """An address as the author would write it in the page."""
        if path == document.path and link.target.startswith("#"):
            return f"#{anchor}"
        relative = quote(posixpath.relpath(path, posixpath.dirname(document.path) or "."), safe="/@:+,()~._-")
        return f"{relative}#{anchor}" if anchor else relative


def directory(documents: Mapping[DocPath, Document], tree: Tree) -> Directory:
    """Index the pages, files and anchors of a language."""
    paths: list[str] = sorted({*map(str, documents), *(file for file in tree.files if not file.endswith(".md")), *tree.listed})
    by_name: dict[str, list[str]] = {}
    anchors: dict[str, list[DocPath]] = {}
    for path in paths:
        by_name.setdefault(posixpath.basename(path), []).append(path)
    for page_path, page in documents.items():
        for name, _ in page.anchors:
            anchors.setdefault(str(name), []).append(page_path)
    return Directory(
        documents,
        tree,
        {name: tuple(found) for name, found in by_name.items()},
        {path.casefold(): path for path in paths},
        {name: tuple(found) for name, found in anchors.items()},
    )


def _close(anchor: str, names: list[str]) -> str:
    """The id that was most likely meant: one that contains the other, or the most similar."""
    near = difflib.get_close_matches(anchor, names, 1, 0.8)
    if near:
        return near[0]
    holding = [name for name in names if len(anchor) > 5 and (anchor in name or (len(name) > 5 and name in anchor))]  # noqa: PLR2004  shorter words say nothing
    return holding[0] if len(holding) == 1 else ""


def _malformed(link: RawLink) -> Diagnosis:
    target = link.target.strip()
    if not target:
        return Diagnosis("This link has no address.")
    if target.count("#") > 1:
        first, last = target.split("#")[0], target.rsplit("#", 1)[1]
        return Diagnosis("The address has more than one #; keep one.", f"{first}#{last}")
    if any(character.isspace() for character in target):
        return Diagnosis("The address has a blank or a line break in it; remove it.", "".join(target.split()))
    return Diagnosis(f"Pages may not link to {target.partition(':')[0]}: addresses.")


