"""What stands in the files of an index."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.search.options import VERSION
from generator.search.pieces import PLACES, lexicon_pieces, term_filter
from generator.search.runtime import Runtime, open_runtime

TERM = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)


@pytest.fixture(scope="module")
def runtime() -> Runtime:
    return open_runtime("en")


def let_through(runtime: Runtime, filter_: dict[str, object], words: list[str]) -> list[bool]:
    manifest = {"version": VERSION, "lang": "en", "count": 0, "passages": "", "known": filter_}
    found: list[bool] = runtime.call(
        "(manifest, words) => { const r = new Sintoma.Reader(manifest, {}); return words.map((w) => r.has(w)); }", manifest, words
    )
    return found


@settings(max_examples=60, deadline=None)
@given(terms=st.lists(TERM, min_size=1, max_size=60, unique=True))
def test_the_filter_lets_every_term_through(runtime: Runtime, terms: list[str]) -> None:
    assert all(let_through(runtime, term_filter(terms), terms))


def test_the_filter_stops_seven_of_eight_words_that_the_index_lacks(runtime: Runtime) -> None:
    filter_ = term_filter([f"known{number}" for number in range(3000)])
    through = let_through(runtime, filter_, [f"unknown{number}" for number in range(3000)])
    assert 0.08 < sum(through) / 3000 < 0.16


def test_the_filter_of_a_large_index_does_not_grow() -> None:
    filter_ = term_filter([f"known{number}" for number in range(60_000)])
    assert filter_["places"] == PLACES
    assert len(str(filter_["gaps"])) < PLACES // 2


def test_frequent_words_are_one_piece_and_the_others_go_by_first_letter() -> None:
    terms = ["apple", "avocado", "banana", "blackberri", "cherri"]
    surfaces = ["apple", "avocado", "banana", "blackberry", "cherry"]
    common, lexicon = lexicon_pieces(terms, surfaces, [1, 9, 2, 1, 8], common_size=20, size=10)
    assert [payload.count("\n") + 1 for payload in common.payloads] == [2]
    assert "avocado" in common.payloads[0]
    assert lexicon.first == ("a", "b")
    assert "lackberri" in lexicon.payloads[1]


def test_an_index_whose_words_are_all_common_has_no_other_pieces() -> None:
    common, lexicon = lexicon_pieces(["apple"], ["apple"], [1], common_size=100, size=100)
    assert len(common.payloads) == 1
    assert not lexicon.payloads
    assert lexicon_pieces(["x1"], [""], [1], common_size=100, size=100)[0].payloads == ()
