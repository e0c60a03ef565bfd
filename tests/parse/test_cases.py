"""One text file a rule: a title, `.`, the source, `.`, the body of its page, `.`.

Below the body stand the findings, one a line: `! line:column code`. Links are marks (`data-link`), see `generator.parse.marks`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.model import DocPath, Lang, SourceFile
from generator.parse import parse

FOLDER = Path(__file__).parents[1] / "cases"
QUIET = frozenset({"title-missing"})
"""Cases are pieces of pages: that they have no title says nothing."""


def cases(text: str) -> Iterator[tuple[str, str, str]]:
    """Title, source and expected answer of each case of a file."""
    title, part, parts = "", 0, ["", "", ""]
    for line in text.splitlines(keepends=True):
        if line.rstrip("\n") != ".":
            parts[part] += line
            continue
        part += 1
        if part == 3:
            title = parts[0].strip().splitlines()[-1]
            yield title, parts[1], parts[2]
            part, parts = 0, ["", "", ""]


def answer(source: str) -> str:
    """The body of a page, heading anchors left out, and its findings."""
    page = parse(SourceFile(Lang("en"), DocPath("page.md"), "page.md", source, ""))
    lines = [line for line in page.body.split("\n") if line.strip()]
    findings = sorted(
        (finding.span.line, finding.span.column, finding.code) for finding in page.document.problems if finding.code not in QUIET
    )
    return "\n".join([*lines, *(f"! {line}:{column} {code}" for line, column, code in findings)]) + "\n"


def _all() -> Iterator[object]:
    for path in sorted(FOLDER.glob("*.md")):
        for title, source, expected in cases(path.read_text(encoding="utf-8")):
            yield pytest.param(source, expected, id=f"{path.stem}: {title}")


@pytest.mark.parametrize(("source", "expected"), list(_all()))
def test_a_source_gives_the_body_and_the_findings_of_its_case(source: str, expected: str) -> None:
    assert expected == answer(source)


def test_every_rule_of_the_dialect_has_cases() -> None:
    from generator.parse.dialect import RULES

    rules = {rule.__name__.rpartition(".")[2] for rule in RULES} - {"inlines", "blocks", "containers"}
    assert rules <= {path.stem for path in FOLDER.glob("*.md")}
