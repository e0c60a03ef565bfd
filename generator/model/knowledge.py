"""What the whole site knows: records, symptoms, navigation, where links lead, and what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from msgspec import Struct, field

from generator.model.pages import Document
from generator.model.sources import TOP, Anchor, DocPath, Finding, Lang, Span


class Place(Struct, frozen=True):
    """Where a record stands: table and row count from 0."""

    path: DocPath
    table: int
    row: int
    anchor: Anchor


class Part(Struct, frozen=True):
    """What a section says of a record told outside of tables: its role, the words above it (none for the record's own), its lines, its anchor."""

    role: str
    label: str
    lines: tuple[str, ...]
    anchor: Anchor


class RecordText(Struct, frozen=True):
    """A record in one language.

    `fields` maps a role of site.yml (`scope`, `remedy`, …) to its text; `symptoms` are in order,
    each paired by position with the reference's. `said` is the name that the translation gave it, where `name` is the right one.
    `parts` are the sections that tell it outside of tables, in order.
    """

    lang: Lang
    file: str
    span: Span
    place: Place
    name: str
    fields: Mapping[str, str]
    symptoms: tuple[str, ...]
    remedy: tuple[str, ...]
    ports: tuple[str, ...]
    codes: tuple[str, ...]
    links: tuple[int, ...]
    said: str = ""
    parts: tuple[Part, ...] = ()

    @property
    def message(self) -> str:
        """What is read on a display or in a log, where that says more than the name and no symptom says it."""
        message = self.fields.get("message", "")
        return "" if self.symptoms or message == self.name else message


class Record(Struct, frozen=True):
    """A row of a mapped table. `id` is language-neutral; `symptoms` are ids of `Symptom`, in order."""

    type: str
    id: str
    symptoms: tuple[str, ...]
    texts: Mapping[Lang, RecordText]

    def anchor(self, document: Document) -> Anchor:
        """The id of its row in a document that shows it: the record's id, unless a heading has taken it; its section where it is no row."""
        own = self.texts.get(document.lang)
        if own is not None and own.place.table < 0:
            return own.place.anchor
        taken = any(anchor == self.id for anchor, _ in document.anchors)
        return Anchor(f"{self.type}-{self.id}" if taken else self.id)


class Symptom(Struct, frozen=True):
    """What an operator sees, and the records to check for it, in order."""

    id: str
    texts: Mapping[Lang, str]
    records: tuple[tuple[str, str], ...]


class NavItem(Struct, frozen=True):
    """An entry of the navigation: a page, a group, or an address outside.

    `file` is the table of contents that it stands in, relative to the root of the language; `url` is written from there.
    """

    title: str
    path: DocPath | None = None
    url: str = ""
    hidden: bool = False
    children: tuple[NavItem, ...] = ()
    span: Span | None = None
    id: str = ""
    file: str = ""


class LinkState(Enum):
    """What became of a link."""

    PAGE = "page"
    """It arrives at a page of this site."""
    ASSET = "asset"
    """It arrives at a file that is copied."""
    ABSENT = "absent"
    """A file known from the asset list that is not on disk: good, shown as a placeholder."""
    OUTSIDE = "outside"
    """An address outside this site."""
    BROKEN = "broken"
    """It does not arrive."""


class Destination(Struct, frozen=True):
    """A link, resolved.

    `path` is below the language's root for pages and assets, `url` as written for the outside, `fault` the
    code of a finding where the link is broken. Where only the anchor is missing, `near` is the place of the page that readers are led
    to: the heading that stands where the reference has the one that is meant, or the top.
    """

    state: LinkState
    path: str = ""
    anchor: Anchor = TOP
    url: str = ""
    fault: str = ""
    near: Anchor | None = None


class Tree(Struct, frozen=True):
    """What a language's folder holds, paths relative to its root.

    `pages` are to be published, `files` all regular files, `listed` those known from the list of assets
    (`..` in front where they lie above the root); `slash` is the root seen from where
    addresses that begin with `/` start (`help`, or `.` where they are the same); `tocs` are the tables of contents, the
    root's first.
    """

    pages: tuple[DocPath, ...]
    files: frozenset[str]
    folders: frozenset[str]
    listed: frozenset[str]
    slash: str
    tocs: tuple[DocPath, ...]
    problems: tuple[Finding, ...]


class Language(Struct, frozen=True):
    """A language of the site."""

    lang: Lang
    root: str
    reference: bool


class KnowledgeBase(Struct, frozen=True):
    """All that is known of the site but the bodies of its pages."""

    languages: tuple[Language, ...]
    documents: Mapping[Lang, Mapping[DocPath, Document]]
    navigation: Mapping[Lang, tuple[NavItem, ...]]
    records: Mapping[str, tuple[Record, ...]]
    symptoms: tuple[Symptom, ...]
    links: Mapping[Lang, Mapping[DocPath, tuple[Destination, ...]]]
    trees: Mapping[Lang, Tree]
    findings: tuple[Finding, ...] = ()

    @property
    def reference(self) -> Language | None:
        """The language that ids come from, if the site has one."""
        return next((language for language in self.languages if language.reference), None)

    def rows(self, lang: Lang) -> dict[DocPath, dict[str, Record]]:
        """The records whose rows a language shows, by page and row (`0:3`): its own, and those of the reference on pages that it lacks."""
        own, reference = self.documents.get(lang, {}), self.reference
        rows: dict[DocPath, dict[str, Record]] = {}
        for items in self.records.values():
            for item in items:
                text = item.texts.get(lang) or (item.texts.get(reference.lang) if reference else None)
                if text is not None and text.place.table >= 0 and (text.lang == lang or text.place.path not in own):
                    rows.setdefault(text.place.path, {}).setdefault(f"{text.place.table}:{text.place.row}", item)
        return rows

    def row_ids(self, lang: Lang) -> dict[DocPath, tuple[Anchor, ...]]:
        """The ids that the rows of records have on the pages of a language, beside those that authors wrote."""
        borrowed = self.documents.get(self.reference.lang, {}) if self.reference else {}
        shown = {**borrowed, **self.documents.get(lang, {})}
        return {path: tuple(item.anchor(shown[path]) for item in rows.values()) for path, rows in self.rows(lang).items()}


class Entry(Struct, frozen=True):
    """One thing the search can find.

    `id` is language-neutral (`mta`, `path.md#anchor`), `type` a record type of site.yml or
    `section`, `url` relative to the language's folder of the site. `texts` maps an index field
    (`title`, `trail`, `heading`, `body`, `cells`, `code`, `names`, `symptom`, `remedy`, `context`)
    to its texts in reading order. `shown` is what a hit displays: summary for a section, symptoms
    and remedy for a record.
    """

    id: str
    type: str
    url: str
    title: str
    trail: tuple[str, ...]
    texts: Mapping[str, tuple[str, ...]]
    shown: Mapping[str, str] = field(default_factory=dict)


class Artifact(Struct, frozen=True):
    """A file of the site: a relative path with forward slashes, and its bytes."""

    path: str
    data: bytes
