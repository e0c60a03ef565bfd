"""Tables of contents and metadata.md are compared with their reference: one fault, one finding, at its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.config import load
from generator.inspection import inspect
from tests.conftest import Write

SITE = "title: T\nlanguages: {en: {root: en/help, repository: en, reference: true}, es: {root: es/help, repository: es}}\n"
NAMES = "abcdefg"
CONTENTS = {
    "en": """---
product: tool
version: Tool 7
---

# Guide {#guide}

+ [First](a.md)
+ Group {#group}
  + [Page of maxCount](b.md)
  + [Release 2025](c.md)
  + Inner {#inner}
    + [Deep](d.md)
    + [Deeper](e.md)
+ [Last](f.md)
+ [Terms](https://example.org/terms)
""",
    "es": """---
product: tool
version: Tool 7
source-git-commit: abc
---

# Guía {#guide}

+ [Primero](a.md)
+ Grupo {#group}
  + [Página de maxCount](b.md)
  + [Versión 2025](c.md)
  + Interior {#inner}
    + [Hondo](d.md)
    + [Más hondo](e.md)
+ [Último](f.md)
+ [Términos](https://example.org/terms)
""",
}
METADATA = {"en": "---\ngit-repo: https://example.org/en\nfeature-set: Tools\nindex: true\n---\n\n# Metadata\n", "es": "---\ngit-repo: https://example.org/es\nfeature-set: Tools\nindex: true\n---\n\n# Metadatos\n"}
FILES = {
    "site.yml": SITE,
    **{f"{lang}/help/TOC.md": text for lang, text in CONTENTS.items()},
    **{f"{lang}/metadata.md": text for lang, text in METADATA.items()},
    **{f"{lang}/help/{name}.md": f"# {name} {{#{name}}}\n" for lang in ("en", "es") for name in NAMES[:6]},
}


def found(folder: Path) -> list[tuple[str, str, int, str]]:
    """All findings: code, file, line, suggestion."""
    findings, _ = inspect(load(folder / "site.yml"), cache=False)
    return [(one.code, one.file, one.span.line, one.suggestion) for one in findings if one.severity.value in ("error", "warning")]


def changed(write: Write, file: str, before: str, after: str) -> list[tuple[str, str, int, str]]:
    assert before in FILES[file]
    return found(write({**FILES, file: FILES[file].replace(before, after, 1)}))


def test_files_that_say_the_same_are_no_finding(write: Write) -> None:
    assert found(write(FILES)) == []


@pytest.mark.parametrize(
    ("before", "after", "code", "line", "suggestion"),
    [
        ("  + [Versión 2025](c.md)\n", "", "translation-structure", 12, ""),
        ("    + [Hondo](d.md)\n    + [Más hondo](e.md)\n", "", "translation-structure", 14, ""),
        ("+ [Primero](a.md)\n", "+ [Primero](a.md)\n+ [Nuevo](https://example.org/new)\n", "translation-structure", 10, ""),
        ("  + Interior {#inner}\n", "", "translation-structure", 13, ""),
        ("  + [Versión 2025](c.md)\n", "+ [Versión 2025](c.md)\n", "translation-structure", 12, ""),
        ("    + [Hondo](d.md)\n", "+ [Hondo](d.md)\n", "translation-structure", 14, ""),
        ("{#group}", "{#grupo}", "translation-anchor", 10, "group"),
        ("{#guide}", "{#guia}", "translation-anchor", 7, "guide"),
        ("](c.md)", "](cc.md)", "link-toc-missing", 12, "c.md"),
        ("](c.md)", "](f.md)", "translation-link", 12, "c.md"),
        ("[Versión 2025](c.md)", "](c.md)Versión 2025[", "translation-link", 12, "[Versión 2025](c.md)"),
        ("[Versión 2025](c.md)", "Versión 2025", "translation-link", 12, ""),
        ("+ [Último](f.md)\n", "+ [Último](f.md)\n+ [Último](f.md)\n", "link-toc-duplicate", 17, ""),
        ("Versión 2025", "Versión 2052", "translation-number", 12, "2025"),
        ("maxCount", "maxCuenta", "translation-identifier", 11, "maxCount"),
        ("version: Tool 7\n", "", "translation-front-matter", 3, "version"),
        ("product: tool\n", "product: herramienta\n", "translation-front-matter", 2, "tool"),
        ("](https://example.org/terms)", "](https://example.orgo/terms)", "translation-address", 17, "https://example.org/terms"),
    ],
)  # fmt: skip
def test_a_fault_of_a_table_of_contents_is_one_finding_at_its_line(
    write: Write, before: str, after: str, code: str, line: int, suggestion: str
) -> None:
    assert changed(write, "es/help/TOC.md", before, after) == [(code, "es/help/TOC.md", line, suggestion)]


def test_an_id_that_stands_twice_is_missed_where_it_stood(write: Write) -> None:
    twice = {f"{lang}/help/TOC.md": text + "+ More {#inner}\n  + [Site](https://example.org/more)\n" for lang, text in CONTENTS.items()}
    folder = write({**FILES, **twice, "es/help/TOC.md": twice["es/help/TOC.md"].replace("{#inner}", "{#interior}", 1)})
    assert found(folder) == [("translation-anchor", "es/help/TOC.md", 13, "inner")]


def test_a_page_that_is_not_translated_is_not_missed_in_the_table_of_contents_too(write: Write) -> None:
    files = {**FILES, "es/help/TOC.md": FILES["es/help/TOC.md"].replace("  + [Versión 2025](c.md)\n", "")}
    del files["es/help/c.md"]
    assert found(write(files)) == [("translation-missing-page", "en/help/c.md", 1, "")]


def test_a_page_that_one_language_alone_has_may_stand_in_its_table_of_contents(write: Write) -> None:
    own = {"es/help/g.md": "# g {#g}\n", "es/help/TOC.md": FILES["es/help/TOC.md"] + "+ [Solo aquí](g.md)\n"}
    assert [one[:2] for one in found(write({**FILES, **own}))] in ([], [("translation-extra-page", "es/help/g.md")])


def test_without_checks_of_translation_an_entry_that_is_missing_is_said_of_its_page(write: Write) -> None:
    folder = write({**FILES, "es/help/TOC.md": FILES["es/help/TOC.md"].replace("  + [Versión 2025](c.md)\n", "")})
    findings, _ = inspect(load(folder / "site.yml"), cache=False, wanted=lambda code: code.startswith("link-"))
    assert [(one.code, one.target) for one in findings] == [("link-orphan-page", "c.md")]


@pytest.mark.parametrize(
    ("before", "after", "line", "suggestion"),
    [("feature-set: Tools\n", "", 3, "feature-set"), ("index: true\n", "", 4, "index")],
)
def test_keys_of_metadata_survive(write: Write, before: str, after: str, line: int, suggestion: str) -> None:
    assert changed(write, "es/metadata.md", before, after) == [("translation-front-matter", "es/metadata.md", line, suggestion)]


def test_a_second_run_says_the_same_and_a_change_is_seen(write: Write) -> None:
    folder = write(FILES)
    config = load(folder / "site.yml")
    assert inspect(config)[0] == inspect(config)[0]
    (folder / "es/metadata.md").write_text("---\nindex: true\n---\n", encoding="utf-8")
    once, again = inspect(config)[0], inspect(config)[0]
    assert once == again
    assert {one.file for one in once if one.code == "translation-front-matter"} == {"es/metadata.md"}
