"""What Python writes, JavaScript reads."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.search.codec import checksum, cut, encode, fnv, front_coded, literal, utf16
from generator.search.messages import BUCKETS
from generator.search.runtime import Runtime, open_runtime

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=60)


@pytest.fixture(scope="module")
def runtime() -> Runtime:
    return open_runtime("en")


@settings(max_examples=100, deadline=None)
@given(values=st.lists(st.integers(0, 2**40), max_size=30))
def test_numbers_come_back(runtime: Runtime, values: list[int]) -> None:
    text, widths = encode(np.array(values, dtype=np.int64))
    assert len(text) == widths.sum()
    back = runtime.call(
        "(text, many) => { const n = new Sintoma.shards.Numbers(text); return Array.from({length: many}, () => n.next()); }",
        text,
        len(values),
    )
    assert back == values


@settings(max_examples=100, deadline=None)
@given(words=st.lists(TEXT, max_size=20, unique=True))
def test_words_come_back_in_the_order_of_the_browser(runtime: Runtime, words: list[str]) -> None:
    ordered = sorted(words, key=utf16)
    assert runtime.call("(words) => [...words].sort()", words) == ordered
    assert runtime.call("(lines) => Sintoma.shards.unfold(lines)", front_coded(ordered)) == ordered


@settings(max_examples=100, deadline=None)
@given(text=TEXT)
def test_the_checksum_is_the_browsers(runtime: Runtime, text: str) -> None:
    assert runtime.call("(text) => Sintoma.shards.adler32(text)", text) == checksum(text)


@settings(max_examples=50, deadline=None)
@given(texts=st.lists(TEXT, max_size=8))
def test_the_hash_of_each_text_is_the_browsers(runtime: Runtime, texts: list[str]) -> None:
    assert runtime.call("(texts) => JSON.stringify(texts.map((text) => Sintoma.shards.bucketOf(text)))", texts) == str((fnv(texts) % BUCKETS).tolist()).replace(" ", "")


@settings(max_examples=100, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_a_payload_survives_as_a_literal(runtime: Runtime, text: str) -> None:
    assert runtime.call(f"() => {literal(text)}") == text


@given(sizes=st.lists(st.integers(1, 50), max_size=40), target=st.integers(1, 100))
def test_runs_cover_everything_once_and_keep_to_their_size(sizes: list[int], target: int) -> None:
    runs = cut(sizes, target)
    assert [place for start, end in runs for place in range(start, end)] == list(range(len(sizes)))
    assert all(sum(sizes[start:end]) <= target or end - start == 1 for start, end in runs)
