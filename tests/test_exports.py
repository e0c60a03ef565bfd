"""Other programs get the same knowledge as people: complete, valid and harmless."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft202012Validator
from lxml import etree
from msgspec.structs import replace

from generator import addresses, build, config, site
from generator.cache import opened
from generator.config import Config
from generator.exports import export
from generator.exports.encoding import encoded
from generator.exports.sitemap import sitemap
from generator.site import Gathered
from generator.starter import init
from generator.workers import crew

SITE = """
title: {en: "Help [desk] & <more>", es: Ayuda}
description: What do you see?
languages:
  en: {root: en, reference: true}
  es: {root: es}
records:
  modules:
    label: Modules
    columns: {Module: subject, Scope: scope, Troubleshooting: [symptom, remedy]}
    symptoms: {en: ["Check it if {symptom}"], es: ["Revíselo si {symptom}"]}
"""
ENGLISH = """---
title: "Modules"
description: "All [modules] (x)\\nof the [!DNL desk]"
---
# Modules

| Module | Scope | Troubleshooting |
|---|---|---|
| export | =cmd() | Check it if no file is written. See [ports](ports.md#udp). |
| import | Reads "files", on port 7771 | Check it if rows are missing. |
"""
SPANISH = """# Módulos

| Módulo | Ámbito | Solución |
|---|---|---|
| export | ＝cmd() | Revíselo si no se escribe el archivo. Vea [puertos](ports.md#udp). |
| import | Lee «archivos», en el puerto 7771 | Revíselo si faltan filas. |
"""


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> tuple[Gathered, Config]:
    folder = tmp_path_factory.mktemp("site")
    files = {
        "site.yml": SITE,
        "en/modules.md": ENGLISH,
        "es/modules.md": SPANISH,
        "en/ports.md": "# Open ports\n\n## UDP {#udp}\n\nPort 53.\n",
    }
    for path, text in files.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return gathered(folder / "site.yml")


def gathered(path: Path) -> tuple[Gathered, Config]:
    settings = config.load(path)
    with opened(settings.folder, keep=False) as cache:
        return site.gather(settings, cache, crew(1)), settings


def files(known: tuple[Gathered, Config], url: str = "") -> Mapping[str, bytes]:
    found = [(item.path, item.data) for item in export(known[0].knowledge, replace(known[1], url=url), addresses, known[0].library.tables)]
    assert len(found) == len(dict(found))
    return dict(found)


def parsed(known: tuple[Gathered, Config], path: str) -> Any:  # noqa: ANN401  any JSON
    return json.loads(files(known)[path])


class TestJson:
    def test_every_document_fits_the_schema_that_travels_with_it(self, known: tuple[Gathered, Config]) -> None:
        found = files(known)
        schema = json.loads(found.pop("data/schema.json"))
        Draft202012Validator.check_schema(schema)
        documents = {path: json.loads(data) for path, data in found.items() if path.startswith("data/") and path.endswith(".json")}

        assert len(documents) == 12
        for path, document in documents.items():
            assert [error.message for error in Draft202012Validator(schema).iter_errors(document)] == []
            assert (Path("/") / path / ".." / document["$schema"]).resolve() == Path("/data/schema.json")

    def test_a_record_says_what_its_row_says(self, known: tuple[Gathered, Config]) -> None:
        record = parsed(known, "data/es/modules/export.json")

        assert (record["id"], record["words"], record["fields"]["scope"]) == ("export", "es", "＝cmd()")
        assert [symptom["text"] for symptom in record["symptoms"]] == ["no se escribe el archivo"]
        assert record["page"] == "es/modules/export.html"
        assert record["source"] == {"file": "es/modules.md", "line": 5}

    def test_a_record_has_the_same_ids_in_every_language(self, known: tuple[Gathered, Config]) -> None:
        ids = [
            [(record["id"], [symptom["id"] for symptom in record["symptoms"]]) for record in parsed(known, path)["records"]]
            for path in ("data/en/records.json", "data/es/records.json")
        ]

        assert ids[0] == ids[1]

    def test_a_link_to_a_page_that_is_not_translated_stays_in_the_language(self, known: tuple[Gathered, Config]) -> None:
        link = parsed(known, "data/es/modules/export.json")["links"][0]

        assert (link["state"], link["page"]) == ("page", "es/docs/ports.html#udp")

    def test_a_page_that_is_not_translated_says_whose_words_it_has(self, known: tuple[Gathered, Config]) -> None:
        pages = {page["path"]: page for page in parsed(known, "data/es/pages.json")["pages"]}

        assert (pages["modules.md"]["words"], pages["ports.md"]["words"]) == ("es", "en")
        assert parsed(known, pages["ports.md"]["data"])["headings"][1] == {"level": 2, "title": "UDP", "anchor": "udp"}

    def test_a_page_holds_its_tables_cell_by_cell(self, known: tuple[Gathered, Config]) -> None:
        table = parsed(known, "data/en/docs/modules.json")["tables"][0]

        assert table["header"] == ["Module", "Scope", "Troubleshooting"]
        assert table["rows"][1][1] == 'Reads "files", on port 7771'

    def test_what_utf8_cannot_carry_becomes_an_escape(self) -> None:
        assert encoded({"a": "ü \ud800"}) == b'{\n "a": "\xc3\xbc \\ud800"\n}\n'
        assert encoded({"a": "ü"}) == b'{\n "a": "\xc3\xbc"\n}\n'

    def test_two_runs_give_the_same_bytes(self, known: tuple[Gathered, Config]) -> None:
        assert files(known, "https://example.com") == files(known, "https://example.com")


class TestAddresses:
    def test_every_address_in_the_data_leads_to_a_page_and_a_place_of_the_built_site(self, tmp_path: Path) -> None:
        init(tmp_path)
        build.build(config.load(tmp_path / "site.yml"), build.Options(cache=False, jobs=1))
        root = tmp_path / "site"
        found = {place for path in (root / "data").rglob("*.json") if path.name != "schema.json" for place in places(json.loads(path.read_bytes()))}

        assert len(found) > 20
        for place in found:
            path, _, anchor = unquote(place).partition("#")
            assert (root / path).is_file(), place
            assert not anchor or f'id="{anchor}"' in (root / path).read_text(encoding="utf-8"), place


def places(value: Any) -> Iterator[str]:  # noqa: ANN401  any JSON
    """What stands under keys that name a file of the site."""
    children = value.items() if isinstance(value, dict) else [("", child) for child in value] if isinstance(value, list) else ()
    for key, child in children:
        if key in ("page", "section", "data", "table") and isinstance(child, str) and "/" in child:
            yield child
        yield from places(child)


class TestCsv:
    def rows(self, known: tuple[Gathered, Config], lang: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(files(known)[f"data/{lang}/modules.csv"].decode("utf-8-sig"), newline="")))

    def test_has_a_row_for_each_record(self, known: tuple[Gathered, Config]) -> None:
        row = self.rows(known, "es")[1]

        assert (row["id"], row["scope"], row["symptoms"]) == ("import", "Lee «archivos», en el puerto 7771", "faltan filas")
        assert row["source"] == "es/modules.md:6"

    def test_begins_with_the_mark_by_which_spreadsheets_know_utf8(self, known: tuple[Gathered, Config]) -> None:
        assert files(known)["data/es/modules.csv"].startswith(b"\xef\xbb\xbfid,name,")

    @pytest.mark.parametrize("lang", ["en", "es"])
    def test_has_no_cell_that_a_spreadsheet_would_run(self, known: tuple[Gathered, Config], lang: str) -> None:
        assert self.rows(known, lang)[0]["scope"].startswith("'")
        assert not [cell for row in self.rows(known, lang) for cell in row.values() if cell[:1] in set("=+-@\t\r＝＋－＠")]


class TestSitemap:
    def urls(self, known: tuple[Gathered, Config]) -> dict[str, dict[str, str]]:
        root = etree.fromstring(files(known, "https://example.com/kb")["sitemap.xml"])
        space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
        return {
            url.findtext("s:loc", namespaces=space): {link.get("hreflang"): link.get("href") for link in url.findall("x:link", space)}
            for url in root.findall("s:url", space)
        }

    def test_names_the_same_page_in_other_languages_both_ways(self, known: tuple[Gathered, Config]) -> None:
        urls = self.urls(known)
        english, spanish = (f"https://example.com/kb/{lang}/modules/export.html" for lang in ("en", "es"))

        assert urls[english] == urls[spanish] == {"en": english, "es": spanish, "x-default": english}
        assert all(place in urls for links in urls.values() for place in links.values())

    def test_leaves_out_pages_that_only_borrow_the_words_of_another_language(self, known: tuple[Gathered, Config]) -> None:
        urls = self.urls(known)

        assert "https://example.com/kb/en/docs/ports.html" in urls
        assert "https://example.com/kb/es/docs/ports.html" not in urls

    def test_is_not_there_without_an_address_of_the_site(self, known: tuple[Gathered, Config]) -> None:
        assert not [path for path in files(known) if "sitemap" in path or "opensearch" in path]

    def test_is_split_where_there_are_many_pages(self, known: tuple[Gathered, Config]) -> None:
        whole = len(self.urls(known))
        settings = replace(known[1], url="https://example.com")
        found = {item.path: item.data for item in sitemap(known[0].knowledge, settings, addresses, limit=4)}
        parts = [path for path in found if path.startswith("sitemap-")]

        assert len(parts) == -(-whole // 4)
        assert [f"https://example.com/{path}" for path in parts] == etree.fromstring(found["sitemap.xml"]).xpath("//*[local-name()='loc']/text()")


class TestSignposts:
    def test_robots_points_to_the_sitemap(self, known: tuple[Gathered, Config]) -> None:
        assert b"Sitemap: https://example.com/sitemap.xml\n" in files(known, "https://example.com")["robots.txt"]
        assert b"Sitemap" not in files(known)["robots.txt"]

    def test_llms_txt_lists_data_records_and_pages_of_the_reference(self, known: tuple[Gathered, Config]) -> None:
        lines = files(known, "https://example.com")["llms.txt"].decode().splitlines()

        assert lines[:3] == ["# Help (desk) & <more>", "", "> What do you see?"]
        assert "- [export](https://example.com/en/modules/export.html): no file is written" in lines
        assert "- [Modules](https://example.com/en/docs/modules.html): All (modules) (x) of the desk" in lines

    def test_open_search_leads_to_the_search_of_its_language(self, known: tuple[Gathered, Config]) -> None:
        root = etree.fromstring(files(known, "https://example.com/kb")["en/opensearch.xml"])

        assert root.xpath("//*[local-name()='Url']/@template") == ["https://example.com/kb/en/index.html?q={searchTerms}"]
        assert root.xpath("//*[local-name()='ShortName']/text()") == ["Help [desk] & <m"]
