"""Suggestions go into the source at exactly their place, and not a byte of the rest changes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator import config, fixes
from generator.inspection import inspect
from tests.conftest import ROOT, Write

YML = "title: T\nlanguages:\n  en: {root: en, reference: true}\n  es: {root: es}\nrecords:\n  modules:\n    columns: {Module: {roles: subject, identifier: true}, Remedy: remedy}\n"
TABLE = "| Module | Remedy |\n|---|---|\n| watchdog | Restart it |\n| mta | Stop it |\n"


def mended(folder: Path) -> dict[str, bytes]:
    """The files that the suggestions of a site change, as bytes; they are written too."""
    findings, _ = inspect(config.load(folder / "site.yml"), cache=False, jobs=1)
    fixed = fixes.fixes(folder, findings)
    fixes.apply(folder, fixed)
    return {item.file: (folder / item.file).read_bytes() for item in fixed}


def page(folder: Path, text: bytes) -> bytes:
    (folder / "en" / "page.md").write_bytes(text)
    return mended(folder).get("en/page.md", b"")


@pytest.fixture
def site(write: Write) -> Path:
    return write({"site.yml": "title: T\nlanguages:\n  en: {root: en}\n", "en/ports.md": "# Ports {#ports}\n", "en/page.md": ""})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"[a](port.md) and port.md", b"[a](ports.md) and port.md"),
        (b"[port.md](port.md)", b"[port.md](ports.md)"),
        (b"[a](<port.md> 'port.md')", b"[a](<ports.md> 'port.md')"),
        (b"[a](port.md#ports), [b](port.md)", b"[a](ports.md#ports), [b](ports.md)"),
        (b"[a][x]\n\n[x]: port.md 'Title'", b"[a][x]\n\n[x]: ports.md 'Title'"),
        (b"<table>\n<tr><td><a class='x' href='port.md'>port.md</a></td></tr>\n</table>", b"<table>\n<tr><td><a class='x' href='ports.md'>port.md</a></td></tr>\n</table>"),
        (b"| a |\n|---|\n| [port.md](port.md) |", b"| a |\n|---|\n| [port.md](ports.md) |"),
        ("> é 漢字 [a](port.md)".encode(), "> é 漢字 [a](ports.md)".encode()),
        (b"[a] (ports.md)", b"[a](ports.md)"),
    ],
)
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_only_the_address_changes(site: Path, before: bytes, after: bytes, end: bytes, mark: bytes) -> None:
    def whole(text: bytes) -> bytes:
        return mark + (b"# Page {#page}\n\n" + text + b"  \n\nlast line\x0b without end").replace(b"\n", end)

    assert page(site, whole(before)) == whole(after)


def test_what_may_mean_two_things_is_left_alone(site: Path) -> None:
    assert page(site, b"# Page {#page}\n\n[a](nothing-like-it.md) [b](https://e.com/x#a#b)\n") == b""


def test_a_name_that_was_translated_becomes_the_name_again(write: Write) -> None:
    spanish = TABLE.replace("Module | Remedy", "Módulo | Solución").replace("Restart it", "Reinícielo").replace("Stop it", "Deténgalo")
    text = f"# Página {{#page}}\n\n{spanish}"
    folder = write({"site.yml": YML, "en/page.md": f"# Page {{#page}}\n\n{TABLE}", "es/page.md": text.replace("watchdog", "perro guardián")})
    assert mended(folder) == {"es/page.md": text.encode()}


def test_a_torn_link_of_a_translation_is_whole_again(write: Write) -> None:
    texts = {f"{lang}/b.md": "# B {#b}\n" for lang in ("en", "es")}
    folder = write({"site.yml": YML, **texts, "en/page.md": "# Page {#page}\n\nSee [B](b.md#b) now.\n", "es/page.md": "# Página {#page}\n\nVea [B] (b.md#b) ya.\n"})
    assert mended(folder) == {"es/page.md": "# Página {#page}\n\nVea [B](b.md#b) ya.\n".encode()}


def test_a_label_that_was_translated_is_the_one_of_the_reference_again(write: Write) -> None:
    alert = "# P {{#p}}\n\n>[!{}]\n>\n>Texto 1.\n"
    folder = write({"site.yml": YML, "en/page.md": alert.format("NOTE"), "es/page.md": alert.format("注意")})
    assert mended(folder) == {"es/page.md": alert.format("NOTE").encode()}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Click ** Save ** now.", "Click **Save** now."),
        ("** Save** or **Stop **.", "**Save** or **Stop**."),
        ("Click** Save **now, or **Stop**.", "Click **Save** now, or **Stop**."),
        ("The table (** `tmp` here**) is **\u00a0new**.", "The table (**`tmp` here**) is **new**."),
        ("「** 保存 **」を押し、画面を開く。", "「**保存**」を押し、画面を開く。"),
        ("次に** [!UICONTROL 画面]**を開く。", "次に **[!UICONTROL 画面]**を開く。"),
        ("| a |\n|---|\n| x ** Save ** or ** Stop** |", "| a |\n|---|\n| x **Save** or **Stop** |"),
        ("<table><tr><td>x ** Save **</td></tr></table>", "<table><tr><td>x **Save**</td></tr></table>"),
        ("> * See ** [all](ports.md) **\n> * them", "> * See **[all](ports.md)**\n> * them"),
    ],
)
def test_a_blank_inside_of_bold_goes_outside(site: Path, before: str, after: str) -> None:
    head = "# Page {#page}\n\n"
    assert page(site, f"{head}{before}\n".encode()).decode() == f"{head}{after}\n"


@pytest.mark.parametrize(
    "text", ["2 ** 10 ** 3", "`a ** b ** c`", "**one ** and ** two**", "** one", "** one\ntwo **", "**one ** *two** three*", "**** one ****"]
)
def test_asterisks_that_may_mean_something_else_are_left_alone(site: Path, text: str) -> None:
    assert page(site, f"# Page {{#page}}\n\n{text}\n".encode()) == b""


def test_what_is_put_tight_in_a_translation_is_an_error_until_then(write: Write) -> None:
    english, spanish = "# P {#p}\n\nClick **Save** and **Stop** now.\n", "# P {#p}\n\nPulse ** Guardar ** y ** Parar ** ya.\n"
    folder = write({"site.yml": YML, "en/page.md": english, "es/page.md": spanish})
    findings, _ = inspect(config.load(folder / "site.yml"), cache=False, jobs=1)
    assert [(one.code, one.suggestion) for one in findings if one.lang == "es"] == [("translation-emphasis", "**Guardar**"), ("translation-emphasis", "**Parar**")]
    assert mended(folder) == {"es/page.md": b"# P {#p}\n\nPulse **Guardar** y **Parar** ya.\n"}


@pytest.mark.parametrize("mark", ["{#puertos}", "{# ports}", "{＃ports}", "(#ports)", "{#ports", "｛#puertos ｝"])
def test_the_mark_of_an_id_that_a_translation_damaged_is_one_finding_and_whole_again(write: Write, mark: str) -> None:
    english, spanish = "# P {#p}\n\n## Ports {#ports}\n\nText.\n", "# P {#p}\n\n## Puertos %s\n\nTexto.\n"
    folder = write({"site.yml": YML, "en/page.md": english, "es/page.md": spanish % mark})
    findings, _ = inspect(config.load(folder / "site.yml"), cache=False, jobs=1)
    assert [one.code for one in findings if one.lang == "es" and one.span.line == 3] == ["translation-anchor"]
    assert mended(folder) == {"es/page.md": (spanish % "{#ports}").encode()}


def test_letters_that_were_read_in_a_wrong_encoding_are_right_again(site: Path) -> None:
    assert page(site, "# Page {#page}\n\nThe cafÃ© is on the â€œplazaâ€\u009d.\n".encode()) == "# Page {#page}\n\nThe café is on the “plaza”.\n".encode()


def test_an_end_tag_loses_its_blanks_and_the_name_before_it_stays(write: Write) -> None:
    table = "<table>\n<tr><th>Module</th><th>Remedy</th></tr>\n<tr><td>mta</td><td>Stop</td></tr>\n</table>\n"
    torn = table.replace("Stop", "Pare").replace("mta</td>", "mta</ td>")
    folder = write({"site.yml": YML, "en/page.md": f"# Page {{#page}}\n\n{table}", "es/page.md": f"# Página {{#page}}\n\n{torn}"})
    assert mended(folder) == {"es/page.md": f"# Página {{#page}}\n\n{torn.replace('</ td>', '</td>')}".encode()}


def test_a_heading_gets_its_blank_and_a_label_loses_its_own(site: Path) -> None:
    assert page(site, b"# Page {#page}\n\n##Next {#next}\n\nOpen [! UICONTROL Save].\n") == b"# Page {#page}\n\n## Next {#next}\n\nOpen [!UICONTROL Save].\n"


def test_a_label_that_nobody_defines_becomes_the_address_of_the_other_language(write: Write) -> None:
    folder = write(
        {
            "site.yml": "title: T\nlanguages:\n  en: {root: en, reference: true}\n  es: {root: es}\n",
            "en/page.md": "# Page {#page}\n\nSee [a](#page) now.\n",
            "es/page.md": "# Página {#page}\n\nVea [a][b] ya.\n",
        }
    )
    assert mended(folder) == {"es/page.md": "# Página {#page}\n\nVea [a](#page) ya.\n".encode()}


def sintoma(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", "check", "--config", str(folder / "site.yml"), "--jobs", "1", *options]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_diff_shows_what_fix_does_and_changes_nothing(site: Path) -> None:
    before = b"# Page {#page}\n\n[a](port.md)\n\n[b](nothing-like-it.md)"
    (site / "en/page.md").write_bytes(before)
    shown = sintoma(site, "--diff")
    assert (site / "en/page.md").read_bytes() == before
    assert shown.returncode == 0
    patched = subprocess.run(["git", "apply", "-"], cwd=site, input=shown.stdout, text=True, capture_output=True, check=False)
    assert patched.returncode == 0, patched.stderr
    after = (site / "en/page.md").read_bytes()
    (site / "en/page.md").write_bytes(before)
    fixed = sintoma(site, "--fix")
    assert (site / "en/page.md").read_bytes() == after == before.replace(b"port.md", b"ports.md")
    assert fixed.returncode == 1
    assert "nothing-like-it.md" in fixed.stdout
    assert "link-missing-page" in fixed.stdout
    assert "port.md -> ports.md" in fixed.stderr


def test_fix_keeps_the_rights_of_a_file_and_follows_no_link(site: Path) -> None:
    page(site, b"# Page {#page}\n")
    (site / "en/page.md").write_bytes(b"# Page {#page}\n\n[a](port.md)\n")
    (site / "en/page.md").chmod(0o640)
    mended(site)
    assert (site / "en/page.md").stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in (site / "en").iterdir()) == ["page.md", "ports.md"]
