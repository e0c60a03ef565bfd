"""The same content gives the same bytes: whatever the machine is set to, and however often a build was killed before."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import ROOT, Write
from tests.test_incremental import FILES, site_bytes

CIRCUMSTANCES = (
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8"},
)
KILLS = (3, pytest.param(50, marks=pytest.mark.nightly))


def start(folder: Path, *options: str, **around: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "generator", "build", "--keep-going", "--config", str(folder / "site.yml"), *options]
    return subprocess.Popen(command, cwd=ROOT, env=os.environ | around, stderr=subprocess.DEVNULL, start_new_session=True)


def test_seeds_zones_locales_folders_and_workers_leave_no_mark(write: Write, tmp_path: Path) -> None:
    sites = []
    for number, around in enumerate(CIRCUMSTANCES, 1):
        folder = write({f"place-{number}/{'deep/' * number}{name}": text for name, text in FILES.items()}) / f"place-{number}" / ("deep/" * number)
        assert start(folder, "--jobs", str(number), **around).wait(120) in (0, 1)
        sites.append(site_bytes(folder / "site"))
    assert sites[0]
    assert sites[0] == sites[1]
    assert not [name for name, data in sites[0].items() if str(tmp_path).encode() in data]


@pytest.mark.parametrize("kills", KILLS)
def test_a_build_after_killed_ones_is_a_clean_one(write: Write, kills: int) -> None:
    folder = write(FILES)
    assert start(folder, "--no-cache", "--output", str(folder / "clean")).wait(120) in (0, 1)
    chance = random.Random(kills)
    for _ in range(kills):
        process = start(folder)
        time.sleep(chance.uniform(0.3, 2.5))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(20)
    assert start(folder).wait(120) in (0, 1)
    assert site_bytes(folder / "site") == site_bytes(folder / "clean")
