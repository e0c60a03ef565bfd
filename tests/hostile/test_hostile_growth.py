"""What a page costs grows with its length, whatever is repeated in it: no expression and no rule looks through the rest from every place."""

from __future__ import annotations

import time

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


def seconds(beginning: str, piece: str, size: int) -> float:
    text = beginning + piece * (size // len(piece)) + "}x]"
    page = text if beginning.startswith("---") else f"# A {{#a}}\n\n{text}\n"
    start = time.process_time()
    parse(SourceFile(Lang("en"), DocPath("a.md"), "a.md", page, "0"))
    return time.process_time() - start


@pytest.mark.nightly
@pytest.mark.parametrize("beginning", BEGINNINGS, ids=ascii)
def test_twice_the_text_costs_about_twice_as_much(beginning: str) -> None:
    slow = []
    for piece in PIECES:
        once = seconds(beginning, piece, SIZE)
        if once > NOTHING and seconds(beginning, piece, 2 * SIZE) > 3 * once:
            slow.append((piece, once))
    assert slow == []
