"""A site's translations are compared page by page, and only what changed is compared again."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import site, translations
from generator.cache import opened
from generator.checks import translation
from generator.config import load
from generator.inspection import inspect
from generator.model import Finding
from generator.workers import crew
from tests.conftest import Write

SITE = "title: T\nlanguages: {en: {root: en, reference: true}, es: {root: es}, ja: {root: ja}}\n"
PAGES = {
    "en/TOC.md": "+ [A](a.md)\n+ [B](b.md)\n",
    "en/a.md": "# A {#a}\n\nThe value of maxProcessCount is 30.\n",
    "en/b.md": "# B {#b}\n\nSee [A](a.md#a).\n",
    "es/a.md": "# A {#a}\n\nEl valor de maxProcesoCount es 30.\n",
    "es/b.md": "# B {#b}\n\nVea [A](a.md#a).\n",
    "ja/a.md": "# A {#a}\n\nmaxProcessCount の値は 31 です。\n",
    "ja/b.md": "# B {#b}\n\n[A](a.md#a) を参照してください。\n",
}


def found(folder: Path) -> list[tuple[str, str, int, int]]:
    findings, _ = inspect(load(folder / "site.yml"))
    return [(one.code, one.file, one.span.line, one.span.column) for one in findings if one.code.startswith("translation-")]


def test_findings_name_file_line_and_column_in_each_language(write: Write) -> None:
    folder = write({"site.yml": SITE, **PAGES})
    expected = [("translation-identifier", "es/a.md", 3, 13), ("translation-number", "ja/a.md", 3, 21)]
    assert found(folder) == expected
    assert found(folder) == expected


def test_pages_of_any_size_that_site_yml_allows_are_compared(write: Write) -> None:
    long = f"<!-- {'word ' * 3_400_000}-->\n\n"
    pages = {name: PAGES[name].replace("\n\n", f"\n\n{long}", 1) for name in ("en/a.md", "es/a.md")}
    folder = write({"site.yml": SITE.replace(", ja: {root: ja}", "") + "limits: {file_bytes: 20000000}\n", **pages})
    assert found(folder) == [("translation-identifier", "es/a.md", 5, 13)]


def test_a_change_of_page_or_reference_is_seen_and_other_pages_are_not_compared_again(
    write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write({"site.yml": SITE, **PAGES})
    assert len(found(folder)) == 2
    seen: list[str] = []
    compare = translation.compare
    monkeypatch.setattr(translation, "compare", lambda ours, theirs, *rest: (seen.append(theirs.document.file), compare(ours, theirs, *rest))[1])
    (folder / "es/a.md").write_text("# A {#a}\n\nEl valor de maxProcessCount es 30.\n", encoding="utf-8")
    assert [one[:2] for one in found(folder)] == [("translation-number", "ja/a.md")]
    assert {*seen} == {"es/a.md", "ja/a.md"}


@pytest.mark.parametrize("said", ["Set `brandNewOption`.", "Run `tool new-verb`.", "A duck waits."])
def test_names_and_words_that_are_new_to_the_reference_let_only_pages_that_have_them_be_compared_again(
    said: str, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write({"site.yml": SITE, **PAGES, "en/c.md": "# C {#c}\n\nThe value of brandNewOption.\n", "es/c.md": "# C {#c}\n\nEl valor de brandNewOption.\n"})
    found(folder)
    seen: list[str] = []
    compare = translation.compare
    monkeypatch.setattr(translation, "compare", lambda ours, theirs, *rest: (seen.append(theirs.document.file), compare(ours, theirs, *rest))[1])
    (folder / "en/b.md").write_text(f"# B {{#b}}\n\nSee [A](a.md#a).\n\n{said}\n", encoding="utf-8")
    found(folder)
    assert {"es/b.md", "ja/b.md"} <= {*seen} <= {"es/b.md", "ja/b.md", *(["es/c.md"] if "brandNewOption" in said else [])}
    assert ("es/c.md" in seen) == ("brandNewOption" in said)


def test_the_results_are_the_same_with_one_process_and_with_two(write: Write) -> None:
    many = {f"{lang}/p{n}.md": f"# P {{#p}}\n\nIts count_{n} is {n if lang == 'en' else n + 1}00.\n" for n in range(60) for lang in ("en", "es")}
    config = load(write({"site.yml": SITE, "ja/x.md": "# X {#x}\n", **many}) / "site.yml")
    results: list[list[Finding]] = []
    for jobs in (1, 2):
        with opened(config.folder, keep=False) as store:
            gathered = site.gather(config, store, crew(jobs))
            results.append([found for page in translations.compared(config, gathered, crew(jobs)).values() for found in page.findings])
    assert len(results[0]) == 60
    assert results[0] == results[1]


def test_pages_without_a_reference_are_read_alone(write: Write) -> None:
    page = "# A {#a}\n\nEsto déclencheur un error de maxProcesoCount.\n"
    folder = write({"site.yml": "title: T\nlanguages: {es: {root: es}}\n", "es/a.md": page})
    assert found(folder) == [("translation-foreign-word", "es/a.md", 3, 6)]


def test_a_link_that_is_broken_in_the_reference_alone_is_asked_of_no_translation(write: Write) -> None:
    pages = PAGES | {"en/b.md": "# B {#b}\n\nSee [A](a.md#aa).\n", "ja/b.md": "# B {#b}\n\n[A](a.md#az) を参照してください。\n"}
    findings, _ = inspect(load(write({"site.yml": SITE, **pages}) / "site.yml"))
    links = [(one.code, one.file, one.suggestion) for one in findings if "link" in one.code and one.file.endswith("b.md")]
    assert ("link-missing-anchor", "en/b.md", "a.md#a") in links
    assert [code for code, file, _ in links if file != "en/b.md"] == ["link-missing-anchor"]
    assert "a.md#aa" not in [suggestion for _, _, suggestion in links]


def test_an_entry_of_the_contents_that_is_broken_in_the_reference_alone_is_asked_of_no_translation(write: Write) -> None:
    pages = PAGES | {"en/TOC.md": "+ [A](aa.md)\n+ [B](b.md)\n", "es/TOC.md": "+ [A](a.md)\n+ [B](bb.md)\n"}
    findings, _ = inspect(load(write({"site.yml": SITE, **pages}) / "site.yml"))
    links = [(one.code, one.file, one.suggestion) for one in findings if "link-" in one.code or one.code == "translation-link"]
    assert ("link-toc-missing", "en/TOC.md", "a.md") in links
    assert "aa.md" not in [suggestion for _, _, suggestion in links]
    assert [(file, suggestion) for _, file, suggestion in links if file.endswith("es/TOC.md")] == [("es/TOC.md", "b.md")]
