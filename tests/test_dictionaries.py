"""Words of a language, found as simplemma finds them."""

from __future__ import annotations

from pathlib import Path

import pytest
from simplemma import is_known

from generator import dictionaries
from generator.cache import Cache
from generator.dictionaries import Dictionaries, Words

LINES = b"\nAb\na\nab\nabc\n\xc3\xa9t\xc3\xa9\n"


def test_every_word_is_found_and_nothing_else() -> None:
    words = Words(LINES)
    assert list(words) == ["Ab", "a", "ab", "abc", "été"]
    assert len(words) == 5
    assert [word for word in ("", "A", "Ab", "a", "aa", "ab", "abc", "abcd", "b", "a\nab", "\n", "été", "ét", "ü", "\ud800") if word in words] == [
        "Ab", "a", "ab", "abc", "été",
    ]  # fmt: skip
    assert "a" not in Words(b"\n")


def test_a_word_is_known_as_simplemma_knows_it(tmp_path: Path) -> None:
    knows = Dictionaries(Cache(tmp_path)).knows
    some = ["proceso", "Proceso", "procesos", "PROCESO", "procexo", "déclencheur", "envi\u0301os", "envíos", "d'accord", "l’école", "a", "zzz"]
    for lang in ("es", "fr"):
        assert [word for word in some if knows(word, lang)] == [word for word in some if is_known(word, lang)] != []


def test_a_dictionary_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert Dictionaries(Cache(tmp_path)).knows("boîte", "fr")
    monkeypatch.setattr(dictionaries, "words", lambda lang: pytest.fail(f"{lang} is made again"))
    dictionaries._words.cache_clear()
    dictionaries._knows.cache_clear()
    assert Dictionaries(Cache(tmp_path)).knows("boîte", "fr")
