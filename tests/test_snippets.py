"""Snippets are put in before a page is parsed; what is wrong stands where it was written."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from generator import read, snippets
from generator.config import load
from generator.inspection import inspect
from generator.model import DocPath, Page
from generator.parse import parse
from tests.conftest import Write

SITE = "title: T\nlanguages: {en: {root: docs/help, repository: docs, reference: true}}\n"


def page(folder: Path, path: str = "a.md") -> Page:
    config = load(folder / "site.yml")
    source, _ = read.source(config, config.languages[0], DocPath(path))
    assert source is not None
    return parse(snippets.expand(source, config.languages[0]))


def findings(of: Page) -> list[tuple[str, str, int]]:
    return [(problem.code, problem.file, problem.span.line) for problem in of.document.problems]


def test_a_snippet_stands_in_the_page_without_its_front_matter(write: Write) -> None:
    snippet = "---\ntitle: x\n---\n\nRestart **it**.\n"
    found = page(write({"site.yml": SITE, "docs/help/_includes/one.md": snippet, "docs/help/a.md": "# A {#a}\n\n{{$include /help/_includes/one.md}}\n"}))
    assert "<p>Restart <strong>it</strong>.</p>" in found.body
    assert findings(found) == []


def test_a_snippet_of_several_lines_keeps_the_indent_of_its_line(write: Write) -> None:
    text = "# A {#a}\n\n1. One\n\n   {{$include one.md}}\n\n1. Two\n"
    found = page(write({"site.yml": SITE, "docs/help/one.md": ">[!NOTE]\n>\n>Wait.\n\nGo on.\n", "docs/help/a.md": text}))
    assert found.body.count("<ol>") == 1
    assert "<p>Go on.</p>\n</li>" in found.body


def test_a_snippet_in_a_sentence_and_one_in_code(write: Write) -> None:
    text = "# A {#a}\n\nUse {{$include one.md}} and `{{$include one.md}}`.\n\n```\n{{$include one.md}}\n``` x\n{{$include one.md}}\n```\n"
    found = page(write({"site.yml": SITE, "docs/help/one.md": "the *port*\n", "docs/help/a.md": text}))
    assert "<p>Use the <em>port</em> and <code>{{$include one.md}}</code>.</p>" in found.body
    assert "<pre><code>{{$include one.md}}\n``` x\n{{$include one.md}}\n</code></pre>" in found.body


@pytest.mark.parametrize("call", ["{{ $include one.md }}", "{{$ Include one.md}}", '{{$include "one.md"}}', "{{%include one.md%}}", "{{% include 'one.md' %}}"])
def test_a_call_may_be_written_as_elsewhere(write: Write, call: str) -> None:
    found = page(write({"site.yml": SITE, "docs/help/one.md": "the port\n", "docs/help/a.md": f"# A {{#a}}\n\nUse {call}.\n"}))
    assert "<p>Use the port.</p>" in found.body
    assert findings(found) == []


def test_a_named_snippet_is_a_section_of_the_file_of_snippets(write: Write) -> None:
    named = "# Snippets\n\n## Note {#note}\n\nOnly *there*.\n\n## Other {#other}\n\nx\n"
    found = page(write({"site.yml": SITE, "docs/help/_includes/snippets.md": named, "docs/help/a.md": "# A {#a}\n\n{{note}} {{unknown}}\n"}))
    assert "<p>Only <em>there</em>. {{unknown}}</p>" in found.body


def test_a_section_without_an_id_is_named_by_its_words_and_code_and_comments_begin_none(write: Write) -> None:
    named = "# Snippets\n\n## Stop it {#stop}\n\nHalt.\n\n### More\n\n<!--\n## Old {#old}\n-->\n\n```sh\n## Comment\n```\n\n## Start It\n\nGo.\n"
    found = page(write({"site.yml": SITE, "docs/help/_includes/snippets.md": named, "docs/help/a.md": "# A {#a}\n\n{{stop}}\n\n{{start-it}}\n"}))
    assert findings(found) == []
    assert [text for text in ("Halt.", "More", "## Comment", "Go.", "Old") if text in found.body] == ["Halt.", "More", "## Comment", "Go."]
    assert found.body.count("Go.") == 1


def test_a_named_snippet_that_is_missing_is_a_finding_where_its_name_stands_alone(write: Write) -> None:
    text = "# A {#a}\n\n{{ restart-it }}\n\n1. {{restart-it}}\n\nUse {{restart-it}}, `{{restart-it}}` and {{x.y}}.\n\n{{x.y}}\n\n```\n{{restart-it}}\n```\n"
    found = page(write({"site.yml": SITE, "docs/help/a.md": text}))
    assert findings(found) == [("include-missing", "docs/help/a.md", 3), ("include-missing", "docs/help/a.md", 5)]
    assert "<p>{{ restart-it }}</p>" in found.body
    snippet = "# Snippets\n\n## Restart {#restart-it}\n\nRestart it.\n"
    there = page(write({"site.yml": SITE, "docs/help/_includes/snippets.md": snippet, "docs/help/a.md": text}))
    assert findings(there) == []
    assert there.document.digest != found.document.digest


def test_places_behind_a_snippet_are_those_of_the_page_on_disk(write: Write) -> None:
    text = "# A {#a}\n\n{{$include one.md}}\n\n** x** [b](b.md)\n\n## End {#end}\n"
    found = page(write({"site.yml": SITE, "docs/help/one.md": "a\n\nb\n\nc [d](d.md)\n", "docs/help/a.md": text}))
    assert [(link.target, link.span.line) for link in found.document.links] == [("d.md", 3), ("b.md", 5)]
    assert [(heading.anchor, heading.span.line) for heading in found.document.headings] == [("a", 1), ("end", 7)]
    assert findings(found) == [("emphasis-debris", "docs/help/a.md", 5)] * 2


def test_what_is_wrong_in_a_snippet_stands_in_the_snippet(write: Write) -> None:
    found = page(write({"site.yml": SITE, "docs/help/one.md": "fine\n\n** x**\n", "docs/help/a.md": "# A {#a}\n\n\n\n{{$include one.md}}\n"}))
    assert findings(found) == [("emphasis-debris", "docs/help/one.md", 3)] * 2


def test_a_missing_snippet_is_a_finding_where_it_is_asked_for(write: Write) -> None:
    found = page(write({"site.yml": SITE, "docs/help/a.md": "# A {#a}\n\ntext {{$include /help/none.md}}\n"}))
    assert findings(found) == [("include-missing", "docs/help/a.md", 3)]
    assert "include" not in found.body


def test_what_is_not_to_be_translated_is_taken_from_the_reference(write: Write) -> None:
    text = "# A {#a}\n\n{{$include /help/_includes/do-not-localize/one.md}}\n"
    folder = write({
        "site.yml": SITE.replace("reference: true}", "reference: true}, es: {root: es/help, repository: es}"),
        "docs/help/_includes/do-not-localize/one.md": "These are words for the machines that read it. [x](gone.md)\n", "docs/help/a.md": text, "es/help/a.md": text,
    })  # fmt: skip
    found, _ = inspect(load(folder / "site.yml"), cache=False, jobs=1)
    assert {(finding.code, finding.file) for finding in found if finding.lang == "es"} == {("link-missing-page", "es/help/a.md")}


def test_a_circle_of_snippets_is_a_finding_that_names_it(write: Write) -> None:
    files = {"docs/help/one.md": "1 {{$include two.md}}\n", "docs/help/two.md": "2 {{$include one.md}}\n"}
    found = page(write({"site.yml": SITE, **files, "docs/help/a.md": "# A {#a}\n\n{{$include one.md}}\n"}))
    assert findings(found) == [("include-cycle", "docs/help/two.md", 1)]
    assert "help/one.md → help/two.md → help/one.md" in found.document.problems[0].message
    assert "<p>1 2 </p>" in found.body or "<p>1 2</p>" in found.body


@pytest.mark.parametrize("path", ["/../outside.md", "../../../outside.md", "/help/link.md", "/help/folder"])
def test_nothing_outside_the_repository_is_included(write: Write, path: str) -> None:
    folder = write({"outside.md": "secret", "site.yml": SITE, "docs/help/folder/b.md": "b", "docs/help/a.md": f"# A {{#a}}\n\n{{{{$include {path}}}}}\n"})
    (folder / "docs/help/link.md").symlink_to(folder / "outside.md")
    found = page(folder)
    assert "secret" not in found.body
    assert findings(found) == [("include-missing", "docs/help/a.md", 3)]


def test_the_digest_of_a_page_changes_with_its_snippet(write: Write) -> None:
    files = {"site.yml": SITE, "docs/help/a.md": "# A {#a}\n\n{{$include one.md}}\n"}
    missing = page(write(files)).document.digest
    first = page(write({**files, "docs/help/one.md": "one\n"})).document.digest
    second = page(write({**files, "docs/help/one.md": "two\n"})).document.digest
    assert len({missing, first, second}) == 3


def test_snippets_that_double_themselves_end_with_a_finding(write: Write) -> None:
    files = {f"docs/help/s{n}.md": f"{{{{$include s{n + 1}.md}}}}\n\n{{{{$include s{n + 1}.md}}}}\n" for n in range(24)}
    found = page(write({"site.yml": SITE, **files, "docs/help/s24.md": "x\n", "docs/help/a.md": "# A {#a}\n\n{{$include s0.md}}\n"}))
    assert "file-too-large" in {code for code, _, _ in findings(found)}


def test_snippets_larger_together_than_a_page_may_be_are_told_once_and_left_out(write: Write) -> None:
    limited = SITE + "limits: {file_bytes: 1000}\n"
    found = page(write({"site.yml": limited, "docs/help/one.md": "word " * 80, "docs/help/a.md": "# A {#a}\n\n" + "{{$include one.md}}\n\n" * 20}))
    assert found.body.count("word") == 160
    assert findings(found) == [("file-too-large", "docs/help/a.md", 7)]


def test_a_call_between_two_pieces_of_code_is_none_in_code(write: Write) -> None:
    text = "# A {#a}\n\n`` ` {{$include one.md}} `` {{$include one.md}} ``` {{$include one.md}} `x` `{{$include one.md}}\n"
    found = page(write({"site.yml": SITE, "docs/help/one.md": "port", "docs/help/a.md": text}))
    assert found.body.count("port") == 3
    assert found.body.count("{{$include one.md}}") == 1


@pytest.mark.parametrize("calls", ["{{$include one.md}}", "{{$include one.md}}\n\n", "{{s1}}", "{{$include two.md}}"])
def test_twice_as_many_calls_cost_about_twice_as_much(write: Write, calls: str) -> None:
    named = "".join(f"## S {{#s{number}}}\n\nx\n\n" for number in range(2000))
    folder = write({"site.yml": SITE, "docs/help/one.md": "x", "docs/help/two.md": "{{$include one.md}}" * 100, "docs/help/_includes/snippets.md": named})

    def seconds(count: int) -> float:
        write({"docs/help/a.md": calls * count})
        config = load(folder / "site.yml")
        source, _ = read.source(config, config.languages[0], DocPath("a.md"))
        assert source is not None
        start = time.process_time()
        snippets.expand(source, config.languages[0])
        return time.process_time() - start

    seconds(10)
    assert seconds(4000) < 4 * max(seconds(2000), 0.1)


def test_what_is_hidden_is_no_snippet(write: Write) -> None:
    files = {"docs/.git/config": "url = secret\n", "docs/help/.env": "secret\n"}
    text = "# A {#a}\n\n{{$include /.git/config}}\n\n{{$include .env}}\n"
    found = page(write({"site.yml": SITE, "docs/help/a.md": text, **files}))
    assert "secret" not in found.body
    assert findings(found) == [("include-missing", "docs/help/a.md", 3), ("include-missing", "docs/help/a.md", 5)]


def test_snippets_of_a_root_in_a_hidden_folder_are_found(write: Write) -> None:
    site = SITE.replace("docs/help", "docs/.help")
    found = page(write({"site.yml": site, "docs/.help/one.md": "Restart it.\n", "docs/.help/a.md": "# A {#a}\n\n{{$include one.md}}\n"}))
    assert "<p>Restart it.</p>" in found.body
