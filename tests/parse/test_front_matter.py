"""Front matter: what can be read of a block that is broken in one place, and what is said of the rest."""

from __future__ import annotations

from generator.model import DocPath, Lang, SourceFile
from generator.parse import front_matter


def read(block: str) -> front_matter.FrontMatter:
    """The front matter of a page that has this block."""
    text = f"---\n{block}---\n\n# T\n"
    return front_matter.read(SourceFile(Lang("it"), DocPath("a.md"), "it/a.md", text, "0"), text)


def faults(block: str) -> list[tuple[str, int, int]]:
    """What is wrong with a block: codes, lines and columns."""
    return [(problem.code, problem.span.line, problem.span.column) for problem in read(block).problems]


def test_an_entry_that_is_broken_leaves_the_others_to_be_read() -> None:
    block = "title: Porte\narea_v2: id: 4711\ndescription: Le porte.\ntags:\n  - uno\n  - due\nrole_v2: id: 1id: 2\nhide: true\n"
    assert read(block).meta == {"title": "Porte", "description": "Le porte.", "tags": ("uno", "due"), "hide": True}
    assert faults(block) == [("front-matter-syntax", 3, 12), ("front-matter-syntax", 8, 12)]


def test_a_quotation_mark_that_is_never_closed_takes_its_own_entry_only() -> None:
    block = 'title: "Le porte\nfeature: Rete\n'
    assert read(block).meta == {"feature": "Rete"}
    assert [code for code, _, _ in faults(block)] == ["front-matter-syntax"]


def test_what_is_dangerous_is_refused_in_a_broken_block_too() -> None:
    block = "a: b: c\nbomb: &x [1, 2]\nagain: *x\ntitle: T\n"
    assert read(block).meta == {"title": "T"}
    assert [code for code, _, _ in faults(block)] == ["front-matter-syntax", "front-matter-limit", "front-matter-limit"]


def test_a_block_without_keys_and_one_of_too_many_are_said_once() -> None:
    assert faults("[open\n") == [("front-matter-syntax", 3, 1)]
    assert len(faults("a: b: c\n" + "".join(f"k{number}: v\n" for number in range(1000)))) == 1


def test_a_badge_whose_type_or_property_was_translated_is_told() -> None:
    badges = 'badge: label="Il type = uno" type="Informativo"\nbadgeB: label="B" type=\'neutral\' newtab=true\nbadgeC: Beta\nbadgeD: label="D" tipo="Positive"\n'
    assert faults(badges) == [("front-matter-value", 2, 1), ("front-matter-value", 5, 1)]
