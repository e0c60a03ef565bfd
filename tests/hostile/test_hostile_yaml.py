"""YAML files that are no pages (site.yml, the theme's strings, searches): read, or refused with their place, in no time and never by a traceback."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.errors import SiteError
from generator.located import located
from generator.pages import theme
from tests.hostile import inputs

SECONDS = 5


def bombs() -> Iterator[tuple[str, str]]:
    """What front matter is tried with, as a file of its own, and more."""
    for name, block in inputs.front_matter():
        yield name, block.removeprefix("---\n").removesuffix("---\n")
    yield "itself", "a: &a [*a]\n"
    yield "itself as a mapping", "a: &a {b: *a}\n"
    yield "itself merged", "a: &a\n  <<: *a\n"
    yield "deep and closed", f"a: {'[' * 30_000}{']' * 30_000}\n"
    yield "nul", "a: \0\n"
    yield "ten megabytes", f"a: {'x' * 10_000_000}\n"


def read(folder: Path, data: bytes, kind: str) -> str:
    """What reading a file says; nothing where it can be read."""
    path = folder / "strings" / "en.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    try:
        if kind == "strings":
            theme._texts(path)
        else:
            located(path, data.decode())
    except SiteError as error:
        return str(error).removeprefix(str(path))
    return ""


@pytest.mark.parametrize("kind", ["strings", "places"])
def test_a_file_is_read_or_refused_with_its_place(tmp_path: Path, kind: str) -> None:
    for name, text in bombs():
        start = time.process_time()
        said = read(tmp_path, text.encode("utf-8", "surrogatepass"), kind)
        assert time.process_time() - start < SECONDS, name
        assert not said or said.split(":")[1].isdigit(), (name, said)
        if name in ("bomb", "deep", "itself", "nul"):
            assert said, name
    assert not Path("/tmp/owned").exists()  # noqa: S108  what the tag in a block would make


@pytest.mark.parametrize("data", [b"home: caf\xe9\n", "home: x\n".encode("utf-16"), b"- a\n", b"home: [a]\n", b"home: {a: b}\n", b"just words\n"])
def test_strings_that_are_none_are_refused(tmp_path: Path, data: bytes) -> None:
    assert read(tmp_path, data, "strings").startswith(":1:")


def test_strings_of_a_theme_may_be_whatever_yaml_has_for_texts(tmp_path: Path) -> None:
    (tmp_path / "strings").mkdir()
    (tmp_path / "strings" / "en.yml").write_text("\ufeffhome: No\nmore: 'a: b'\ncount: 7\n", encoding="utf-8")
    assert theme._texts(tmp_path / "strings" / "en.yml") == {"home": "No", "more": "a: b", "count": "7"}
