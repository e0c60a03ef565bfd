"""The page about a translation: how far it is, and what to mend first."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from tests.pages.damaged import built


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("ward"))


@pytest.fixture(scope="module")
def spanish(site: Path) -> str:
    return (site / "es/translation.html").read_text(encoding="utf-8")


def figures(text: str) -> dict[str, list[str]]:
    """The words below each chart."""
    found = re.findall(r'<figure class="chart"><figcaption>(.*?)</figcaption>.*?<ul>(.*?)</ul>', text, re.DOTALL)
    return {title: [re.sub(r"<[^>]*>", "", item).replace("\xa0", " ") for item in items.split("</li>")[:-1]] for title, items in found}


def test_charts_say_who_translated_how_much_is_there_and_what_is_behind(spanish: str) -> None:
    assert "2 de 3 páginas están traducidas." in spanish
    assert figures(spanish) == {
        "Quién tradujo": ["Personas: 1 (33,3 %)", "Personas y máquina: 1 (33,3 %)", "Sin traducir todavía: 1 (33,3 %)"],
        "Respecto al original": ["Al día con el original: 1 (33,3 %)", "El original ha cambiado desde entonces: 1 (33,3 %)", "Sin traducir todavía: 1 (33,3 %)"],
        "Integridad": ["No falta nada: 1 (33,3 %)", "Faltan partes: 1 (33,3 %)", "Sin traducir todavía: 1 (33,3 %)"],
        "Lo que señalan las comprobaciones": ["Nada: 1 (33,3 %)", "Errores: 1 (33,3 %)", "Sin traducir todavía: 1 (33,3 %)"],
    }


def test_a_chart_is_drawn_to_scale_and_has_a_text_in_its_place(spanish: str) -> None:
    drawn = re.findall(r'<svg viewBox="0 0 1000 40".*?</svg>', spanish, re.DOTALL)
    chart = html.fromstring(drawn[0])
    assert chart.get("role") == "img"
    assert (chart.get("aria-label") or "").startswith("Quién tradujo. Personas: 1 (33,3")
    assert [(rect.get("x"), rect.get("width")) for rect in chart] == [("0", "333"), ("333", "334"), ("667", "333")]
    assert "style=" not in spanish


def test_the_worst_page_that_most_others_lead_to_is_mended_first(spanish: str) -> None:
    jobs = spanish.partition('<h2 id="first">')[2].partition("</table>")[0]
    lines = [re.findall(r"<t[dh][^>]*>(?:<[^>]*>)*([^<]*)", row) for row in jobs.split("<tr>")[2:]]
    assert lines == [["Módulos", "3", "0", "1", "1"]]
    assert 'href="../es/compare/page.html"' in jobs


def test_what_is_not_translated_and_what_is_found_is_listed(spanish: str) -> None:
    lacking = spanish.partition('<h2 id="lacking">')[2]
    assert '<a href="../es/docs/lacking.html" lang="en">Lacking</a>' in lacking
    kinds = spanish.partition('<h2 id="kinds">')[2].partition("</table>")[0]
    assert re.findall(r'<th scope="row">([^<]*)</th><td>([^<]*)</td>', kinds) == [("code", "1"), ("identifier", "1"), ("structure", "1")]


def test_every_page_of_a_translation_leads_there_and_the_reference_has_none(site: Path) -> None:
    assert 'href="../../es/translation.html">Traducción</a>' in (site / "es/docs/page.html").read_text(encoding="utf-8")
    assert not (site / "en/translation.html").exists()
    assert "translation.html" not in (site / "en/index.html").read_text(encoding="utf-8")
