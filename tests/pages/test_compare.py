"""Both texts of a page side by side, and what is said of a translation on its page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.pages.damaged import YML, built


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("ward"))


def read(site: Path, name: str) -> str:
    return (site / name).read_text(encoding="utf-8")


def rows(html: str) -> list[list[str]]:
    """The texts of each row, without tags."""
    body = html.partition('<table class="beside">')[2].partition("</table>")[0]
    return [[re.sub(r"<[^>]*>", "", cell) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row, re.DOTALL)] for row in body.split("<tr")[1:]]


def test_blocks_and_cells_stand_beside_their_reference_in_reading_order(site: Path) -> None:
    assert rows(read(site, "es/compare/page.html"))[:8] == [
        ["English", "Español"],
        ["Modules", "Módulos"],
        ["Each has a &lt;name&gt; &amp; a page.", "Cada uno tiene un &lt;name&gt; y una página."],
        ["Module", "Módulo"],
        ["Remedy", "Solución"],
        ["export", "exportar“exportar” stands for export, which is a name and is not translated. línea 12"],
        ["Start it", "Iníciela"],
        ["import", "import"],
    ]


def test_what_is_missing_is_said_where_it_should_stand(site: Path) -> None:
    found = rows(read(site, "es/compare/page.html"))
    assert ["A last word.", "Falta en la traducción"] in [[left, right[:22]] for left, right in found]
    assert found[-1][0] == "ctl restart export\n"
    assert "This line of code is “ctl restart export” in the reference" in found[-1][1]


def test_the_sources_words_are_compared_although_the_page_shows_the_right_ones(site: Path) -> None:
    assert ">export</span>" in read(site, "es/docs/page.html")
    assert "<td>exportar<ul" in read(site, "es/compare/page.html")


def test_a_text_says_its_language_where_it_is_not_the_pages(site: Path) -> None:
    spanish, arabic = read(site, "es/compare/page.html"), read(site, "ar/compare/page.html")
    assert '<td lang="en">Start it</td><td>Iníciela</td>' in spanish
    assert '<td lang="en" dir="ltr">Modules</td>' in arabic
    assert '<meta name="robots" content="noindex">' in spanish


def test_a_page_leads_there_and_back_by_a_link_and_a_key(site: Path) -> None:
    assert '<a class="badge" href="../../es/compare/page.html" accesskey="b">En paralelo</a>' in read(site, "es/docs/page.html")
    assert '<a class="badge" href="../../es/docs/page.html" accesskey="b">Volver a la página</a>' in read(site, "es/compare/page.html")
    assert "compare/" not in read(site, "en/docs/page.html")


def test_a_page_says_who_translated_it_whether_it_is_behind_and_what_is_wrong(site: Path) -> None:
    badges = read(site, "es/docs/page.html").partition('<p class="badges">')[2].partition("</p>")[0]
    said = [text for text in re.sub(r"<[^>]*>", "\n", badges).split("\n") if text.strip()]
    assert said == [
        "Traducción automática en parte: 40\u00a0% por personas",
        "El original ha cambiado desde entonces",
        "Partes del original que faltan aquí: 1",
        "Señalado por las comprobaciones: 3",
        "Actualizado el 1 de febrero de 2026",
        "Original: inglés",
        "En paralelo",
    ]
    assert 'href="../../es/compare/page.html#noted"' in badges
    assert read(site, "es/compare/page.html").count('id="noted"') == 1
    assert "Al día con el original" in read(site, "es/docs/other.html")


def test_an_original_is_not_said_to_be_up_to_date_with_itself(site: Path) -> None:
    assert [name for name in ("page", "other") if "Up to date" in read(site, f"en/docs/{name}.html")] == []


@pytest.mark.parametrize(("which", "pages"), [("all", ["other", "page"]), ("flagged", ["page"]), ("none", [])])
def test_a_site_chooses_which_pages_are_shown_side_by_side(tmp_path: Path, which: str, pages: list[str]) -> None:
    site = built(tmp_path, {"site.yml": f"{YML}compare: {which}\n"})
    assert sorted(path.stem for path in (site / "es").glob("compare/*.html")) == pages
    assert ("En paralelo" in read(site, "es/docs/other.html")) == ("other" in pages)
