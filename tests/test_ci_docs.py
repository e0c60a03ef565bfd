"""The page on continuous integration says what the program does: its commands parse, its YAML is valid."""

from __future__ import annotations

import re
import shlex

import pytest
import yaml
from jsonschema import Draft202012Validator

from generator import cli
from generator.schema import SITE
from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
HOOKS = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
COMMANDS = sorted(set(re.findall(r"(?:entry: |- run: |- |`)(sintoma [^`\n>]+?)(?=[`\n>]|, then)", PAGE + HOOKS)))
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_of_it_is_one_that_the_program_takes(command: str) -> None:
    words = shlex.split(command)[1:]
    options = cli.parser(words[:1]).parse_args(["explain", "x"] if words[0] == "explain" else words)
    assert options


def test_there_are_commands_and_blocks_to_try() -> None:
    assert len(COMMANDS) > 8
    assert len(BLOCKS) > 5


@pytest.mark.parametrize("block", BLOCKS)
def test_each_block_is_valid_and_those_of_site_yml_fit_its_schema(block: str) -> None:
    value = yaml.safe_load(block)
    if set(value) & {"severity", "languages"}:
        whole = {"title": "T", "languages": {"en": {"root": "en"}}, **value}
        errors = list(Draft202012Validator(SITE).iter_errors(yaml.load(yaml.dump(whole).replace("level: false", "level: 'off'"), yaml.SafeLoader)))
        assert not errors


def test_the_hooks_run_the_whole_check_once_and_not_file_by_file() -> None:
    hooks = yaml.safe_load(HOOKS)
    assert {hook["id"] for hook in hooks} == {"sintoma-check", "sintoma-links"}
    assert not any(hook["pass_filenames"] for hook in hooks)
    for hook in hooks:
        assert re.search(hook["files"], "content/en/page.md")
        assert not re.search(hook["files"], "theme/site.js")
