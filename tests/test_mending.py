"""What a translation should not have changed stands right on the page, and is found by both words."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from generator.search import Engine
from tests.sources import built

YML = """\
title: Ward
languages:
  en: {root: en, reference: true}
  es: {root: es}
records:
  modules:
    columns: {Module: {roles: subject, identifier: true}, Remedy: remedy}
"""
ENGLISH = """\
# Modules {#modules}

| Module | Remedy |
|---|---|
| export | Start it with `ctl start export` |
| import | Stop it |
| mta_main | Wait |

## The file queue_size.conf

Set `maxDepth` in it, then:

```
ctl restart export
```
"""
SPANISH = """\
# Módulos {#modules}

| Módulo | Solución |
|---|---|
| exportar | Iníciela con `ctl iniciar exportar` |
| import | Deténgala |
| mta_main | Espere |

## El archivo queue_sise.conf

Defina `profundidadMáx` en él, luego:

```
ctl restart exportar
```
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("ward"), {"site.yml": YML, "en/page.md": ENGLISH, "es/page.md": SPANISH})


@pytest.fixture(scope="module")
def page(site: Path) -> str:
    return (site / "es/docs/page.html").read_text(encoding="utf-8")


def words(html: str) -> str:
    """What is seen of a page."""
    return " ".join(re.sub(r"<[^>]*>", "", html.partition("<article")[2]).split())


def test_a_name_is_the_references_and_says_what_the_translation_said(page: str) -> None:
    assert '<td><span class="mend" translate="no" title="La traducción decía «exportar».">export</span><' in page
    assert "Deténgala" in page


def test_of_a_command_only_what_differs_is_marked(page: str) -> None:
    assert re.search(r'<code>ctl <span class="mend"[^>]*«iniciar exportar»[^>]*>start export</span></code>', page)
    assert re.search(r"ctl restart <span[^>]*>export</span>\n", page)


def test_who_cannot_point_at_a_word_reads_them_in_a_list(page: str) -> None:
    listed = page.partition('<details class="mends">')[2].partition("</details>")[0]
    assert '<code translate="no">maxDepth</code> La traducción decía «profundidadMáx».' in listed
    assert listed.count(">export</code>") == 1


def test_a_heading_keeps_its_address_and_gets_its_name(page: str) -> None:
    assert re.search(r'<h2 id="el-archivo-queue_siseconf">El archivo <span[^>]*>queue_size.conf</span>', page)
    assert "<title>Módulos" in page


def test_records_are_called_by_their_names_everywhere(site: Path) -> None:
    record = (site / "es/modules/export.html").read_text(encoding="utf-8")
    assert re.search(r"<h1 [^>]*>export</h1>", record)
    assert "La traducción decía «exportar»." in record
    assert json.loads((site / "data/es/modules/export.json").read_text(encoding="utf-8"))["name"] == "export"
    assert "exportar" not in words((site / "es/modules/index.html").read_text(encoding="utf-8"))


@pytest.mark.parametrize("query", ["exportar", "export"])
def test_both_words_find_the_record_and_the_hit_has_the_right_one(site: Path, query: str) -> None:
    first = Engine.of_site(site).search(query, "es", type="modules").hits[0]
    assert (first.id, first.title) == ("export", "export")


@pytest.mark.parametrize("query", ["profundidadMáx", "maxDepth"])
def test_both_words_find_the_section(site: Path, query: str) -> None:
    hits = Engine.of_site(site).search(query, "es").hits
    assert hits[0].id == "page.md#the-file-queue_sizeconf"
    assert "profundidad" not in " ".join(hits[0].shown.values())


def test_words_of_a_snippet_are_right_too_where_one_place_can_be_meant(tmp_path: Path) -> None:
    files = {
        "en/a.md": "# A {#a}\n\n{{$include b/c.md}}\n\nSee queue_size.conf.\n",
        "en/b/c.md": "Run `ctl start export`.\n\nSet max_depth.\n",
        "es/a.md": "# A {#a}\n\n{{$include b/c.md}}\n\nVea queue_sise.conf.\n",
        "es/b/c.md": "Ejecute `ctl iniciar export`.\n\nDefina max_dept.\n",
    }
    page = (built(tmp_path, {"site.yml": YML, **files}) / "es/docs/a.html").read_text("utf-8")
    shown = re.sub(r"<[^>]+>", "", page)
    assert all(word in shown for word in ("ctl start export", "max_depth", "queue_size.conf"))
    assert page.count('translate="no"') >= len(("start", "max_depth", "queue_size.conf"))


def test_the_reference_and_the_sources_stay_as_they_are(site: Path) -> None:
    assert 'class="mend' not in (site / "en/docs/page.html").read_text(encoding="utf-8")
    assert (site.parent / "es/page.md").read_text(encoding="utf-8") == SPANISH


def test_a_site_may_show_what_its_translators_wrote(tmp_path: Path) -> None:
    site = built(tmp_path, {"site.yml": f"{YML}mend: false\n", "en/page.md": ENGLISH, "es/page.md": SPANISH})
    shown = (site / "es/docs/page.html").read_text(encoding="utf-8")
    assert "<td>exportar<" in shown
    assert 'class="mend' not in shown


def test_what_a_comment_ignores_is_meant_so(tmp_path: Path) -> None:
    spared = SPANISH.replace("Defina", "<!-- sintoma-ignore translation-code: a name of ours -->\nDefina")
    site = built(tmp_path, {"site.yml": YML, "en/page.md": ENGLISH, "es/page.md": spared})
    shown = (site / "es/docs/page.html").read_text(encoding="utf-8")
    assert "<code>profundidadMáx</code>" in shown
    assert ">export</span><" in shown
