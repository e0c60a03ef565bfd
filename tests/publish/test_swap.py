"""The folder of a build is the old site whole or the new one whole, whatever happens."""

from __future__ import annotations

import contextlib
import os
import random
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.model import Artifact
from generator.publish import LockedError, PublishError, RefusedError, write_site
from generator.publish.lock import locked
from tests.publish.sites import expected, is_whole, site, tree

KILLS = (20, pytest.param(200, marks=pytest.mark.nightly))


def siblings(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def no_exchange(_one: Path, _other: Path) -> bool:
    return False


class TestWriting:
    def test_makes_the_folder_and_a_manifest_of_every_file(self, tmp_path: Path) -> None:
        report = write_site(site("one"), tmp_path / "deep" / "site")

        assert expected("one") == tree(tmp_path / "deep" / "site")
        assert is_whole(tmp_path / "deep" / "site")
        assert report.changed
        assert len(expected("one")) == report.written

    def test_leaves_nothing_beside_the_site(self, tmp_path: Path) -> None:
        write_site(site("one"), tmp_path / "site")
        write_site(site("two"), tmp_path / "site")

        assert siblings(tmp_path) == ["site"]

    def test_replaces_pages_and_removes_those_that_are_gone(self, tmp_path: Path) -> None:
        write_site(site("one", pages=9), tmp_path / "site")
        report = write_site(site("two", pages=5), tmp_path / "site")

        assert expected("two", pages=5) == tree(tmp_path / "site")
        assert (report.written, report.kept, report.removed) == (6, 1, 4)

    def test_keeps_files_whose_bytes_are_the_same(self, tmp_path: Path) -> None:
        write_site(site("one"), tmp_path / "site")
        before = (tmp_path / "site/assets/site.css").stat()
        write_site(site("two"), tmp_path / "site")

        assert before.st_mtime_ns == (tmp_path / "site/assets/site.css").stat().st_mtime_ns

    def test_makes_the_site_before_the_old_one_into_the_new_one(self, tmp_path: Path) -> None:
        output, before = tmp_path / "site", tmp_path / "before"
        for version in ("one", "two", "three"):
            write_site(site(version), output, before=before)
            style = (output / "assets/site.css").stat()
        kept = (before / "assets/site.css").stat()
        write_site(site("four", pages=3), output, before=before)

        assert expected("four", pages=3) == tree(output)
        assert expected("three") == tree(before)
        assert (style.st_ino, style.st_nlink) == (kept.st_ino, kept.st_nlink) == (kept.st_ino, 2)
        assert siblings(tmp_path) == ["before", "site"]

    def test_takes_nothing_from_the_site_before_but_what_the_old_one_has_too(self, tmp_path: Path) -> None:
        output, before = tmp_path / "site", tmp_path / "before"
        for version in ("one", "two"):
            write_site(site(version), output, before=before)
        (before / "assets/site.css").unlink()
        (before / "assets/site.css").write_bytes(b"p {color: red}")
        (before / "en/docs/1.html").unlink()
        (before / "en/docs/1.html").symlink_to(tmp_path / "elsewhere")
        (before / "en/docs/2.html").unlink()
        (before / "en/docs/2.html/deep").mkdir(parents=True)
        (before / "en/docs/2.html/deep/file").touch()
        (before / "empty/inside").mkdir(parents=True)
        os.mkfifo(before / "pipe")
        write_site(site("three"), output, before=before)

        assert expected("three") == tree(output)
        assert is_whole(output)
        assert not (output / "empty").exists()
        assert not (tmp_path / "elsewhere").exists()
        assert (output / "assets/site.css").stat().st_ino == (before / "assets/site.css").stat().st_ino

    def test_does_without_a_site_before_that_is_no_folder_or_on_another_disk(self, tmp_path: Path, memory: Path) -> None:
        (tmp_path / "real").mkdir()
        (tmp_path / "link").symlink_to("real")
        for before in (tmp_path / "link", memory / "before", tmp_path / "missing" / "before"):
            for version in ("one", "two", "three"):
                write_site(site(version), tmp_path / "site", before=before)
                assert expected(version) == tree(tmp_path / "site")
        assert siblings(tmp_path / "real") == []

    def test_touches_nothing_when_nothing_has_changed(self, tmp_path: Path) -> None:
        write_site(site("one"), tmp_path / "site")
        before = (tmp_path / "site").stat().st_ino
        report = write_site(site("one"), tmp_path / "site")

        assert before == (tmp_path / "site").stat().st_ino
        assert not report.changed

    def test_writes_a_damaged_file_again_though_its_date_and_size_are_right(self, tmp_path: Path) -> None:
        write_site(site("one"), tmp_path / "site")
        page = tmp_path / "site/en/docs/3.html"
        before = page.stat()
        page.write_bytes(page.read_bytes().replace(b"one", b"0ne"))
        os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
        report = write_site(site("one"), tmp_path / "site")

        assert expected("one") == tree(tmp_path / "site")
        assert report.written == 1

    def test_lets_a_file_become_a_folder_and_back(self, tmp_path: Path) -> None:
        write_site([Artifact("a", b"1")], tmp_path / "site")
        write_site([Artifact("a/b", b"2")], tmp_path / "site")
        assert tree(tmp_path / "site") == {"a/b": b"2"}
        write_site([Artifact("a", b"1")], tmp_path / "site")
        assert tree(tmp_path / "site") == {"a": b"1"}

    def test_gives_the_same_manifest_for_the_same_files_in_any_order(self, tmp_path: Path) -> None:
        write_site(site("one"), tmp_path / "a")
        write_site(reversed(list(site("one"))), tmp_path / "b")

        assert (tmp_path / "a/manifest.json").read_bytes() == (tmp_path / "b/manifest.json").read_bytes()

    def test_keeps_the_permissions_of_the_old_folder(self, tmp_path: Path) -> None:
        write_site(site("one"), tmp_path / "site")
        (tmp_path / "site").chmod(0o2750)
        write_site(site("two"), tmp_path / "site")

        assert (tmp_path / "site").stat().st_mode & 0o7777 == 0o2750

    def test_writes_through_a_link_to_the_folder_it_leads_to(self, tmp_path: Path) -> None:
        (tmp_path / "real").mkdir()
        (tmp_path / "site").symlink_to("real")
        write_site(site("one"), tmp_path / "site")

        assert (tmp_path / "site").is_symlink()
        assert is_whole(tmp_path / "real")

    def test_swaps_by_two_renames_where_folders_cannot_be_exchanged(self, tmp_path: Path) -> None:
        write_site(site("one"), tmp_path / "site", swap=no_exchange)
        write_site(site("two"), tmp_path / "site", swap=no_exchange)

        assert expected("two") == tree(tmp_path / "site")
        assert siblings(tmp_path) == ["site"]

    def test_brings_the_old_site_back_when_the_last_run_died_between_two_renames(self, tmp_path: Path) -> None:
        write_site(site("one"), tmp_path / "site")
        (tmp_path / "site").rename(tmp_path / ".site.sintoma-old")

        with pytest.raises(ZeroDivisionError):
            write_site((Artifact(f"{1 // 0}", b"") for _ in "x"), tmp_path / "site")
        assert expected("one") == tree(tmp_path / "site")


class TestRefusing:
    def test_never_replaces_a_folder_that_is_not_a_site(self, tmp_path: Path) -> None:
        (tmp_path / "thesis.tex").write_text("years of work")

        with pytest.raises(RefusedError, match=r"holds no site that Sintoma wrote \(thesis.tex\)"):
            write_site(site("one"), tmp_path)
        assert (tmp_path / "thesis.tex").read_text() == "years of work"

    def test_never_replaces_a_folder_with_the_manifest_of_another_program(self, tmp_path: Path) -> None:
        (tmp_path / "manifest.json").write_text('{"name": "My browser extension"}')

        with pytest.raises(RefusedError, match="belongs to another program"):
            write_site(site("one"), tmp_path)

    def test_never_loses_a_file_that_somebody_put_into_the_site(self, tmp_path: Path) -> None:
        write_site(site("one"), tmp_path / "site")
        (tmp_path / "site/CNAME").write_text("docs.example.com")

        with pytest.raises(RefusedError, match="CNAME"):
            write_site(site("two"), tmp_path / "site")
        assert (tmp_path / "site/CNAME").read_text() == "docs.example.com"

    def test_does_not_mind_what_file_managers_leave(self, tmp_path: Path) -> None:
        write_site(site("one"), tmp_path / "site")
        (tmp_path / "site/en/.DS_Store").write_bytes(b"x")
        write_site(site("two"), tmp_path / "site")

        assert expected("two") == tree(tmp_path / "site")

    def test_says_what_to_do_about_a_damaged_manifest(self, tmp_path: Path) -> None:
        write_site(site("one"), tmp_path / "site")
        place = tmp_path / "site/manifest.json"
        place.write_bytes(place.read_bytes().replace(b'"size": 14', b'"size": "x"'))

        with pytest.raises(RefusedError, match="remove the folder, then build again"):
            write_site(site("two"), tmp_path / "site")

    def test_refuses_an_output_that_is_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "site").write_text("x")

        with pytest.raises(RefusedError, match="is a file"):
            write_site(site("one"), tmp_path / "site")

    @pytest.mark.parametrize(
        "path", ["../evil", "/etc/passwd", "a//b", "a/./b", "", "a\\b", "a\0b", "a\x1bb", "x" * 256, "é" * 128]
    )
    def test_refuses_a_path_that_leads_out_of_the_site_or_breaks_file_systems(self, tmp_path: Path, path: str) -> None:
        with pytest.raises(PublishError, match="not safe"):
            write_site([Artifact(path, b"x")], tmp_path / "site")
        assert siblings(tmp_path) == []

    @pytest.mark.parametrize("path", ["a.html", "manifest.json"])
    def test_refuses_two_files_of_one_name(self, tmp_path: Path, path: str) -> None:
        with pytest.raises(PublishError, match="two parts of the site"):
            write_site([Artifact("a.html", b"1"), Artifact(path, b"2")], tmp_path / "site")

    def test_refuses_a_page_that_is_also_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(PublishError, match="rename one of the pages"):
            write_site([Artifact("a", b"1"), Artifact("a/b", b"2")], tmp_path / "site")


class TestLock:
    def test_tells_a_second_build_who_is_writing(self, tmp_path: Path) -> None:
        with locked(tmp_path / ".site.sintoma-lock", "site"), pytest.raises(LockedError, match=f"process {os.getpid()}"):
            write_site(site("one"), tmp_path / "site")

    def test_tells_a_second_process_who_is_writing(self, tmp_path: Path) -> None:
        with writer(tmp_path / "site", slow=True) as process, pytest.raises(LockedError, match=f"process {process.pid};"):
            write_site(site("one"), tmp_path / "site")

    def test_is_not_held_by_the_orphans_of_a_killed_build(self, tmp_path: Path) -> None:
        with writer(tmp_path / "site", slow=True, child=True) as process:
            process.kill()
            process.wait()
            write_site(site("one"), tmp_path / "site")

        assert expected("one") == tree(tmp_path / "site")


class TestFaults:
    def test_keeps_the_old_site_when_the_new_one_cannot_be_made(self, tmp_path: Path) -> None:
        write_site(site("one"), tmp_path / "site")

        def broken() -> Iterator[Artifact]:
            yield from list(site("two"))[:9]
            raise KeyError

        with pytest.raises(KeyError):
            write_site(broken(), tmp_path / "site")
        assert expected("one") == tree(tmp_path / "site")
        assert siblings(tmp_path) == ["site"]

    def test_says_that_a_file_is_too_large_and_keeps_the_old_site(self, tmp_path: Path) -> None:
        write_site(site("one"), tmp_path / "site")
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4000, hard))
        try:
            with pytest.raises(PublishError, match="ulimit -f"):
                write_site([Artifact("a.html", b"x" * 4001)], tmp_path / "site")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        assert expected("one") == tree(tmp_path / "site")

    def test_says_that_too_many_files_are_open_and_keeps_the_old_site(self, tmp_path: Path) -> None:
        write_site(site("one"), tmp_path / "site")
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(int(path.name) for path in Path("/proc/self/fd").iterdir()), hard))
        spare = []
        try:
            with contextlib.suppress(OSError):
                while True:
                    spare.append(os.open("/dev/null", os.O_RDONLY))
            with pytest.raises(PublishError, match="too many open files"):
                write_site(site("two"), tmp_path / "site")
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
            for descriptor in spare:
                os.close(descriptor)
        assert expected("one") == tree(tmp_path / "site")

    @pytest.mark.parametrize("percent", [1, 10, 20, 30, 40, 50, 60, 75, 90, 99])
    def test_says_that_the_disk_is_full_and_keeps_the_old_site(self, tmp_path: Path, percent: int) -> None:
        # in kibibytes: a tmpfs takes 4 for each of 101 pages, and 20 for the manifest and the stylesheet
        script = f"""
            mount -t tmpfs -o size={424 + 416 * percent // 100}k none {tmp_path} || exit 77
            {sys.executable} -c '{WRITE}' {tmp_path}/site one 100 || exit 78
            {sys.executable} -c '{WRITE}' {tmp_path}/site two 100
            echo status $?
            ls -A {tmp_path}
            grep -L one {tmp_path}/site/en/docs/*.html
            ls {tmp_path}/site/en/docs | wc -l
        """
        done = in_namespace(script)

        assert "the disk is full" in done.stderr
        assert done.stdout.split("\n")[:3] == ["status 3", "site", "100"]

    def test_says_that_the_folder_is_read_only(self, tmp_path: Path) -> None:
        write_site(site("one"), tmp_path / "site")
        done = in_namespace(f"""
            mount --bind {tmp_path} {tmp_path} && mount -o remount,ro,bind {tmp_path} || exit 77
            {sys.executable} -c '{WRITE}' {tmp_path}/site two 40
            echo status $?
        """)

        assert "read-only" in done.stderr
        assert done.stdout == "status 3\n"

    def test_says_that_permission_is_denied(self, tmp_path: Path) -> None:
        write_site(site("one"), tmp_path / "site")
        tmp_path.chmod(0o755)
        for parent in tmp_path.parents[:2]:
            parent.chmod(0o755)
        done = subprocess.run(
            [sys.executable, "-c", WRITE.replace("try:", "import os; os.setuid(65534)\ntry:"), tmp_path / "site", "two", "40"],
            capture_output=True, text=True, check=False, env=ENVIRONMENT,
        )  # fmt: skip

        assert "permission denied" in done.stderr
        assert done.returncode == 3

    @pytest.mark.parametrize("waits", [False, True], ids=["", "the site before waits"])
    @pytest.mark.parametrize("kills", KILLS)
    def test_survives_kills_at_any_moment_while_readers_see_a_whole_site_all_the_time(self, memory: Path, kills: int, *, waits: bool) -> None:
        output = memory / "site"
        write_site(site("0"), output)
        stop, faults = threading.Event(), []

        def read() -> None:
            while not stop.is_set():
                try:
                    paths = ("index.html", "en/docs/7.html", "assets/site.css", "en/docs/39.html")
                    faults.extend(path for path in paths if not (output / path).read_bytes().startswith((b"<p>", b"p {")))
                except OSError as error:
                    faults.append(str(error))

        reader = threading.Thread(target=read)
        reader.start()
        chance = random.Random(7)
        try:
            for _ in range(kills):
                with writer(output, waits=waits) as process:
                    time.sleep(chance.random() * 0.06)
                    process.kill()
                    process.wait()
                assert is_whole(output)
        finally:
            stop.set()
            reader.join()
        write_site(site("last"), output, before=memory / "before" if waits else None)

        assert faults == []
        assert expected("last") == tree(output)
        assert siblings(memory) == ["before", "site"][1 - waits :]

    @pytest.mark.parametrize("kills", KILLS)
    def test_mends_itself_after_kills_where_folders_cannot_be_exchanged(self, memory: Path, kills: int) -> None:
        output = memory / "site"
        chance = random.Random(8)
        for number in range(kills // 4):
            with writer(output, fallback=True) as process:
                time.sleep(chance.random() * 0.06)
                process.kill()
                process.wait()
            write_site(site(f"{number}"), output, swap=no_exchange)
            assert expected(f"{number}") == tree(output)
            assert siblings(memory) == ["site"]


ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}

WRITE = """
import sys
from pathlib import Path
from generator.publish import PublishError, write_site
from tests.publish.sites import site
try:
    write_site(site(sys.argv[2], int(sys.argv[3])), Path(sys.argv[1]))
except PublishError as error:
    print(error, file=sys.stderr)
    sys.exit(3)
"""

LOOP = """
import os, sys, time
from pathlib import Path
from generator.publish import write_site
from tests.publish.sites import site

def slowly(artifacts):
    for artifact in artifacts:
        yield artifact
        if "child" in sys.argv and os.fork() == 0:
            time.sleep(3)
            os._exit(0)
        if "slow" in sys.argv:
            print("ready", flush=True)
            time.sleep(60)

number = 0
swap = {"swap": lambda one, other: False} if "fallback" in sys.argv else {}
before = Path(sys.argv[1]).with_name("before") if "waits" in sys.argv else None
while True:
    number += 1
    artifacts = list(site(str(number)))
    write_site(slowly(artifacts), Path(sys.argv[1]), before=before, **swap)
    if number == 1:
        print("ready", flush=True)
"""


class writer:  # noqa: N801  used like a function
    """A process that writes one site after another until it is killed."""

    def __init__(self, output: Path, **options: bool) -> None:
        self.command = [sys.executable, "-c", LOOP, str(output), *(name for name, on in options.items() if on)]

    def __enter__(self) -> subprocess.Popen[str]:
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT)
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "ready\n"
        return self.process

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


def in_namespace(script: str) -> subprocess.CompletedProcess[str]:
    """Run a script as root of a mount namespace of its own; skip where that is not allowed."""
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", script], capture_output=True, text=True, check=False, cwd=ROOT, env=ENVIRONMENT
    )
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip("no mount namespaces here")
    return done
