"""The system map: as site.yml declares it, or as the rows link to each other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import lxml.html
import pytest

from generator import config
from generator.located import SiteError
from generator.pages.system_map import _broken, _together

Pages = dict[str, str]
Make = Callable[[dict[str, str]], Pages]

MAP = """
map:
  parts:
    relay: {label: {en: Mail relay, es: Servidor de correo}, page: "guide/logs.md#where"}
  flows:
    - {from: mta, to: [stat, relay], port: [25/tcp, 465/tcp], label: {en: asks, es: pregunta}}
    - {from: stat, to: "*", label: starts}
"""


def table(pages: Pages, path: str) -> list[list[str]]:
    page = lxml.html.fromstring(pages[path])
    return [[" ".join(cell.text_content().split()) for cell in row.cssselect("td")] for row in page.cssselect(".map-table tbody tr")]


def boxes(pages: Pages, path: str) -> dict[str, str]:
    """The boxes of the picture: words and address."""
    page = lxml.html.fromstring(pages[path])
    return {" ".join(box.text_content().split()): box.get("href") or "" for box in page.cssselect(".map__box")}


@pytest.fixture
def mapped(make: Make, ward: Pages) -> Pages:
    return make({"site.yml": ward["site.yml"] + MAP})


def test_every_box_is_a_link_in_the_words_of_the_language(mapped: Pages) -> None:
    assert boxes(mapped, "en/map.html") == {
        "stat 25 465/tcp": "../en/modules/stat.html",
        "mta": "../en/modules/mta.html",
        "Mail relay 25 465/tcp": "../en/docs/guide/logs.html#where",
    }
    assert list(boxes(mapped, "es/map.html"))[-1] == "Servidor de correo 25 465/tcp"


def test_the_table_says_what_the_picture_shows(mapped: Pages) -> None:
    assert table(mapped, "en/map.html") == [
        ["stat", "Modules (all)", "", "starts"],
        ["mta", "stat", "25 465/tcp", "asks"],
        ["mta", "Mail relay", "25 465/tcp", "asks"],
    ]
    assert table(mapped, "es/index.html") == table(mapped, "es/map.html")


def test_a_script_from_right_to_left_turns_the_picture_round(make: Make, ward: Pages) -> None:
    flows = "map:\n  flows:\n    - {from: mta, to: [stat, a]}\n  parts:\n    a: {label: A, page: modules.md}\n"
    pages = make({"site.yml": ward["site.yml"] + flows})

    def left(lang: str) -> list[str]:
        return [box.get("x") for box in lxml.html.fromstring(pages[f"{lang}/map.html"]).cssselect(".map__box rect")]

    assert left("ar") != left("en")


def test_the_page_of_a_record_says_what_it_calls_and_what_calls_it(mapped: Pages) -> None:
    page = lxml.html.fromstring(mapped["en/modules/mta.html"])
    assert [" ".join(item.text_content().split()) for item in page.cssselect(".calls li")] == [
        "stat 25 465/tcp asks", "Mail relay 25 465/tcp asks", "stat starts",
    ]  # fmt: skip


@pytest.mark.parametrize("words", ["Look at <code>mta</code>.", 'Look at <a href="#mta">the sender</a>.'])
def test_without_a_declaration_what_leads_from_row_to_row_draws_the_map(make: Make, ward: Pages, words: str) -> None:
    rows = ward["content/en/modules.md"].replace("Look at port 7777.", words).replace("<td>mta</td>", '<td id="mta">mta</td>')
    pages = make({"content/en/modules.md": rows})
    assert [row[:2] for row in table(pages, "ar/map.html")] == [["stat", "mta"]]


def test_a_site_where_nothing_leads_to_anything_has_no_map(pages: Pages) -> None:
    assert "en/map.html" not in pages
    assert "map.html" not in pages["en/index.html"]


def test_what_the_map_names_and_is_not_there_is_left_out(make: Make, ward: Pages) -> None:
    told = "map:\n  parts:\n    lost: {label: Lost, page: lost.md}\n  flows:\n    - {from: mta, to: [gone, lost]}\n"
    pages = make({"site.yml": ward["site.yml"] + told})
    assert table(pages, "en/map.html") == [["mta", "Lost"]]
    assert boxes(pages, "en/map.html")["Lost"] == ""


def test_a_site_without_any_of_the_records_has_no_map(make: Make, ward: Pages) -> None:
    parts = "  parts:\n    a: {label: A, page: guide/logs.md}\n    b: {label: B, page: guide/logs.md}\n"
    told = f"{ward['site.yml']}map:\n{parts}  flows: [{{from: a, to: b}}]\n"
    pages = make({"site.yml": told, "content/en/modules.md": "# Modules {#modules}\n", "content/es/modules.md": "# Módulos {#modules}\n"})
    assert "en/map.html" not in pages


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ("records: modul\n  flows: [{from: a, to: b}]", "map.records: there is no kind of record 'modul'; known are: modules"),
        ("flows: [{from: a, to: b}, {from: [a, b], to: b}]", "map.flows.1: a flow leads from one to another; name two different ones"),
        ('flows: [{from: "*", to: "*"}]', "map.flows.0: a flow leads from one to another"),
        ("flows: [{from: a, too: b}]", "map.flows.0.too: unknown key; did you mean to?"),
    ],
)
def test_a_map_that_cannot_be_meant_is_said_with_its_place(tmp_path: Path, ward: Pages, told: str, fault: str) -> None:
    for lang in ("en", "es", "ar"):
        (tmp_path / "content" / lang).mkdir(parents=True)
    (tmp_path / "site.yml").write_text(ward["site.yml"] + f"map:\n  {told}\n", encoding="utf-8")
    with pytest.raises(SiteError) as raised:
        config.load(tmp_path / "site.yml")
    assert fault in str(raised.value)


def test_long_names_are_broken_between_words_and_wide_letters() -> None:
    assert _broken("Servidores de correo", 14) == ("Servidores de", "correo")
    assert _broken("コンソールとブラウザー", 14) == ("コンソールとブ", "ラウザー")
    assert _broken("averyveryverylongidentifier", 14) == ("averyveryveryl", "ongidentifier")


def test_a_word_too_long_for_a_line_is_broken_at_its_hyphen() -> None:
    assert _broken("Benutzer-Postfach", 14) == ("Benutzer-", "Postfach")
    assert _broken("E-Mail", 14) == ("E-Mail",)
    assert _broken("very_long_name/of.a-queue", 10) == ("very_long_", "name/of.a-", "queue")


def test_ports_of_one_protocol_share_its_name() -> None:
    assert _together(("80/tcp", "443/tcp", "53/udp", "8080")) == "80 443/tcp 53/udp 8080"
