"""One fault is one finding, also where two checks see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.config import load
from generator.inspection import inspect
from tests.conftest import Write

SITE = "title: T\nlanguages: {en: {root: en, reference: true}, es: {root: es}}\n"
Row = tuple[str, int, str, str]


def found(folder: Path) -> list[Row]:
    findings, _ = inspect(load(folder / "site.yml"), cache=False, jobs=1)
    return [(one.code, one.span.line, one.target, one.suggestion) for one in findings if one.lang == "es"]


@pytest.mark.parametrize(
    ("english", "spanish", "expected"),
    [
        ("See [B](b.md) now.", "Vea ](b.md)B[ ya.", ("translation-link", 3, "](b.md)B[", "[B](b.md)")),
        ("See [B](b.md) now.", "Vea [B](bb.md) ya.", ("link-missing-page", 3, "bb.md", "b.md")),
        ("It is **bold** text.", "Es **** texto.", ("translation-emphasis", 3, "**", "")),
        ("Start `run <name>` now.", "Inicie `run` ya.", ("translation-code", 3, "run", "run <name>")),
        ("Wait `sleep 365` seconds.", "Espere `sleep 345` segundos.", ("translation-code", 3, "sleep 345", "sleep 365")),
    ],
)
def test_a_fault_that_two_checks_see_is_one_finding_with_what_to_write(write: Write, english: str, spanish: str, expected: Row) -> None:
    pages = {"en/a.md": f"# A {{#a}}\n\n{english}\n", "es/a.md": f"# A {{#a}}\n\n{spanish}\n"}
    assert found(write({"site.yml": SITE, "en/b.md": "# B {#b}\n", "es/b.md": "# B {#b}\n", **pages})) == [expected]


def test_two_faults_of_a_line_stay_two(write: Write) -> None:
    pages = {"en/a.md": "# A {#a}\n\n[B](b.md) and [B](b.md#b)\n", "es/a.md": "# A {#a}\n\n[B](bb.md) y ](b.md#b)B[\n"}
    rows = found(write({"site.yml": SITE, "en/b.md": "# B {#b}\n", "es/b.md": "# B {#b}\n", **pages}))
    assert [code for code, *_ in rows] == ["link-missing-page", "translation-link"]


def test_a_row_that_was_lost_is_said_once_where_it_should_stand(write: Write) -> None:
    yml = f"{SITE}records:\n  modules:\n    columns: {{Module: {{roles: subject, identifier: true}}, Remedy: remedy}}\n"
    table = "| Module | Remedy |\n|---|---|\n| mta | Wait |\n| stat | Stop |\n"
    rows = found(write({"site.yml": yml, "en/a.md": f"# A {{#a}}\n\n{table}", "es/a.md": "# A {#a}\n\n| Módulo | Solución |\n|---|---|\n| mta | Espere |\n"}))
    assert [(code, line) for code, line, *_ in rows] == [("translation-row", 6)]


def test_a_fault_in_a_cell_that_spans_columns_is_told_of_once(write: Write) -> None:
    table = "# A {{#a}}\n\n<table><tr><th>A</th><th>B</th></tr><tr><td colspan='2'>{}</td></tr></table>\n"
    pages = {"en/a.md": table.format("Restart the server and wait for it."), "es/a.md": table.format("Restart the server and wait for it.")}
    assert [code for code, *_ in found(write({"site.yml": SITE, **pages}))].count("translation-untranslated") == 1


def test_a_missing_cell_is_an_error_once_where_the_row_is_a_record_and_else_a_warning(write: Write) -> None:
    yml = f"{SITE}records:\n  modules:\n    columns: {{Module: {{roles: subject, identifier: true}}, Remedy: remedy}}\n"
    table = "# A {#a}\n\n| Module | Remedy |\n|---|---|\n| mta | Wait |\n| stat |\n\n| Port | Use |\n|---|---|\n| 80 |\n"
    rows = found(write({"site.yml": yml, "en/a.md": table, "es/a.md": table.replace("Wait", "Espere")}))
    assert [(code, line) for code, line, *_ in rows if code.startswith("table-")] == [("table-row-width", 6), ("table-row-short", 10)]


def test_a_label_that_nobody_knows_is_one_finding_with_the_one_of_the_reference(write: Write) -> None:
    pages = {"en/a.md": "# A {#a}\n\n>[!NOTE]\n>Wait.\n\n[!NOTE]\nStop.\n", "es/a.md": "# A {#a}\n\n>[! NOTA]\n>Espere.\n\n[!TIP]\nPare.\n"}
    rows = found(write({"site.yml": SITE, **pages}))
    assert rows == [
        ("dialect-unknown", 3, "[! ", "[!"), ("translation-alert", 3, "NOTA", "NOTE"),
        ("dialect-unknown", 6, "[!TIP]", ""), ("translation-alert", 6, "TIP", "NOTE"),
    ]  # fmt: skip
