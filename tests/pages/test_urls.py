"""Addresses inside the site."""

from __future__ import annotations

from generator.model import DocPath, Lang
from generator.pages import urls

EN = Lang("en")


def test_an_address_leads_from_one_page_to_another() -> None:
    assert urls.relative("en/docs/a/b.html", "en/modules/mta.html", "top") == "../../../en/modules/mta.html#top"


def test_an_address_on_the_same_page_is_only_its_anchor() -> None:
    assert urls.relative("en/index.html", "en/index.html", "x y") == "#x%20y"


def test_names_that_a_url_would_stumble_over_are_quoted() -> None:
    assert urls.relative("index.html", urls.document(EN, DocPath("a b/ñ#?.md"))) == "en/docs/a%20b/%C3%B1%23%3F.html"


def test_values_of_facets_are_safe_file_names() -> None:
    assert urls.topic(EN, "role", "a/b") == "en/topics/role/a_2f_b.html"
    assert urls.topic(EN, "role", "..") == "en/topics/role/_2e__2e_.html"
    assert urls.topic(EN, "role", "index") == "en/topics/role/index-.html"


def test_a_file_is_named_by_what_is_in_it() -> None:
    assert urls.asset("search/engine.js", "0123456789abcdef") == "assets/search/engine.01234567.js"
