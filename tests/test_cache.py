"""Parsed pages wait on disk by content hash; a damaged entry is made anew."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from generator.cache import Cache, program
from generator.model import DocPath, Lang, Page, SourceFile
from generator.parse import parse

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
