"""What a page says of a place stands there: addresses, ids, and what findings would put right."""

from __future__ import annotations

import random
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from generator.model import DocPath, Lang, Page, SourceFile, Span
from generator.parse import outline, parse

PIECES = ("word ", "語", "𝔴", "**", "*", "`", "``", "```\n", "\n", "\n\n", "\r\n", "\r", "\0", "\ufeff", "\u2028", "\ue000", "\ue003", "- ", "\n- ", "1. ", "> ", "\n>", "  ", "\t", "\\", "# ", "## x {#y}\n", "| ", " | ",
          "|---|---|\n", "| a \\| b | [c](d.md) |\n", "[x](y.md)", '[x](y.md "see [z](w)")', "[x](<y z.md>)", "![x](y.png)", "[![x](y.png)](z.md)", "[x][y]", "[y]: z.md\n", "<x@y.z>", "\u3000", "[", "]", "](", "{#z}", '{width="10"}', "<b>",
          "</b>", '<a href="y.md">', "</a>", "<p>", "<br>", "<td>", "</td>", "<table>\n", "<tr>", "</table>\n", "<head> ", "<!-- ", " -->", "<code>", "</code>", "[!UICONTROL x]", "[!DNL ", ">[!NOTE]\n>\n>", ">[!TAB x]\n",
          ">[!VIDEO](y)\n", "+++ x\n", "+++\n", "&lt;", "&#x200B;", "{{$include a.md}}")  # fmt: skip


class _Nesting(HTMLParser):
    """Which elements are open, and end tags that end nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        if tag not in ("br", "hr", "img", "col", "wbr"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        """Nothing is open behind it."""

    def handle_endtag(self, tag: str) -> None:
        self.open = self.open[:-1] if self.open[-1:] == [tag] else [*self.open, f"/{tag}"]


def source(text: str) -> SourceFile:
    return SourceFile(Lang("en"), DocPath("page.md"), "page.md", text, "")


def written(lines: list[str], span: Span) -> str:
    """What stands at a place of a source, with the sign that stands for what no page may have."""
    last = lines[span.end_line - 1 : span.end_line]
    found = [*lines[span.line - 1 : span.end_line - 1], *(line[: span.end_column - 1] for line in last)]
    return "\n".join(found)[span.column - 1 :].translate(dict.fromkeys((0, *range(0xE000, 0xE004)), "\ufffd"))


def astray(page: Page, lines: list[str]) -> Iterator[object]:
    """What of a page does not stand where the page says."""
    yield from (link for link in page.document.links if written(lines, link.span) != link.written)
    yield from ((name, span) for name, span in page.document.anchors if span.column > 1 and written(lines, span) != name)  # in column 1 a heading
    for problem in page.document.problems:
        span = problem.span
        is_there = 0 < span.line <= span.end_line <= len(lines) + 1 and span.column <= len(lines[span.line - 1]) + 1
        if not is_there or (problem.suggestion and problem.target not in written(lines, span)):
            yield problem


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ('See [a](b.md "as [c](d) says") and ![e](f.png "g](h").', ["b.md", "f.png"]),
        ("See [a](<b](c.md>) and [d](<e f.md>).", ["b](c.md", "e f.md"]),
        ("See [![a](b.png)](c.md).", ["b.png", "c.md"]),
        ("See [a\\[b].\n\n[a\\[b]: c.md\n", ["c.md"]),
        ("| a | b |\n|---|---|\n| [c](d.md) | e \\| f [c](d.md) |\n", ["d.md", "d.md"]),
        ("| a |\n|---|\n| [c \\| d](e.md) f \\| [c \\| d](e.md) |\n", ["e.md", "e.md"]),
        ("<table><tr><td>\n\nSee [a][b].\n\nAnd [c][d].\n\n[d]: e.md\n\n</td></tr></table>\n\n[b]: f.md\n", ["f.md", "e.md"]),
        ("<table><tr><td>\n\n[a]: b.md\n\n</td></tr></table>\n", ["b.md"]),
        ("<table><tr><td>`a` b <a href='c.md'>`d`</a></td></tr></table>\n", ["c.md"]),
        ("<table><tr><td>[a](<b c.md>)</td></tr></table>\n", ["b c.md"]),
        ("- See [a][b], [c].\n- [c]:\n  <d e.md> 'f'\n\n> [b]: g\\_h.md\n", ["g\\_h.md", "d e.md"]),
        ("[a]: >b\n[c]: <>\n[d]: e<f>\n\n> [g]:\n> h.md\n", [">b", "", "e<f>", "h.md"]),
        ("<help@example.org> <https://example.org/>", ["help@example.org", "https://example.org/"]),
        ("\u3000\nSee [a](b.md)\n[c](d.md)", ["b.md", "d.md"]),
        ("See [a](b\0c.md).\r\n\r\n> See [d](e.md).", ["b\ufffdc.md", "e.md"]),
    ],
)
def test_an_address_is_found_where_it_stands(text: str, addresses: list[str]) -> None:
    page = parse(source(text))
    assert [link.written for link in page.document.links] == addresses
    assert list(astray(page, source(text).lines)) == []


def test_what_stands_in_the_description_of_an_image_is_no_link() -> None:
    page = parse(source("![a [b](c.md), ![d](e.png) &amp; *f* {#g}](h.png)"))
    assert [(link.target, link.text) for link in page.document.links] == [("h.png", "a b, d & f")]
    assert page.document.anchors == ()


@pytest.mark.parametrize("text", ["> # a\n>", "> [a]:\n> >", "<table>\n>[!a", '<table "\n- a\n- b', "a ]("])
def test_a_page_may_end_anywhere(text: str) -> None:
    page = parse(source(text))
    assert list(astray(page, source(text).lines)) == []


def test_pages_put_together_at_random_are_read_whole() -> None:
    pick = random.Random(7)
    for _ in range(1500):
        text = "".join(pick.choices(PIECES, k=pick.randint(1, 40)))
        page = parse(source(text))
        nesting = _Nesting()
        nesting.feed(page.body)
        assert nesting.open == [], text
        assert list(astray(page, source(text).lines)) == [], text
        links = outline(source(text))
        assert (links.links, links.anchors, links.title) == (page.document.links, page.document.anchors, page.document.title), text
        assert parse(source(text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n"))) == page, text
