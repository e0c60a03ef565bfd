"""Every code has a page of help, and every page of help a code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

import generator
from generator.findings import CODES
from generator.report.explain import UnknownCodeError, explain

HELP = Path(generator.__file__).parent / "help"


def test_help_pages_and_codes_are_equal() -> None:
    assert sorted(CODES) == sorted(path.stem for path in HELP.iterdir())


@pytest.mark.parametrize("code", CODES)
def test_a_page_says_the_rule_an_example_what_to_do_and_how_to_change_the_severity(code: str) -> None:
    page = explain(code)

    assert page.startswith(f"# {code}\n\n{CODES[code].rule}\n")
    assert re.findall("^## (.*)", re.sub("```.*?```", "", page, flags=re.DOTALL), re.MULTILINE) == ["Example", "What to do", "Severity"]
    assert {"error": "An error", "warning": "A warning", "info": "A note"}[CODES[code].severity.value] + " by default" in page
    setting = yaml.safe_load(page.rsplit("```yaml\n", 1)[1].removesuffix("```\n"))
    assert code == setting["severity"][0]["code"]


def test_an_unknown_code_is_answered_with_the_nearest() -> None:
    with pytest.raises(UnknownCodeError, match=r"Did you mean link-missing-page\b"):
        explain("link-mising-page")


def test_a_part_of_a_code_is_answered_with_those_that_hold_it() -> None:
    with pytest.raises(UnknownCodeError, match="link-redirect-loop"):
        explain("redirect")


def test_a_path_is_no_code() -> None:
    with pytest.raises(UnknownCodeError):
        explain("../model")
