"""Pages that one language has and another lacks are found; those that cannot be read are not called missing."""

from __future__ import annotations

from generator import config
from generator.inspection import inspect
from tests.conftest import Write

SITE = "title: T\nlanguages: {en: {root: en, reference: true}, es: {root: es}}\n"


def found(write: Write, **files: str | bytes) -> list[str]:
    folder = write({"site.yml": SITE, "en/a.md": "# A {#a}\n", "es/a.md": "# A {#a}\n"})
    for name, text in files.items():
        (folder / name.replace("_", "/")).with_suffix(".md").write_bytes(text if isinstance(text, bytes) else text.encode())
    return [finding.code for finding in inspect(config.load(folder / "site.yml"), cache=False, jobs=1)[0]]


def test_a_page_that_one_language_lacks_is_found(write: Write) -> None:
    assert found(write, en_b="# B {#b}\n") == ["translation-missing-page"]
    assert found(write, es_c="# C {#c}\n") == ["translation-missing-page", "translation-extra-page"]


def test_a_page_that_is_there_and_cannot_be_read_is_not_called_missing_too(write: Write) -> None:
    assert found(write, es_a="# Á {#a}\n".encode("latin-1")) == ["file-encoding"]
    assert found(write, es_a="# A {#a}\n", en_a="# Á {#a}\n".encode("latin-1")) == ["file-encoding"]
