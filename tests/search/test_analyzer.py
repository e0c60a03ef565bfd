"""One analyzer for index and query."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.search.analysis import Analyzer
from generator.search.runtime import Runtime, open_runtime


@pytest.fixture(scope="module")
def runtime() -> Runtime:
    return open_runtime("en", "es", "de", "fr", "ja", "ru")


def terms(runtime: Runtime, lang: str, text: str) -> list[str]:
    words = runtime.call("(lang, text) => Sintoma.createAnalyzer(lang).words(text)", lang, text)
    return [term for word in words for term in word["terms"]]


@pytest.mark.parametrize(
    ("lang", "one", "other"),
    [
        ("en", "deliveries", "delivery"),
        ("es", "exportación", "EXPORTACION"),
        ("de", "Übertragung", "übertragungen"),
        ("de", "Straße", "strasse"),
        ("fr", "l’instance", "instance"),
        ("fr", "l'instance", "instances"),
        ("ja", "ｻｰﾊﾞｰ", "サーバー"),
        ("ja", "サーバ", "サーバー"),
        ("en", "ｘｔｋ：ｓｅｓｓｉｏｎ", "xtk:session"),
        ("en", "xtk_session", "xtk:session"),
        ("en", "nmsBroadLog", "NmsBroadLog"),
        ("en", "e-mail", "e‐mail"),
        ("en", "time\u200bout", "timeout"),
        ("ru", "ещё", "еще"),
    ],
)
def test_words_that_people_take_for_the_same_are_the_same(runtime: Runtime, lang: str, one: str, other: str) -> None:
    assert terms(runtime, lang, one) == terms(runtime, lang, other)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("xtk:session", ["xtksession", "xtk", "session"]),
        ("ODB-240000", ["odb240000", "odb", "240000"]),
        ("NmsBroadLog", ["nmsbroadlog", "nms", "broad", "log"]),
        ("mta@instance", ["mtainstanc", "mta", "instanc"]),
        ("nlserver.log", ["nlserverlog", "nlserver", "log"]),
        ("8.1.2", ["8.1.2"]),
        ("port 7777", ["port", "7777"]),
        ("__proto__", ["proto"]),
    ],
)
def test_identifiers_are_kept_whole_and_in_parts(runtime: Runtime, text: str, expected: list[str]) -> None:
    assert terms(runtime, "en", text) == expected


def test_composed_and_decomposed_letters_are_the_same(runtime: Runtime) -> None:
    text = "Überprüfung der Änderungen, сервер й, ガード"
    assert terms(runtime, "de", unicodedata.normalize("NFD", text)) == terms(runtime, "de", unicodedata.normalize("NFC", text))


def test_japanese_keeps_words_and_drops_grammar(runtime: Runtime) -> None:
    assert terms(runtime, "ja", "サーバーが落ちている") == ["サーバ", "落ち"]
    assert terms(runtime, "ja", "配信失敗") == ["配信", "信失", "失敗"]


def test_stop_words_of_a_language_are_dropped(runtime: Runtime) -> None:
    assert terms(runtime, "en", "the mails were not sent") == ["mail", "sent"]


@pytest.mark.parametrize(("lang", "text", "expected"), [("es", "el estado de los envíos", ["estad", "envi"]), ("fr", "pas de son", ["son"])])
def test_a_noun_that_is_written_like_a_stop_word_is_kept(lang: str, text: str, expected: list[str]) -> None:
    runtime = open_runtime("es", "fr")
    assert terms(runtime, lang, text) == expected


def test_a_word_is_cut_where_its_script_changes(runtime: Runtime) -> None:
    words = runtime.call("(lang, text) => Sintoma.createAnalyzer(lang).words(text)", "ja", "mtaが起動しない VPN")
    assert [(word["word"], word["typed"], word["terms"]) for word in words if word["terms"]] == [
        ("mtaが起動しない", "mta", ["mta"]), ("mtaが起動しない", "起動し", ["起動", "動し"]), ("VPN", "VPN", ["vpn"]),
    ]  # fmt: skip


def test_a_language_without_a_stemmer_keeps_its_words(runtime: Runtime) -> None:
    assert terms(runtime, "xx", "mails were sent") == ["mails", "were", "sent"]


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=80), lang=st.sampled_from(["en", "de", "ja"]))
def test_index_and_query_see_the_same_terms_whatever_the_text(runtime: Runtime, text: str, lang: str) -> None:
    text = text.encode("utf-16", "replace").decode("utf-16", "replace")
    analyzer = Analyzer(lang, runtime)
    ids, _ = analyzer.analyze([text])
    assert [analyzer.terms[number] for number in ids.tolist()] == terms(runtime, lang, text)


@settings(max_examples=100, deadline=None)
@given(word=st.text(st.characters(categories=["L", "N", "M"]), min_size=1, max_size=30))
def test_a_plain_term_of_a_term_is_itself_or_nearer_the_root(runtime: Runtime, word: str) -> None:
    assert all(term for term in terms(runtime, "en", word))
