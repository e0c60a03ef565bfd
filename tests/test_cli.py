"""The command line: help for everything, the right exit statuses, quiet pipes."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from generator import cli
from generator.findings import CODES
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


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("", "usage: sintoma"),
        ("build --outptu=x", "sintoma build: --outptu=x is unknown here; did you mean --output?"),
        ("build extra", "sintoma build: extra is unknown here; `sintoma build --help` says what there is"),
        ("build --jobs -3", "argument --jobs: '-3' is no whole number from 0 on"),
        ("build --executor x://y", "argument --executor: 'x://y' is no scheduler; write dask://HOST:PORT"),
        ("check --config content", "content: this is a folder; name the file in it: content/site.yml"),
        ("search mail --type modulz", "the site has no type modulz; it has modules, section"),
        ("search mail --lang xx", "the site has no language xx; it has "),
        ("search mail --limit 0", "argument --limit: '0' is no whole number from 1 on"),
        ("serve --port 99999", "argument --port: '99999' is no port; ports go from 0 to 65535"),
    ],
)
def test_what_cannot_be_meant_is_said_and_is_a_fault_of_usage(arguments: str, said: str) -> None:
    run = sintoma(*arguments.split())
    assert run.returncode == 2
    assert said in run.stderr


@pytest.mark.parametrize("line", ["mail", "[1]", '{"query": "mail"}'])
def test_a_line_of_a_batch_that_is_no_query_is_said_with_its_number(line: str) -> None:
    run = sintoma("search", "--batch", stdin=f'{{"id": 1, "query": "mail"}}\n{line}\n')
    assert run.returncode == 2
    assert "line 2 of the batch is no query" in run.stderr


def test_explain_knows_each_code_and_suggests_for_a_misspelt_one() -> None:
    assert sintoma("explain", "link-missing-page").returncode == 0
    run = sintoma("explain", "link-mising-page")
    assert run.returncode == 2
    assert "link-missing-page" in run.stderr


def test_explain_without_a_code_lists_them_all() -> None:
    assert len(sintoma("explain").stdout.splitlines()) == len(CODES)


def test_schema_is_the_json_schema_of_site_yml() -> None:
    schema = json.loads(sintoma("schema").stdout)
    assert "languages" in schema["properties"]


def test_links_lists_who_links_to_a_heading() -> None:
    run = sintoma("links", "architecture/general-architecture.md#list-of-open-ports", "--lang", "en")
    assert run.returncode == 0
    assert "content/en/modules/modules-and-frequent-issues.md:" in run.stdout


def test_links_says_that_an_id_is_none_but_knows_those_of_rows() -> None:
    assert "which is no id" not in sintoma("links", "architecture/general-architecture.md#list-of-open-ports").stderr
    assert "which is no id" not in sintoma("links", "modules/modules-and-frequent-issues.md#mta").stderr
    assert "0 links lead to architecture/general-architecture.md#port, which is no id of that page" in sintoma("links", "architecture/general-architecture.md#port").stderr


@pytest.mark.parametrize("arguments", [("check",), ("links", "architecture/general-architecture.md")])
def test_a_language_that_the_site_has_not_is_told_with_those_that_it_has(arguments: tuple[str, ...]) -> None:
    run = sintoma(*arguments, "--lang", "xx")
    assert run.returncode == 2
    assert "--lang xx: site.yml has en, es, fr, de, pt-BR, ja" in run.stderr


def test_a_commit_without_a_name_is_no_check_left_out() -> None:
    run = sintoma("check", "--since", "")
    assert run.returncode == 2
    assert "--since" in run.stderr


def test_a_report_that_would_be_a_folder_is_told_so(tmp_path: Path) -> None:
    run = sintoma("check", "--output", str(tmp_path))
    assert run.returncode == 3
    assert run.stderr == f"sintoma: cannot read or write {tmp_path}: a folder has that name; choose another one, or rename one of the pages (Is a directory)\n"


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


def on_a_terminal(*arguments: str) -> tuple[int, str]:
    """The exit status of a command, and what a terminal of 100 columns gets of its standard error."""
    here, there = pty.openpty()
    fcntl.ioctl(there, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
    run = subprocess.Popen([sys.executable, "-m", "generator", *arguments], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=there)
    os.close(there)
    told = b""
    try:
        while part := os.read(here, 65536):
            told += part
    except OSError:  # the other end is closed
        pass
    os.close(here)
    return run.wait(), told.decode()


@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_terminal_shows_how_far_a_run_is_and_keeps_nothing_of_it(command: str, jobs: str, tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    for number in range(400):
        link = f"*One* of `many`: the [next]({(number + 1) % 400}.md).\n\n"
        (tmp_path / f"en/{number}.md").write_text(f"# Page {number}\n\n{40 * link}")
    (tmp_path / "site.yml").write_text("title: T\nlanguages:\n  en: {root: en, reference: true}\n")
    status, told = on_a_terminal(command, "--jobs", jobs, "--config", str(tmp_path / "site.yml"))
    assert status == 0
    *steps, last = told.split("\r") if command == "check" else told.rpartition("\r\n")[0].split("\r")
    shares = [int(share) for share in re.findall(r"(?:read and parse|check) +\S* +(\d+) %", told)]
    assert max(shares) > 0, steps
    assert all(len(step) <= 100 for step in steps)
    assert not last if command == "check" else last.startswith("sintoma: 400 pages")
    assert not steps[-1].strip()


def test_a_pipe_gets_no_progress_bar(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en/a.md").write_text("# A\n")
    (tmp_path / "site.yml").write_text("title: T\nlanguages:\n  en: {root: en, reference: true}\n")
    run = sintoma("build", "--config", str(tmp_path / "site.yml"))
    assert run.stderr.startswith("sintoma: 1 pages in 1 languages")
    assert "\r" not in run.stderr
