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
    table = learnt([LINES * 3])
    assert {source: targets[0][0] for source, targets in table.items() if source in {"corre", "col", "esper", "rebot"}} == {
        "corre": "mail",
        "col": "queue",
        "esper": "wait",
        "rebot": "bounc",
    }
    assert "xtksession" not in table


def test_probabilities_are_sorted_cut_and_add_up_to_one_at_most() -> None:
    for targets in learnt([LINES], tables.Learning(most=3)).values():
        chances = [p for _, p in targets]
        assert chances == sorted(chances, reverse=True)
        assert len(chances) <= 3
        assert chances[-1] >= 0.05
        assert sum(chances) <= 1.001


def test_how_the_lines_of_a_portion_are_grouped_and_repeated_makes_no_difference() -> None:
    whole = tables.learn([tables.lines(LINES, ES, EN)])
    assert tables.learn([tables.lines(LINES[:2], ES, EN), tables.lines([], ES, EN), tables.lines(LINES[2:], ES, EN)]) == whole
    assert tables.learn([tables.lines(LINES, ES, EN)] * 2) == whole


def test_portions_that_tell_the_same_say_what_one_does() -> None:
    assert learnt([LINES, LINES]) == learnt([LINES])


def test_the_counts_of_portions_add_up() -> None:
    sure, unsure = [("correo cola", "mail queue"), ("correo", "mail"), ("cola", "queue")], [("correo buzón", "mail mailbox")]
    assert dict(learnt([unsure])["corre"]) == {"mail": 0.5, "mailbox": 0.5}
    both = dict(learnt([sure, unsure])["corre"])
    assert both["mail"] > 0.7 > both["mailbox"]
    assert learnt([sure, unsure])["buzon"] == learnt([unsure])["buzon"]


def test_nothing_is_learnt_from_nothing() -> None:
    assert tables.table([]) == learnt([[]]) == {}
    assert learnt([[("", "a"), ("b", ""), ("c", "c")]]) == {}


def test_a_word_beside_no_word_of_the_reference_means_nothing() -> None:
    assert learnt([[("zumbido", "…")]]) == {}
    assert "zumb" not in learnt([LINES, [*LINES, ("zumbido", "…")]])


def learnt(portions: list[list[tuple[str, str]]], learning: tables.Learning | None = None) -> tables.Table:
    """The table of some portions of lines."""
    return tables.table([tables.learn([tables.lines(lines, ES, EN)], learning) for lines in portions], learning)
