"""Words out of markup."""

from __future__ import annotations

import time

import pytest

from generator.parse.text import unmarked


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("See the [list of *ports*](ports.md#open) and [!DNL Tomcat]", "See the list of ports and Tomcat"),
        ("Users get *Call to getId()* or **nothing** in `mta`", "Users get Call to getId() or nothing in mta"),
        ("5 * 3 * 2, a*b*c and snake_case_name [note] (aside)", "5 * 3 * 2, a*b*c and snake_case_name [note] (aside)"),
        ("The [[!UICONTROL Save] button](a.md) &amp; more", "The Save button & more"),
    ],
)
def test_a_text_of_the_front_matter_is_said_without_marks(written: str, said: str) -> None:
    assert unmarked(written) == said


@pytest.mark.parametrize("part", ["[", "*a", "`", "[a](", "**", "[a]"])
def test_marks_without_an_end_cost_no_more_than_their_length(part: str) -> None:
    began = time.perf_counter()
    unmarked(part * 20_000)
    assert time.perf_counter() - began < 2
