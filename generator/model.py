"""Every noun of Sintoma: frozen, slotted, standard library only.

Data goes one way, and each stage has a noun of its own that the stage before cannot make by accident::

    SourceFile -> Page (Document + body + sections) -> Record -> KnowledgeBase -> Artifact

A `Document` is light (what checks and navigation need); the rendered body and the words for the
index travel beside it in a `Page` and are never kept for a whole site at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NewType

Lang = NewType("Lang", str)
"""A BCP 47 language tag as site.yml spells it: `en`, `pt-BR`."""

DocPath = NewType("DocPath", str)
"""A page's path below its language's root, with forward slashes: `modules/mta.md`."""

Anchor = NewType("Anchor", str)
"""An id inside a page, without the `#`. Empty stands for the page itself."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A place in a source file: 1-based lines and columns, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a line of a page comes from.

    `file` is that of a snippet, empty for the page's own; `line` counts in it, `at` is the page's line that asked for it.
    """

    file: str
    line: int
    at: int


@dataclass(frozen=True, slots=True)
class Mend:
    """A word that a translation should not have changed: its offsets in the text of its source, and the right one."""

    start: int
    end: int
    right: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a page may be, and what is in it; beyond a limit stands a finding. `limits:` in site.yml changes them."""

    file_bytes: int = 16 * 1024 * 1024
    path_bytes: int = 800
    front_matter_bytes: int = 64 * 1024
    front_matter_depth: int = 32
    snippet_lines: int = 20_000
    nesting: int = 100
    attributes: int = 256
    table_cells: int = 65_536
    table_columns: int = 1000
    links: int = 10_000


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file as it was read, its snippets put in.

    `file` is its path relative to the folder of site.yml (what findings name), `digest` the
    SHA-256 of its bytes in hexadecimal. `origins` has one for each line where there are snippets, `problems` what
    is wrong with them. `mends` are words to be shown right, in order. `limits` are those that it has to keep.
    """

    lang: Lang
    path: DocPath
    file: str
    text: str
    digest: str
    origins: tuple[Origin, ...] = ()
    problems: tuple[Finding, ...] = ()
    mends: tuple[Mend, ...] = ()
    limits: Limits = Limits()


class Severity(Enum):
    """How bad a finding is."""

    ERROR = "error"
    """Stops a build and fails a check."""
    WARNING = "warning"
    """Fails only with --strict."""
    INFO = "info"
    """Never fails."""
    OFF = "off"
    """Not reported."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with the content, as data.

    `file` is relative to the folder of site.yml. `severity` is the code's default until
    `findings.settle` applies what site.yml says.
    """

    code: str
    file: str
    span: Span
    message: str
    lang: Lang | None = None
    target: str = ""
    suggestion: str = ""
    severity: Severity = Severity.ERROR


class LinkKind(Enum):
    """What a link does in its page."""

    LINK = "link"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class RawLink:
    """A link as written: nothing is known yet of where it leads.

    `target` is the address with Markdown escapes and HTML entities resolved, `span` covers it in the source; `spelled` is its
    spelling there, where that is another one.
    """

    target: str
    kind: LinkKind
    span: Span
    text: str = ""
    in_table: bool = False
    html: bool = False
    spelled: str = ""

    @property
    def written(self) -> str:
        """The address as it stands in the source."""
        return self.spelled or self.target


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. `explicit` is False where the anchor is a slug made from the words."""

    level: int
    title: str
    anchor: Anchor
    explicit: bool
    span: Span


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell.

    `lines` holds its text block by block (a paragraph, a list item, what stands between two `<br>`), `items` says
    of each line whether it was a list item. `links` are indexes into the document's links, `codes` the words in code,
    `strong` those in bold, `labels` those of the interface, `names` those marked as not to be translated.
    """

    lines: tuple[str, ...]
    span: Span
    items: tuple[bool, ...] = ()
    links: tuple[int, ...] = ()
    codes: tuple[str, ...] = ()
    header: bool = False
    strong: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The whole text on one line."""
        return " ".join(self.lines)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, spans (rowspan, colspan) already laid out on the grid."""

    cells: tuple[Cell, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Table:
    """A table of a page; `ordinal` counts from 0 in the page, `anchor` is the section it stands in."""

    ordinal: int
    kind: str
    anchor: Anchor
    header: tuple[Cell, ...]
    rows: tuple[Row, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of the page's skeleton, for aligning translations.

    `kind` names the construct (`heading2`, `paragraph`, `cell`, `fence`, …), `text` its words with
    markup resolved, `codes` its code spans in order, `links` indexes into the document's links, `strong` what is bold,
    `labels` words of the interface (`[!UICONTROL]`), `names` those marked as not to be translated (`[!DNL]`).
    """

    kind: str
    text: str
    span: Span
    codes: tuple[str, ...] = ()
    links: tuple[int, ...] = ()
    strong: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """What a reader sees and what to do about it, told outside of tables.

    `kind` is `heading`, `accordion` or `bold`, `ordinal` counts all of the kind in the page (the same in every language),
    `anchor` is its own id (`own`) or that of the section it stands in, `troubles` says that the page is about troubleshooting.
    """

    kind: str
    ordinal: int
    symptom: str
    remedy: tuple[str, ...]
    anchor: Anchor
    span: Span
    own: bool = False
    troubles: bool = False
    links: tuple[int, ...] = ()


Scalar = str | int | float | bool | None
Meta = Mapping[str, "Scalar | tuple[Scalar, ...]"]
"""Front matter that passed the guard: scalars and flat lists, dates as ISO strings."""


@dataclass(frozen=True, slots=True)
class Ignore:
    """A comment that asks to ignore findings: codes or globs, why, where it stands, and the last line it speaks for."""

    codes: tuple[str, ...]
    reason: str
    span: Span
    last: int


@dataclass(frozen=True, slots=True)
class Document:
    """A page without its body: what navigation, records and checks need. `codes` are the single words that it has in code."""

    lang: Lang
    path: DocPath
    file: str
    digest: str
    title: str
    meta: Meta
    headings: tuple[Heading, ...]
    anchors: tuple[tuple[Anchor, Span], ...]
    links: tuple[RawLink, ...]
    tables: tuple[Table, ...]
    problems: tuple[Finding, ...]
    commented: tuple[tuple[Anchor, Span], ...] = ()
    ignores: tuple[Ignore, ...] = ()
    cases: tuple[Case, ...] = ()
    codes: tuple[str, ...] = ()

    @property
    def hidden(self) -> bool:
        """Whether `hide: true` asks to keep the page out of the world's search engines; here it is found all the same."""
        return str(self.meta.get("hide", "")).lower() in ("true", "yes")

    @property
    def description(self) -> str:
        """The front matter's description, or nothing."""
        return str(self.meta.get("description") or "")


@dataclass(frozen=True, slots=True)
class Section:
    """The words below one heading, for the index.

    `anchor` is empty for what stands before the first heading; `trail` the titles above, page first.
    `blocks` are texts in reading order (paragraphs, items), `cells` those of tables, `code` fences and code spans, `said`
    what the translation called what is shown by its right name.
    """

    anchor: Anchor
    title: str
    trail: tuple[str, ...]
    blocks: tuple[str, ...]
    cells: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page whole.

    `body` is HTML in which what only the whole site can know stands as marked elements
    (see `generator.parse.marks`): links, images, table rows, labels. `keys` are the front matter's, with their places,
    `comments` those that hold links, each with its first line.
    """

    document: Document
    body: str
    sections: tuple[Section, ...]
    blocks: tuple[Block, ...]
    keys: tuple[tuple[str, Span], ...] = ()
    comments: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: table and row count from 0."""

    path: DocPath
    table: int
    row: int
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class RecordText:
    """A record in one language.

    `fields` maps a role of site.yml (`scope`, `remedy`, …) to its text; `symptoms` are in order,
    each paired by position with the reference's. `said` is the name that the translation gave it, where `name` is the right one.
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


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a mapped table. `id` is language-neutral; `symptoms` are ids of `Symptom`, in order."""

    type: str
    id: str
    symptoms: tuple[str, ...]
    texts: Mapping[Lang, RecordText]


@dataclass(frozen=True, slots=True)
class Symptom:
    """What an operator sees, and the records to check for it, in order."""

    id: str
    texts: Mapping[Lang, str]
    records: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NavItem:
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


@dataclass(frozen=True, slots=True)
class Destination:
    """A link, resolved.

    `path` is below the language's root for pages and assets, `url` as written for the outside, `fault` the
    code of a finding where the link is broken.
    """

    state: LinkState
    path: str = ""
    anchor: Anchor = Anchor("")
    url: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Tree:
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


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the site."""

    lang: Lang
    root: str
    reference: bool


@dataclass(frozen=True, slots=True)
class KnowledgeBase:
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


@dataclass(frozen=True, slots=True)
class Entry:
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


@dataclass(frozen=True, slots=True)
class Artifact:
    """A file of the site: a relative path with forward slashes, and its bytes."""

    path: str
    data: bytes
