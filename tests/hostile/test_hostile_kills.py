"""The whole command killed at any moment while readers look all the time: the old site whole or the new one whole, and then a right end."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.hostile.conftest import ROOT
from tests.publish.sites import tree

STATES = ("zero", "one", "two")
PAGES = 50  # enough for worker processes
SITE = "title: T\nlanguages:\n  en: {root: en, reference: true}\n  es: {root: es}\n"
SURE = 4
"""After so many kills a build goes on to its end."""


def written(folder: Path, state: str) -> None:
    """Content in which every page says the state, and whose pages and names differ, too."""
    pages = {f"en/p{number}.md": f"# Page {number} {{#page}}\n\n{state} {'word ' * 40}\n" for number in range(PAGES)}
    pages |= {"es/p1.md": f"# Página {{#page}}\n\n{state} palabra\n", f"en/{state}.md": f"# Of {state} {{#own}}\n\n[first](p0.md#page)\n"}
    for gone in folder.glob("en/[!p]*.md"):
        gone.unlink()
    for name, text in {"site.yml": SITE, **pages}.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def start(folder: Path, *options: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "generator", "build", "--keep-going", "--jobs", "2", "--config", str(folder / "site.yml"), *options]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, start_new_session=True)


def finished(process: subprocess.Popen[bytes]) -> None:
    assert process.wait(120) in (0, 1)


@contextmanager
def readers(site: Path, states: Mapping[str, dict[str, bytes]]) -> Iterator[list[str]]:
    """Look at every file of the site again and again; what was neither of the states whole, and how often it was looked."""
    stop, faults, looks = threading.Event(), [], 0

    def look() -> None:
        handle = os.open(site, os.O_RDONLY | os.O_DIRECTORY)
        try:
            found = tree(Path(f"/proc/self/fd/{handle}"))
        except OSError as error:  # it was replaced, and is being removed
            found = {str(error): b""}
        if found not in states.values() and os.path.samestat(os.fstat(handle), site.stat()):
            faults.append(", ".join(sorted(found))[:400])
        os.close(handle)

    def run() -> None:
        nonlocal looks
        while not stop.is_set():
            looks += 1
            try:
                look()
            except OSError as error:
                faults.append(str(error))

    reader = threading.Thread(target=run)
    reader.start()
    try:
        yield faults
    finally:
        stop.set()
        reader.join()
    assert looks > 10


def killed(process: subprocess.Popen[bytes], staging: Path, delay: float, *, writing: bool, group: bool) -> None:
    """Kill a build after a while, or a moment after it begins to write; the process alone, or all of its group."""
    while writing and not staging.exists() and process.poll() is None:
        time.sleep(0.001)
    time.sleep(delay)
    if group:
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait(20)


@pytest.mark.parametrize("kills", [8, pytest.param(200, marks=pytest.mark.nightly)])
def test_a_build_killed_at_any_moment_leaves_a_whole_site_and_the_next_one_is_a_clean_one(tmp_path: Path, kills: int) -> None:
    states = {}
    for state in reversed(STATES):
        written(tmp_path, state)
        begin = time.monotonic()
        finished(start(tmp_path, "--output", str(tmp_path / state), "--no-cache"))
        whole = time.monotonic() - begin
        states[state] = tree(tmp_path / state)
    assert len({frozenset(files.items()) for files in states.values()}) == len(STATES)
    finished(start(tmp_path))
    site, staging, chance = tmp_path / "site", tmp_path / ".site.sintoma-new", random.Random(kills)
    ends = writes = 0
    with readers(site, states) as faults:
        for number in range(1, kills + 1):
            state = STATES[number % len(STATES)]
            written(tmp_path, state)
            process, writing = start(tmp_path), number % 2 == 0
            delay = chance.uniform(0, 0.12 if writing else whole)
            killed(process, staging, delay, writing=writing, group=number % 3 == 0)
            ends += process.returncode != -signal.SIGKILL
            writes += staging.exists()
            assert tree(site) in states.values()
            if number % SURE == 0:
                finished(start(tmp_path))
                assert tree(site) == states[state]
                assert not list(tmp_path.glob(".site.sintoma-*"))
    assert faults == []
    assert ends < kills / 2, "most builds must be killed before their end"
    assert writes > kills / 10, "some must be killed while they write"
