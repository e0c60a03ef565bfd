"""Bad input gets a place, a reason and a way out; the output is not touched."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Write

SITE = """\
title: Help
languages:
  en: {root: en, reference: true}
  de: {root: de}
records:
  modules:
    columns: {Module: {roles: subject, identifier: true}, Scope: scope, Remedy: [symptom, remedy]}
    symptoms: {en: ["Check this if {symptom}"], de: ["Prüfen, wenn {symptom}"]}
"""
HEAD = "<table><thead><tr><th>Module</th><th>Scope</th><th>Remedy</th></tr></thead><tbody>\n"
ROW = "<tr><td>mta</td><td>Sends</td><td>Check this if mails stay. Restart it.</td></tr>\n"
KOPF = "<table><thead><tr><th>Modul</th><th>Bereich</th><th>Abhilfe</th></tr></thead><tbody>\n"
ZEILE = "<tr><td>mta</td><td>Sendet</td><td>Prüfen, wenn Mails liegen bleiben. Neu starten.</td></tr>\n"
END = "</tbody></table>\n"


def page(rows: str, head: str = HEAD) -> str:
    return f"# Modules {{#modules}}\n\n{head}{rows}{END}"


def sintoma(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "generator", *arguments], cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture
def site(write: Write) -> Path:
    return write({"site.yml": SITE, "en/modules.md": page(ROW), "de/modules.md": page(ZEILE, KOPF)})


def build_is_refused(folder: Path, status: int, *words: str) -> str:
    """The build ends with the status, says the words, shows no traceback and writes nothing."""
    run = sintoma(folder, "build")
    assert run.returncode == status, run.stderr
    assert "Traceback" not in run.stderr
    for word in words:
        assert word in run.stderr
    assert not (folder / "site").exists()
    return run.stderr


def test_a_good_site_builds(site: Path) -> None:
    run = sintoma(site, "build")
    assert run.returncode == 0, run.stderr
    assert (site / "site" / "de" / "modules" / "mta.html").is_file()


def test_a_missing_site_yml_is_named_with_the_way_to_a_new_one(write: Write) -> None:
    build_is_refused(write({"note.txt": ""}), 2, "site.yml: no such file", "sintoma init")


def test_an_unknown_key_is_named_with_its_place_and_the_key_that_was_meant(site: Path) -> None:
    (site / "site.yml").write_text(SITE.replace("title: Help", "titel: Help"))
    build_is_refused(site, 2, "site.yml:1:1: titel: unknown key; did you mean title?", "the key title is missing")


def test_an_unknown_role_is_named_with_the_roles_there_are(site: Path) -> None:
    (site / "site.yml").write_text(SITE.replace("Scope: scope", "Scope: scop"))
    build_is_refused(site, 2, "site.yml:7:59: records.modules.columns.Scope", "'scop'", "remedy")


def test_bad_yaml_is_named_with_line_and_column(site: Path) -> None:
    (site / "site.yml").write_text("title: Help\nlanguages: {en: {root: en}\nrecords: [\n")
    build_is_refused(site, 2, "site.yml:3:1: this is not valid YAML")


def test_a_key_that_stands_twice_is_refused(site: Path) -> None:
    (site / "site.yml").write_text(SITE + "title: Again\n")
    build_is_refused(site, 2, "site.yml:9:1: title: stands twice")


def test_a_language_without_its_folder_is_named_with_the_key(site: Path) -> None:
    (site / "site.yml").write_text(SITE.replace("de: {root: de}", "de: {root: deutsch}"))
    build_is_refused(site, 2, "site.yml:4:8: languages.de.root: there is no folder deutsch")


def test_two_references_are_refused(site: Path) -> None:
    (site / "site.yml").write_text(SITE.replace("de: {root: de}", "de: {root: de, reference: true}"))
    build_is_refused(site, 2, "en and de are both marked as reference")


def test_an_empty_table_is_an_error(site: Path) -> None:
    (site / "en" / "modules.md").write_text(page(""))
    (site / "de" / "modules.md").write_text(page("", KOPF))
    build_is_refused(site, 1, "en/modules.md:3:1: error table-empty", "Nothing was written")


def test_a_row_with_too_few_cells_is_an_error(site: Path) -> None:
    (site / "en" / "modules.md").write_text(page(ROW + "<tr><td>stat</td><td>Counts</td></tr>\n"))
    build_is_refused(site, 1, "en/modules.md:5:1: error table-row-width: This row has 2 cells, its table 3 columns; add what is missing")


def test_a_row_with_too_many_cells_is_an_error(site: Path) -> None:
    (site / "en" / "modules.md").write_text(page(ROW.replace("</td></tr>", "</td><td>more</td></tr>")))
    build_is_refused(site, 1, "en/modules.md:4:1: error table-row-width: This row has 4 cells, its table 3 columns; remove the surplus")


def test_a_table_that_fits_two_mappings_is_an_error(site: Path) -> None:
    twice = SITE + "  services:\n    columns: {Module: subject, Scope: scope, Remedy: remedy}\n"
    (site / "site.yml").write_text(twice)
    build_is_refused(site, 1, "en/modules.md:3:1: error table-ambiguous: This table fits two mappings of site.yml, modules and services")


def test_a_row_without_a_name_is_an_error(site: Path) -> None:
    (site / "en" / "modules.md").write_text(page(ROW + "<tr><td></td><td>Counts</td><td>Restart.</td></tr>\n"))
    build_is_refused(site, 1, "en/modules.md:5:1: error record-unnamed")


def test_a_table_at_its_declared_place_with_other_headers_is_an_error(site: Path) -> None:
    placed = SITE.replace("  modules:\n", "  modules:\n    tables: [{page: modules.md}]\n")
    (site / "site.yml").write_text(placed)
    (site / "en" / "modules.md").write_text(page(ROW, HEAD.replace("Scope", "Range")))
    build_is_refused(site, 1, "en/modules.md:3:1: error table-mapping: This table's headers are Module | Range | Remedy")


def test_an_old_site_stays_when_the_new_one_has_errors(site: Path) -> None:
    assert sintoma(site, "build").returncode == 0
    before = (site / "site" / "en" / "docs" / "modules.html").read_bytes()
    (site / "en" / "modules.md").write_text(page(ROW) + "\nSee [more](more.md).\n")
    assert sintoma(site, "build").returncode == 1
    assert (site / "site" / "en" / "docs" / "modules.html").read_bytes() == before


def test_keep_going_writes_the_site_and_still_fails(site: Path) -> None:
    (site / "en" / "modules.md").write_text(page(ROW) + "\nSee [more](more.md).\n")
    run = sintoma(site, "build", "--keep-going")
    assert run.returncode == 1
    html = (site / "site" / "en" / "docs" / "modules.html").read_text()
    assert "more.html" not in html
    assert "more.md" not in html.split("<body")[1].split('class="broken')[0]


def test_strict_fails_on_warnings(site: Path) -> None:
    (site / "en" / "extra.md").write_text("# Extra {#extra}\n\nText.\n")
    assert sintoma(site, "check").returncode == 0
    assert sintoma(site, "check", "--strict").returncode == 1


def test_severity_can_be_changed_in_site_yml(site: Path) -> None:
    (site / "en" / "extra.md").write_text("# Extra {#extra}\n\nSee [more](more.md).\n")
    assert sintoma(site, "check").returncode == 1
    (site / "site.yml").write_text(SITE + "severity: [{code: link-*, path: en/*, level: info}]\n")
    run = sintoma(site, "check")
    assert run.returncode == 0
    assert "info link-missing-page" in run.stdout
