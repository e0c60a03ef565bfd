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


def test_a_block_of_code_is_copied_where_it_stands_and_is_no_command_of_a_line() -> None:
    assert blocks.commands('<p><code>ctl start</code></p><div class="highlight"><pre><code>ctl stop all</code></pre></div>') == ["ctl start"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p>Run <code>x</code>.<br /></p><ol><li>Look at <img src="a.png" alt="the list"></li></ol>', True),
        ("<p>Run<b>x</b>.</p><p>Look at<a>the list</a></p>", True),
        ("<p>Run x.</p>", False),
        ("<p>Run x.</p></div><div><p>Look at the list</p>", False),
        ("<div><p>Run x.</p><p>Look at the list</p>", False),
    ],
)
def test_a_piece_of_a_page_tells_lines_where_none_is_lost_and_no_tag_torn(html: str, *, expected: bool) -> None:
    assert blocks.whole(html, ["Run x.", "Look at the list"]) == expected


def test_log_files_are_code_that_ends_in_log() -> None:
    assert blocks.log_files("<code>mta.log</code> <code>var/x/log/web.log</code> <code>mta.log</code> <code>tail -f a.log</code> b.log") == [
        "mta.log", "var/x/log/web.log",
    ]  # fmt: skip
