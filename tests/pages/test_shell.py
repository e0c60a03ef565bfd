"""Templates are compiled once, and what is kept of them is never trusted blindly."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cache import Cache
from generator.pages.shell import environment


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    (tmp_path / "theme/templates").mkdir(parents=True)
    (tmp_path / "theme/templates/hello.html").write_text("Hello {{ name }}", encoding="utf-8")
    return tmp_path / "theme"


def hello(theme: Path, store: Cache) -> str:
    return environment((theme,), store).get_template("hello.html").render(name="you")


def test_a_template_is_compiled_once(theme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Cache(tmp_path / "cache")
    assert hello(theme, store) == "Hello you"
    monkeypatch.setattr("jinja2.Environment.compile", None)
    assert hello(theme, store) == "Hello you"


def test_a_template_that_changed_or_whose_entry_is_damaged_is_compiled_anew(theme: Path, tmp_path: Path) -> None:
    store = Cache(tmp_path / "cache")
    hello(theme, store)
    (theme / "templates/hello.html").write_text("Goodbye {{ name }}", encoding="utf-8")
    assert hello(theme, store) == "Goodbye you"
    for entry in (path for path in (tmp_path / "cache").rglob("*") if path.is_file()):
        entry.write_bytes(entry.read_bytes()[:-1] + b"\0\0")
    assert hello(theme, store) == "Goodbye you"
