"""Whatever a site was before, writing it gives exactly what a clean build gives."""

from __future__ import annotations

import subprocess
import sys
from hashlib import sha256
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.model import Artifact
from generator.publish import Directory, PublishError, publish, rollback, verify, write_site
from generator.publish.standing import Standing
from tests.publish.sites import is_whole, tree
from tests.publish.test_swap import ENVIRONMENT

MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  bringing files to a busy disk takes seconds
NAMES = ("index.html", "a", "a/b", "a/b/c.html", "b/a.html", "b", "ü.html", "u\u0308.html", "A", "a b#c.html", "-x")
DATA = st.sampled_from([b"", b"one", b"two", b"one" * 999])
SITES = st.dictionaries(st.sampled_from(NAMES), DATA, max_size=7)
CLASHING = ({"a", "a/b"}, {"a", "a/b/c.html"}, {"a/b", "a/b/c.html"}, {"b", "b/a.html"})


def possible(site: dict[str, bytes]) -> dict[str, bytes]:
    """The site without files that are also folders."""
    return {path: data for path, data in site.items() if not any({path, other} in CLASHING and path < other for other in site)}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(history=st.lists(SITES.map(possible), min_size=1, max_size=4), exchanging=st.booleans())
def test_a_site_is_what_was_written_last_whatever_was_there_before(history: list[dict[str, bytes]], exchanging: bool) -> None:  # noqa: FBT001
    with TemporaryDirectory(dir=MEMORY) as name:
        output, clean = Path(name) / "site", Path(name) / "clean"
        for site in history:
            artifacts = [Artifact(path, data) for path, data in site.items()]
            if exchanging:
                write_site(artifacts, output, durable=False)
            else:
                write_site(artifacts, output, durable=False, swap=lambda _one, _other: False)
            assert tree(output) == site
        write_site(artifacts, clean, durable=False)

        assert (output / "manifest.json").read_bytes() == (clean / "manifest.json").read_bytes()
        assert sorted(path.name for path in Path(name).iterdir()) == ["clean", "site"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(history=st.lists(st.tuples(SITES.map(possible), st.booleans()), min_size=2, max_size=5))
def test_a_site_made_of_the_one_before_the_old_one_is_what_was_written_last(history: list[tuple[dict[str, bytes], bool]]) -> None:
    with TemporaryDirectory(dir=MEMORY) as name:
        output, before = Path(name) / "site", Path(name) / "before"
        old: dict[str, bytes] = {}
        for site, known in history:
            stands = {path for path, data in site.items() if known and old.get(path) == data}
            artifacts = [
                Standing(path, sha256(data).hexdigest(), len(data)) if path in stands else Artifact(path, data) for path, data in site.items()
            ]
            written = write_site(artifacts, output, durable=False, before=before)
            assert tree(output) == site
            assert folders(output) == {str(parent) for path in site for parent in PurePosixPath(path).parents} - {"."}
            assert not before.exists() or not written.changed or tree(before) == old
            old = site


def folders(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_dir()}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(history=st.lists(SITES.map(possible), min_size=2, max_size=4))
def test_a_rollback_shows_exactly_what_was_published_before(history: list[dict[str, bytes]]) -> None:
    with TemporaryDirectory(dir=MEMORY) as name:
        target = Directory(Path(name) / "www", keep=9)
        shown = []
        for number, site in enumerate(history):
            pages = {**site, "page.html": str(number).encode()}
            write_site([Artifact(path, data) for path, data in pages.items()], Path(name) / "site", durable=False)
            publish(Path(name) / "site", target)
            shown.append(pages)
        for pages in reversed(shown[:-1]):
            rollback(target)
            assert tree(target.path) == pages
            assert verify(target).faults == ()


TWO = """
import sys, time
from pathlib import Path
from generator.publish import LockedError, write_site
from tests.publish.sites import site
print("ready", flush=True)
sys.stdin.readline()
end, done, locked = time.monotonic() + 1.5, 0, 0
while time.monotonic() < end or not done:
    try:
        write_site(site(f"{sys.argv[2]}-{done}"), Path(sys.argv[1]), durable=False)
        done += 1
    except LockedError:
        locked += 1
print(done, locked)
"""


def test_two_builds_at_once_never_mix(tmp_path: Path) -> None:
    command = [sys.executable, "-c", TWO, tmp_path / "site"]
    builds = [subprocess.Popen([*command, name], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT) for name in ("one", "two")]
    for build in builds:
        assert build.stdout
        build.stdout.readline()
    for build in builds:
        assert build.stdin
        build.stdin.write("\n")
        build.stdin.flush()
    results = [build.communicate()[0].split() for build in builds]
    versions = {data.split(b">")[1].split()[0] for path, data in tree(tmp_path / "site").items() if path.endswith(".html")}

    assert is_whole(tmp_path / "site")
    assert len(versions) == 1
    assert all(int(done) > 0 for done, _ in results)
    assert sum(int(locked) for _, locked in results) > 0


def test_a_build_that_replaces_the_site_while_it_is_published_never_gives_a_mixture(tmp_path: Path) -> None:
    site = tmp_path / "site"
    builder = subprocess.Popen([sys.executable, "-c", TWO, site, "x"], stdout=subprocess.PIPE, text=True, env=ENVIRONMENT)
    target = Directory(tmp_path / "www")
    published = refused = 0
    while builder.poll() is None:
        try:
            published += publish(site, target).changed
            assert is_whole(target.path)
        except PublishError:
            refused += 1
    builder.communicate()
    publish(site, target)

    assert verify(target).faults == ()
