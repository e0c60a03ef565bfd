"""A small hostile site with everything that a site can have, page by page in Chromium: maps, side by side, sheets, status, tooltips, suggestions; and its files for machines."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser

from tests.hostile.conftest import Built, run
from tests.hostile.test_hostile_browser import watched

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("sinks")]
RUN = "window.__ran=1"
WORDS = (
    f'"><img src=x onerror={RUN}>', f"</script><script>{RUN}</script>", f"' onmouseover='{RUN}' x='", f"javascript:{RUN}//", f"</title></style></textarea><svg onload={RUN}>",
    f"]]><svg xmlns='http://www.w3.org/2000/svg' onload='{RUN}'/>", "\\u003cimg src=x onerror=window.__ran=1>", "url(https://evil.example/x)</style>",
)  # fmt: skip


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def site_yml() -> str:
    one, two = quoted(WORDS[0]), quoted(WORDS[1])
    flows = ", ".join(f"{{from: part{number}, to: '*', port: {quoted('25/tcp')}, label: {quoted(word)}}}" for number, word in enumerate(WORDS))
    parts = ", ".join(f"part{number}: {{label: {quoted(word)}, page: p{number}.md}}" for number, word in enumerate(WORDS))
    return f"""\
title: {one}
description: {two}
url: https://hostile.example/it's&co
edit_url: "https://git.example/{{lang}}/{{path}}"
languages:
  en: {{root: en, reference: true, name: {two}}}
  es: {{root: es, name: {one}}}
records:
  modules:
    label: {one}
    singular: {two}
    columns: {{Name: {{roles: subject, identifier: true}}, Does: scope, Port: port, Remedy: [symptom, remedy]}}
    symptoms: {{en: ["See this if {{symptom}}"], es: ["Vea esto si {{symptom}}"]}}
  questions:
    label: {one}
    from: [question-headings, accordions, bold-paragraphs]
map:
  records: modules
  parts: {{{parts}}}
  flows: [{flows}]
identifiers: [nlserver]
search: {{misses: true}}
compare: all
"""


def page(number: int, word: str, *, translated: bool) -> str:
    """A page that has the word in every place that a title, a heading, a record or front matter leads from to somewhere else."""
    other = WORDS[(number + 1) % len(WORDS)]
    head = "".join(f"{key}: {quoted(word)}\n" for key in ("title", "description", "feature", "role", "level", "doc-type", "keywords", "badge", "edit-url", "source-git-commit"))
    cell, name = word.replace("|", "\\|"), f"`n{number}{'x' if translated else ''}{word.replace('`', '')}`"
    symptom = "Vea esto si" if translated else "See this if"
    return f"""\
---
{head}---
# {word} {{#page}}

{word} `{word}` **{word}** [{word}](p0.md#page "{other}") ![{word}](x.png "{other}") nlserver{" nlserwer" if translated else ""}

## {word}? {{#why}}

{word}

+++ {word}

{word}

+++

| Name | Does | Port | Remedy |
|---|---|---|---|
| {name.replace("|", "")} | {cell} | 25/tcp {cell} | {symptom} {cell}. Restart {cell}. |

>[!NOTE]
>
>{word}

```{word.split(maxsplit=1)[0]}
{word}
```
"""


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("rich")
    for lang in ("en", "es"):
        (folder / lang).mkdir()
        for number, word in enumerate(WORDS):
            (folder / lang / f"p{number}.md").write_text(page(number, word, translated=lang == "es"), encoding="utf-8")
        entries = "".join(f"+ {word}\n  + [{word}](p{number}.md)\n" for number, word in enumerate(WORDS))
        (folder / lang / "TOC.md").write_text(f"# {WORDS[0]}\n\n{entries}", encoding="utf-8")
    (folder / "site.yml").write_text(site_yml(), encoding="utf-8")
    return run(folder, "build", "--keep-going", "--no-cache", "--jobs", "1")


UNSAFE = """() => [...document.querySelectorAll('*')].flatMap((element) => [...element.attributes].filter((attribute) =>
    attribute.name.startsWith('on') || attribute.name === 'style' || attribute.name === 'srcdoc'
    || (/(^|:)(href|src|action|formaction|data|poster|ping)$/.test(attribute.name)
        && !['http:', 'https:', 'mailto:'].includes(new URL(attribute.value, location.href).protocol)))
    .map((attribute) => `${element.localName} ${attribute.name}=${attribute.value}`))
    .concat([...document.scripts].filter((script) => !script.src).map((script) => script.outerHTML))"""
"""Attributes that run something or lead to what is no address, and scripts that stand in the page."""


def test_every_page_of_a_site_that_has_everything_runs_nothing(browser: Browser, rich: Built) -> None:
    assert "Traceback" not in rich.said
    pages = sorted(path.relative_to(rich.site).as_posix() for path in rich.site.rglob("*.html"))
    for kind in ("map.html", "compare/p1", "translation.html", "tree.html", "topics/", "modules/", "symptoms/", "questions/", "docs/p1", "404.html"):
        assert any(kind in path for path in pages), (kind, pages)
    pages = [path for number, path in enumerate(pages) if number % 6 == 0 or path.count("/") < 2]
    with watched(browser, rich.site) as watch:
        for path in pages:
            watch.look(quote(path))
            assert watch.tab.evaluate(UNSAFE) == [], path
            for titled in watch.tab.locator("main [title]:visible").all()[:3]:
                titled.hover(force=True, timeout=1000)
        watch.tab.emulate_media(media="print")
        watch.look("en/docs/p1.html")
        assert watch.faults == []


def test_what_the_search_box_suggests_runs_nothing(browser: Browser, rich: Built) -> None:
    with watched(browser, rich.site) as watch:
        for lang in ("en", "es"):
            watch.look(f"{lang}/index.html")
            for word in ("see", "vea", "image", "onerror", "script", "n0", "svg", *WORDS):
                watch.tab.locator("#__query-home").fill(word)
                watch.tab.wait_for_timeout(150)
            assert watch.tab.evaluate(UNSAFE) == []
            watch.tab.locator("#__query-home").press("ArrowDown")
            watch.tab.locator("#__query-home").press("Enter")
            watch.tab.wait_for_timeout(200)
            assert watch.tab.evaluate("window.__ran") is None
        assert watch.faults == []


def files(folder: Path, *suffixes: str) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.suffix in suffixes]


def test_files_for_machines_can_be_read_and_hold_the_words_as_they_are(rich: Built) -> None:
    said = set()
    for path in files(rich.site, ".xml"):
        said.update(text for element in ET.fromstring(path.read_bytes()).iter() for text in (element.text or "", *element.attrib.values()))  # noqa: S314  our own
    assert any(WORDS[0] in text for text in said)
    for path in files(rich.site, ".json"):
        said.add(json.dumps(json.loads(path.read_bytes()), ensure_ascii=False))
    tables = [list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")))) for path in files(rich.site, ".csv")]
    assert all(len({len(row) for row in table}) == 1 for table in tables)
    for name in ("_headers", "headers.nginx.conf", "robots.txt"):
        assert RUN not in (rich.site / name).read_text(encoding="utf-8"), name
