"""What one page says: its links, headings, tables and cases, its outline and its whole."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from msgspec import Struct

from generator.model.sources import Anchor, DocPath, Finding, Lang, Span


class LinkKind(Enum):
    """What a link does in its page."""

    LINK = "link"
    IMAGE = "image"


class RawLink(Struct, frozen=True):
    """A link as written: nothing is known yet of where it leads.

    `target` is the address with Markdown escapes and HTML entities resolved, `span` covers it in the source; `spelled` is its
    spelling there, where that is another one.
    """

    target: str
    kind: LinkKind
    span: Span
    text: str = ""
    html: bool = False
    spelled: str = ""

    @property
    def written(self) -> str:
        """The address as it stands in the source."""
        return self.spelled or self.target


class Heading(Struct, frozen=True):
    """A heading. `explicit` is False where the anchor is a slug made from the words."""

    level: int
    title: str
    anchor: Anchor
    explicit: bool
    span: Span


class Cell(Struct, frozen=True):
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


class Row(Struct, frozen=True):
    """A row of a table, spans (rowspan, colspan) already laid out on the grid."""

    cells: tuple[Cell, ...]
    span: Span


class Table(Struct, frozen=True):
    """A table of a page; `ordinal` counts from 0 in the page, `anchor` is the section it stands in."""

    ordinal: int
    kind: str
    anchor: Anchor
    header: tuple[Cell, ...]
    rows: tuple[Row, ...]
    span: Span


class Alert(Struct, frozen=True):
    """The label of an alert: its name as written, the kind of alert it stands for (nothing for one that nobody knows), and its place."""

    label: str
    kind: str
    span: Span


class Block(Struct, frozen=True):
    """One piece of the page's skeleton, for aligning translations.

    `kind` names the construct (`heading2`, `paragraph`, `cell`, `fence`, …), `text` its words with
    markup resolved, `codes` its code spans in order, `links` indexes into the document's links, `strong` what is bold,
    `labels` words of the interface (`[!UICONTROL]`), `names` those marked as not to be translated (`[!DNL]`), `alerts` the alerts
    that begin with it, the outermost first.
    """

    kind: str
    text: str
    span: Span
    codes: tuple[str, ...] = ()
    links: tuple[int, ...] = ()
    strong: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    alerts: tuple[Alert, ...] = ()


class Case(Struct, frozen=True):
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


class Ignore(Struct, frozen=True):
    """A comment that asks to ignore findings: codes or globs, why, where it stands, and the last line it speaks for."""

    codes: tuple[str, ...]
    reason: str
    span: Span
    last: int


def _says_yes(meta: Meta, key: str) -> bool:
    return str(meta.get(key, "")).lower() in ("true", "yes")


class Document(Struct, frozen=True):
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
    description: str = ""

    @property
    def hidden(self) -> bool:
        """Whether `hide: true` asks to keep the page out of the world's search engines; here it is found all the same."""
        return _says_yes(self.meta, "hide")

    @property
    def unlisted(self) -> bool:
        """Whether `hidefromtoc: true` asks to leave the page out of menus, as `{hide-from-toc}` before its entry does."""
        return _says_yes(self.meta, "hidefromtoc")


class Section(Struct, frozen=True):
    """The words below one heading, for the index.

    `anchor` is empty for what stands before the first heading; `trail` the titles above, page first.
    `blocks` are texts in reading order (paragraphs, items), `cells` those of tables, `code` those in fences, `said`
    what the translation called what is shown by its right name.
    """

    anchor: Anchor
    title: str
    trail: tuple[str, ...]
    blocks: tuple[str, ...]
    cells: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


class Page(Struct, frozen=True):
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
