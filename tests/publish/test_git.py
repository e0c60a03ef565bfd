"""Publishing to a branch of a real git repository."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.model import Artifact
from generator.publish import GitBranch, PublishError, RefusedError, publish, rollback, status, target_of, verify, write_site
from generator.publish import git as branch
from tests.publish.sites import expected, is_whole, site, tree
from tests.publish.test_swap import ENVIRONMENT


def run(folder: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def remote(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    (tmp_path / "remote.git").mkdir()
    run(tmp_path / "remote.git", "init", "--bare", "--quiet")
    return tmp_path / "remote.git"


@pytest.fixture
def target(tmp_path: Path, remote: Path) -> GitBranch:
    return GitBranch(str(remote), "gh-pages", tmp_path)


def built(folder: Path, version: str, pages: int = 5) -> Path:
    write_site(site(version, pages), folder / "site")
    return folder / "site"


def shown(remote: Path, folder: Path) -> Path:
    """The branch as a host would check it out."""
    place = folder / "shown"
    subprocess.run(["rm", "-rf", place], check=True)
    run(folder, "clone", "--quiet", "--branch", "gh-pages", str(remote), str(place))
    subprocess.run(["rm", "-rf", place / ".git"], check=True)
    return place


class TestPublish:
    def test_makes_the_branch(self, tmp_path: Path, remote: Path, target: GitBranch) -> None:
        done = publish(built(tmp_path, "one"), target)
        files = tree(shown(remote, tmp_path))

        assert files.pop(".nojekyll") == b""
        assert expected("one", 5) == files
        assert (done.files, done.changed, done.previous) == (7, True, "")

    def test_adds_a_commit_that_names_the_release(self, tmp_path: Path, remote: Path, target: GitBranch) -> None:
        first = publish(built(tmp_path, "one"), target)
        second = publish(built(tmp_path, "two"), target)

        assert first.release == second.previous
        assert run(remote, "rev-list", "--count", "gh-pages") == "2"
        assert run(remote, "rev-parse", "gh-pages").startswith(second.release)
        assert "Sintoma-Release: " in run(remote, "show", "-s", "--format=%B", "gh-pages")
        run(remote, "fsck", "--strict")

    def test_does_nothing_when_nothing_has_changed(self, tmp_path: Path, remote: Path, target: GitBranch) -> None:
        publish(built(tmp_path, "one"), target)
        done = publish(built(tmp_path, "one"), target)

        assert not done.changed
        assert done.release == run(remote, "rev-parse", "gh-pages")[:12]
        assert run(remote, "rev-list", "--count", "gh-pages") == "1"

    def test_pushes_nothing_on_a_dry_run(self, tmp_path: Path, remote: Path, target: GitBranch) -> None:
        done = publish(built(tmp_path, "one"), target, dry_run=True)

        assert done.difference.added == 7
        assert run(remote, "for-each-ref") == ""

    def test_keeps_the_domain_name_that_the_host_stores_in_the_branch(
        self, tmp_path: Path, remote: Path, target: GitBranch
    ) -> None:
        publish(built(tmp_path, "one"), target)
        place = tmp_path / "edited"
        run(tmp_path, "clone", "--quiet", "--branch", "gh-pages", str(remote), str(place))
        (place / "CNAME").write_text("docs.example.com\n")
        run(place, "add", "CNAME")
        run(place, "-c", "user.name=x", "-c", "user.email=x@x", "commit", "--quiet", "-m", "Set the domain")
        run(place, "push", "--quiet")
        publish(built(tmp_path, "two"), target)

        assert (shown(remote, tmp_path) / "CNAME").read_bytes() == b"docs.example.com\n"
        assert verify(target).faults == ()

    def test_takes_names_that_git_would_quote(self, tmp_path: Path, remote: Path, target: GitBranch) -> None:
        odd = ['en/a "b".html', "ja/エクスポート.html", "en/a b#c%d?.html", "en/'-$(x).html", "en/ leading.html"]
        write_site([Artifact(path, path.encode()) for path in odd], tmp_path / "site")
        publish(tmp_path / "site", target)

        assert {path: path.encode() for path in odd} == {
            path: data for path, data in tree(shown(remote, tmp_path)).items() if path != ".nojekyll"
        }
        assert verify(target).faults == ()

    def test_finds_a_remote_by_its_name_in_the_repository_of_the_site(self, tmp_path: Path, remote: Path) -> None:
        (tmp_path / "work").mkdir()
        run(tmp_path / "work", "init", "--quiet")
        run(tmp_path / "work", "remote", "add", "origin", str(remote))
        publish(built(tmp_path, "one"), target_of("git+origin", tmp_path / "work"))

        assert is_whole_branch(remote, tmp_path)

    def test_works_from_inside_a_git_hook(
        self, tmp_path: Path, remote: Path, target: GitBranch, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
        publish(built(tmp_path, "one"), target)
        monkeypatch.delenv("GIT_DIR")

        assert is_whole_branch(remote, tmp_path)


class TestRefusing:
    def test_a_branch_that_holds_sources(self, tmp_path: Path, remote: Path) -> None:
        place = tmp_path / "project"
        run(tmp_path, "clone", "--quiet", str(remote), str(place))
        (place / "main.py").write_text("print()")
        run(place, "add", ".")
        run(place, "-c", "user.name=x", "-c", "user.email=x@x", "commit", "--quiet", "-m", "Begin")
        run(place, "push", "--quiet", "origin", "HEAD:main")
        before = run(remote, "rev-parse", "main")

        with pytest.raises(RefusedError, match="holds something that Sintoma did not publish"):
            publish(built(tmp_path, "one"), GitBranch(str(remote), "main", tmp_path))
        assert before == run(remote, "rev-parse", "main")

    def test_a_remote_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(PublishError, match=r"git ls-remote failed: fatal: .*nowhere\.git"):
            publish(built(tmp_path, "one"), GitBranch(str(tmp_path / "nowhere.git"), "gh-pages", tmp_path))

    def test_what_ssh_says_of_a_remote(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GIT_SSH_COMMAND", "sh -c 'echo the key is refused >&2; exit 255'")
        with pytest.raises(PublishError, match="git ls-remote failed: the key is refused"):
            publish(built(tmp_path, "one"), GitBranch("ssh://git@127.0.0.1/kb.git", "gh-pages", tmp_path))

    def test_a_remote_that_looks_like_an_option(self, tmp_path: Path) -> None:
        with pytest.raises(PublishError, match="hyphen"):
            publish(built(tmp_path, "one"), GitBranch("--upload-pack=touch /tmp/x", "gh-pages", tmp_path))

    def test_a_remote_that_refuses(self, tmp_path: Path, remote: Path, target: GitBranch) -> None:
        hook = remote / "hooks/pre-receive"
        hook.write_text("#!/bin/sh\necho branch is frozen >&2\nexit 1\n")
        hook.chmod(0o755)

        with pytest.raises(PublishError, match="the push was refused"):
            publish(built(tmp_path, "one"), target)
        assert run(remote, "for-each-ref") == ""

    def test_tells_the_slower_of_two_publishers(
        self, tmp_path: Path, remote: Path, target: GitBranch, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        publish(built(tmp_path, "one"), target)
        slower = built(tmp_path / "slow", "two")
        faster = built(tmp_path / "fast", "three")
        hook = remote / "hooks/pre-receive"  # runs while the slower one pushes: the faster one gets in between
        publishing = f"publish(Path({str(faster)!r}), GitBranch({str(remote)!r}, 'gh-pages', Path('/')))"
        code = f"from tests.publish.test_git import *; {publishing}"
        hook.write_text(f'#!/bin/sh\nrm "$0"\nunset GIT_QUARANTINE_PATH\nexec {sys.executable} -c "{code}"\n')
        hook.chmod(0o755)
        monkeypatch.setenv("PYTHONPATH", ENVIRONMENT["PYTHONPATH"])

        with pytest.raises(PublishError, match="somebody else published at the same time"):
            publish(slower, target)
        assert b"three" in (shown(remote, tmp_path) / "index.html").read_bytes()


class TestAfterwards:
    def test_rolls_back_step_by_step_with_new_commits(self, tmp_path: Path, remote: Path, target: GitBranch) -> None:
        for version in ("one", "two", "three"):
            publish(built(tmp_path, version), target)
        for version in ("two", "one"):
            rollback(target)
            assert version in (shown(remote, tmp_path) / "index.html").read_text()
        assert run(remote, "rev-list", "--count", "gh-pages") == "5"
        with pytest.raises(RefusedError, match="nothing to go back to"):
            rollback(target)

    def test_publishes_after_a_rollback_and_goes_back_to_what_was_shown(
        self, tmp_path: Path, remote: Path, target: GitBranch
    ) -> None:
        for version in ("one", "two"):
            publish(built(tmp_path, version), target)
        rollback(target)
        publish(built(tmp_path, "three"), target)
        rollback(target)

        assert "one" in (shown(remote, tmp_path) / "index.html").read_text()

    def test_rolls_back_to_a_release_by_name(self, tmp_path: Path, remote: Path, target: GitBranch) -> None:
        names = [publish(built(tmp_path, version), target).release for version in ("one", "two", "three")]
        rollback(target, names[0])

        assert "one" in (shown(remote, tmp_path) / "index.html").read_text()
        with pytest.raises(RefusedError, match="there is no release nonsense"):
            rollback(target, "nonsense")

    def test_lists_releases(self, tmp_path: Path, target: GitBranch) -> None:
        names = [publish(built(tmp_path, version), target).release for version in ("one", "two")]

        assert [(names[0], 7, False), (names[1], 7, True)] == [(item.name, item.files, item.current) for item in status(target)]

    def test_verifies_what_the_branch_really_holds(self, tmp_path: Path, remote: Path, target: GitBranch) -> None:
        publish(built(tmp_path, "one"), target)
        place = tmp_path / "tampered"
        run(tmp_path, "clone", "--quiet", "--branch", "gh-pages", str(remote), str(place))
        (place / "index.html").write_text("tampered")
        (place / "shell.php").write_text("x")
        (place / "en/docs/1.html").unlink()
        run(place, "add", "--all")
        run(place, "-c", "user.name=x", "-c", "user.email=x@x", "commit", "--quiet", "-m", "Tamper")
        run(place, "push", "--quiet")

        assert [
            (fault.path, fault.kind) for fault in verify(target).faults
        ] == [("en/docs/1.html", "missing"), ("index.html", "changed"), ("shell.php", "surplus")]

    @pytest.mark.parametrize("setting", ["core.autocrlf=true", "core.attributesFile={folder}/attributes"])
    def test_verifies_bytes_whatever_line_ends_git_would_write_here(
        self, tmp_path: Path, target: GitBranch, monkeypatch: pytest.MonkeyPatch, setting: str
    ) -> None:
        (tmp_path / "attributes").write_text("* text eol=crlf\n*.html export-ignore\n")
        key, _, value = setting.format(folder=tmp_path).partition("=")
        for name, word in (("COUNT", "1"), ("KEY_0", key), ("VALUE_0", value)):
            monkeypatch.setenv(f"GIT_CONFIG_{name}", word)
        write_site([*site("one", 5), Artifact("two-lines.txt", b"1\n2\n")], tmp_path / "site")
        publish(tmp_path / "site", target)

        assert verify(target).faults == ()

    def test_says_that_nothing_was_published(self, target: GitBranch) -> None:
        for action in (branch.verify, branch.status, branch.rollback):
            with pytest.raises(RefusedError, match="there is no such branch"):
                action(target)


def is_whole_branch(remote: Path, folder: Path) -> bool:
    place = shown(remote, folder)
    (place / ".nojekyll").unlink()
    return is_whole(place)


PUBLISH = """
import sys
from pathlib import Path
from generator.publish import GitBranch, publish
print("ready", flush=True)
while True:
    for site in sys.argv[2:]:
        publish(Path(site), GitBranch(sys.argv[1], "gh-pages", Path("/")))
"""


@pytest.mark.parametrize("kills", [5, pytest.param(200, marks=pytest.mark.nightly)])
def test_shows_a_whole_release_after_kills_at_any_moment(tmp_path: Path, remote: Path, target: GitBranch, kills: int) -> None:
    sites = [built(tmp_path / version, version) for version in ("one", "two")]
    publish(sites[0], target)
    chance = random.Random(4)
    for _ in range(kills):
        command = [sys.executable, "-c", PUBLISH, remote, *sites]
        environment = {**ENVIRONMENT, "TMPDIR": str(tmp_path)}  # what a killed publisher leaves behind
        process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, start_new_session=True)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.random() * 0.2)
        os.killpg(process.pid, 9)
        process.wait()
        process.stdout.close()
        assert is_whole_branch(remote, tmp_path)
    publish(sites[0], target)
    publish(sites[1], target)

    assert b"two" in (shown(remote, tmp_path) / "index.html").read_bytes()
