"""Boxes and arrows on a plane."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.pages.drawing import Arrow, Drawing, Sizes, draw

SIZES = Sizes(100, 40, 16, 40)
ARROWS = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda pair: pair[0] != pair[1]), max_size=30, unique=True)
MIXED: list[Arrow] = [(0, 1), (1, 2), (0, 2), (2, 3), (4, 5), (5, 6), (6, 4), (7, 2)]
CHAIN: list[Arrow] = [(0, 1), (1, 2), (0, 2), (2, 3)]


def row(drawn: Drawing, box: int) -> float:
    return drawn.boxes[box][1]


def ends(path: str) -> tuple[tuple[float, float], tuple[float, float]]:
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", path)]
    return (numbers[0], numbers[1]), (numbers[-2], numbers[-1])


@settings(max_examples=60, deadline=None)
@given(ARROWS)
def test_every_box_has_a_place_of_its_own_within_the_picture(arrows: list[Arrow]) -> None:
    drawn = draw(12, arrows, SIZES)
    assert sorted(drawn.boxes) == list(range(12))
    for (x1, y1), (x2, y2) in combinations(drawn.boxes.values(), 2):
        assert abs(x1 - x2) >= SIZES.width or abs(y1 - y2) >= SIZES.height
    assert all(49.9 <= x <= drawn.width - 49.9 and 20 <= y <= drawn.height - 20 for x, y in drawn.boxes.values())


@settings(max_examples=60, deadline=None)
@given(ARROWS)
def test_every_arrow_leaves_its_box_and_arrives_at_the_other(arrows: list[Arrow]) -> None:
    drawn = draw(12, arrows, SIZES)
    assert sorted((line.source, line.target) for line in drawn.lines) == sorted(arrows)
    for line in drawn.lines:
        for box, (x, y) in ((line.source, ends(line.shaft)[0]), (line.target, ends(line.shaft)[1])):
            assert abs(x - drawn.boxes[box][0]) <= SIZES.width / 2
            assert abs(abs(y - drawn.boxes[box][1]) - SIZES.height / 2) <= 5.1


def test_what_is_called_stands_below_what_calls() -> None:
    drawn = draw(4, CHAIN, SIZES)
    assert [row(drawn, box) for box in range(4)] == [20, 100, 180, 260]


def test_a_circle_is_drawn_with_its_last_arrow_upwards() -> None:
    drawn = draw(3, [(0, 1), (1, 2), (2, 0)], SIZES)
    up = next(line for line in drawn.lines if line.target == 0)
    assert ends(up.shaft)[0][1] > ends(up.shaft)[1][1]


def test_two_boxes_that_call_each_other_have_two_arrows_side_by_side() -> None:
    one, other = draw(2, [(0, 1), (1, 0)], SIZES).lines
    assert ends(one.shaft)[0][0] != ends(other.shaft)[1][0]


def test_boxes_without_arrows_stand_below_the_others() -> None:
    drawn = draw(6, CHAIN, SIZES)
    assert row(drawn, 4) == row(drawn, 5) > row(drawn, 3)


def test_a_picture_of_nothing_is_empty() -> None:
    assert draw(0, [], SIZES).boxes == {}


def test_from_right_to_left_it_is_the_mirror_image() -> None:
    plain, mirrored = draw(4, CHAIN, SIZES), draw(4, CHAIN, SIZES, mirrored=True)
    assert {box: (round(plain.width - x, 6), y) for box, (x, y) in mirrored.boxes.items()} == {
        box: (round(x, 6), y) for box, (x, y) in plain.boxes.items()
    }


@pytest.mark.parametrize("seed", ["0", "1", "2"])
def test_the_same_graph_gives_the_same_picture_in_every_process(seed: str) -> None:
    code = f"from generator.pages.drawing import *; print(draw(12, {MIXED}, Sizes(100, 40, 16, 40)))"
    done = subprocess.run([sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(draw(12, MIXED, SIZES))
