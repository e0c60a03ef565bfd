"""The same link in the other languages: translations have the links of their reference, at the same places."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from generator.checks.diagnosis import Diagnosis, Directory, what
from generator.checks.written import address
from generator.model import Destination, DocPath, Document, Finding, Heading, KnowledgeBase, Lang, LinkKind, LinkState, RawLink, Span


class Counterpart(Struct, frozen=True):
    """A link in another language that stands where the one in question stands in its own."""

    document: Document
    link: RawLink
    destination: Destination

    @property
    def lang(self) -> Lang:
        """Its language."""
        return self.document.lang

    @property
    def arrives(self) -> bool:
        """Whether it leads somewhere."""
        return self.destination.state is not LinkState.BROKEN


class Counterparts(Struct, frozen=True):
    """Finds counterparts; `order` are the languages, the reference first."""

    kb: KnowledgeBase
    order: tuple[Lang, ...]
    aligned: dict[tuple[Lang, Lang, DocPath], Mapping[int, int]] = field(default_factory=dict)
    counted: dict[tuple[Lang, DocPath], Counter[str]] = field(default_factory=dict)

    def of(self, document: Document, number: int) -> tuple[Counterpart, ...]:
        """The counterparts of a page's link, the reference's first."""
        found = []
        for lang in self.order:
            other = self.kb.documents[lang].get(document.path) if lang != document.lang else None
            if other is None:
                continue
            more = self._more(document, number, other)
            index = self._aligned(document, other).get(number)
            if index is None or not (more(other.links[index].target) or _amid(document, number, other, index)):
                index = self._left(other, document.links[number].kind, more)
            if index is not None:
                found.append(Counterpart(other, other.links[index], self.kb.links[lang][document.path][index]))
        return tuple(found)

    def missing(self, document: Document, at: Span) -> tuple[Counterpart, ...]:
        """The links that the other languages have where a page, at a place, has one that is not read as a link."""
        ours = [link.target for link in document.links if link.kind is LinkKind.LINK]
        before = sum(1 for link in document.links if link.kind is LinkKind.LINK and link.span < at)
        found = []
        for lang in self.order:
            other = self.kb.documents[lang].get(document.path) if lang != document.lang else None
            if other is None:
                continue
            numbers = [number for number, link in enumerate(other.links) if link.kind is LinkKind.LINK]
            theirs = [other.links[number].target for number in numbers]
            place = _inserted(ours, theirs, before)
            left = Counter(theirs) - Counter(ours)
            index = numbers[place] if place is not None else self._left(other, LinkKind.LINK, left.__contains__)
            if index is not None and _same_line(document, at, other, other.links[index].span):
                found.append(Counterpart(other, other.links[index], self.kb.links[lang][document.path][index]))
        return tuple(found)

    def _more(self, document: Document, number: int, other: Document) -> Callable[[str], bool]:
        """Whether another page has a target more often than a page does, one of whose links is not counted."""
        ours, theirs, own = self._targets(document), self._targets(other), document.links[number].target
        return lambda target: theirs[target] > ours[target] - (target == own)

    def _targets(self, document: Document) -> Counter[str]:
        key = (document.lang, document.path)
        if key not in self.counted:
            self.counted[key] = Counter(link.target for link in document.links)
        return self.counted[key]

    def _left(self, other: Document, kind: LinkKind, left: Callable[[str], bool]) -> int | None:
        """The number of the one link to a place of this site that only the other language has; links may change their order."""
        found = [
            number
            for number, link in enumerate(other.links)
            if link.kind is kind and left(link.target) and self.kb.links[other.lang][other.path][number].state is not LinkState.OUTSIDE
        ]
        return found[0] if len(found) == 1 else None

    def _aligned(self, document: Document, other: Document) -> Mapping[int, int]:
        key = (document.lang, other.lang, document.path)
        if key not in self.aligned:
            self.aligned[key] = {ours: theirs for kind in LinkKind for ours, theirs in _by_kind(document.links, other.links, kind)}
        return self.aligned[key]


def counterparts(kb: KnowledgeBase) -> Counterparts:
    """A finder for a site."""
    languages = sorted(kb.languages, key=lambda language: not language.reference)
    return Counterparts(kb, tuple(language.lang for language in languages))


def _same_line(document: Document, at: Span, other: Document, there: Span) -> bool:
    """Whether two places stand as far below the heading above them."""
    if len(document.headings) != len(other.headings):
        return False
    above = [(ours.span.line, theirs.span.line) for ours, theirs in zip(document.headings, other.headings, strict=True) if ours.span < at]
    first, second = above[-1] if above else (0, 0)
    return abs((at.line - first) - (there.line - second)) <= 1


def _amid(document: Document, number: int, other: Document, index: int) -> bool:
    """Whether two links stand between links that are equal."""
    pairs = [(number + step, index + step) for step in (-1, 1)]
    beside = [(document.links[a].target, other.links[b].target) for a, b in pairs if 0 <= a < len(document.links) and 0 <= b < len(other.links)]
    return bool(beside) and all(one == another for one, another in beside)


def _by_kind(ours: Sequence[RawLink], theirs: Sequence[RawLink], kind: LinkKind) -> Iterator[tuple[int, int]]:
    """Numbers of our links (or images) and of theirs that belong together."""
    own = [number for number, link in enumerate(ours) if link.kind is kind]
    other = [number for number, link in enumerate(theirs) if link.kind is kind]
    for first, second in align([ours[number].target for number in own], [theirs[number].target for number in other]).items():
        yield own[first], other[second]


def align(ours: Sequence[str], theirs: Sequence[str]) -> Mapping[int, int]:
    """Numbers of our items to numbers of theirs: by position; where counts differ, between the items that are equal."""
    if len(ours) == len(theirs):
        return {number: number for number in range(len(ours))}
    pairs: dict[int, int] = {}
    for _, first, last, other, end in difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if last - first == end - other:
            pairs.update(zip(range(first, last), range(other, end), strict=True))
    return pairs


def _inserted(ours: Sequence[str], theirs: Sequence[str], before: int) -> int | None:
    """The number of the one item that they have and we lack behind our first `before`."""
    for tag, first, last, other, end in difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if tag != "equal" and first <= before <= last and end - other == last - first + 1:
            return other + before - first
    return None


def undefined(finding: Finding, document: Document, finder: Counterparts, places: Directory) -> Finding:
    """A link whose label nobody defines, with the address that it has in another language."""
    for twin in finder.missing(document, finding.span):
        theirs = twin.destination
        if places.arrives(theirs.path, theirs.anchor):
            address = twin.link.target
            message = f"Nothing defines the label {finding.target}; in {twin.lang} this link leads to {address}."
            return replace(finding, message=message, suggestion=address)
    return finding


def across(document: Document, number: int, destination: Destination, finder: Counterparts, places: Directory) -> Diagnosis | None:
    """What the other languages tell of a broken link; None where it is broken in all of them, or has no counterpart."""
    link, twins = document.links[number], finder.of(document, number)
    fitting = [twin for twin in twins if twin.destination.path and _fits(twin, destination, places)]
    twin = next((twin for twin in (*fitting, *twins) if twin.arrives), fitting[0] if fitting else None)
    if twin is None:
        return _renamed(document, link, destination, finder, places)
    broken = [str(other.lang) for other in twins if not other.arrives]
    only = f"{_start(document, link, destination, places)}. Broken {'in' if broken else 'only in'} {' and '.join([document.lang, *broken])}"
    theirs = twin.destination
    if theirs.state is LinkState.OUTSIDE:
        return Diagnosis(f"{only}; in {twin.lang} it leads to {theirs.url}.", twin.link.written if twin.link.html is link.html else "")
    if _fits(twin, destination, places):
        shown = f"{theirs.path}#{theirs.anchor}" if theirs.anchor else theirs.path
        return Diagnosis(f"{only}; in {twin.lang} it leads to {shown}.", _suggestion(document, link, destination, twin))
    if theirs.anchor and (place := _heading(finder.kb, twin.lang, theirs, places)):
        return Diagnosis(f"{only}: {place}")
    return None


def _renamed(document: Document, link: RawLink, destination: Destination, finder: Counterparts, places: Directory) -> Diagnosis | None:
    """What became of a heading whose id another language has, where the link itself has no counterpart."""
    if destination.fault != "link-missing-anchor":
        return None
    others = (lang for lang in finder.order if lang != document.lang)
    place = next(filter(None, (_heading(finder.kb, lang, destination, places) for lang in others)), "")
    return Diagnosis(f"{_start(document, link, destination, places)}: {place}") if place else None


def _fits(twin: Counterpart, destination: Destination, places: Directory) -> bool:
    """Whether a counterpart leads elsewhere, and that to a place which this language has."""
    theirs = twin.destination
    return (theirs.path, theirs.anchor) != (destination.path, destination.anchor) and places.arrives(theirs.path, theirs.anchor)


def _suggestion(document: Document, link: RawLink, destination: Destination, twin: Counterpart) -> str:
    """The counterpart's address as it is written there, where both are written the same way."""
    if twin.link.html is link.html and not twin.link.written.startswith("/") and "\n" not in twin.link.written:
        return twin.link.written
    return address(document, link, destination, twin.destination.path, twin.destination.anchor)


def _start(document: Document, link: RawLink, destination: Destination, places: Directory) -> str:
    """The fault itself, in half a sentence."""
    match destination.fault:
        case "link-missing-anchor":
            where = "this page" if destination.path == document.path else destination.path
            return f"There is no #{destination.anchor} in {where}"
        case "link-outside-root":
            return "This leads out of the language's folder"
        case "link-directory":
            return "This is a folder"
        case "link-malformed":
            return "This is no address" if link.target.strip() else "This link has no address"
    if folded := places.by_folded.get(destination.path.casefold()):
        return f"There is no {destination.path}; it is called {folded}: case differs"
    return f"There is no {what(destination)} {destination.path}"


def _heading(kb: KnowledgeBase, lang: Lang, destination: Destination, places: Directory) -> str:
    """What became of the heading that has the id of a destination in another language."""
    path, anchor = DocPath(destination.path), destination.anchor
    original = kb.documents[lang].get(path)
    target = places.documents.get(path)
    if original is None or target is None:
        return ""
    at = next((span for name, span in original.anchors if name == anchor), None)
    if at is None:
        return ""
    number = next((number for number, heading in enumerate(original.headings) if heading.anchor == anchor), None)
    if number is None or len(original.headings) != len(target.headings):
        return f"the id exists only in {lang}, at {original.file}:{at.line}."
    return _changed(original.headings[number], target.headings[number], target, lang)


def _changed(theirs: Heading, ours: Heading, target: Document, lang: Lang) -> str:
    place = f"the heading at {target.file}:{ours.span.line}"
    if not theirs.explicit:
        return f"in {lang} the id is made from the words of its heading; write {{#{theirs.anchor}}} behind {place}."
    if ours.explicit:
        return f"{place} has the id {ours.anchor} in place of {theirs.anchor}; ids are not translated."
    return f"{place} has lost the {{#{theirs.anchor}}} that it has in {lang}; put it back."
