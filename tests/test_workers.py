"""Work gives the same results in the same order wherever it is done."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import build, config
from generator.workers import Shared, crew
from tests.conftest import ROOT


def _times(task: tuple[Shared[int], int]) -> int:
    shared, number = task
    return shared.get() * number


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_results_come_in_the_order_of_the_tasks(jobs: int) -> None:
    workers = crew(jobs)
    with workers.share(7) as shared:
        assert list(workers.run(_times, [(shared, number) for number in range(20)])) == [7 * number for number in range(20)]


def test_nothing_shared_stays_behind() -> None:
    workers = crew(1)
    with workers.share("big") as shared:
        assert shared.get() == "big"
    with pytest.raises(FileNotFoundError):
        shared.get()


def site_bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_one_and_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    settings = config.load(ROOT / "site.yml")
    for jobs in (1, 2):
        build.build(settings, build.Options(output=tmp_path / str(jobs), jobs=jobs, cache=False))
    assert site_bytes(tmp_path / "1") == site_bytes(tmp_path / "2")


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """A dask scheduler with two workers on this machine."""
    if importlib.util.find_spec("distributed") is None:
        pytest.skip("distributed is not installed: pip install sintoma[dask]")
    note = tmp_path / "scheduler.json"
    here = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(note)]
    started = [_start("dask_scheduler", "--port", "0", *here)]
    try:
        for _ in range(200):
            if note.exists() and note.stat().st_size:
                break
            time.sleep(0.1)
        started += [_start("dask_worker", "--nthreads", "1", "--local-directory", str(tmp_path), *here) for _ in range(2)]
        yield str(json.loads(note.read_text())["address"]).replace("tcp://", "dask://")
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait(20)


def _start(program: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", f"distributed.cli.{program}", *arguments], stderr=subprocess.DEVNULL, cwd=ROOT)


def test_a_dask_cluster_writes_the_same_bytes(tmp_path: Path, scheduler: str) -> None:
    settings = config.load(ROOT / "site.yml")
    build.build(settings, build.Options(output=tmp_path / "here", jobs=1, cache=False))
    build.build(settings, build.Options(output=tmp_path / "there", executor=scheduler))
    assert site_bytes(tmp_path / "here") == site_bytes(tmp_path / "there")
