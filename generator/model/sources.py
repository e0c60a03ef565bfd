"""What is read, where in it something stands, and what may be wrong with it."""

from __future__ import annotations

from enum import Enum
from typing import Final, NewType

from msgspec import Struct

Lang = NewType("Lang", str)
"""A BCP 47 language tag as site.yml spells it: `en`, `pt-BR`."""

DocPath = NewType("DocPath", str)
"""A page's path below its language's root, with forward slashes: `modules/mta.md`."""

PageKey = tuple[Lang, DocPath]
"""A page of a site."""

Anchor = NewType("Anchor", str)
"""An id inside a page, without the `#`. Empty stands for the page itself."""

TOP: Final = Anchor("")
"""The page itself."""


class Span(Struct, frozen=True, order=True):
    """A place in a source file: 1-based lines and columns, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Origin(Struct, frozen=True):
    """Where a line of a page comes from.

    `file` is that of a snippet, empty for the page's own; `line` counts in it, `at` is the page's line that asked for it.
    """

    file: str
    line: int
    at: int


class Mend(Struct, frozen=True):
    """A word that a translation should not have changed: its offsets in the text of its source, and the right one."""

    start: int
    end: int
    right: str


class Limits(Struct, frozen=True):
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


class SourceFile(Struct, frozen=True):
    """One file as it was read, its snippets put in.

    `file` is its path relative to the folder of site.yml (what findings name), `digest` the
    SHA-256 of its bytes in hexadecimal. `origins` has one for each line where there are snippets, `problems` what
    is wrong with them. `mends` are words to be shown right, in order. `limits` are those that it has to keep,
    `troubles` says that site.yml counts it among the pages about troubleshooting.
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
    troubles: bool = False

    @property
    def lines(self) -> list[str]:
        """The lines of the text, however they end: all places in it are counted by them."""
        return self.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


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


class Finding(Struct, frozen=True):
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
