"""A built site says what it has, and a sister checks its links to it without a network."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator import config
from generator.build import Options, build
from generator.errors import SiteError
from generator.inspection import inspect
from tests.conftest import Write

SISTER = {
    "site.yml": "title: Manual\nurl: https://docs.example.org/manual\nlanguages:\n  en: {root: en, reference: true}\n  es: {root: es}\n"
    "records: {modules: {columns: {Module: subject, What to do: remedy}}}\n",
    "en/ports.md": '# Ports {#ports}\n\n## Open ports {#open-ports}\n\n<a id="raw"></a>\n\n+++ More {#more}\n\nText.\n\n+++\n',
    "en/only-here.md": "# Only here {#only}\n\n| Module | What to do |\n| - | - |\n| web | Restart it. |\n",
    "es/ports.md": "# Puertos {#ports}\n\n## Puertos abiertos {#open-ports}\n",
}


@pytest.fixture
def built(write: Write) -> Path:
    folder = write({f"sister/{name}": text for name, text in SISTER.items()})
    build(config.load(folder / "sister" / "site.yml"), Options(jobs=1, cache=False, keep_going=True))
    return folder


def test_every_page_and_id_of_an_inventory_is_in_the_built_site(built: Path) -> None:
    site = built / "sister" / "site"
    value = json.loads((site / "inventory.json").read_text(encoding="utf-8"))
    assert value["url"] == "https://docs.example.org/manual"
    for path, ids in value["pages"].items():
        html = (site / path).read_text(encoding="utf-8")
        assert set(ids or ()) <= set(re.findall(r'\bid="([^"]+)"', html)), path
    assert set(value["pages"]["en/docs/ports.html"]) == {"ports", "open-ports", "raw", "more"}
    assert value["pages"]["es/docs/only-here.html"] == ["only", "web"], "readers of es see the page of the reference, and its rows"


@pytest.mark.parametrize(
    ("address", "fault"),
    [
        ("/en/docs/ports.html", ""),
        ("/en/docs/ports.html#open-ports", ""),
        ("/en/docs/ports#open-ports", ""),
        ("/en/", ""),
        ("/en/index.html#whatever", ""),
        ("/es/docs/ports.html?from=here", ""),
        ("/assets/picture.png", ""),
        ("/en/docs/prots.html", "link-outside-missing"),
        ("/de/docs/ports.html", "link-outside-missing"),
        ("/en/docs/ports.html#open-prots", "link-outside-anchor"),
        ("-2/en/docs/gone.html", ""),
    ],
)
def test_a_link_to_a_sister_site_is_checked_by_its_inventory(built: Path, write: Write, address: str, fault: str) -> None:
    folder = write({
        "own/site.yml": "title: T\nlanguages:\n  en: {root: en}\nsisters:\n"
        "  manual: {url: https://docs.example.org/manual, inventory: ../sister/site/inventory.json}\n",
        "own/en/page.md": f"# Page {{#page}}\n\n[a](https://docs.example.org/manual{address})\n",
    })  # fmt: skip
    assert folder == built
    findings, _ = inspect(config.load(folder / "own" / "site.yml"), cache=False, jobs=1)
    assert [finding.code for finding in findings] == ([fault] if fault else [])


OWN = """\
title: T
url: https://docs.example.org/own
languages:
  en: {root: en, reference: true}
  es: {root: es}
"""


@pytest.mark.parametrize("only", ["link-", ""])
@pytest.mark.parametrize("records", ["", "records: {modules: {columns: {Module: subject, What to do: remedy}}}\n"])
def test_a_whole_address_of_a_page_of_this_site_is_checked_too(write: Write, only: str, records: str) -> None:
    places = ("page.html#web" if records else "page.html", "page.html#top", "pgae.html", "page.html#tpo", "page", "assets/a.png")
    links = " ".join(f"[{place}](https://docs.example.org/own/es/docs/{place})" for place in places)
    page = f"# Page {{#top}}\n\n| Module | What to do |\n| - | - |\n| web | {links} |\n"
    folder = write({"site.yml": OWN + records, "en/page.md": page, "es/other.md": "# Otra {#otra}\n"})
    found, _ = inspect(config.load(folder / "site.yml"), cache=False, jobs=1, wanted=lambda code: code.startswith(only))
    told = [(one.code, one.suggestion.rpartition("/")[2]) for one in found if "outside" in one.code]
    assert told == [("link-outside-missing", "page.html"), *([] if records else [("link-outside-anchor", "page.html#top")])]


@pytest.mark.parametrize(
    ("text", "words"),
    [(None, "there is no file"), ("{}", "no inventory"), ("[1]", "no inventory"), ("{", "no inventory"), pytest.param("[" * 100_000, "no inventory", id="deep")],
)
def test_a_bad_inventory_is_said_with_its_place(write: Write, text: str | None, words: str) -> None:
    folder = write({
        "site.yml": "title: T\nlanguages:\n  en: {root: en}\nsisters:\n  manual: {url: https://docs.example.org, inventory: manual.json}\n",
        "en/page.md": "# Page {#page}\n",
        **({"manual.json": text} if text is not None else {}),
    })  # fmt: skip
    with pytest.raises(SiteError, match=f"site.yml:5:.*sisters.manual.inventory: .*{words}"):
        inspect(config.load(folder / "site.yml"), cache=False, jobs=1)
