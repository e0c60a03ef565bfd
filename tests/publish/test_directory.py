"""Publishing to a folder: readers see one release whole, and the way back is one step."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from generator.publish import Directory, LockedError, RefusedError, publish, rollback, status, verify, write_site
from generator.publish.lock import locked
from generator.publish.target import Difference
from tests.publish.sites import expected, is_whole, site, tree
from tests.publish.test_swap import ENVIRONMENT, KILLS


def built(folder: Path, version: str, pages: int = 9) -> Path:
    write_site(site(version, pages), folder / "site")
    return folder / "site"


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def target(tmp_path: Path) -> Directory:
    return Directory(tmp_path / "www" / "docs", keep=3)


class TestPublish:
    def test_makes_the_folder_show_the_site(self, tmp_path: Path, target: Directory) -> None:
        done = publish(built(tmp_path, "one"), target)

        assert expected("one", 9) == tree(target.path)
        assert (done.changed, done.files, done.difference.added) == (True, 11, 11)
        assert done.release.startswith("0001-")

    def test_leaves_nothing_but_the_link_and_its_releases(self, tmp_path: Path, target: Directory) -> None:
        publish(built(tmp_path, "one"), target)

        assert names(target.path.parent) == [".docs.releases", "docs"]
        assert len(names(target.path.parent / ".docs.releases")) == 1

    def test_says_what_has_changed(self, tmp_path: Path, target: Directory) -> None:
        first = publish(built(tmp_path, "one", 9), target)
        second = publish(built(tmp_path, "two", 5), target)

        assert expected("two", 5) == tree(target.path)
        assert Difference(added=0, changed=6, removed=4, kept=1) == second.difference
        assert first.release == second.previous

    def test_does_nothing_when_nothing_has_changed(self, tmp_path: Path, target: Directory) -> None:
        first = publish(built(tmp_path, "one"), target)
        second = publish(built(tmp_path, "one"), target)

        assert (first.release, False) == (second.release, second.changed)

    def test_shares_unchanged_files_with_the_release_before(self, tmp_path: Path, target: Directory) -> None:
        publish(built(tmp_path, "one"), target)
        before = (target.path / "assets/site.css").stat().st_ino
        publish(built(tmp_path, "two"), target)

        assert before == (target.path / "assets/site.css").stat().st_ino

    def test_writes_nothing_on_a_dry_run(self, tmp_path: Path, target: Directory) -> None:
        done = publish(built(tmp_path, "one"), target, dry_run=True)

        assert (done.difference.added, done.dry_run) == (11, True)
        assert not target.path.exists()
        assert status(target) == ()

    def test_mends_a_damaged_release(self, tmp_path: Path, target: Directory) -> None:
        publish(built(tmp_path, "one"), target)
        (target.path / "index.html").unlink()
        publish(built(tmp_path, "one"), target)

        assert expected("one", 9) == tree(target.path)

    def test_mends_a_release_without_its_manifest(self, tmp_path: Path, target: Directory) -> None:
        publish(built(tmp_path, "one"), target)
        (target.path / "manifest.json").unlink()
        publish(built(tmp_path, "one"), target)

        assert is_whole(target.path)

    def test_keeps_as_many_releases_as_asked(self, tmp_path: Path, target: Directory) -> None:
        made = [publish(built(tmp_path, str(number)), target).release for number in range(5)]

        assert made[-3:] == [release.name for release in status(target)]
        assert [release.current for release in status(target)] == [False, False, True]

    def test_takes_over_a_site_that_was_written_there_directly_and_keeps_it_for_rollback(self, tmp_path: Path) -> None:
        target = Directory(tmp_path / "docs")
        write_site(site("zero", 3), target.path)
        publish(built(tmp_path, "one"), target)
        assert expected("one", 9) == tree(target.path)
        rollback(target)
        assert expected("zero", 3) == tree(target.path)

    def test_takes_over_an_empty_folder(self, tmp_path: Path, target: Directory) -> None:
        target.path.mkdir(parents=True)
        publish(built(tmp_path, "one"), target)

        assert expected("one", 9) == tree(target.path)
        assert len(status(target)) == 1


class TestRefusing:
    def test_a_folder_that_holds_something_else(self, tmp_path: Path, target: Directory) -> None:
        target.path.mkdir(parents=True)
        (target.path / "index.php").write_text("<?php")

        with pytest.raises(RefusedError, match=r"files that Sintoma did not write \(index.php\)"):
            publish(built(tmp_path, "one"), target)
        assert names(target.path) == ["index.php"]

    def test_a_link_that_leads_elsewhere(self, tmp_path: Path, target: Directory) -> None:
        target.path.parent.mkdir()
        target.path.symlink_to("/etc")

        with pytest.raises(RefusedError, match="is a link to /etc"):
            publish(built(tmp_path, "one"), target)

    def test_a_source_that_is_no_site(self, tmp_path: Path, target: Directory) -> None:
        with pytest.raises(RefusedError, match="run `sintoma build` first"):
            publish(tmp_path, target)

    def test_a_source_without_pages(self, tmp_path: Path, target: Directory) -> None:
        write_site((), tmp_path / "site")

        with pytest.raises(RefusedError, match="has no page"):
            publish(tmp_path / "site", target)

    @pytest.mark.parametrize("fault", ["missing", "changed", "surplus"])
    def test_a_source_that_is_not_as_it_was_built(self, tmp_path: Path, target: Directory, fault: str) -> None:
        publish(built(tmp_path, "one"), target)
        page = built(tmp_path, "two") / "en/docs/4.html"
        if fault == "missing":
            page.unlink()
        else:
            page.with_name("5x.html" if fault == "surplus" else "4.html").write_bytes(b"")

        with pytest.raises(RefusedError, match=f"is {fault}"):
            publish(tmp_path / "site", target)
        assert expected("one", 9) == tree(target.path)

    def test_a_source_in_which_a_page_is_a_link_to_elsewhere(self, tmp_path: Path, target: Directory) -> None:
        page = built(tmp_path, "one") / "en/docs/4.html"
        (tmp_path / "same").write_bytes(page.read_bytes())
        page.unlink()
        page.symlink_to(tmp_path / "same")

        with pytest.raises(RefusedError, match="is missing"):
            publish(tmp_path / "site", target)

    def test_the_site_itself_as_target(self, tmp_path: Path) -> None:
        with pytest.raises(RefusedError, match="is the site itself"):
            publish(built(tmp_path, "one"), Directory(tmp_path / "site"))

    def test_two_publishers_at_once(self, tmp_path: Path, target: Directory) -> None:
        publish(built(tmp_path, "one"), target)

        with locked(target.path.with_name(".docs.sintoma-lock"), "x"), pytest.raises(LockedError, match=f"process {os.getpid()}"):
            publish(built(tmp_path, "two"), target)


class TestRollback:
    def test_keeps_a_copy_of_a_release_that_somebody_put_in_the_place_of_the_link(self, tmp_path: Path, target: Directory) -> None:
        first = publish(built(tmp_path, "one"), target).release
        target.path.unlink()
        shutil.copytree(target.path.parent / ".docs.releases" / first, target.path)

        done = publish(built(tmp_path, "two"), target)

        assert expected("two", 9) == tree(target.path)
        assert [done.previous, done.release] == [release.name for release in status(target)][1:]
        rollback(target)
        assert expected("one", 9) == tree(target.path)

    def test_goes_back_step_by_step_and_forward_by_name(self, tmp_path: Path, target: Directory) -> None:
        made = [publish(built(tmp_path, version), target).release for version in ("one", "two", "three")]

        assert made[1] == rollback(target).release
        assert expected("two", 9) == tree(target.path)
        assert made[0] == rollback(target).release
        with pytest.raises(RefusedError, match="there is no release before this one; there are "):
            rollback(target)
        rollback(target, made[2])
        assert expected("three", 9) == tree(target.path)

    def test_refuses_a_release_that_is_not_there(self, tmp_path: Path, target: Directory) -> None:
        name = publish(built(tmp_path, "one"), target).release

        with pytest.raises(RefusedError, match=f"there is no release ../../etc; there are {name}"):
            rollback(target, "../../etc")

    def test_refuses_a_damaged_release(self, tmp_path: Path, target: Directory) -> None:
        first = publish(built(tmp_path, "one"), target).release
        publish(built(tmp_path, "two"), target)
        (target.path.parent / ".docs.releases" / first / "index.html").write_text("x")

        with pytest.raises(RefusedError, match=r"is damaged \(index.html\)"):
            rollback(target)
        assert expected("two", 9) == tree(target.path)

    def test_needs_something_published(self, target: Directory) -> None:
        target.path.parent.mkdir()
        with pytest.raises(RefusedError, match="nothing to go back to"):
            rollback(target)


class TestVerify:
    def test_finds_every_kind_of_fault(self, tmp_path: Path, target: Directory) -> None:
        publish(built(tmp_path, "one"), target)
        assert verify(target).faults == ()
        (target.path / "index.html").unlink()
        (target.path / "en/docs/1.html").write_text("x")
        (target.path / "shell.php").write_text("x")

        assert [
            (fault.path, fault.kind) for fault in verify(target).faults
        ] == [("en/docs/1.html", "changed"), ("index.html", "missing"), ("shell.php", "surplus")]

    def test_needs_something_published(self, target: Directory) -> None:
        with pytest.raises(RefusedError, match="nothing has been published"):
            verify(target)


PUBLISH = """
import sys
from pathlib import Path
from generator.publish import Directory, publish
one, two, target = map(Path, sys.argv[1:])
print("ready", flush=True)
while True:
    publish(one, Directory(target))
    publish(two, Directory(target))
"""


@pytest.mark.parametrize("kills", KILLS)
def test_survives_kills_at_any_moment_while_readers_see_a_whole_release(memory: Path, kills: int) -> None:
    one, two = memory / "one", memory / "two"
    write_site(site("one"), one)
    write_site(site("two"), two)
    target = Directory(memory / "www")
    publish(one, target)
    stop, faults = threading.Event(), []

    def read() -> None:
        while not stop.is_set():
            try:
                folder = target.path.resolve(strict=True)  # one release, as a server sees it that resolves its root
                if not is_whole(folder) and folder == target.path.resolve():  # else it was pruned meanwhile
                    faults.append(folder)
            except OSError as error:
                if os.path.lexists(error.filename or target.path):
                    faults.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    chance = random.Random(5)
    try:
        for _ in range(kills):
            command = [sys.executable, "-c", PUBLISH, one, two, target.path]
            process = subprocess.Popen(command, stdout=subprocess.PIPE, env=ENVIRONMENT)
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(chance.random() * 0.06)
            process.kill()
            process.wait()
            process.stdout.close()
            assert is_whole(target.path)
    finally:
        stop.set()
        reader.join()
    publish(one, target)
    publish(two, target)

    assert faults == []
    assert expected("two") == tree(target.path)
    assert len(names(memory / ".www.releases")) <= 3
