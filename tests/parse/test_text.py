"""Words out of markup."""

from __future__ import annotations

import time

import pytest

from generator.model import DocPath, Lang, SourceFile
from generator.parse import parse
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


@pytest.mark.parametrize("row", ["|A|B|\n|---|---|\n|{0}|x|\n", "<table><tr><td>{0}</td><td>x</td></tr></table>\n"])
@pytest.mark.parametrize("tag", ["p", "summary", "h3", "dd", "blockquote", "pre"])
def test_what_stands_in_two_blocks_of_a_cell_is_two_words(row: str, tag: str) -> None:
    text = row.format(f"one<{tag}>two</{tag}>three")
    (table,) = parse(SourceFile(Lang("en"), DocPath("a.md"), "a.md", f"# A\n\n{text}", "")).document.tables
    assert table.rows[0].cells[0].text == "one two three"


def test_an_image_and_a_badge_are_words_of_their_own_beside_others() -> None:
    text = "Use the ![Edit control](edit.png)**[!UICONTROL Edit]** button (![x](x.png)), [!BADGE New]{type=Positive}Since *7*[!BADGE Beta]\n"
    (block,) = parse(SourceFile(Lang("en"), DocPath("a.md"), "a.md", text, "")).blocks
    assert block.text == "Use the Edit control Edit button (x), New Since 7 Beta"


def test_a_link_glued_to_a_word_is_a_word_of_its_own_where_a_capital_says_so() -> None:
    text = "See the Guide[Set up](a.md)Then and [Docs](b.md)Page; re[start](c.md)ed, [A](d.md)b, 日本[Sintoma](e.md)Aを\n"
    (block,) = parse(SourceFile(Lang("en"), DocPath("a.md"), "a.md", text, "")).blocks
    assert block.text == "See the Guide Set up Then and Docs Page; restarted, Ab, 日本Sintoma Aを"


@pytest.mark.parametrize("part", ["[", "*a", "`", "[a](", "**", "[a]"])
def test_marks_without_an_end_cost_no_more_than_their_length(part: str) -> None:
    began = time.process_time()
    unmarked(part * 20_000)
    assert time.process_time() - began < 2
