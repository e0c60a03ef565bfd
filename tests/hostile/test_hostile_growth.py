"""What a page costs grows with its length, whatever is repeated in it: no expression and no rule looks through the rest from every place."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from generator.model import DocPath, Lang, SourceFile
from generator.parse import parse

BEGINNINGS = ("", "{#", "# x {#", "# x", "[!BADGE ", "[!BADGE x]{a=", "[!UICONTROL ", "[x](", '[x](y "', "![x](y){width=", "[x] (", "<a ", "<a href='", "<!--", "<!-- sintoma-ignore ", "+++ x {#",
              ">[!NOTE ", ">[!VIDEO](x){", ">[!TAB ", "{{$include ", "`", "**", "&", "http://", "| a ", "---\ntitle: ", "<table><tr><td ", "<table><tr><td>", "[a]: ", "- ", "]( ", "<div>", "[x](y)[")  # fmt: skip
PIECES = ("a", " ", "1", "-", "_", ".", "#", "=", ",", "/", "\\", "'", '"', "a ", "a=", "a='b' ", "\n", "a\n", "\n\n", "\u3000", ":", "(", ")", "[", "]", "{", "}", "*", "`", "~", "+", "|", "!", "<", ">",
          "[^a]", "[[", "![", "[!", "[!DNL x", "[!BADGE ", "[a](", "[a](<", '[a](b "', "[a]: ", "[a][", "](", "{#a ", "{{", "<a ", "<b>", "<td>", "<th>x", "<table>", "<ul><li>", "<!", "<!-- x -->\n",
          "</", "<?", "&a;", "**a ", "_a ", "``a`", "```\n", "+++ x\n", "+++\n", "> ", ">[!NOTE]\n", ">[!TAB x]\n", "- x\n", "1. x\n", "# x\n", "---\n", "|-", "| a | b |\n", "a.md")  # fmt: skip
SIZE = 10_000
NOTHING = 0.2
"""Seconds in which nothing is measured but the machine."""


SHAPES = {
    "tags without an end": ("<div>\n{}\n</div>", "<a "),
    "names without an end": ("<div>\n{}\n</div>", "<b"),
    "tags that end in the quotes of others": ("<div>\n{}\n</div>", """<a "<a '<a ">"""),
    "less-than signs": ("<div>{}", "<"),
    "tags that are not closed, then ends of others": ("<div>\n{}", "<b>", "</i>"),
    "the same in a sentence": ("x {}", "<b>", "</i>"),
    "the same in a cell": ("<table><tr><td>{}</td></tr></table>", "<b>", "</i>"),
    "headings of one name": ("{}", "## a\n\n"),
    "headings of one id": ("{}", "## a {#a}\n\n"),
    "ids of one name": ("<div>\n{}</div>", "<p id=a>x</p>\n"),
    "ignored findings": ("{}", "<!-- sintoma-ignore link-missing-page -->\n\nx\n\n"),
    "rows that reach down": ("<table>{}</table>", "<tr><td rowspan=65534>a</td></tr>"),
    "columns": ("| a |\n|---|\n|{}\n", " x |"),
    "one line": ("{}", "word "),
    "code over two lines": ("{}", "`a\nb` "),
    "code in code": ("<table><tr><td>{}</td></tr></table>", "<code>", "</code>"),
    "escaped bars": ("| a |\n|---|\n| {} |\n", "[a](b.md) \\| "),
}
"""What stands round the repeated pieces, and the pieces: all of the first, then all of the second."""


def seconds(text: str) -> float:
    page = text if text.startswith("---") else f"# A {{#a}}\n\n{text}\n"
    start = time.process_time()
    parse(SourceFile(Lang("en"), DocPath("a.md"), "a.md", page, "0"))
    return time.process_time() - start


def grows(make: Callable[[int], str], size: int) -> bool:
    """Whether twice the text costs far more than twice as much, and twice of that again: what a limit ends does not count."""
    once = seconds(make(size))
    if once < NOTHING:
        return False
    twice = seconds(make(2 * size))
    return twice > 3 * once and seconds(make(4 * size)) > 3 * twice


@pytest.mark.parametrize("shape", SHAPES)
def test_what_is_repeated_costs_no_more_than_its_length(shape: str) -> None:
    round_it, *pieces = SHAPES[shape]

    def make(size: int) -> str:
        return round_it.format("".join(piece * (size // len(piece) // len(pieces)) for piece in pieces))

    assert not grows(make, 4 * SIZE)


@pytest.mark.nightly
@pytest.mark.parametrize("beginning", BEGINNINGS, ids=ascii)
def test_twice_the_text_costs_about_twice_as_much(beginning: str) -> None:
    def make(piece: str) -> Callable[[int], str]:
        return lambda size: beginning + piece * (size // len(piece)) + "}x]"

    assert [piece for piece in PIECES if grows(make(piece), SIZE)] == []
