"""The same content gives the same bytes, whatever the machine is set to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT, Write
from tests.test_incremental import FILES, site_bytes

CIRCUMSTANCES = (
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8"},
)


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
