"""The engine's scores against the plain formula."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.model import Entry
from generator.search import Engine, Options, postings
from generator.search.options import SHORT_FIELDS
from generator.search.postings import LEVELS
from tests.search.entries import EN, ES, build_index, engine, section

WORDS = ("zorp", "blint", "quem", "drav", "fosk", "wint", "glam", "prun")
SENTENCE = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
ENTRY = st.fixed_dictionaries({"title": SENTENCE, "heading": SENTENCE, "body": st.lists(SENTENCE, min_size=1, max_size=8)})


def units(entry: Entry, options: Options, *, passages: bool) -> list[dict[str, Counter[str]]]:
    """Word counts by field: of the entry, or of each of its passages."""
    short = {name: Counter(" ".join(texts).split()) for name, texts in entry.texts.items() if name in SHORT_FIELDS}
    groups: list[list[str]] = [[]]
    for text in entry.texts["body"]:
        if passages and groups[-1] and sum(map(len, groups[-1])) + len(text) > options.passage_size:
            groups.append([])
        groups[-1].append(text)
    return [{**short, "body": Counter(" ".join(group).split())} for group in groups]


def plain_scores(entries: list[Entry], query: list[str], options: Options) -> list[float]:
    """BM25F as in the books, half for the section, half for its best passage."""
    documents = [units(entry, options, passages=False)[0] for entry in entries]
    parts = [units(entry, options, passages=True) for entry in entries]
    length = {name: [sum(document[name].values()) for document in documents] for name in documents[0]}
    mean = {name: sum(values) / len(values) for name, values in length.items()}
    bodies = [sum(part["body"].values()) for group in parts for part in group]
    body_mean = sum(bodies) / len(bodies)

    def saturated(unit: dict[str, Counter[str]], word: str, body: float, long: dict[str, int]) -> float:
        x = 0.0
        for name, counts in unit.items():
            b = options.b_short if name in SHORT_FIELDS else options.b
            average = body if name == "body" else mean[name]
            x += options.weights[name] * counts[word] / (1 - b + b * long[name] / average)
        return x / (options.k1 + x)

    scores = []
    for document, group in zip(documents, parts, strict=True):
        whole, best = 0.0, [0.0] * len(group)
        for word in query:
            df = sum(any(counts[word] for counts in other.values()) for other in documents)
            idf = math.log(1 + (len(documents) - df + 0.5) / (df + 0.5))
            whole += idf * saturated(document, word, mean["body"], {name: sum(counts.values()) for name, counts in document.items()})
            for place, part in enumerate(group):
                best[place] += idf * saturated(part, word, body_mean, {name: sum(counts.values()) for name, counts in part.items()})
        scores.append((1 - options.passage) * whole + options.passage * max(best))
    return scores


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(ENTRY, min_size=1, max_size=8), query=st.lists(st.sampled_from(WORDS), min_size=1, max_size=4, unique=True))
def test_scores_are_those_of_the_formula_but_for_rounding(texts: list[dict[str, list[str] | str]], query: list[str]) -> None:
    options = Options(passage_size=60)
    entries = [
        Entry(
            f"p{place}.md#s",
            "section",
            f"p{place}.html",
            f"p{place}",
            (),
            {name: tuple(text) if isinstance(text, list) else (text,) for name, text in fields.items()},
        )
        for place, fields in enumerate(texts)
    ]
    expected = plain_scores(entries, query, options)
    answer = engine(*entries, options=options).search(" ".join(query) + " ", EN, limit=50)
    found = {hit.id: hit.score for hit in answer.hits}
    rounding = sum(math.log(1 + (len(entries) + 0.5) / 0.5) for _ in query) / LEVELS
    for place, score in enumerate(expected):
        assert abs(found.get(f"p{place}.md#s", 0.0) - score) <= rounding
    assert [hit.score for hit in answer.hits] == sorted((hit.score for hit in answer.hits), reverse=True)


@settings(max_examples=40, deadline=None)
@given(
    texts=st.lists(st.tuples(SENTENCE, st.lists(SENTENCE, min_size=1, max_size=8)), min_size=1, max_size=6),
    query=st.lists(st.sampled_from((*WORDS, "zopr", "blitn", "glm", "zorpblint")), min_size=1, max_size=6),
)
def test_the_reasons_of_a_hit_add_up_to_its_score(texts: list[tuple[str, list[str]]], query: list[str]) -> None:
    entries = [
        section(f"p{place}.md#s", heading, *body, cells=(" ".join(body)[:200],), code=(body[0],))
        for place, (heading, body) in enumerate(texts)
    ]
    english = build_index(EN, entries, Options(passage_size=60))
    other = build_index(
        ES, entries[: len(entries) // 2 + 1], Options(passage_size=60), reference=english, table={"zorp": (("blint", 0.5), ("quem", 0.3))}
    )
    all_ = Engine.of_artifacts({EN: english.manifest, ES: other.manifest}, (*english.artifacts, *other.artifacts))
    for lang, options in ((EN, {}), (ES, {}), (ES, {"only": "reference"}), (ES, {"only": "own"})):
        for hit in all_.search(" ".join(query), lang, explain=True, **options).hits:
            assert sum(step["gain"] for step in hit.why) == pytest.approx(hit.score)


@pytest.mark.parametrize("block", [1, 7, 50])
def test_how_many_words_are_weighed_at_once_makes_no_difference(monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    entries = [
        section(f"page.md#{number}", " ".join(WORDS[number % 8 :]), *(" ".join(WORDS[: part + 1] * 9) + "." for part in range(number % 5 + 1))) for number in range(12)
    ]
    whole = build_index(EN, entries, Options(passage_size=60)).artifacts
    monkeypatch.setattr(postings, "_BLOCK", block)
    assert build_index(EN, entries, Options(passage_size=60)).artifacts == whole
