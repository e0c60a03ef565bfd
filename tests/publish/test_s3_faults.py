"""Publishing to a real store through a network that fails: it gets through, or says what visitors see and how to go on; the next one goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.cli import main
from generator.publish import Bucket, claim, verify
from generator.publish.bucket import TRIES
from tests.publish.buckets import bucket_at, built, shown
from tests.publish.network import Network, network_before

pytestmark = pytest.mark.xdist_group("s3")


@pytest.fixture
def network(strict: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Network]:
    """A network before the store, which the client's environment names; it waits no time before it asks again."""
    from botocore.retries.standard import ExponentialBackoff

    monkeypatch.setattr(ExponentialBackoff, "delay_amount", lambda _self, _context: 0)
    with network_before(strict) as found:
        yield found


@pytest.fixture
def target(network: Network, monkeypatch: pytest.MonkeyPatch) -> Bucket:
    return bucket_at(network.address, monkeypatch)


@pytest.fixture
def sites(tmp_path: Path) -> tuple[Path, Path]:
    """Two built sites, and a site.yml beside them."""
    (tmp_path / "en").mkdir()
    (tmp_path / "site.yml").write_text("title: T\nlanguages: {en: {root: en, reference: true}}\n", encoding="utf-8")
    return built(tmp_path / "old", "one", 4), built(tmp_path / "new", "three", 3)


Say = pytest.CaptureFixture[str]


def published(site: Path, target: Bucket, said: Say) -> tuple[int, str]:
    """Run the command: its exit status, and what it says."""
    said.readouterr()
    status = main(["publish", str(target), "--site", str(site), "--config", str(site.parents[1] / "site.yml")])
    return status, said.readouterr().err


def files(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file() and path.name != "manifest.json"}


def hashed(target: Bucket) -> dict[str, bytes]:
    """What visitors can get, without the hashed assets of older releases."""
    return {path: data for path, data in shown(target).items() if "app." not in path}


def without_hashed(site: Path) -> dict[str, bytes]:
    return {path: data for path, data in files(site).items() if "app." not in path}


@pytest.mark.parametrize("fault", ["slow down", "internal error", "bad gateway", "reset", "answer lost", "half an answer", "slow"])
def test_gets_through_when_every_request_fails_once(target: Bucket, network: Network, sites: tuple[Path, Path], capsys: Say, fault: str) -> None:
    for site in sites:
        network.first_time(fault)
        status, said = published(site, target, capsys)
        assert status == 0, said
    network.clear()
    assert hashed(target) == without_hashed(sites[1])
    assert verify(target).faults == ()


def test_a_store_whose_clock_says_nothing_is_told(target: Bucket, network: Network, sites: tuple[Path, Path], capsys: Say) -> None:
    assert published(sites[0], target, capsys)[0] == 0
    network.after(0, "odd date")
    status, said = published(sites[1], target, capsys)
    assert status == 3
    assert "is no S3 store" in said
    network.clear()
    assert hashed(target) == without_hashed(sites[0])


def requests(target: Bucket, network: Network, sites: tuple[Path, Path], said: Say) -> int:
    """Publish both sites; how many requests the second takes."""
    published(sites[0], target, said)
    before = len(network.requests)
    published(sites[1], target, said)
    return len(network.requests) - before


FAULTS = ["expired token", "slow down", "reset", "answer lost", "half an answer", "portal", "not found", "conflict"]


@pytest.mark.parametrize(
    ("fault", "step"), [("expired token", 19), ("answer lost", 37), *(pytest.param(fault, 1, marks=pytest.mark.nightly) for fault in FAULTS)]
)  # fmt: skip
def test_a_network_that_fails_for_good_at_any_moment_is_told_and_the_next_publish_goes_on(
    target: Bucket, network: Network, sites: tuple[Path, Path], capsys: Say, monkeypatch: pytest.MonkeyPatch, fault: str, step: int
) -> None:
    old, new = without_hashed(sites[0]), without_hashed(sites[1])
    for number in range(0, requests(target, network, sites, capsys), step):
        monkeypatch.setattr(claim, "PATIENCE", 120)
        place = Bucket(target.name, f"{target.prefix}-{number}", keep=2)
        published(sites[0], place, capsys)
        network.after(number, fault)
        status, said = published(sites[1], place, capsys)
        network.clear()
        now = hashed(place)
        assert status == 3, (number, said)
        assert "Traceback" not in said
        assert " again" in said
        assert all(data in (old.get(path), new.get(path)) for path, data in now.items())
        assert old.keys() & new.keys() <= now.keys()
        if "may see" not in said:
            assert now == old, said
        if "is taken for dead" in said:
            monkeypatch.setattr(claim, "PATIENCE", 0)
        status, said = published(sites[1], place, capsys)
        if fault in ("answer lost", "half an answer") and "is being published" in said:  # the bucket was claimed, but the answer to that was lost
            assert "If that publisher has died, try again in" in said
            monkeypatch.setattr(claim, "PATIENCE", 0)
            status, said = published(sites[1], place, capsys)
        assert status == 0, said
        assert hashed(place) == new
        assert verify(place).faults == ()


def test_a_store_that_fails_for_a_while_is_told_and_the_next_publish_need_not_wait(target: Bucket, network: Network, sites: tuple[Path, Path], capsys: Say) -> None:
    place = Bucket(target.name, f"{target.prefix}-x", keep=2)
    published(sites[0], place, capsys)
    before = len(network.requests)
    network.fault = lambda method, path, _number: "slow down" if method == "PUT" and path.endswith("docs/1.html") else ""
    status, said = published(sites[1], place, capsys)
    network.clear()
    assert status == 3
    assert sum(method == "PUT" and path.endswith("docs/1.html") for method, path in network.requests[before:]) == TRIES
    assert "SlowDown" in said
    assert said.endswith("each of them whole, until it is published again\n")
    assert published(sites[1], place, capsys)[0] == 0
    assert hashed(place) == without_hashed(sites[1])


def test_what_was_uploaded_is_counted_and_not_uploaded_again(target: Bucket, network: Network, sites: tuple[Path, Path], capsys: Say) -> None:
    blobs: set[str] = set()

    def some(method: str, path: str, _number: int) -> str:
        if method == "PUT" and "/blobs/" in path and len(blobs) < 3:
            blobs.add(path)
        return "expired token" if "/blobs/" in path and method == "PUT" and path not in blobs else ""

    network.fault = some
    status, said = published(sites[0], target, capsys)
    assert status == 3
    assert "3 of 7 files were uploaded and need not be again" in said
    assert "shows has not changed" in said
    network.clear()
    before = len(network.requests)
    assert published(sites[0], target, capsys)[0] == 0
    assert not blobs & {path for method, path in network.requests[before:] if method == "PUT"}
