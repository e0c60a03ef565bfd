"""Publishing over a real sshd with a real rsync."""

from __future__ import annotations

import getpass
import os
import random
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from generator.errors import SiteError
from generator.model import Artifact
from generator.publish import Machine, PublishError, RefusedError, publish, rollback, ssh, status, target_of, verify, write_site
from tests.conftest import absent
from tests.publish.buckets import free_port, started
from tests.publish.sites import expected, is_whole, site, tree
from tests.publish.test_swap import ENVIRONMENT
from tests.waiting import eventually

pytestmark = pytest.mark.xdist_group("ssh")


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A command like ssh that reaches an sshd of our own."""
    server = shutil.which("sshd", path=f"{os.environ['PATH']}:/usr/sbin")
    if not server or not shutil.which("rsync"):
        absent("sshd or rsync", "apt-get install openssh-server rsync")
    folder = tmp_path_factory.mktemp("sshd")
    port = free_port()
    for name in ("host", "user"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
    Path("/run/sshd").mkdir(exist_ok=True)
    (folder / "sshd_config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/user.pub\n"
        f"StrictModes no\nUsePAM no\nPasswordAuthentication no\nPidFile {folder}/pid\nPermitRootLogin yes\n"
    )
    (folder / "ssh_config").write_text(
        f"Host desk\nHostName 127.0.0.1\nPort {port}\nUser {getpass.getuser()}\nIdentityFile {folder}/user\nIdentitiesOnly yes\n"
        f"StrictHostKeyChecking no\nUserKnownHostsFile {folder}/known\nLogLevel ERROR\n"
        f"ControlMaster auto\nControlPath {folder}/%C\nControlPersist 5\n"
    )
    process = started([str(server), "-D", "-e", "-f", str(folder / "sshd_config")], port, folder / "log")
    yield f"ssh -F {folder}/ssh_config"
    process.kill()
    process.wait()


@pytest.fixture
def target(shell: str, memory: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    monkeypatch.setenv("RSYNC_RSH", shell)
    return Machine("desk", f"{memory}/my docs", keep=2)


def built(folder: Path, version: str, pages: int = 5) -> Path:
    write_site(site(version, pages), folder / "site")
    return folder / "site"


def test_makes_the_folder_show_the_site(tmp_path: Path, target: Machine) -> None:
    done = publish(built(tmp_path, "one"), target)

    assert tree(Path(target.path)) == expected("one", 5)
    assert (done.files, done.changed, done.release[:5]) == (7, True, "0001-")
    assert verify(target).faults == ()
    assert sorted(path.name for path in Path(target.path).parent.iterdir()) == [".my docs.releases", "my docs"]


def test_sends_only_what_has_changed_and_keeps_as_many_releases_as_asked(tmp_path: Path, target: Machine) -> None:
    publish(built(tmp_path, "one"), target)
    before = (Path(target.path) / "assets/site.css").stat().st_ino
    second = publish(built(tmp_path, "two", 3), target)
    assert before == (Path(target.path) / "assets/site.css").stat().st_ino
    third = publish(built(tmp_path, "three", 3), target)

    assert tree(Path(target.path)) == expected("three", 3)
    assert [(release.name, release.current) for release in status(target)] == [(second.release, False), (third.release, True)]


def test_does_nothing_when_nothing_has_changed_and_nothing_on_a_dry_run(tmp_path: Path, target: Machine) -> None:
    assert publish(built(tmp_path, "one"), target, dry_run=True).difference.added == 7
    assert not Path(target.path).exists()
    publish(built(tmp_path, "one"), target)
    assert not publish(built(tmp_path, "one"), target).changed


def test_rolls_back_and_forward(tmp_path: Path, target: Machine) -> None:
    names = [publish(built(tmp_path, version), target).release for version in ("one", "two")]
    assert rollback(target).release == names[0]
    assert tree(Path(target.path)) == expected("one", 5)
    with pytest.raises(RefusedError, match="no release before this one"):
        rollback(target)
    rollback(target, names[1])
    assert tree(Path(target.path)) == expected("two", 5)


def test_verifies_what_is_really_there(tmp_path: Path, target: Machine) -> None:
    publish(built(tmp_path, "one"), target)
    folder = Path(target.path)
    (folder / "index.html").write_text("tampered")
    (folder / "shell \n.php").write_text("x")
    (folder / "en/docs/1.html").unlink()

    assert [(fault.path, fault.kind) for fault in verify(target).faults] == [
        ("en/docs/1.html", "missing"), ("index.html", "changed"), ("shell \n.php", "surplus"),
    ]  # fmt: skip


def test_goes_on_after_an_interrupted_transfer(tmp_path: Path, target: Machine) -> None:
    folder = built(tmp_path, "one")
    release = ssh.read_site(folder).release
    half = Path(target.path).parent / ".my docs.releases" / f"new-{release}"
    half.mkdir(parents=True)
    shutil.copy(folder / "index.html", half)
    (half / "stale.html").write_text("x")
    before = (half / "index.html").stat().st_ino
    publish(folder, target)

    assert tree(Path(target.path)) == expected("one", 5)
    assert before == (Path(target.path) / "index.html").stat().st_ino


def test_takes_odd_names(tmp_path: Path, target: Machine) -> None:
    odd = ["en/a b#c%d?.html", "ja/エクスポート.html", "en/'-$(touch x)`y`;&.html", "-rf.html", "[a]*.html"]
    write_site([Artifact(path, path.encode()) for path in odd], tmp_path / "site")
    publish(tmp_path / "site", target)

    assert tree(Path(target.path)) == {path: path.encode() for path in odd}
    assert verify(target).faults == ()


def test_the_slower_of_two_publishers_is_told(tmp_path: Path, target: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(built(tmp_path, "zero"), target)
    slower, faster = built(tmp_path / "slow", "one"), built(tmp_path / "fast", "two")
    send = ssh._send

    def overtaken(*arguments: object) -> None:
        send(*arguments)  # type: ignore[arg-type]
        monkeypatch.setattr(ssh, "_send", send)
        publish(faster, target)

    monkeypatch.setattr(ssh, "_send", overtaken)
    with pytest.raises(PublishError, match="somebody else published at the same time"):
        publish(slower, target)
    assert tree(Path(target.path)) == expected("two", 5)


def test_never_replaces_what_it_did_not_make(tmp_path: Path, target: Machine) -> None:
    folder = Path(target.path)
    folder.mkdir()
    (folder / "index.php").write_text("x")
    with pytest.raises(RefusedError, match="did not publish"):
        publish(built(tmp_path, "one"), target)
    shutil.rmtree(folder)
    folder.symlink_to("/etc")
    with pytest.raises(RefusedError, match="is a link to /etc"):
        publish(built(tmp_path, "one"), target)
    folder.unlink()
    folder.mkdir()
    publish(built(tmp_path, "one"), target)
    assert tree(folder) == expected("one", 5)


@pytest.mark.usefixtures("target")
def test_a_machine_that_cannot_be_reached_is_told(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="ssh failed: "):
        publish(built(tmp_path, "one"), Machine("nowhere.invalid", "/srv/docs"))


@pytest.mark.usefixtures("target")
def test_a_path_below_the_home_folder_works(tmp_path: Path) -> None:
    with tempfile.TemporaryDirectory(dir=Path.home(), prefix=".sintoma-test-") as name:
        relative = Machine("desk", f"{Path(name).name}/docs")
        publish(built(tmp_path, "one"), relative)
        publish(built(tmp_path, "two"), relative)

        assert tree(Path(name) / "docs") == expected("two", 5)


def test_addresses_are_understood() -> None:
    assert target_of("rsync+me@host:/srv/docs/", Path("/"), keep=5) == Machine("me@host", "/srv/docs", 5)
    for wrong in ("rsync+host", "rsync+:x", "rsync+-oProxyCommand=x:y", "rsync+host:"):
        with pytest.raises(SiteError, match=r"write rsync\+HOST:PATH"):
            target_of(wrong, Path("/"))


def running(path: str) -> list[str]:
    """The commands that name a path, of all processes of this machine."""
    commands = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):  # it has ended meanwhile
            commands.append(file.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
    return [command for command in commands if path in command]


PUBLISH = """
import sys
from pathlib import Path
from generator.publish import Machine, publish
print("ready", flush=True)
while True:
    for site in sys.argv[2:]:
        publish(Path(site), Machine("desk", sys.argv[1]))
"""


@pytest.mark.parametrize("kills", [3, pytest.param(200, marks=pytest.mark.nightly)])
def test_shows_a_whole_release_after_kills_at_any_moment(tmp_path: Path, target: Machine, kills: int) -> None:
    sites = [built(tmp_path / version, version) for version in ("one", "two")]
    publish(sites[0], target)
    chance = random.Random(6)
    command = [sys.executable, "-c", PUBLISH, target.path, *sites]
    for _ in range(kills):
        environment = {**ENVIRONMENT, "RSYNC_RSH": os.environ["RSYNC_RSH"]}
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, start_new_session=True)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(chance.random() * 1.5)
        os.killpg(process.pid, 9)
        process.wait()
        process.stdout.close()
        assert is_whole(Path(target.path))
    # What was sent to the other machine still runs there; it has begun when what is sent later is done.
    subprocess.run([*shlex.split(os.environ["RSYNC_RSH"]), target.host, "true"], check=True)
    assert eventually(lambda: not running(target.path))
    shutil.rmtree(Path(target.path).parent / ".my docs.releases/lock", ignore_errors=True)
    publish(built(tmp_path / "last", "last"), target)
    assert tree(Path(target.path)) == expected("last", 5)
