"""Parsed pages wait on disk by content hash; a damaged entry is made anew."""

from __future__ import annotations

import errno
import os
import random
import re
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.cache import LIBRARIES, Cache, _entries, _put, libraries, program
from generator.model import DocPath, Lang, Page, SourceFile
from generator.parse import parse
from tests.conftest import ROOT

SOURCE = SourceFile(Lang("en"), DocPath("a.md"), "en/a.md", "# A {#a}\n\nText with [a link](b.md) and `code`.\n\n| x | y |\n|---|---|\n| 1 | 2 |\n", "d1")


def test_a_page_comes_back_as_it_went(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    page, key = cache.page(SOURCE, parse)
    assert cache.get(key) == page


def test_another_text_language_or_place_is_another_entry(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    others = (
        SourceFile(Lang("es"), SOURCE.path, SOURCE.file, SOURCE.text, SOURCE.digest),
        SourceFile(SOURCE.lang, DocPath("b.md"), SOURCE.file, SOURCE.text, SOURCE.digest),
        SourceFile(SOURCE.lang, SOURCE.path, SOURCE.file, SOURCE.text, "d2"),
    )
    assert len({cache.key(source) for source in (SOURCE, *others)}) == 4


@pytest.mark.parametrize("damage", ["cut", "empty", "zeros", "one bit"])
def test_a_damaged_entry_is_made_anew(tmp_path: Path, damage: str) -> None:
    cache = Cache(tmp_path)
    page, key = cache.page(SOURCE, parse)
    entry = next(path for path in tmp_path.rglob("*") if path.is_file())
    data = bytearray(entry.read_bytes())
    if damage == "one bit":
        data[random.Random(7).randrange(len(data))] ^= 4
    entry.write_bytes({"cut": bytes(data[: len(data) // 2]), "empty": b"", "zeros": bytes(len(data)), "one bit": bytes(data)}[damage])
    assert cache.get(key) is None
    calls: list[SourceFile] = []

    def counted(source: SourceFile) -> Page:
        calls.append(source)
        return parse(source)

    assert cache.page(SOURCE, counted)[0] == page
    assert len(calls) == 1
    assert cache.get(key) == page


def test_bytes_are_kept_under_their_hash(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        return b"table"

    assert cache.blob("ab" * 32, make) == cache.blob("ab" * 32, make) == b"table"
    assert made == [1]


def test_what_another_version_of_the_program_made_is_never_read(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    _, key = cache.page(SOURCE, parse)
    (tmp_path / f"v-{program()}").rename(tmp_path / "v-0123456789abcdef")
    assert cache.get(key) is None
    cache.prune()
    assert not (tmp_path / "v-0123456789abcdef").exists()


def test_what_another_version_of_a_library_made_is_never_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path / "cache")
    _, key = cache.page(SOURCE, parse)
    monkeypatch.syspath_prepend(tmp_path)
    for folder, known in (("of_no_concern-1.0.dist-info", True), ("nh3-0.0.1.dist-info", False)):
        (tmp_path / folder).mkdir()
        libraries.cache_clear()
        program.cache_clear()
        assert (cache.get(key) is not None) is known


@pytest.fixture(autouse=True)
def _asked_anew() -> Iterator[None]:
    yield
    libraries.cache_clear()
    program.cache_clear()


def test_each_library_that_shapes_pages_is_one_of_which_the_version_is_known() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = {re.split("[<>=]", text)[0] for text in project["dependencies"]} - {"jsonschema", "tqdm"}
    assert set(LIBRARIES) == wanted
    assert {entry.partition("-")[0].lower().replace("_", "-") for entry in libraries().split("\0")[1:]} == wanted


def test_what_was_used_longest_ago_goes_when_there_is_too_much(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    keys = [f"{number:02x}" * 32 for number in range(4)]
    for age, key in enumerate(keys, 2):
        cache.write(key, b"x" * 1000)
        aged(tmp_path, key, hours=age)
    assert cache.read(keys[3])
    cache.prune(2500)
    assert [key for key in keys if cache.read(key)] == [keys[0], keys[3]]


def test_what_the_last_hour_used_stays_however_much_it_is(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for key in ("aa" * 32, "bb" * 32):
        cache.write(key, b"x" * 1000)
    cache.prune(10)
    assert cache.read("aa" * 32)
    assert cache.read("bb" * 32)


def test_the_cache_is_looked_through_once_an_hour(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.prune(10)
    cache.write("aa" * 32, b"x" * 1000)
    aged(tmp_path, "aa" * 32, hours=2)
    cache.prune(10)
    assert list(tmp_path.rglob("a" * 62))
    os.utime(tmp_path / "looked-through", (0, 0))
    cache.prune(10)
    assert not list(tmp_path.rglob("a" * 62))


def test_a_clock_that_was_wrong_does_not_keep_the_cache_from_being_looked_through(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.write("aa" * 32, b"x" * 1000)
    aged(tmp_path, "aa" * 32, hours=2)
    (tmp_path / "looked-through").touch()
    os.utime(tmp_path / "looked-through", (time.time() + 9e6,) * 2)
    cache.prune(10)
    assert not list(tmp_path.rglob("a" * 62))


def test_an_entry_that_another_process_takes_away_is_none_while_the_cache_is_looked_through(tmp_path: Path) -> None:
    for name in ("one", "half.4711"):
        (tmp_path / "aa").mkdir(exist_ok=True)
        (tmp_path / "aa" / name).touch()
    found = _entries(tmp_path)
    first = Path(next(found)[2])
    for other in {*first.parent.iterdir()} - {first}:
        other.unlink()
    assert list(found) == []


def test_a_cache_that_may_only_be_read_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path)
    cache.write("aa" * 32, b"x")
    aged(tmp_path, "aa" * 32, hours=2)

    def refused(*_: object) -> None:
        raise OSError(errno.EROFS, "read-only")

    monkeypatch.setattr("generator.cache.os.utime", refused)
    monkeypatch.setattr(Path, "touch", refused)
    cache.prune(10)
    assert cache.read("aa" * 32) == b"x"


def aged(folder: Path, key: str, *, hours: int) -> None:
    """Make an entry one that was used so long ago."""
    used = time.time() - hours * 3600
    os.utime(next(folder.rglob(key[2:])), (used, used))


def test_a_full_disk_is_told_with_the_entry_that_it_has_no_room_for() -> None:
    with pytest.raises(OSError, match="No space left") as caught:
        _put("/dev/full", b"entry")
    assert caught.value.filename == "/dev/full"
