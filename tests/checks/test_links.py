"""Links are followed in the site as it will be published, and each that does not arrive is one finding at its address."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import config
from generator.inspection import inspect
from generator.model import DocPath, Finding, Lang
from tests import sources
from tests.conftest import Write

ONE = "title: T\nlanguages:\n  en: {root: en, reference: true}\n"
TWO = ONE + "  es: {root: es}\n"


def links(folder: Path) -> list[Finding]:
    findings, _ = inspect(config.load(folder / "site.yml"), cache=False, jobs=1, wanted=lambda code: code.startswith("link-"))
    return list(findings)


def codes(folder: Path) -> list[str]:
    return [f"{finding.code} {finding.span.line}:{finding.span.column} {finding.target}" for finding in links(folder)]


GOOD = """\
# Page {#page}

[a](other.md), [b](other.md#there), [c](#page), [d](/other.md), [e](./other.md?lang=x), [f](%6Fther.md), [g](<other.md> "title"),
[h][ref], <a href="other.md#there">i</a>, ![j](a.png), [k](https://example.com/x), [l](mailto:a@b.c), [m](file.pdf), [n](#raw)

[ref]: other.md#slug-of-words

<a id="raw"></a>

`[x](none.md)` <!-- [x](none.md) -->

```
[x](none.md)
```
"""


def test_links_that_arrive_are_no_findings_however_they_are_written(write: Write) -> None:
    other = "# Other {#other}\n\n## There{#there}\n\n## Slug of words\n"
    assert not codes(write({"site.yml": ONE, "en/page.md": GOOD, "en/other.md": other, "en/a.png": "", "en/file.pdf": ""}))


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("[a](none.md)", "link-missing-page 3:5 none.md"),
        ("[a](Other.md)", "link-missing-page 3:5 Other.md"),
        ("[a](other)", "link-missing-page 3:5 other"),
        ("[a](other.md#none)", "link-missing-anchor 3:5 other.md#none"),
        ("[a](other.md#Other)", "link-missing-anchor 3:5 other.md#Other"),
        ("![a](none.png)", "link-missing-image 3:6 none.png"),
        ("[a](none.pdf)", "link-missing-file 3:5 none.pdf"),
        ("[a](folder)", "link-directory 3:5 folder"),
        ("[a](folder/)", "link-directory 3:5 folder/"),
        ("[a](.)", "link-directory 3:5 ."),
        ("[a](../outside.md)", "link-outside-root 3:5 ../outside.md"),
        ("[a](../none.md)", "link-missing-page 3:5 ../none.md"),
        ("[a](other%252Emd)", "link-missing-page 3:5 other%252Emd"),
        ("[a](#a#b)", "link-malformed 3:5 #a#b"),
        ("[a](javascript:alert)", "link-malformed 3:5 javascript:alert"),
        ("[a][none]", "link-undefined-label 3:5 none"),
        ("[b](other.md)[a][none]", "link-undefined-label 3:18 none"),
        ('<a href="none.md">a</a>', "link-missing-page 3:10 none.md"),
        ('<table><tr><td><a href="none.md">a</a></td></tr></table>', "link-missing-page 3:25 none.md"),
        ("[a][ref]\n\n[ref]: none.md", "link-missing-page 5:8 none.md"),
        ("| a | b |\n|---|---|\n| x | [c](none.md) |", "link-missing-page 5:11 none.md"),
        ("> - [a](none.md)", "link-missing-page 3:9 none.md"),
    ],
)
def test_a_link_that_does_not_arrive_is_found_at_its_address(write: Write, written: str, found: str) -> None:
    folder = write(
        {
            "site.yml": ONE,
            "en/page.md": f"# Page {{#page}}\n\n{written}\n",
            "en/other.md": "# Other {#other}\n",
            "en/folder/one.md": "# One {#one}\n",
            "en/folder/two.md": "# Two {#two}\n",
            "outside.md": "# Outside {#outside}\n",
        }
    )
    assert codes(folder) == [found]


def test_each_occurrence_is_a_finding(write: Write) -> None:
    assert len(codes(write({"site.yml": ONE, "en/page.md": "# Page {#page}\n\n[a](x.md) [b](x.md)\n\n[c](x.md)\n"}))) == 3


def test_files_on_the_list_of_assets_count_as_there(write: Write) -> None:
    yml = ONE.replace("reference: true", "reference: true, assets: ASSETS.txt")
    page = "# Page {#page}\n\n![a](img/far.png) ![b](img/none.png)\n"
    assert codes(write({"site.yml": yml, "en/page.md": page, "en/ASSETS.txt": "img/far.png\n"})) == ["link-missing-image 3:24 img/none.png"]


def test_a_page_without_translation_is_there_as_readers_see_it_in_the_reference(write: Write) -> None:
    folder = write(
        {
            "site.yml": TWO,
            "en/page.md": "# Page {#page}\n",
            "en/other.md": "# Other {#other}\n\n## Ports {#ports}\n",
            "es/page.md": "# Página {#page}\n\n[a](other.md#ports) [b](other.md#puertos)\n",
        }
    )
    assert codes(folder) == ["link-missing-anchor 3:25 other.md#puertos"]


def test_a_link_of_the_reference_to_a_slug_is_a_note_since_translation_changes_it(write: Write) -> None:
    files = {
        "en/page.md": "# Page {#page}\n\n[a](#open-ports) [b](#written)\n\n## Open ports\n\n## Other {#written}\n",
        "es/page.md": "# Página {#page}\n\n[a](#puertos-abiertos) [b](#written)\n\n## Puertos abiertos\n\n## Otro {#written}\n",
    }
    notes = links(write({"site.yml": TWO, **files}))
    assert [(note.code, note.severity.value, note.span.line) for note in notes] == [("link-implicit-anchor", "info", 3)]
    assert "en/page.md:5" in notes[0].message
    assert not links(write({"site.yml": ONE, **files}))


def test_without_a_table_of_contents_no_page_is_an_orphan(write: Write) -> None:
    assert not codes(write({"site.yml": ONE, "en/page.md": "# Page {#page}\n", "en/other.md": "# Other {#other}\n"}))


def test_an_entry_of_the_contents_whose_page_is_gone_gets_that_of_the_other_language(write: Write) -> None:
    folder = write(
        {
            "site.yml": TWO,
            "en/page.md": "# Page {#page}\n",
            "en/ports.md": "# Ports {#ports}\n",
            "en/TOC.md": "# T\n\n+ [Page](page.md)\n+ [Ports](ports.md)\n",
            "es/page.md": "# Página {#page}\n",
            "es/ports.md": "# Puertos {#ports}\n",
            "es/TOC.md": "# T\n\n+ [Página](page.md)\n+ [Puertos](puertos.md)\n",
        }
    )
    (finding,) = links(folder)
    assert (finding.code, finding.file, finding.span.line, finding.suggestion) == ("link-toc-missing", "es/TOC.md", 4, "ports.md")


RECORDS = """\
records:
  modules:
    columns:
      Module: subject
      What to do: remedy
"""
ROWS = "# Modules {{#modules}}\n\n## Queue {{#queue}}\n\n|{}|{}|\n|---|---|\n|web|Restart it.|\n|queue|Empty it.|\n|mail server|Wait.|\n"
TO_ROWS = "# Page\n\n[a](modules.md#web) [b](modules.md#modules-queue) [c](modules.md#mail-server) [d](modules.md#queue) [e](modules.md#wbe)\n"


@pytest.mark.parametrize("only", ["link-", ""])
def test_a_link_to_the_row_of_a_record_arrives(write: Write, only: str) -> None:
    folder = write({"site.yml": TWO + RECORDS, "en/modules.md": ROWS.format("Module", "What to do"), "en/page.md": TO_ROWS})
    write({"es/modules.md": ROWS.format("Módulo", "Qué hacer"), "es/page.md": TO_ROWS})
    found, kb = inspect(config.load(folder / "site.yml"), cache=False, jobs=1, wanted=lambda code: code.startswith(only))
    broken = [finding for finding in found if finding.code == "link-missing-anchor"]
    assert [(finding.lang, finding.target, finding.suggestion) for finding in broken] == [
        ("en", "modules.md#wbe", "modules.md#web"),
        ("es", "modules.md#wbe", "modules.md#web"),
    ]
    assert kb.links[Lang("es")][DocPath("page.md")][0].anchor == "web"


@pytest.mark.parametrize("only", ["link-", ""])
def test_a_link_to_a_row_that_a_snippet_brings_arrives(write: Write, only: str) -> None:
    row = "|Module|What to do|\n|---|---|\n|web|Restart it.|\n"
    page = "# Modules {#modules}\n\n{{$include _includes/rows.md}}\n"
    folder = write({"site.yml": ONE + RECORDS, "en/_includes/rows.md": row, "en/modules.md": page, "en/page.md": "# Page\n\n[a](modules.md#web)\n"})
    found, _ = inspect(config.load(folder / "site.yml"), cache=False, jobs=1, wanted=lambda code: code.startswith(only))
    assert [finding for finding in found if finding.code == "link-missing-anchor"] == []


def test_a_page_that_a_language_lacks_has_the_rows_of_the_reference(write: Write) -> None:
    page = "# Page\n\n[a](modules.md#web) [b](modules.md#queue-2)\n"
    folder = write({"site.yml": TWO + RECORDS, "en/modules.md": ROWS.format("Module", "What to do"), "en/page.md": page, "es/page.md": page})
    assert codes(folder) == ["link-missing-anchor 3:25 modules.md#queue-2"] * 2


def test_a_row_that_a_translation_lost_gives_its_id_to_no_other(write: Write) -> None:
    original, short = ROWS.format("Module", "What to do"), ROWS.format("Módulo", "Qué hacer").replace("|web|Restart it.|\n", "")
    folder = write({"site.yml": TWO + RECORDS, "en/modules.md": original, "es/modules.md": short, "es/page.md": TO_ROWS})
    assert codes(folder)[0] == "link-missing-anchor 3:5 modules.md#web"
    assert sources.gathered(folder)[1].knowledge.row_ids(Lang("es")) == {"modules.md": ("modules-queue", "mail-server")}


def test_the_words_of_a_link_in_html_tell_where_it_was_meant_to_lead(write: Write) -> None:
    row = '<table><tr><td>See <a href="gone.md"><b>Restart</b> &amp; `wait`</a>.</td></tr></table>'
    page = f"# Page\n\n{row}\n\nSee <a href='lost.md'>Empty the **queue**</a>, <a href='off.md'>\n"
    other = "# Restart & wait {#restart}\n\n## Empty the queue {#empty}\n"
    folder = write({"site.yml": ONE, "en/page.md": page, "en/other.md": other})
    assert [(finding.target, finding.suggestion) for finding in links(folder)] == [("gone.md", "other.md"), ("lost.md", "other.md#empty"), ("off.md", "")]
    page_links = sources.gathered(folder)[1].knowledge.documents[Lang("en")][DocPath("page.md")].links
    assert {link.text for link in page_links} == {"Restart & wait", "Empty the queue", ""}
