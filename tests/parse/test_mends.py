"""Words put right while a page is parsed."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from generator.model import DocPath, Lang, Mend, Page, SourceFile
from generator.parse import parse, parse_mended


def mended(text: str, wrong: str, right: str) -> tuple[Page, Page]:
    """A page plain, and with the first place of a word put right."""
    source = SourceFile(Lang("es"), DocPath("page.md"), "es/page.md", text, "0")
    start = text.index(wrong)
    plain = parse(source)
    return plain, parse_mended(replace(source, mends=(Mend(start, start + len(wrong), right),)), plain)


@pytest.mark.parametrize(
    ("text", "wrong", "right", "html"),
    [
        ("**exportar**を", "exportar", "export", '<strong><span data-said="exportar">export</span></strong>を'),
        ("Use nombre:a.", "nombre:a", "<b>_x_&`*", 'Use <span data-said="nombre:a">&lt;b&gt;_x_&amp;`*</span>.'),
        ("`a &amp; b`", "&amp;", "&", '<code>a <span data-said="&amp;">&amp;</span> b</code>'),
        ("```\nctl salir\n```", "salir", "quit", 'ctl <span data-said="salir">quit</span>'),
        ("<table><tr><td>sal&iacute;r</td></tr></table>", "sal&iacute;r", "quit", '<td><span data-said="salír">quit</span></td>'),
        ("> conf **xml", "conf **xml", "conf.xml", '<p><span data-said="conf xml">conf.xml</span></p>'),
    ],
)
def test_the_right_word_is_shown_as_it_is_with_the_other_one_beside_it(text: str, wrong: str, right: str, html: str) -> None:
    _, page = mended(f"# T {{#t}}\n\n{text}\n", wrong, right)
    assert html in page.body


def test_in_an_attribute_the_right_word_stands_alone() -> None:
    _, page = mended('# T {#t}\n\n![El módulo "salír" & co](a.png)\n', "salír", "quit")
    assert 'alt="El módulo &quot;quit&quot; &amp; co"' in page.body


def test_titles_cells_and_sections_have_the_right_word_and_the_section_keeps_the_other() -> None:
    _, page = mended("# El salir\n\n| a |\n|---|\n| b |\n", "salir", "quit")
    assert page.document.title == "El quit"
    assert page.document.headings[0].anchor == "el-salir"
    assert page.sections[0].title == "El quit"
    assert page.sections[0].said == ("salir",)


def test_a_mend_that_would_change_a_link_leaves_the_page_alone() -> None:
    plain, page = mended("# T {#t}\n\n[a](salir.md) [b]: salir\n", "](salir.md", "](quit.md")
    assert page == plain


def test_letters_of_no_alphabet_in_a_source_are_no_mends() -> None:
    _, page = mended("# T {#t}\n\nsalir \ue004\ue141\ue005\ue142\ue006\n", "salir", "quit")
    assert page.body.count("data-said") == 1
