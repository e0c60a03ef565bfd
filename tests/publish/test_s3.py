"""Publishing to real S3-compatible servers: one that heeds conditional writes, one that does not."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from generator.errors import SiteError
from generator.model import Artifact
from generator.publish import Bucket, LockedError, PublishError, RefusedError, publish, rollback, s3, status, target_of, verify, write_site
from generator.publish.bucket import THREADS
from generator.publish.claim import Claim, pointer_of
from tests.publish.buckets import bucket_at, built, client, free_port, pages, shown
from tests.publish.sites import expected
from tests.publish.test_swap import ENVIRONMENT

pytestmark = pytest.mark.xdist_group("s3")


def test_shows_the_site_with_the_headers_that_browsers_need(tmp_path: Path, target: Bucket) -> None:
    done = publish(built(tmp_path, "one"), target)

    assert shown(target) == {**expected("one", 5), "assets/app.00000003.js": b"one"}
    assert (done.files, done.note) == (8, "")
    page = client().head_object(Bucket=target.name, Key=f"{target.prefix}/en/docs/1.html")
    asset = client().head_object(Bucket=target.name, Key=f"{target.prefix}/assets/app.00000003.js")
    assert (page["ContentType"], page["CacheControl"]) == ("text/html; charset=utf-8", "no-cache")
    assert (asset["ContentType"], asset["CacheControl"]) == ("text/javascript; charset=utf-8", "public, max-age=31536000, immutable")
    assert verify(target).faults == ()


def test_removes_old_pages_but_keeps_the_hashed_assets_that_open_pages_may_still_ask_for(tmp_path: Path, target: Bucket) -> None:
    publish(built(tmp_path, "1", 6), target)
    publish(built(tmp_path, "22", 3), target)
    assert {path for path in shown(target) if path.endswith(".html")} == set(pages("22", 3))
    assert {"assets/app.00000001.js", "assets/app.00000002.js"} < set(shown(target))
    publish(built(tmp_path, "333", 3), target)
    assert {path for path in shown(target) if "app" in path} == {"assets/app.00000002.js", "assets/app.00000003.js"}
    assert [release.current for release in status(target)] == [False, True]


def test_does_nothing_when_nothing_has_changed_and_writes_nothing_on_a_dry_run(tmp_path: Path, target: Bucket) -> None:
    assert publish(built(tmp_path, "one"), target, dry_run=True).difference.added == 8
    assert shown(target) == {}
    publish(built(tmp_path, "one"), target)
    assert not publish(built(tmp_path, "one"), target).changed


def test_goes_on_with_what_is_missing_after_an_interrupted_upload(tmp_path: Path, target: Bucket) -> None:
    folder = built(tmp_path, "one")
    store = s3.open_store(target.name, target.prefix)
    for path in ("index.html", "en/docs/1.html"):
        data = (folder / path).read_bytes()
        store.put(s3._blob(s3.entry(data).sha256), data)
    before = client().head_object(Bucket=target.name, Key=f"{target.prefix}/{s3._blob(s3.entry((folder / 'index.html').read_bytes()).sha256)}")
    publish(folder, target)
    after = client().head_object(Bucket=target.name, Key=f"{target.prefix}/{s3._blob(s3.entry((folder / 'index.html').read_bytes()).sha256)}")

    assert before["LastModified"] == after["LastModified"]
    assert verify(target).faults == ()


def test_rolls_back(tmp_path: Path, target: Bucket) -> None:
    first = publish(built(tmp_path, "one", 4), target)
    publish(built(tmp_path, "three", 6), target)
    done = rollback(target)

    assert done.release == first.release
    assert {path: data for path, data in shown(target).items() if path.endswith(".html")} == pages("one", 4)
    assert verify(target).faults == ()
    with pytest.raises(RefusedError, match="there is no release before this one"):
        rollback(target)


def test_verifies_what_the_bucket_really_holds(tmp_path: Path, target: Bucket) -> None:
    publish(built(tmp_path, "one"), target)
    client().put_object(Bucket=target.name, Key=f"{target.prefix}/index.html", Body=b"tampered")
    client().put_object(Bucket=target.name, Key=f"{target.prefix}/shell.php", Body=b"x")
    client().delete_object(Bucket=target.name, Key=f"{target.prefix}/en/docs/1.html")

    assert [(fault.path, fault.kind) for fault in verify(target).faults] == [
        ("en/docs/1.html", "missing"), ("index.html", "changed"), ("shell.php", "surplus"),
    ]  # fmt: skip


def test_takes_odd_names(tmp_path: Path, target: Bucket) -> None:
    odd = ["en/a b#c%d?.html", "ja/エクスポート.html", "en/'-$(x)+&=.html"]
    write_site([Artifact(path, path.encode()) for path in odd], tmp_path / "site")
    publish(tmp_path / "site", target)

    assert shown(target) == {path: path.encode() for path in odd}


def test_one_of_two_publishers_at_once_is_told(tmp_path: Path, target: Bucket) -> None:
    publish(built(tmp_path, "zero"), target)
    folders = [built(tmp_path / version, version, 20) for version in ("one", "three")]
    outcomes: list[object] = []

    def run(folder: Path) -> None:
        try:
            outcomes.append(publish(folder, target))
        except LockedError as error:
            outcomes.append(error)

    threads = [threading.Thread(target=run, args=(folder,)) for folder in folders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    told = [outcome for outcome in outcomes if isinstance(outcome, LockedError)]
    assert len(outcomes) == 2
    assert verify(target).faults == ()
    assert told or len(status(target)) == 2  # the second came when the first was done, or was told


def test_a_dead_publisher_is_waited_for_and_then_replaced(tmp_path: Path, target: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(built(tmp_path, "one"), target)
    store = s3.open_store(target.name, target.prefix)
    pointer = pointer_of(store)
    Claim(store, target, pointer.shown, "0002-0123456789abcdef", pointer.etag).renew()
    store.put("en/docs/1.html", b"half way")

    with pytest.raises(LockedError, match="0002-0123456789abcdef is being published"):
        publish(built(tmp_path, "two"), target)
    monkeypatch.setattr("generator.publish.claim.PATIENCE", 0)
    publish(built(tmp_path, "one"), target)
    assert verify(target).faults == ()


def test_a_publisher_whose_clock_is_ahead_takes_no_other_for_dead(tmp_path: Path, target: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(built(tmp_path, "one"), target)
    store = s3.open_store(target.name, target.prefix)
    pointer = pointer_of(store)
    Claim(store, target, pointer.shown, "0002-0123456789abcdef", pointer.etag).renew()
    now = time.time
    monkeypatch.setattr("time.time", lambda: now() + 600)

    with pytest.raises(LockedError, match="0002-0123456789abcdef is being published"):
        publish(built(tmp_path, "two"), target)


def test_a_publisher_says_that_it_is_at_work_while_it_clears_away_too(tmp_path: Path, target: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(built(tmp_path, "one", 200), target)
    renew, said = Claim.renew, []

    def noted(claim: Claim, after: float = 0.0) -> None:
        said.append(after)
        renew(claim, after)

    monkeypatch.setattr(Claim, "renew", noted)
    publish(built(tmp_path, "two", 1), target)
    # Pages that are gone, their contents, and what comes in their place.
    assert len(said) > 2 * 199 // (8 * THREADS)


def test_never_writes_over_files_of_others(tmp_path: Path, target: Bucket) -> None:
    client().put_object(Bucket=target.name, Key=f"{target.prefix}/thesis.tex", Body=b"years of work")

    with pytest.raises(RefusedError, match="did not publish"):
        publish(built(tmp_path, "one"), target)


def test_a_wrong_secret_and_a_missing_bucket_are_told(tmp_path: Path, target: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(PublishError, match=r"there is no such bucket|access denied"):
        publish(built(tmp_path, "one"), Bucket("nowhere-at-all", ""))
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
    with pytest.raises(PublishError, match="access denied"):
        publish(built(tmp_path, "one"), target)


@pytest.mark.parametrize("missing", [("AWS_SECRET_ACCESS_KEY",), ("AWS_SECRET_ACCESS_KEY", "AWS_ACCESS_KEY_ID")])
def test_missing_credentials_are_told(tmp_path: Path, target: Bucket, monkeypatch: pytest.MonkeyPatch, missing: tuple[str, ...]) -> None:
    for name in missing:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    with pytest.raises(PublishError, match="set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"):
        publish(built(tmp_path, "one"), target)


def test_a_server_that_is_not_there_is_told(tmp_path: Path, target: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")

    with pytest.raises(PublishError, match="Could not connect"):
        publish(built(tmp_path, "one"), target)


def test_a_store_without_conditional_writes_is_told(tmp_path: Path, weak: str, monkeypatch: pytest.MonkeyPatch) -> None:
    target = bucket_at(weak, monkeypatch)
    done = publish(built(tmp_path, "one"), target)

    assert done.note == s3.WEAK
    publish(built(tmp_path, "three"), target)
    assert verify(target).faults == ()
    rollback(target)
    assert {path: data for path, data in shown(target).items() if path.endswith(".html")} == pages("one")


PUBLISH = """
import sys
from pathlib import Path
from generator.publish import Bucket, claim, publish
claim.PATIENCE = 0
print("ready", flush=True)
while True:
    for site in sys.argv[2:]:
        publish(Path(site), Bucket("shelf", sys.argv[1], 2))
"""


@pytest.mark.parametrize("kills", [3, pytest.param(200, marks=pytest.mark.nightly)])
def test_is_whole_again_after_kills_at_any_moment(tmp_path: Path, target: Bucket, kills: int, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    sites = [built(tmp_path / version, version) for version in ("one", "three")]
    publish(sites[0], target)
    for number in range(kills):
        process = subprocess.Popen(
            [sys.executable, "-c", PUBLISH, target.prefix, *sites], stdout=subprocess.PIPE, env={**ENVIRONMENT, **os.environ, "PYTHONPATH": ENVIRONMENT["PYTHONPATH"]}
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.2 + (number * 0.137) % 0.6)
        process.kill()
        process.wait()
        process.stdout.close()
        monkeypatch.setattr("generator.publish.claim.PATIENCE", 0)
        publish(sites[number % 2], target)
        assert verify(target).faults == ()


def test_addresses_of_targets_are_understood() -> None:
    assert target_of("s3://bucket/a/b/", Path("/")) == Bucket("bucket", "a/b", 3)
    assert target_of("s3://bucket", Path("/"), keep=9) == Bucket("bucket", "", 9)
    for wrong in ("s3://", "ftp://host/x", "https://example.com"):
        with pytest.raises(SiteError, match="use a folder"):
            target_of(wrong, Path("/"))
    for nowhere in ("", " ", "git+"):
        with pytest.raises(SiteError, match="names no place"):
            target_of(nowhere, Path("/"))
