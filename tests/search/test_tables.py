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
    table = tables.learn(LINES * 3, ES, EN)
    assert {source: targets[0][0] for source, targets in table.items() if source in {"corre", "col", "esper", "rebot"}} == {
        "corre": "mail",
        "col": "queue",
        "esper": "wait",
        "rebot": "bounc",
    }
    assert "xtksession" not in table


def test_probabilities_are_sorted_cut_and_add_up_to_one_at_most() -> None:
    for targets in tables.learn(LINES, ES, EN, tables.Learning(most=3)).values():
        chances = [p for _, p in targets]
        assert chances == sorted(chances, reverse=True)
        assert len(chances) <= 3
        assert chances[-1] >= 0.05
        assert sum(chances) <= 1.001


def test_a_table_survives_the_cache() -> None:
    table = tables.learn(LINES, ES, EN)
    assert tables.from_bytes(tables.to_bytes(table)) == table
    assert tables.to_bytes(tables.learn(LINES, ES, EN)) == tables.to_bytes(table)


def test_nothing_is_learnt_from_nothing() -> None:
    assert tables.learn([], ES, EN) == {}
    assert tables.learn([("", "a"), ("b", ""), ("c", "c")], ES, EN) == {}
