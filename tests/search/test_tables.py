"""What a word means in the reference language."""

from __future__ import annotations

from generator.search import tables
from tests.search.entries import EN, ES

LINES = [
    ("El correo rebota", "The mail bounces"),
    ("El correo espera", "The mail waits"),
    ("La cola espera", "The queue waits"),
    ("La cola crece", "The queue grows"),
    ("El buzón rebota", "The mailbox bounces"),
    ("xtk:session", "xtk:session"),
]


def test_words_are_learnt_from_lines_they_share() -> None:
    table = tables.learn([tables.lines(LINES * 3, ES, EN)])
    assert {source: targets[0][0] for source, targets in table.items() if source in {"corre", "col", "esper", "rebot"}} == {
        "corre": "mail",
        "col": "queue",
        "esper": "wait",
        "rebot": "bounc",
    }
    assert "xtksession" not in table


def test_probabilities_are_sorted_cut_and_add_up_to_one_at_most() -> None:
    for targets in tables.learn([tables.lines(LINES, ES, EN)], tables.Learning(most=3)).values():
        chances = [p for _, p in targets]
        assert chances == sorted(chances, reverse=True)
        assert len(chances) <= 3
        assert chances[-1] >= 0.05
        assert sum(chances) <= 1.001


def test_how_lines_are_grouped_and_repeated_makes_no_difference() -> None:
    whole = tables.learn([tables.lines(LINES, ES, EN)])
    assert tables.learn([tables.lines(LINES[:2], ES, EN), tables.lines([], ES, EN), tables.lines(LINES[2:], ES, EN)]) == whole
    assert tables.learn([tables.lines(LINES, ES, EN)] * 2) == whole


def test_of_too_many_lines_some_are_looked_at() -> None:
    few = tables.learn([tables.lines(LINES, ES, EN)], tables.Learning(lines=2))
    assert 0 < len(few) < len(tables.learn([tables.lines(LINES, ES, EN)]))


def test_nothing_is_learnt_from_nothing() -> None:
    assert tables.learn([]) == tables.learn([tables.lines([], ES, EN)]) == {}
    assert tables.learn([tables.lines([("", "a"), ("b", ""), ("c", "c")], ES, EN)]) == {}
