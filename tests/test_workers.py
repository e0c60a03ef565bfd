"""Work gives the same results in the same order wherever it is done."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from msgspec import Struct

from generator import build, config, indexes
from generator.errors import PublishError
from generator.workers import _HERE, Shared, aside, crew
from tests.conftest import ROOT


def _times(task: tuple[Shared[int], int]) -> int:
    shared, number = task
    return shared.get() * number


def _seen(task: tuple[Shared[int], int]) -> tuple[int, bool]:
    shared, _ = task
    return shared.get(), "only here" in _HERE


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


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site as one process writes it."""
    output = tmp_path_factory.mktemp("alone") / "site"
    build.build(config.load(ROOT / "site.yml"), build.Options(output=output, jobs=1, cache=False))
    return site_bytes(output)


def test_one_and_two_processes_write_the_same_bytes(tmp_path: Path, alone: dict[str, bytes]) -> None:
    build.build(config.load(ROOT / "site.yml"), build.Options(output=tmp_path / "site", jobs=2, cache=False))
    assert site_bytes(tmp_path / "site") == alone


def test_an_index_that_is_put_together_in_fresh_processes_has_the_same_bytes(
    tmp_path: Path, alone: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexes, "_MANY", 0)
    build.build(config.load(ROOT / "site.yml"), build.Options(output=tmp_path / "site", jobs=2, cache=False))
    assert site_bytes(tmp_path / "site") == alone


def test_fresh_processes_know_nothing_of_this_one_but_what_is_shared_and_asked() -> None:
    workers = crew(2).apart()
    _HERE["only here"] = "secret"
    try:
        with workers.share(7) as shared:
            assert list(workers.run(_seen, [(shared, 1)])) == [(7, False)]
            assert list(workers.run(_seen, [])) == []
    finally:
        del _HERE["only here"]
    with crew(1).apart().share(7) as shared:
        assert list(crew(1).apart().run(_times, [(shared, 2)])) == [14]


class Cluster(Struct, frozen=True):
    """A dask scheduler and its workers."""

    address: str
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
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
        started += [_start("dask_worker", "--nthreads", "1", "--no-nanny", "--local-directory", str(tmp_path), *here) for _ in range(2)]
        yield Cluster(str(json.loads(note.read_text())["address"]).replace("tcp://", "dask://"), started[1:])
    finally:
        for process in reversed(started):
            process.kill()
        for process in started:
            process.wait(20)


def _start(program: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", f"distributed.cli.{program}", *arguments], stderr=subprocess.DEVNULL, cwd=ROOT)


def test_a_dask_cluster_writes_the_same_bytes(tmp_path: Path, cluster: Cluster, alone: dict[str, bytes]) -> None:
    build.build(config.load(ROOT / "site.yml"), build.Options(output=tmp_path / "site", executor=cluster.address, cache=False))
    assert site_bytes(tmp_path / "site") == alone


def test_a_build_whose_worker_is_killed_ends_right_on_the_other(tmp_path: Path, cluster: Cluster, alone: dict[str, bytes]) -> None:
    folder = tmp_path / "project"
    shutil.copytree(ROOT / "content", folder / "content")
    shutil.copy(ROOT / "site.yml", folder)
    settings = config.load(folder / "site.yml")
    killer = Thread(target=_kill_in_the_middle, args=(cluster.workers[0], folder / ".sintoma-cache"))
    killer.start()
    build.build(settings, build.Options(output=tmp_path / "site", executor=cluster.address))
    killer.join()
    assert cluster.workers[0].wait(20) == -signal.SIGKILL
    assert site_bytes(tmp_path / "site") == alone


def _kill_in_the_middle(worker: subprocess.Popen[bytes], cache: Path) -> None:
    """Kill a worker when the first results are there, and many are not."""
    while not any(cache.glob("v-*/*/*")):
        time.sleep(0.01)
    worker.kill()


def test_a_scheduler_that_does_not_answer_is_said() -> None:
    dask = pytest.importorskip("dask")
    with dask.config.set({"distributed.comm.timeouts.connect": "1s"}), pytest.raises(PublishError, match="no scheduler answers at dask:"):
        list(crew(0, "dask://127.0.0.1:1").run(str, [1, 2]))


def test_a_copy_of_this_process_works_while_this_one_goes_on() -> None:
    here = os.getpid()

    def work() -> bytes:
        return (b"here" if os.getpid() == here else b"there") * 50_000

    assert aside(work)() == b"there" * 50_000


def test_what_a_copy_cannot_do_is_done_here() -> None:
    here = os.getpid()

    def work() -> bytes:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return b"done"

    assert aside(work)() == b"done"


def test_what_is_wrong_with_the_work_shows_where_it_is_waited_for() -> None:
    later = aside(lambda: str(1 // 0).encode())
    with pytest.raises(ZeroDivisionError):
        later()


def test_a_copy_that_nobody_waited_for_ends_with_its_context() -> None:
    here, there = os.pipe()
    with crew(2).aside(lambda: time.sleep(60) or b""):
        os.close(there)
    with os.fdopen(here, "rb") as pipe:
        assert pipe.read() == b""  # the other end is closed: the copy is gone


_WAITING = """
import os, sys, time
from generator.workers import crew


def work(_task):
    os.write(1, b"%d\\n" % os.getpid())
    time.sleep(0.05)


list(crew(2).run(work, range(2)))
list(crew(2).run(work, [*range(2), *range(10_000)]))
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_workers_end_with_the_process_that_hands_out_the_tasks(how: signal.Signals) -> None:
    giver = subprocess.Popen([sys.executable, "-c", _WAITING], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert giver.stdout is not None
    workers = {int(giver.stdout.readline()) for _ in range(12)}
    giver.send_signal(how)
    giver.communicate(timeout=20)  # ends when nobody is left who could write
    assert giver.returncode == -how
    assert len(workers) > 2


def _dies(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_a_worker_that_is_killed_ends_the_run_with_what_to_do() -> None:
    with pytest.raises(PublishError, match=r"memory ran out.*--jobs 1"):
        list(crew(2).run(_dies, range(8)))
