"""Pages that one language has and another lacks are found; those that cannot be read are not called missing."""

from __future__ import annotations

from generator import config
from generator.inspection import inspect
from generator.model import Finding
from tests.conftest import Write

SITE = "title: T\nlanguages: {en: {root: en, reference: true}, es: {root: es}}\n"


def findings(write: Write, **files: str | bytes) -> list[Finding]:
    folder = write({"site.yml": SITE, "en/a.md": "# A {#a}\n", "es/a.md": "# A {#a}\n"})
    for name, text in files.items():
        (folder / name.replace("_", "/")).with_suffix(".md").write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(inspect(config.load(folder / "site.yml"), cache=False, jobs=1)[0])


def found(write: Write, **files: str | bytes) -> list[str]:
    return [finding.code for finding in findings(write, **files)]


def test_a_page_that_one_language_lacks_is_found(write: Write) -> None:
    assert found(write, en_b="# B {#b}\n") == ["translation-missing-page"]
    assert found(write, es_c="# C {#c}\n") == ["translation-missing-page", "translation-extra-page"]


def test_a_page_that_is_there_and_cannot_be_read_is_not_called_missing_too(write: Write) -> None:
    assert found(write, es_a="# Á {#a}\n".encode("latin-1")) == ["file-encoding"]
    assert found(write, es_a="# A {#a}\n", en_a="# Á {#a}\n".encode("latin-1")) == ["file-encoding"]


def page(name: str, identity: str) -> str:
    return f"---\nexl-id: {identity}\n---\n# {name} {{#{name}}}\n"


def test_a_page_that_the_reference_moved_is_told_where_to(write: Write) -> None:
    (moved,) = findings(write, en_new=page("x", "1234"), es_old=page("x", "1234"))
    assert (moved.code, moved.file) == ("translation-extra-page", "es/old.md")
    assert "move it to es/new.md" in moved.message


def test_an_id_that_two_pages_have_tells_of_no_move(write: Write) -> None:
    assert found(write, en_b=page("b", "1"), en_c=page("c", "1"), es_old=page("x", "1")) == [*["translation-missing-page"] * 2, "translation-extra-page"]


def test_a_copy_of_a_translated_page_tells_of_no_move(write: Write) -> None:
    assert found(write, en_b=page("b", "7"), es_b=page("b", "7"), es_old=page("x", "7")) == ["translation-extra-page"]
