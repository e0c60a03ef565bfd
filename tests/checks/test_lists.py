"""What site.yml names for a language is there."""

from __future__ import annotations

from generator import config
from generator.inspection import inspect
from tests.conftest import Write

SITE = "title: T\nlanguages:\n  en: {root: en, reference: true, assets: ASSETS.txt, toc: nav.md}\n  es: {root: es, repository: ., redirects: es.csv}\n"
PAGES = {"en/a.md": "# A {#a}\n", "es/a.md": "# A {#a}\n"}


def missing(write: Write, **files: str) -> list[tuple[int, str]]:
    folder = write({"site.yml": SITE, **PAGES, **files})
    findings, _ = inspect(config.load(folder / "site.yml"), cache=False, jobs=1)
    return [(finding.span.line, finding.target) for finding in findings if finding.code == "list-missing"]


def test_each_list_that_is_not_there_is_found_at_its_language(write: Write) -> None:
    assert missing(write) == [(3, "ASSETS.txt"), (3, "nav.md"), (4, "es.csv")]


def test_lists_are_looked_for_where_site_yml_says(write: Write) -> None:
    assert missing(write, **{"en/ASSETS.txt": "", "en/nav.md": "* [A](a.md)\n", "es.csv": "source,destination\n"}) == []
