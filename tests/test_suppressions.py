"""Comments with a reason take findings away; comments and rules that take none away are findings themselves."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from generator import config
from generator.inspection import inspect
from tests.conftest import Write

YML = "title: T\nlanguages:\n  en: {root: en, reference: true}\n"
IGNORE = "<!-- sintoma-ignore link-missing-page: comes with the next release -->"


def found(folder: Path, only: str = "") -> list[str]:
    settings = config.load(folder / "site.yml")
    wanted = {"wanted": lambda code: code.startswith(only)} if only else {}
    findings, _ = inspect(settings, cache=False, jobs=1, **wanted)
    return [f"{finding.code} {finding.file}:{finding.span.line}" for finding in findings]


@pytest.mark.parametrize(
    "text",
    [
        f"{IGNORE}\n[a](none.md)",
        f"{IGNORE}\n\n[a](none.md)",
        f"[a](none.md) {IGNORE}",
        "<!-- sintoma-ignore link-*: a glob -->\n[a](none.md)",
        "<!-- sintoma-ignore link-missing-anchor, link-missing-page: two codes -->\n[a](none.md) [b](#none)",
        "<!--\nsintoma-ignore link-missing-page:\n  a reason on\n  many lines\n-->\n[a](none.md)",
        f'<table>\n{IGNORE}\n<tr><td><a href="none.md">a</a></td></tr>\n</table>',
    ],
)
def test_a_comment_speaks_for_its_own_line_or_the_next_one(write: Write, text: str) -> None:
    assert not found(write({"site.yml": YML, "en/page.md": f"# Page {{#page}}\n\n{text}\n"}))


@pytest.mark.parametrize(
    "text",
    [
        f"{IGNORE}\nText.\n[a](none.md)",
        f"Text {IGNORE}\n[a](none.md)",
        f"[a](none.md)\n{IGNORE}",
        "<!-- sintoma-ignore link-missing-anchor: the wrong code -->\n[a](none.md)",
        "<!-- sintoma-ignore link-missing-page -->\n[a](none.md)",
        "<!-- sintoma-ignore link-missing-page: -->\n[a](none.md)",
        "<!-- sintoma-ignore link-mising-page: misspelt -->\n[a](none.md)",
        f"`{IGNORE}`\n[a](none.md)",
    ],
)
def test_it_speaks_for_no_other_line_and_for_nothing_without_a_reason(write: Write, text: str) -> None:
    codes = [line.split(" ", 1)[0] for line in found(write({"site.yml": YML, "en/page.md": f"# Page {{#page}}\n\n{text}\n"}))]
    assert "link-missing-page" in codes


def test_a_comment_that_ignores_nothing_is_a_finding_unless_its_code_was_not_looked_for(write: Write) -> None:
    folder = write({"site.yml": YML, "en/page.md": f"# Page {{#page}}\n\n{IGNORE}\nText.\n"})
    assert found(folder) == ["ignore-unused en/page.md:3"]
    assert not found(folder, "translation-")


def test_a_comment_behind_another_one_is_found_where_it_stands(write: Write) -> None:
    findings, _ = inspect(config.load(write({"site.yml": YML, "en/page.md": f"# Page {{#page}}\n\n<!-- a --> b {IGNORE}\n"}) / "site.yml"), cache=False, jobs=1)
    assert [(finding.code, finding.span.line, finding.span.column) for finding in findings] == [("ignore-unused", 3, 14)]


def test_findings_about_a_whole_page_are_ignored_from_anywhere_in_it(write: Write) -> None:
    page = "---\ntitle: P\n---\n\n# Page {#page}\n\n<!-- sintoma-ignore link-orphan-page: found by search only -->\n"
    assert not found(write({"site.yml": YML, "en/page.md": page, "en/TOC.md": "# T\n\n+ [Other](other.md)\n", "en/other.md": "# O {#o}\n"}))


def test_the_table_of_contents_can_ignore_too(write: Write) -> None:
    toc = "# T\n\n+ [Page](page.md)\n+ [Again](page.md) <!-- sintoma-ignore link-toc-duplicate: asked for by readers -->\n"
    assert not found(write({"site.yml": YML, "en/page.md": "# Page {#page}\n", "en/TOC.md": toc}))


def test_rules_of_site_yml_count_by_code_language_and_path_and_idle_ones_are_said(write: Write) -> None:
    rules = """\
severity:
  - {code: "link-*", path: "en/old/*", level: off}
  - {code: link-missing-page, lang: es, level: warning}
  - {code: link-missing-pages, level: off}
"""
    folder = write({"site.yml": YML + rules, "en/old/a.md": "# A {#a}\n\n[a](none.md)\n", "en/b.md": "# B {#b}\n\n[b](none.md)\n"})
    assert found(folder) == ["link-missing-page en/b.md:3", "severity-unused site.yml:6", "severity-unused site.yml:7"]


def test_thousands_of_comments_cost_no_more_than_their_number(write: Write) -> None:
    folder = write({"site.yml": YML, "en/page.md": "# Page {#page}\n\n" + f"{IGNORE}\n[a](none.md)\n\n" * 6000})
    begin = time.process_time()
    assert not found(folder, "link-missing")
    assert time.process_time() - begin < 8
