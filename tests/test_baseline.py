"""Only new findings fail; mended ones leave the baseline."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from generator import baseline, cli
from generator.errors import SiteError
from generator.model import Finding, Span
from tests.conftest import Write

LINK = Finding("link-missing-page", "content/en/a.md", Span(3, 1, 3, 9), "no page port.md", target="port.md")
IMAGE = Finding("link-missing-image", "content/ja/a.md", Span(9, 1, 9, 9), "画像がありません", target="図.png")
OTHER = replace(LINK, target="prot.md", message="no page prot.md")


def test_tells_new_findings_from_known_ones_and_names_those_that_are_gone(tmp_path: Path) -> None:
    baseline.write(tmp_path / "known.json", [LINK, IMAGE])
    compared = baseline.compare([OTHER, LINK], baseline.read(tmp_path / "known.json"))

    assert compared.new == (OTHER,)
    assert compared.known == (LINK,)
    assert [(entry.path, entry.target) for entry in compared.gone] == [("content/ja/a.md", "図.png")]


def test_a_finding_stays_known_when_lines_move(tmp_path: Path) -> None:
    baseline.write(tmp_path / "known.json", [LINK])
    moved = replace(LINK, span=Span(300, 5, 300, 9))

    assert baseline.compare([moved], baseline.read(tmp_path / "known.json")).new == ()


def test_a_second_finding_of_the_same_kind_is_new(tmp_path: Path) -> None:
    baseline.write(tmp_path / "known.json", [LINK])
    again = replace(LINK, span=Span(8, 1, 8, 9))

    assert baseline.compare([LINK, again], baseline.read(tmp_path / "known.json")).new == (again,)


def test_mending_one_of_two_equal_findings_shrinks_the_baseline(tmp_path: Path) -> None:
    path = tmp_path / "known.json"
    baseline.write(path, [LINK, replace(LINK, span=Span(8, 1, 8, 9)), IMAGE])
    compared = baseline.compare([LINK, IMAGE, OTHER], baseline.read(path))
    assert len(compared.gone) == 1
    baseline.write(path, compared.known)

    assert baseline.compare([LINK, IMAGE, OTHER], baseline.read(path)) == baseline.Compared((OTHER,), (LINK, IMAGE), ())


def test_the_file_is_the_same_whatever_the_order_and_holds_readable_words(tmp_path: Path) -> None:
    baseline.write(tmp_path / "one.json", [LINK, IMAGE, OTHER])
    baseline.write(tmp_path / "two.json", [OTHER, IMAGE, LINK])
    text = (tmp_path / "one.json").read_text(encoding="utf-8")

    assert text == (tmp_path / "two.json").read_text(encoding="utf-8")
    assert "画像がありません" in text
    assert len(text.splitlines()) == 8
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.json", "two.json"]


def test_an_empty_baseline_knows_nothing(tmp_path: Path) -> None:
    baseline.write(tmp_path / "known.json", [])

    assert baseline.compare([LINK], baseline.read(tmp_path / "known.json")).new == (LINK,)


SITE = {
    "site.yml": "title: T\nlanguages:\n  en: {root: en, reference: true}\n  de: {root: de}\n",
    "en/a.md": "# A {#a}\n\n[gone](gone.md) [also](also.md)\n",
    "de/a.md": "# A {#a}\n\n[gone](gone.md) [also](also.md)\n",
}
AWAY = Finding("link-outside-missing", "en/a.md", Span(3, 1, 3, 9), "no page there", target="https://example.org/away")
LEFT = Finding("link-redirect-missing", "en/old.md", Span(1, 1, 1, 1), "no redirect", target="old.md")
TEXT = Finding("translation-heading", "de/a.md", Span(1, 1, 1, 9), "another level")


def check(folder: Path, *options: str, capsys: pytest.CaptureFixture[str]) -> str:
    cli.main(["check", "--config", str(folder / "site.yml"), "--baseline", str(folder / "known.json"), "--jobs", "1", *options])
    return capsys.readouterr().err


def test_what_was_not_looked_for_is_not_gone(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(SITE)
    check(folder, "--update-baseline", capsys=capsys)
    known = baseline.read(folder / "known.json")
    baseline.write(folder / "known.json", [AWAY, LEFT, TEXT], known)

    assert "translation-heading" in (said := check(folder, capsys=capsys))
    assert "0 new findings" in said
    assert "link-outside-missing" not in said
    assert "link-redirect-missing" not in said
    assert check(folder, "--only", "link-*", capsys=capsys).endswith(" 0 gone\n")


def test_in_a_part_of_the_site_only_what_stood_there_is_gone(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(SITE)
    check(folder, "--update-baseline", capsys=capsys)
    for page in ("en/a.md", "de/a.md"):
        (folder / page).write_text("# A {#a}\n\n[also](also.md)\n", encoding="utf-8")

    said = check(folder, "--only", "link-missing-page", "--lang", "de", capsys=capsys)
    assert "de/a.md: link-missing-page gone.md: mended" in said
    assert "en/a.md" not in said
    assert said.endswith(" 1 gone\n")


def test_an_update_keeps_what_was_not_looked_for(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(SITE)
    baseline.write(folder / "known.json", [AWAY, TEXT])

    assert "and 1 of codes that were not looked for" in check(folder, "--update-baseline", capsys=capsys)
    codes = {entry.code for entry in baseline.read(folder / "known.json")}
    assert "link-outside-missing" in codes
    assert "translation-heading" not in codes


def test_an_update_writes_a_damaged_baseline_anew(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write({**SITE, "known.json": "[]"})
    check(folder, "--update-baseline", capsys=capsys)

    assert baseline.read(folder / "known.json")


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"version": 2, "findings": []}', '{"version": 1, "findings": [{"code": "x"}]}', "\udcff"]
)
def test_a_file_that_is_no_baseline_is_told_with_what_to_do(tmp_path: Path, text: str) -> None:
    (tmp_path / "known.json").write_bytes(text.encode("utf-8", "surrogateescape"))

    with pytest.raises(SiteError, match=r"known\.json: .*--update-baseline"):
        baseline.read(tmp_path / "known.json")


def test_a_missing_file_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="no such file"):
        baseline.read(tmp_path / "known.json")


def test_the_entries_say_what_the_file_holds(tmp_path: Path) -> None:
    written = baseline.write(tmp_path / "known.json", [LINK])
    found = json.loads((tmp_path / "known.json").read_text(encoding="utf-8"))

    assert [entry.fingerprint for entry in written] == [entry["fingerprint"] for entry in found["findings"]]
