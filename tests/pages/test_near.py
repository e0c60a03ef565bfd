"""The navigation of a page: the path up and its neighbours."""

from __future__ import annotations

from generator.model import DocPath, NavItem
from generator.pages import near

A, B, C, D = (DocPath(name) for name in ("a.md", "b.md", "c.md", "d.md"))
TREE = (
    NavItem(
        "One",
        children=(NavItem("A", A), NavItem("Inner", B, children=(NavItem("C", C), NavItem("Quiet", DocPath("quiet.md"), hidden=True)))),
    ),
    NavItem("D", D),
)


def titles(items: tuple[NavItem, ...]) -> list[str]:
    return [item.title for item in items]


def test_the_path_up_goes_from_the_root_to_the_page_s_group() -> None:
    found = near.near(near.index(TREE), C)
    assert [(crumb.title, crumb.path, crumb.anchor) for crumb in found.trail] == [("One", None, "group-1"), ("Inner", B, "group-1-2")]


def test_neighbours_are_the_pages_of_the_same_group() -> None:
    assert titles(near.near(near.index(TREE), A).siblings) == ["A", "Inner"]


def test_pages_follow_each_other_in_the_order_of_the_navigation() -> None:
    index = near.index(TREE)
    assert index.order == (A, B, C, D)
    assert (near.near(index, C).previous, near.near(index, C).next) == (B, D)
    assert (near.near(index, A).previous, near.near(index, D).next) == (None, None)


def test_a_hidden_page_has_a_path_up_and_is_nobody_s_neighbour() -> None:
    found = near.near(near.index(TREE), DocPath("quiet.md"))
    assert [crumb.title for crumb in found.trail] == ["One", "Inner"]
    assert titles(found.siblings) == ["C"]
    assert (found.previous, found.next) == (None, None)


def test_a_page_that_stands_twice_counts_where_it_stands_first() -> None:
    index = near.index((NavItem("A", A), NavItem("Again", children=(NavItem("A", A),))))
    assert near.near(index, A).trail == ()
    assert index.order == (A,)


def test_a_page_that_the_navigation_does_not_name_is_near_nothing() -> None:
    assert near.near(near.index(TREE), DocPath("z.md")) == near.EMPTY


def test_a_hidden_group_has_no_place_on_the_page_with_all_pages() -> None:
    items = (NavItem("Old", hidden=True, children=(NavItem("A", A, hidden=True),)),)
    assert [(crumb.title, crumb.anchor) for crumb in near.near(near.index(items), A).trail] == [("Old", "")]
