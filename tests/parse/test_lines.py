"""Lines found in one go are those that markdown-it finds."""

from __future__ import annotations

import json
import random
from pathlib import Path

from markdown_it.rules_block import StateBlock

from generator.parse.dialect import parser
from generator.parse.lines import _mark

EXAMPLES = json.loads((Path(__file__).parents[1] / "commonmark" / "spec.json").read_text(encoding="utf-8"))
MARKS = ("src", "bMarks", "eMarks", "tShift", "sCount", "bsCount", "lineMax")


def same(text: str) -> None:
    md = parser(100)
    ours, theirs = StateBlock("", md, {}, []), StateBlock(text, md, {}, [])
    _mark(ours, text)
    assert [getattr(ours, name) for name in MARKS] == [getattr(theirs, name) for name in MARKS]


def test_so_it_is_with_the_examples_of_commonmark() -> None:
    for example in EXAMPLES:
        same(example["markdown"])


def test_so_it_is_with_blanks_tabs_and_breaks_in_any_order() -> None:
    pick = random.Random(1)
    for _ in range(3000):
        same("".join(pick.choice(("a", " ", "\t", "\n", "\u00a0", "漢", "  \t")) for _ in range(pick.randint(1, 12))))
