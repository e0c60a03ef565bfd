"""The system map in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
Open = Callable[..., Any]

OUT = """() => [...document.querySelectorAll(".map__box")].flatMap((box) => {
  const room = box.querySelector("rect").getBoundingClientRect();
  return [...box.querySelectorAll("text")].filter((text) => {
    const words = text.getBoundingClientRect();
    return words.left < room.left || words.right > room.right || words.top < room.top - 1 || words.bottom > room.bottom + 1;
  }).map((text) => text.textContent);
})"""
"""Words that do not fit into their boxes."""


@pytest.mark.parametrize("lang", ["en", "es", "fr", "de", "pt-BR", "ja"])
def test_the_words_of_every_box_fit_into_it(open_tab: Open, over_http: str, lang: str) -> None:
    page = open_tab(f"{over_http}/{lang}/map.html").page
    assert page.locator(".map__box").count() >= 11
    assert page.evaluate(OUT) == []


def test_a_box_is_reached_and_opened_with_the_keyboard_and_its_arrows_stand_out(open_tab: Open, address: str) -> None:
    page = open_tab(f"{address}/en/map.html").page
    box = page.locator('.map__box[href$="mta.html"]')
    box.focus()
    assert page.locator(".map__line.is-near").count() >= 4
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("mta")


def test_on_a_phone_the_map_scrolls_and_the_page_does_not(open_tab: Open, over_http: str) -> None:
    page = open_tab(f"{over_http}/de/map.html", viewport={"width": 390, "height": 844}).page
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("(() => { const box = document.querySelector('.map__scroll'); return box.scrollWidth > box.clientWidth; })()")
    assert page.locator(".map__scroll").get_attribute("tabindex") == "0"
    for bar in page.locator(".map__bar text").all():
        place = bar.bounding_box()
        assert place
        assert 0 <= place["x"] < 390


def test_on_paper_the_whole_map_is_there(open_tab: Open, over_http: str) -> None:
    page = open_tab(f"{over_http}/en/map.html", viewport={"width": 680, "height": 900}).page
    page.emulate_media(media="print")
    place = page.locator(".map__picture").bounding_box()
    assert place
    assert place["x"] + place["width"] <= 680


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_boxes_and_arrows_can_be_told_from_the_ground_in_forced_colours(open_tab: Open, over_http: str, scheme: str) -> None:
    page = open_tab(f"{over_http}/en/map.html", color_scheme=scheme, forced_colors="active").page
    colours = page.evaluate(
        """() => [".map__name", ".map__shaft", ".map__box rect"].map((path) => {
          const style = getComputedStyle(document.querySelector(path));
          return path === ".map__name" ? style.fill : style.stroke;
        }).concat(getComputedStyle(document.querySelector(".map__box rect")).fill)"""
    )
    assert colours[-1] not in colours[:-1]


def test_nothing_moves_for_those_who_asked_for_it(open_tab: Open, over_http: str) -> None:
    page = open_tab(f"{over_http}/en/map.html", reduced_motion="reduce").page
    moving = "[...document.querySelectorAll('*')].filter((one) => parseFloat(getComputedStyle(one).transitionDuration) > 0).length"
    assert page.evaluate(moving) == 0
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(moving) > 0
