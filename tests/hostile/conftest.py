"""A site of hostile pages, built by the command itself, once."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from msgspec import Struct

from tests.hostile.inputs import blns, sinks, vectors, wfuzz

ROOT = Path(__file__).parents[2]
SITE = """\
title: '<script>window.__ran=1</script>'
description: '"><img src=x onerror=window.__ran=1>'
url: https://hostile.example
languages:
  en: {root: en, reference: true, name: '</option><script>window.__ran=1</script>'}
records:
  modules:
    label: '<img src=x onerror=window.__ran=1>'
    columns: {Name: subject, Does: scope, Remedy: [symptom, remedy]}
    symptoms: {en: ['See this if {symptom}']}
"""


class Built(Struct, frozen=True):
    """A built site: its folder, how the command ended, what it said, its seconds and its megabytes."""

    site: Path
    status: int
    said: str
    seconds: float
    memory: float


def run(folder: Path, *arguments: str) -> Built:
    """Run the command on the site of a folder, with no more memory than a gigabyte."""
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", *arguments, "--config", str(folder / "site.yml")],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert isinstance(used, resource.struct_rusage)
    return Built(folder / "site", process.returncode, said.decode(), time.perf_counter() - start, used.ru_maxrss / 1024)


def records(names: list[str]) -> str:
    """A page of records with hostile names and symptoms."""

    def cell(text: str) -> str:
        return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|")

    rows = "".join(f"| {cell(name)} | {cell(name)} | See this if {cell(name)}. Do {cell(name)} |\n" for name in names)
    return f"# Modules {{#modules}}\n\n| Name | Does | Remedy |\n|---|---|---|\n{rows}"


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Built:
    """The site: each string in every place of a page, all of them names of records."""
    nightly = request.config.getoption("--nightly")
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "en").mkdir()
    (folder / "site.yml").write_text(SITE, encoding="utf-8")
    strings = [*vectors(), *(blns() if nightly else blns()[::3]), *(wfuzz() if nightly else wfuzz()[::40])]
    for number, text in enumerate(strings):
        (folder / "en" / f"{number}.md").write_text(sinks(text), encoding="utf-8", errors="replace")
    (folder / "en" / "modules.md").write_text(records(strings), encoding="utf-8", errors="replace")
    toc = "".join(f"- [{' '.join(text.split())}]({number}.md)\n" for number, text in enumerate(strings))
    (folder / "en" / "TOC.md").write_text(f"# Contents\n\n{toc}", encoding="utf-8", errors="replace")
    (folder / "strings.json").write_text(json.dumps(strings))
    return run(folder, "build", "--keep-going", "--no-cache", "--jobs", "1")
