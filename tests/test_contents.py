"""A navigation that is written in several tables of contents."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator import config, contents, read
from generator.inspection import inspect
from generator.model import NavItem
from generator.pages import near
from tests.conftest import Write

SITE = "title: Ward\nlanguages: {en: {root: en, reference: true}}\n"
PAGES = {"site.yml": SITE, "en/a.md": "# A\n", "en/guide/b.md": "# B\n", "en/guide/deep/c.md": "# C\n"}
GUIDE = "---\nuser-guide-title: The guide\n---\n# Guide\n\n+ [B](b.md)\n+ [C](deep/c.md)\n"


def outline(items: Sequence[NavItem]) -> list[object]:
    return [(item.title, item.path or item.url, *outline(item.children)) for item in items]


def navigation(folder: Path) -> list[object]:
    findings, kb = inspect(config.load(folder / "site.yml"), cache=False, jobs=1)
    assert [finding.code for finding in findings] == []
    return outline(kb.navigation[kb.languages[0].lang])


def test_a_guide_further_down_stands_where_an_entry_leads_to_it(write: Write) -> None:
    folder = write(PAGES | {"en/TOC.md": "+ [More](guide/TOC.md)\n+ [A](a.md)\n", "en/guide/TOC.md": GUIDE})
    assert navigation(folder) == [("More", "", ("B", "guide/b.md"), ("C", "guide/deep/c.md")), ("A", "a.md")]


def test_a_guide_that_no_entry_leads_to_is_a_group_at_the_end_with_its_own_title(write: Write) -> None:
    folder = write(PAGES | {"en/TOC.md": "+ [A](a.md)\n", "en/guide/TOC.md": GUIDE})
    assert navigation(folder) == [("A", "a.md"), ("The guide", "", ("B", "guide/b.md"), ("C", "guide/deep/c.md"))]


def test_a_guide_alone_is_the_whole_navigation(write: Write) -> None:
    folder = write({name: text for name, text in PAGES.items() if name != "en/a.md"} | {"en/guide/TOC.md": GUIDE})
    assert navigation(folder) == [("B", "guide/b.md"), ("C", "guide/deep/c.md")]


def test_an_entry_that_is_indented_too_far_for_markdown_stands_below_the_one_above_it(write: Write) -> None:
    toc = "+ Group {#g}\n        + [A](a.md)\n        + Inner {#i}\n+ [C](guide/deep/c.md)\n      * [B](guide/b.md)\n  goes on\n"
    folder = write(PAGES | {"en/TOC.md": toc})
    loaded = config.load(folder / "site.yml")
    language = loaded.languages[0]
    found = contents.contents(contents.sources(loaded, language, read.tree(loaded, language)), language.toc)
    assert outline(found) == [("Group", "", ("A", "a.md"), ("Inner", "")), ("C", "guide/deep/c.md", ("B goes on", "guide/b.md"))]
    assert [(item.id, item.span and item.span.line) for item in (found[0], *found[0].children, *found[1].children)] == [
        ("g", 1), ("", 2), ("i", 3), ("", 5),
    ]  # fmt: skip


def test_an_entry_of_nothing_but_a_wide_blank_is_a_finding(write: Write) -> None:
    folder = write({"site.yml": SITE, "en/a.md": "# A\n", "en/TOC.md": "+ [A](a.md)\n+ \u3000\n"})
    findings, _ = inspect(config.load(folder / "site.yml"), cache=False, jobs=1)
    assert [(finding.code, finding.span.line) for finding in findings] == [("toc-entry", 2)]


def test_what_is_wrong_in_a_guide_is_said_at_its_place_with_an_address_written_from_there(write: Write) -> None:
    guide = "# Guide\n\n+ [B](b.md)\n+ [C](deep/cc.md)\n+ [A again](../a.md)\n"
    folder = write(PAGES | {"en/TOC.md": "+ [A](a.md)\n", "en/guide/TOC.md": guide})
    findings, _ = inspect(config.load(folder / "site.yml"), cache=False, jobs=1)
    assert [(found.code, found.file, found.span.line, found.suggestion) for found in findings] == [
        ("link-toc-missing", "en/guide/TOC.md", 4, "deep/c.md"),
        ("link-toc-duplicate", "en/guide/TOC.md", 5, ""),
    ]
    assert "line 1 of TOC.md" in findings[1].message


def test_guides_that_lead_to_each_other_end(write: Write) -> None:
    folder = write(PAGES | {"en/TOC.md": "+ [G](guide/TOC.md)\n+ [A](a.md)\n", "en/guide/TOC.md": GUIDE + "+ [Round](TOC.md)\n+ [Up](../TOC.md)\n"})
    loaded = config.load(folder / "site.yml")
    language = loaded.languages[0]
    found = contents.contents(contents.sources(loaded, language, read.tree(loaded, language)), language.toc)
    assert [item[0] for item in outline(found)] == ["G", "A"]


def test_a_page_that_asks_for_it_is_hidden_as_an_entry_with_the_mark_is(write: Write) -> None:
    pages = {"en/a.md": "# A\n", "en/b.md": "---\nhidefromtoc: yes\n---\n# B\n", "en/c.md": "---\nhidefromtoc: no\n---\n# C\n"}
    folder = write(pages | {"site.yml": SITE, "en/TOC.md": "+ {hide-from-toc} [A](a.md)\n+ [B](b.md)\n+ [C](c.md)\n"})
    _, kb = inspect(config.load(folder / "site.yml"), cache=False, jobs=1)
    assert [item.hidden for item in kb.navigation[kb.languages[0].lang]] == [True, True, False]
    (folder / "en/TOC.md").unlink()
    _, kb = inspect(config.load(folder / "site.yml"), cache=False, jobs=1)
    assert [item.hidden for item in near.navigation(kb, kb.languages[0].lang)] == [False, True, False]


def test_what_stands_below_a_hidden_entry_is_hidden_and_so_is_a_group_of_hidden_entries(write: Write) -> None:
    toc = "+ {hide-from-toc} Old {#old}\n  + [A](a.md)\n+ Older {#older}\n  + {hide-from-toc} [B](b.md)\n+ New {#new}\n  + [C](c.md)\n  + {hide-from-toc} [D](d.md)\n"
    folder = write({f"en/{name}.md": f"# {name}\n" for name in "abcd"} | {"site.yml": SITE, "en/TOC.md": toc})
    findings, kb = inspect(config.load(folder / "site.yml"), cache=False, jobs=1)
    items = kb.navigation[kb.languages[0].lang]
    assert [(item.hidden, [child.hidden for child in item.children]) for item in items] == [(True, [True]), (True, [True]), (False, [False, True])]
    assert [str(path) for path in near.index(items).order] == ["c.md"]
    assert findings == ()


def test_a_mark_of_another_language_before_an_entry_is_a_finding(write: Write) -> None:
    folder = write({"site.yml": SITE, "en/a.md": "# A\n", "en/TOC.md": "+ {ocultar-del-índice} [A](a.md)\n"})
    findings, _ = inspect(config.load(folder / "site.yml"), cache=False, jobs=1)
    assert [(finding.code, finding.span.line, finding.target) for finding in findings] == [("toc-entry", 1, "{ocultar-del-índice}")]
