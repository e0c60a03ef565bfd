"""Sections as one page for paper: which there are, and what stands on them."""

from __future__ import annotations

from collections.abc import Callable

import lxml.html

from generator.model import DocPath, Lang, NavItem
from generator.pages import sheets
from generator.pages.sheet_pages import plain

EN = Lang("en")
A, B, C, D, QUIET = (DocPath(name) for name in ("a.md", "b.md", "c.md", "d.md", "quiet.md"))
TREE = (
    NavItem("One", children=(NavItem("A", A), NavItem("Inner", B, children=(NavItem("C", C), NavItem("Quiet", QUIET, hidden=True))))),
    NavItem("Alone", children=(NavItem("D", D), NavItem("A again", A))),
)

Pages = dict[str, str]


def words(page: str, path: str) -> list[str]:
    return [" ".join(found.text_content().split()) for found in lxml.html.fromstring(page).cssselect(path)]


def flat(count: int, name: str) -> tuple[NavItem, ...]:
    return tuple(NavItem(f"{name} {number}", DocPath(f"{name}-{number}.md")) for number in range(count))


def known(items: tuple[NavItem, ...]) -> set[DocPath]:
    return {path for item in items for path in ({item.path} if item.path else set()) | known(item.children)}


def test_a_section_holds_its_pages_in_order_then_those_of_the_sections_below() -> None:
    (sheet,) = sheets.index(EN, TREE, {A, B, C, D, QUIET}).sheets
    assert (sheet.url, sheet.section.title, sheet.section.pages) == ("en/print/group-1.html", "One", (A, B, C))


def test_a_page_is_printed_where_it_stands_first_and_a_section_of_one_page_is_that_page() -> None:
    found = sheets.index(EN, TREE, {A, B, C, D})
    assert D not in found.pages
    assert found.pages[A] == ("en/print/group-1.html", "")


def test_a_section_inside_a_sheet_is_the_sheet_and_a_fragment() -> None:
    found = sheets.index(EN, TREE, {A, B, C})
    assert found.pages[C] == ("en/print/group-1.html", "group-1-2")
    assert found.sections == {"group-1": ("en/print/group-1.html", ""), "group-1-2": ("en/print/group-1.html", "group-1-2")}


def test_what_is_hidden_or_not_there_is_not_printed() -> None:
    found = sheets.index(EN, TREE, {A, C, QUIET})
    assert set(found.pages) == {A, C}


def test_a_section_that_has_nothing_left_to_print_is_none() -> None:
    again = NavItem("Again", children=(NavItem("Deeper", children=(NavItem("A once more", A),)),))
    (sheet,) = sheets.index(EN, (NavItem("One", children=(NavItem("A", A), NavItem("B", B), again)),), {A, B}).sheets
    assert sheet.section.below == ()


def test_a_section_of_very_many_pages_is_printed_by_the_sections_in_it() -> None:
    items = (NavItem("All", children=(*flat(3, "loose"), NavItem("X", children=flat(150, "x")), NavItem("Y", children=flat(120, "y")))),)
    found = sheets.index(EN, items, known(items))
    assert [sheet.section.title for sheet in found.sheets] == ["X", "Y"]
    assert found.sections["group-1-4"] == ("en/print/group-1-4.html", "")


def test_headings_go_deeper_and_nothing_has_an_id() -> None:
    html = '<h1 id="a">A<a class="headerlink" href="#a" aria-labelledby="a">¶</a></h1><h6 id="b">B</h6><p title="1 > 0">Say <code> id="c"</code> id="d"</p>'
    assert plain(html, 2) == '<h3>A</h3><h6>B</h6><p title="1 > 0">Say <code> id="c"</code> id="d"</p>'


def test_a_sheet_holds_every_page_whole_with_its_address(pages: Pages) -> None:
    page = pages["en/print/group-1.html"]
    assert words(page, "h1") == ["Start"]
    assert words(page, ".sheet__page h2") == ["Modules", "Logs"]
    assert words(page, ".sheet__page h3") == ["Where they are", "When they are missing"]
    assert words(page, ".sheet__address") == ["https://docs.example.org/help/en/docs/modules.html", "https://docs.example.org/help/en/docs/guide/logs.html"]
    assert words(page, ".sheet__page tbody tr td:first-child") == ["mta", "stat"]


def test_links_of_a_sheet_lead_to_the_pages_themselves(pages: Pages) -> None:
    found = lxml.html.fromstring(pages["en/print/group-1.html"]).cssselect(".sheet__page a")
    assert "../../en/docs/guide/logs.html#where" in [element.get("href") for element in found]


def test_a_page_and_the_tree_lead_to_the_sheet(pages: Pages) -> None:
    def hrefs(page: str, path: str) -> list[str | None]:
        return [element.get("href") for element in lxml.html.fromstring(pages[page]).cssselect(path)]

    assert "../../../en/print/group-1.html" in hrefs("en/docs/guide/logs.html", ".near .whole")
    assert hrefs("en/tree.html", ".tree__paper") == ["../en/print/group-1.html"]


def test_search_engines_are_told_to_take_the_pages_instead(pages: Pages) -> None:
    assert '<meta name="robots" content="noindex">' in pages["en/print/group-1.html"]
    assert "/print/" not in pages.get("sitemap.xml", "")


def test_a_page_that_a_language_lacks_is_printed_in_the_reference_and_says_so(make: Callable[[dict[str, str]], Pages], ward: dict[str, str]) -> None:
    found = make({path: text for path, text in ward.items() if path != "content/es/guide/logs.md"})["es/print/group-1.html"]
    last = lxml.html.fromstring(found).cssselect(".sheet__page")[-1]
    assert last.cssselect("div")[0].get("lang") == "en"
    assert last.cssselect(".notice")
