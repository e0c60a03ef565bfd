"""The very first document works as it is: Spanish, alone, with its modules' names translated."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator import build, config
from generator.build import Options, Result

SITE = """\
title: Semilla
languages:
  es: {{root: {seed}}}
records:
  modules:
    label: Módulos
    columns:
      Module: {{roles: subject, identifier: true}}
      Execution scope: scope
      Troubleshooting: [symptom, remedy]
    headers:
      es: [Módulo, Ámbito de ejecución, Resolución de problemas]
    symptoms:
      es: ["Compruebe este módulo si {{symptom}}"]
    aliases: {{export: [exportar], import: [importar], tracking: [seguimiento]}}
"""


@pytest.fixture(scope="module")
def built(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> Result:
    folder = tmp_path_factory.mktemp("seed")
    (folder / "site.yml").write_text(SITE.format(seed=seed), encoding="utf-8")
    return build.build(config.load(folder / "site.yml"), Options(keep_going=True, cache=False))


def test_its_eleven_modules_have_the_ids_that_operators_type(built: Result) -> None:
    ids = [record.id for record in built.gathered.knowledge.records["modules"]]
    assert ids == ["export", "import", "inMail", "mta", "stat", "syslogd", "tracking", "trackinglogd", "watchdog", "web", "wfserver"]


def test_its_findings_are_three_missing_pages_three_translated_names_and_a_french_word(built: Result) -> None:
    found = [(finding.code, finding.span.line, finding.target) for finding in built.findings]
    assert found == [
        ("translation-identifier", 32, "exportar"),
        ("translation-identifier", 37, "importar"),
        ("link-missing-page", 59, "../../production/using/general-architecture.md#list-of-open-ports"),
        ("translation-identifier", 62, "seguimiento"),
        ("link-missing-page", 69, "../../production/using/tracking-logs-issues.md"),
        ("translation-foreign-word", 79, "déclencheur"),
        ("link-missing-page", 84, "../../production/using/log-precision.md"),
    ]


def test_symptoms_come_from_the_sentences_that_name_them(built: Result) -> None:
    records = {record.id: record for record in built.gathered.knowledge.records["modules"]}
    spanish = next(iter(records["mta"].texts.values()))
    assert spanish.symptoms == ("ya no se están enviando correos",)
    assert records["mta"].symptoms == records["stat"].symptoms
    assert next(iter(records["syslogd"].texts.values())).ports == ("6666",)


def test_the_page_keeps_its_words_and_shows_broken_links_as_text(built: Result) -> None:
    assert built.written is not None
    html = (built.written.output / "es" / "docs" / "modules-and-frequent-issues.es.html").read_text(encoding="utf-8")
    assert "déclencheur" in html
    assert "general-architecture" not in html
    assert "Lista de puertos abiertos" in html


def test_each_module_has_a_page_and_data_under_its_neutral_id(built: Result) -> None:
    assert built.written is not None
    assert (built.written.output / "es" / "modules" / "export.html").is_file()
    data = json.loads((built.written.output / "data" / "es" / "modules" / "export.json").read_text(encoding="utf-8"))
    assert data["id"] == "export"
