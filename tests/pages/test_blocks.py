"""The remedy of a cell that tells symptom and remedy together."""

from __future__ import annotations

import pytest

from generator.pages import blocks


def test_a_cell_is_cut_at_its_outermost_blocks_and_line_breaks() -> None:
    found = blocks.blocks("Check if:<ul><li>one</li><li>two</li></ul>Then <b>stop</b>.<br>Again &amp; again.<p>End</p>")
    assert [block.text for block in found] == ["Check if:", "one two", "Then stop.", "Again & again.", "End"]
    assert found[2].html == "<p>Then <b>stop</b>.</p>"
    assert found[1].html == "<ul><li>one</li><li>two</li></ul>"


def test_only_the_blocks_that_tell_the_remedy_are_shown() -> None:
    cell = 'Check this module if:<ul><li>mails stay</li></ul><p>Run <code>x y</code>. See <a data-link="3">this</a>.</p>'
    assert blocks.telling(cell, ["Run x y.", "See this."]) == '<p>Run <code>x y</code>. See <a data-link="3">this</a>.</p>'


def test_nothing_is_shown_where_a_line_of_the_remedy_would_be_lost() -> None:
    assert blocks.telling("<p>Run it.</p>", ["Run it.", "Wait."]) == ""
    assert blocks.telling("<p>Run it.</p>", []) == ""


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<code>nlserver restart mta</code>", ["nlserver restart mta"]),
        ("<code>mta.log</code> and <code>7777</code>", []),
        ("<code>/etc/init.d/x start</code><code>/etc/init.d/x start</code>", ["/etc/init.d/x start"]),
        ("<code>a &lt; b</code>", ["a &lt; b"]),
        ("<code>No tasks</code>", []),
    ],
)
def test_commands_are_code_of_several_words(html: str, expected: list[str]) -> None:
    assert blocks.commands(html) == expected


def test_log_files_are_code_that_ends_in_log() -> None:
    assert blocks.log_files("<code>mta.log</code> <code>var/x/log/web.log</code> <code>mta.log</code> <code>tail -f a.log</code> b.log") == [
        "mta.log", "var/x/log/web.log",
    ]  # fmt: skip
