"""The command line: help for everything, the right exit statuses, quiet pipes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator import cli
from tests.conftest import ROOT


def sintoma(*arguments: str, cwd: Path = ROOT, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "generator", *arguments], cwd=cwd, input=stdin, capture_output=True, text=True, check=False)


def options_of(command: str) -> set[str]:
    return set(re.findall(r"--[a-z-]+", sintoma(command, "--help").stdout)) - {"--help"}


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_every_command_and_option_stands_in_the_readme(command: str) -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert f"sintoma {command}" in readme
    missing = {option for option in options_of(command) if option not in readme}
    assert not missing


def test_an_unknown_command_is_a_fault_of_usage() -> None:
    run = sintoma("biuld")
    assert run.returncode == 2
    assert "build" in run.stderr


def test_explain_knows_each_code_and_suggests_for_a_misspelt_one() -> None:
    assert sintoma("explain", "link-missing-page").returncode == 0
    run = sintoma("explain", "link-mising-page")
    assert run.returncode == 2
    assert "link-missing-page" in run.stderr


def test_schema_is_the_json_schema_of_site_yml() -> None:
    schema = json.loads(sintoma("schema").stdout)
    assert "languages" in schema["properties"]


def test_links_lists_who_links_to_a_heading() -> None:
    run = sintoma("links", "architecture/general-architecture.md#list-of-open-ports", "--lang", "en")
    assert run.returncode == 0
    assert "content/en/modules/modules-and-frequent-issues.md:" in run.stdout


def test_search_answers_from_the_content() -> None:
    run = sintoma("search", "mails are no longer being sent", "--type", "modules", "--format", "json")
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout)["results"][0]["id"] in {"mta", "stat"}


def test_search_says_what_it_made_of_the_words_and_on_demand_what_each_gave() -> None:
    run = sintoma("search", "mesages frobnicat", "--format", "json", "--explain", "--limit", "1")
    assert "“mesages” is taken for message" in run.stderr
    assert "nothing has “frobnicat”" in run.stderr
    hit = json.loads(run.stdout)["results"][0]
    assert sum(step["gain"] for step in hit["why"]) == pytest.approx(hit["score"])


def test_batch_answers_every_line_with_its_id() -> None:
    asked = '{"id": 1, "lang": "es", "query": "no se envían correos"}\n{"id": "b", "lang": "ja", "query": "メールが送信されない"}\n'
    run = sintoma("search", "--batch", "--type", "modules", stdin=asked)
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == [1, "b"]
    assert all({"mta", "stat"} & set(answer["results"][:2]) for answer in answers)


def test_a_closed_pipe_is_no_fault() -> None:
    command = f"{sys.executable} -m generator schema | head -n 1"
    run = subprocess.run(["bash", "-o", "pipefail", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "Traceback" not in run.stderr


def test_a_new_site_builds_at_once(tmp_path: Path) -> None:
    assert sintoma("init", str(tmp_path / "new")).returncode == 0
    run = sintoma("build", cwd=tmp_path / "new")
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "new" / "site" / "index.html").is_file()


def test_export_writes_the_records_as_data(tmp_path: Path) -> None:
    run = sintoma("export", "--output", str(tmp_path / "data"))
    assert run.returncode == 0, run.stderr
    assert "mta" in (tmp_path / "data" / "data" / "en" / "modules.csv").read_text(encoding="utf-8")
