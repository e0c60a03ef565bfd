"""What a translation says twice in a row is found where its reference says it once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.checks.pairs import findings, said

WAIT, AGAIN = "Espere a que la cola esté vacía.", "Luego reinicie el módulo del servidor."


@pytest.mark.parametrize(
    ("english", "translated", "lang", "target"),
    [
        ("Wait for the queue. Restart it.", f"{WAIT} {WAIT} {AGAIN}", "es", WAIT[:-1]),
        ("Wait for the queue. Restart it.", f"{WAIT} {AGAIN} {WAIT} {AGAIN}", "es", WAIT[:-1]),
        ("Wait for the queue.", "キューが空になるまで待ちます。キューが空になるまで待ちます。", "ja", "キューが空になるまで待ちます"),
        ("Wait for the **queue**.", "* Espere a que la **cola** esté vacía. Espere a que la **cola** esté vacía.", "es", "Espere a que la **cola** esté vacía"),
        ("| A |\n|---|\n| Wait for the queue. |", f"| A |\n|---|\n| {WAIT} {WAIT} |", "es", WAIT[:-1]),
    ],
)
def test_a_sentence_that_follows_itself_is_found(tmp_path: Path, english: str, translated: str, lang: str, target: str) -> None:
    mark = "* " if translated.startswith("*") else ""
    found = said(tmp_path, f"# T {{#t}}\n\n{mark}{english}\n", f"# T {{#t}}\n\n{translated}\n", lang)
    assert [(code, words) for code, _, _, words, _ in found] == [("doubled", target)]


@pytest.mark.parametrize(
    ("english", "translated"),
    [
        ("Wait for the queue. Wait for the queue. Restart it.", f"{WAIT} {WAIT} {AGAIN}"),
        ("Stop it? Stop it! Now.", "¡Pare! ¡Pare! Ahora."),
        ("Wait for the queue. Restart it. Then wait again.", f"{WAIT} {AGAIN} {WAIT}"),
        ("| Name | Label |\n|---|---|\n| Name of the field | Label of the field |", "| A | B |\n|---|---|\n| El nombre del campo en la tabla | El nombre del campo en la tabla |"),
        ("Name of field.\n\nLabel of field.", "Nombre del campo.\n\nNombre del campo."),
    ],
)
def test_what_may_be_right_is_none(tmp_path: Path, english: str, translated: str) -> None:
    assert "doubled" not in [code for code, *_ in said(tmp_path, f"# T {{#t}}\n\n{english}\n", f"# T {{#t}}\n\n{translated}\n")]


def test_a_paragraph_in_the_place_of_another_is_found_with_what_should_stand_there(tmp_path: Path) -> None:
    english = "# T {#t}\n\nWait for the queue.\n\nRestart the module of the server.\n"
    (found,) = findings(tmp_path, english, f"# T {{#t}}\n\n{WAIT}\n\n{WAIT}\n")
    assert (found.code, found.span.line, found.target) == ("translation-doubled", 5, WAIT)
    assert "in line 3, where the reference says “Restart the module of the server.” (line 5)" in found.message


def test_a_paragraph_that_was_put_in_twice_has_no_counterpart_and_is_said_to_be_one_too_many(tmp_path: Path) -> None:
    english = "# T {#t}\n\nWait for the queue.\n\nRestart the module `mta`, whatever the log of the server says.\n"
    (found,) = findings(tmp_path, english, f"# T {{#t}}\n\n{WAIT}\n\n{WAIT}\n\nReinicie el módulo `mta`, diga lo que diga el registro del servidor.\n")
    assert found.code == "translation-structure"
    assert found.message.endswith("It says what stands beside it; remove one of the two.")
