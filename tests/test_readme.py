"""The README is true: its table of findings, its site.yml, its commands, its picture."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator import config
from generator.cli import COMMANDS, main
from generator.findings import CODES
from tests.conftest import ROOT, Write

README = ROOT / "README.md"


def table() -> str:
    """The table of findings as the README should show it."""
    rows = [f"| `{code.name}` | {code.severity.value} | {code.rule} |" for code in CODES.values()]
    return "\n".join(("| code | severity | rule |", "|---|---|---|", *rows))


def between(text: str) -> str:
    found = re.search(r"<!-- findings:[^>]*-->\n(.*?)<!-- /findings -->", text, re.DOTALL)
    assert found
    return found[1].strip()


def test_the_table_of_findings_lists_every_code() -> None:
    assert between(README.read_text(encoding="utf-8")) == table()


def test_its_site_yml_is_valid(write: Write) -> None:
    shown = re.search(r"```yaml\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert shown
    folder = write({"kb/site.yml": shown[1], "kb/content/en/a.md": "", "kb/content/es/a.md": "", "ja-repository/help/a.md": ""})
    settings = config.load(folder / "kb" / "site.yml")
    assert [language.lang for language in settings.languages] == ["en", "es", "ja"]
    assert settings.publish[1].branch == "gh-pages"


@pytest.mark.parametrize("command", COMMANDS)
def test_it_names_the_options_of_each_command_and_no_others(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    row = next(line for line in README.read_text(encoding="utf-8").split("\n") if line.startswith(f"| `sintoma {command}"))
    with pytest.raises(SystemExit):
        main([command, "--help"])
    taken = set(re.findall(r"--[a-z][a-z-]+", capsys.readouterr().out))
    assert set(re.findall(r"--[a-z][a-z-]+", row)) == taken - {"--help"}


def test_what_it_links_to_is_there() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README.read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target


def rewrite(path: Path = README) -> None:
    """Bring the table of findings up to date, after a code was added."""
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(between(text) or "<!-- /findings -->", table() if between(text) else f"{table()}\n<!-- /findings -->"), encoding="utf-8")
