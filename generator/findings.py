"""What can be wrong with content: every code, its default severity, and how site.yml changes it.

A page of help for each code lies in `generator/help/CODE.md`; a smallest bad site in `tests/sites/`.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from generator.model import Finding, Severity

if TYPE_CHECKING:
    from generator.config import SeverityRule


class Code(Struct, frozen=True):
    """A kind of finding: its stable name, its default severity, and the sentence it enforces."""

    name: str
    severity: Severity
    rule: str


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

CODES: Final[dict[str, Code]] = {
    code.name: code
    for code in (
        Code("file-encoding", _E, "A page is UTF-8 text without control characters, and was never read as anything else."),
        Code("file-unsafe", _E, "A page is a regular file inside its language's folder, and its name is safe everywhere."),
        Code("file-too-large", _E, "A page stays within the limit of size, its snippets included."),
        Code("path-too-long", _E, "The path of a file stays within the limits of file systems."),
        Code("front-matter-syntax", _E, "Front matter is a closed block of valid YAML."),
        Code("front-matter-limit", _E, "Front matter stays within the limits of size, depth and aliases."),
        Code("front-matter-value", _W, "A front matter value has the type that its key stands for."),
        Code("title-missing", _W, "A page has a title: a heading of level 1, or front matter."),
        Code("conflict-unresolved", _E, "No mark of an unfinished merge is left in a page."),
        Code("comment-unclosed", _E, "A comment is closed."),
        Code("nesting-too-deep", _E, "Nesting stays within the parser's limit, so that nothing is lost."),
        Code("attributes-too-many", _E, "A tag has no more attributes than the limit."),
        Code("html-repaired", _W, "HTML tags are closed and nested right."),
        Code("html-removed", _W, "HTML has no scripts, handlers or elements that pages may not hold."),
        Code("dialect-unclosed", _E, "An accordion, a tab set, a shade box or a block of code is closed."),
        Code("dialect-unknown", _W, "Marks of the dialect are known, and stand where they mean something."),
        Code("emphasis-debris", _W, "Asterisks of emphasis pair up, none is left in the text."),
        Code("include-missing", _E, "A snippet that is included exists."),
        Code("include-cycle", _E, "Snippets do not include each other in a circle."),
        Code("toc-entry", _W, "An entry of the table of contents is a link or a group."),
        Code("table-empty", _E, "A mapped table has rows."),
        Code("table-row-width", _E, "A row has as many cells as its table has columns."),
        Code("table-row-short", _W, "A row that is no record has a cell for each column of its table."),
        Code("table-too-large", _E, "The tables of a page stay within the limits of cells and columns."),
        Code("table-mapping", _E, "A table fits the mapping that site.yml declares for it."),
        Code("table-ambiguous", _E, "A table fits one mapping only."),
        Code("table-missing", _W, "A kind of record in site.yml finds a table, or pages that tell it."),
        Code("record-unnamed", _E, "A record has a name."),
        Code("record-duplicate", _W, "A record is described once."),
        Code("record-symptoms", _W, "A translated record names the symptoms of its reference."),
        Code("output-collision", _E, "Two sources do not make the same page."),
        Code("list-missing", _W, "A list that site.yml names is there."),
        Code("map-unknown", _E, "The map of site.yml names records, parts and pages that exist."),
        Code("link-missing-page", _E, "A link leads to a page that exists."),
        Code("link-missing-anchor", _E, "The anchor of a link exists on its page."),
        Code("link-missing-image", _E, "An image exists, or is on the list of assets."),
        Code("link-missing-file", _E, "A link to a file leads to one that exists, or is on the list of assets."),
        Code("link-directory", _E, "A link leads to a page, not to a folder."),
        Code("link-outside-root", _E, "A link stays inside its language's folder."),
        Code("link-outside-missing", _E, "A page outside exists."),
        Code("link-outside-unreachable", _W, "A server outside answers."),
        Code("link-outside-failing", _I, "An address outside has not begun to fail."),
        Code("link-outside-anchor", _W, "The anchor of a link exists on its page outside."),
        Code("link-outside-private", _W, "A link to the outside leads into no private network."),
        Code("link-outside-moved", _I, "A link to the outside does not lead over a redirect for good."),
        Code("link-malformed", _E, "An address is well formed: no blank, no line break, one #."),
        Code("links-too-many", _E, "A page has no more links than the limit."),
        Code("link-undefined-label", _E, "The label of a reference link is defined."),
        Code("link-duplicate-id", _E, "An id stands once in a page."),
        Code("link-implicit-anchor", _I, "A link leads to an explicit {#id}, which survives translation."),
        Code("link-toc-missing", _E, "An entry of the table of contents leads to a page that exists."),
        Code("link-toc-duplicate", _E, "A page stands once in the table of contents."),
        Code("link-orphan-page", _W, "A page can be reached: it stands in the table of contents."),
        Code("link-redirect-loop", _E, "Redirects do not run in a circle."),
        Code("link-redirect-chain", _W, "A redirect leads straight to its destination."),
        Code("link-redirect-dead", _W, "The destination of a redirect exists."),
        Code("link-redirect-shadow", _W, "The source of a redirect is not a live page."),
        Code("link-redirect-duplicate", _W, "The source of a redirect stands once in its list."),
        Code("link-redirect-missing", _W, "A redirect leads on from a page that is gone."),
        Code("translation-missing-page", _W, "A page of the reference is there in each language."),
        Code("translation-extra-page", _W, "A translated page has a reference."),
        Code("translation-structure", _E, "A translation has the blocks of its reference."),
        Code("translation-heading", _E, "A translated heading has the level of its reference."),
        Code("translation-alert", _W, "An alert has the label of its reference."),
        Code("translation-anchor", _E, "The anchors of the reference are there in each language."),
        Code("translation-row", _E, "A translated table has the rows and columns of its reference."),
        Code("translation-cell", _W, "The cells of a row stand in the columns of their reference."),
        Code("translation-link", _E, "The links of the reference are there in each language."),
        Code("translation-identifier", _E, "Names, commands and options are not translated."),
        Code("translation-keyword", _W, "A word in bold that the page's code uses is not translated."),
        Code("translation-case", _W, "Names keep their capitals and their spelling."),
        Code("translation-code", _E, "Code is not translated."),
        Code("translation-address", _E, "An address is not damaged."),
        Code("translation-emphasis", _E, "Emphasis survives translation."),
        Code("translation-debris", _E, "No placeholder of a translation program is left in a text."),
        Code("translation-doubled", _W, "A translation does not say twice in a row what its reference says once."),
        Code("translation-empty", _E, "No text is lost in translation."),
        Code("translation-front-matter", _E, "Front matter keys that machines read are not translated."),
        Code("translation-script", _E, "A text is written in the scripts of its language."),
        Code("translation-number", _W, "Numbers survive translation."),
        Code("translation-untranslated", _W, "A block is in the language of its page."),
        Code("translation-foreign-word", _W, "A translation has no words of a third language."),
        Code("translation-label", _W, "Interface labels are neither lost nor merged."),
        Code("ignore-invalid", _W, "A comment that ignores a finding names its code and says why."),
        Code("ignore-unused", _W, "A comment that ignores a finding stands where there is one."),
        Code("severity-unused", _I, "A severity rule of site.yml fits some finding."),
        Code("search-regression", _E, "A search that worked still works."),
    )
}


ONLINE: Final = frozenset({
    "link-outside-missing", "link-outside-unreachable", "link-outside-failing", "link-outside-anchor", "link-outside-private", "link-outside-moved",
})  # fmt: skip
"""Codes whose findings are complete only where the outside is asked."""
SINCE: Final = frozenset({"link-redirect-missing"})
"""Codes that need a commit to compare with."""


def everything(code: str) -> bool:
    """Whether a code is wanted, where all are."""
    return bool(code)


def fails(findings: Iterable[Finding], *, strict: bool) -> bool:
    """Whether findings fail a run: errors do, warnings where strict."""
    bad = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    return any(finding.severity in bad for finding in findings)


def settle(findings: Iterable[Finding], rules: Sequence[SeverityRule]) -> tuple[Finding, ...]:
    """Findings with the severity of their code or of the last rule that fits, sorted by place, those off left out."""
    settled = (replace(finding, severity=_severity(finding, rules)) for finding in findings)
    kept = (finding for finding in settled if finding.severity is not Severity.OFF)
    return tuple(sorted(kept, key=lambda finding: (finding.file, finding.span, finding.code, finding.message, finding.target)))


def _severity(finding: Finding, rules: Sequence[SeverityRule]) -> Severity:
    for rule in reversed(rules):
        if rule.fits(finding):
            return rule.level
    return CODES[finding.code].severity


def fingerprints(findings: Sequence[Finding]) -> tuple[str, ...]:
    """One stable name for each finding, in order: 16 hexadecimal digits.

    Made of code, file, target and message, and of which one it is among equals, so that it survives moved lines.
    """
    seen: Counter[tuple[str, ...]] = Counter()
    names = []
    for finding in findings:
        key = (finding.code, finding.file, finding.target, "" if finding.target else finding.message)
        names.append(hashlib.sha256("\0".join((*key, str(seen[key]))).encode("utf-8", "surrogatepass")).hexdigest()[:16])
        seen[key] += 1
    return tuple(names)


def shorten(text: str, length: int = 60) -> str:
    """A text on one line, cut behind a word where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= length else f"{line[:length].rsplit(' ', 1)[0]} …"
