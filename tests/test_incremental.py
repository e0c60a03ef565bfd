"""After any edit the site is, byte for byte, what a clean build would write; and what does not depend on the edit is not made again."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from generator import build, checking, config, indexes, joining, ledger, site, workers
from generator.build import Options, Result
from generator.cache import opened
from tests.conftest import Write

SITE = """\
title: Base
url: https://kb.example.org
edit_url: https://git.example.org/{lang}/{path}
languages:
  en: {root: en, reference: true, redirects: redirects.csv, repository: .}
  es: {root: es}
records:
  modules:
    columns:
      Module: {roles: subject, identifier: true}
      Scope: scope
      Troubleshooting: [symptom, remedy]
    symptoms: {en: ["If {symptom}"], es: ["Si {symptom}"]}
"""
TABLE = "| Module | Scope | Troubleshooting |\n|---|---|---|\n| `mta` | {0} | {1} [{2}](start.md#first), {3} |\n"
FILES = {
    "site.yml": SITE,
    "redirects.csv": "/old,/help/start.html\n",
    "en/TOC.md": "# Contents {#toc}\n\n+ [Start](start.md)\n+ Deep {#deep}\n  + [Queue](deep/queue.md)\n  + [Modules](modules.md)\n+ [Only here](only.md)\n",
    "es/TOC.md": "# Contenido {#toc}\n\n+ [Inicio](start.md)\n+ Hondo {#deep}\n  + [Cola](deep/queue.md)\n  + [Módulos](modules.md)\n",
    "en/start.md": "---\ntitle: Start\nfeature: Delivery\n---\n# Start {#start}\n\nSee [the queue](deep/queue.md#full) and [modules](modules.md).\n\n## First steps {#first}\n\nRestart `mta`.\n",
    "es/start.md": "---\ntitle: Inicio\nfeature: Envíos\n---\n# Inicio {#start}\n\nVea [la cola](deep/queue.md#full) y [módulos](modules.md).\n\n## Primeros pasos {#first}\n\nReinicie `mta`.\n",
    "en/deep/queue.md": "# The queue {#queue}\n\nBack to [start](../start.md), ![a picture](../a.png).\n\n## Full queue {#full}\n\nDelete old messages.\n",
    "es/deep/queue.md": "# La cola {#queue}\n\nVolver al [inicio](../start.md).\n\n## Cola llena {#full}\n\nBorre los mensajes viejos.\n",
    "en/modules.md": "# Modules {#modules}\n\n" + TABLE.format("Sends", "If mail is stuck, see", "first steps", "then restart it."),
    "es/modules.md": "# Módulos {#modules}\n\n" + TABLE.format("Envía", "Si el correo no sale, vea", "los pasos", "y reinícielo."),
    "en/only.md": "# Only here {#only}\n\nNo translation yet, see [the queue](deep/queue.md).\n",
    "en/a.png": "not really a picture",
}
Edit = Callable[[Path], object]


def replaced(name: str, old: str, new: str) -> Edit:
    def do(folder: Path) -> None:
        text = (folder / name).read_text(encoding="utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")

    return do


def added(name: str, text: str) -> Edit:
    def do(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")

    return do


EDITS: dict[str, Edit] = {
    "a sentence": replaced("en/deep/queue.md", "Delete old", "First look, then delete old"),
    "a sentence of a translation": replaced("es/start.md", "Reinicie", "Pare y reinicie"),
    "a title": replaced("en/start.md", "# Start {#start}", "# Begin here {#start}"),
    "front matter": replaced("es/start.md", "feature: Envíos", "feature: Correo"),
    "an id that others link to": replaced("en/deep/queue.md", "{#full}", "{#filled}"),
    "the id comes back": replaced("en/deep/queue.md", "{#filled}", "{#full}"),
    "where a link leads": replaced("en/start.md", "(modules.md)", "(only.md)"),
    "a picture": added("en/a.png", "another picture"),
    "a cell of a record": replaced("en/modules.md", "then restart it", "then start it again"),
    "a line above a record": replaced("es/modules.md", "{#modules}\n", "{#modules}\n\nUna línea.\n"),
    "the name of a record": replaced("en/modules.md", "`mta`", "`mta2`"),
    "the order of the contents": replaced("en/TOC.md", "  + [Queue](deep/queue.md)\n  + [Modules](modules.md)\n", "  + [Modules](modules.md)\n  + [Queue](deep/queue.md)\n"),
    "a word of the contents": replaced("es/TOC.md", "Hondo", "Más hondo"),
    "a word of site.yml": replaced("site.yml", "title: Base", "title: Knowledge"),
    "the address of the site": replaced("site.yml", "kb.example.org", "help.example.org"),
    "a severity": added("site.yml", SITE + "severity:\n  - {code: link-*, level: warning}\n"),
    "a theme of its own": lambda folder: (
        added("theme/strings/es.yml", "home: Principio\n")(folder),
        added("site.yml", SITE + "theme: {folder: theme}\n")(folder),
    ),
    "a word of the theme": added("theme/strings/es.yml", "home: Arriba\n"),
    "a redirect": added("redirects.csv", "/older,/help/deep/queue.html\n"),
    "what pages inherit": added("en/metadata.md", "---\nfeature: Everything\n---\n"),
    "a page that was missing": added("es/only.md", "# Solo aquí {#only}\n\nYa traducida.\n"),
    "a call of snippets that are missing": added("en/only.md", "# Only here {#only}\n\n{{$include _includes/later.md}}\n\n{{thing}}\n"),
    "a snippet comes": added("en/_includes/later.md", "It is here now.\n"),
    "a snippet says more": added("en/_includes/later.md", "It is here now, and says more.\n"),
    "a named snippet comes": added("en/_includes/snippets.md", "## Thing {#thing}\n\nA ** thing**.\n"),
    "a named snippet moves down": added("en/_includes/snippets.md", "# Snippets {#snippets}\n\n## Thing {#thing}\n\nA ** thing**.\n"),
    "a snippet of the reference": lambda folder: (
        added("do-not-localize/shared.md", "{{$include none.md}}\n")(folder),
        replaced("es/start.md", "Pare y", "{{$include /do-not-localize/shared.md}}\n\nPare y")(folder),
    ),
    "the same snippet in the translation": added("es/do-not-localize/shared.md", "{{$include none.md}}\n"),
    "the level that entries of the contents may have": added("site.yml", SITE + "limits: {nesting: 2}\n"),
    "a new page": added("en/deep/new.md", "# New {#new}\n\nSee [start](../start.md#first).\n"),
    "a page goes": lambda folder: (folder / "en/deep/new.md").unlink(),
    "a translation goes": lambda folder: (folder / "es/deep/queue.md").unlink(),
    "a page moves": lambda folder: (folder / "en/only.md").rename(folder / "en/deep/only.md"),
    "a shared snippet that is missing": added("es/start.md", "# Inicio {#start}\n\n{{$include /do-not-localize/none.md}}\n"),
    "another reference": lambda folder: (
        replaced("site.yml", "reference: true, ", "")(folder),
        replaced("site.yml", "es: {root: es}", "es: {root: es, reference: true}")(folder),
    ),
    "the first reference again": added("site.yml", SITE),
    "a language comes": lambda folder: (
        shutil.copytree(folder / "es", folder / "fr"),
        replaced("site.yml", "  es: {root: es}\n", "  es: {root: es}\n  fr: {root: fr}\n")(folder),
    ),
}


def built(folder: Path, output: str, *, cache: bool, jobs: int = 1) -> Result:
    return build.build(config.load(folder / "site.yml"), Options(output=folder / output, jobs=jobs, keep_going=True, cache=cache))


def site_bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def folder(write: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small site, built; every page is a chunk of its own, so that none is made anew for its neighbour's sake."""
    monkeypatch.setattr(workers, "CHUNK", 1)
    monkeypatch.setattr(joining, "_PAGES", 1)
    where = write(FILES)
    built(where, "site", cache=True)
    return where


def test_every_edit_gives_what_a_clean_build_gives(folder: Path) -> None:
    for name, edit in EDITS.items():
        edit(folder)
        before = site_bytes(folder / "site")
        again, anew = built(folder, "site", cache=True), built(folder, "clean", cache=False)
        after, clean = site_bytes(folder / "site"), site_bytes(folder / "clean")
        assert again.findings == anew.findings, name
        assert after.keys() == clean.keys(), name
        assert not [path for path in clean if after[path] != clean[path]], name
        if name not in ("a severity", "a redirect", "a named snippet moves down"):
            assert before != after, f"{name}: this edit should have changed the site"


def test_pages_that_a_copy_of_the_process_makes_are_those_of_a_clean_build(folder: Path) -> None:
    EDITS["a sentence"](folder)
    result = built(folder, "site", cache=True, jobs=2)
    built(folder, "clean", cache=False)
    assert result.written
    assert 0 < result.written.written < result.written.kept
    assert site_bytes(folder / "site") == site_bytes(folder / "clean")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages of documents that are put together from now on."""
    found: list[str] = []
    make = joining.pages.document_pages

    def noted(seen: joining.Site, lang: joining.Lang, paths: tuple[joining.DocPath, ...]) -> object:
        found.extend(f"{lang}/{path}" for path in paths)
        return make(seen, lang, paths)

    monkeypatch.setattr(joining.pages, "document_pages", noted)
    return found


def test_a_sentence_makes_its_own_page_anew_and_no_other(folder: Path, made: list[str]) -> None:
    EDITS["a sentence"](folder)
    result = built(folder, "site", cache=True)

    assert sorted(made) == ["en/deep/queue.md", "es/deep/queue.md"]
    assert result.written
    changed = result.written.written
    assert changed < 20, changed


def test_a_page_that_somebody_changed_in_the_site_is_made_anew(folder: Path, made: list[str]) -> None:
    clean = site_bytes(folder / "site")
    page = folder / "site/en/docs/start.html"
    page.write_bytes(page.read_bytes().replace(b"queue", b"QUEUE"))
    built(folder, "site", cache=True)

    assert made == ["en/start.md"]
    assert site_bytes(folder / "site") == clean


def test_a_file_of_the_search_that_somebody_changed_in_the_site_is_put_right(folder: Path) -> None:
    clean = site_bytes(folder / "site")
    for jobs in (1, 2):
        script = folder / "site/search/en/current.js"
        script.write_bytes(script.read_bytes().replace(b"manifest", b"MANIFEST"))
        built(folder, "site", cache=True, jobs=jobs)

        assert site_bytes(folder / "site") == clean


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_site_that_is_replaced_while_another_is_checked_lends_it_no_file_that_is_gone(folder: Path, jobs: int) -> None:
    def other(stage: str, done: int, total: int) -> None:
        if (stage, done, total) == ("data", 0, 0):
            for script in (folder / "site/search").rglob("*.js"):
                script.write_bytes(b"another site's")

    # The check waits for the index, so the other site is there after its files were compared with those of the site before.
    added("queries.yml", "- {query: the queue, lang: en, expect: deep/queue.md#queue}\n")(folder)
    added("site.yml", SITE.replace("title: Base", "title: Other") + "search: {queries: queries.yml}\n")(folder)
    settings = config.load(folder / "site.yml")
    build.build(settings, Options(output=folder / "site", jobs=jobs, keep_going=True, watch=other))
    built(folder, "clean", cache=False)

    assert site_bytes(folder / "site") == site_bytes(folder / "clean")


def test_a_page_that_changes_behind_the_stamp_is_what_the_next_build_sees(folder: Path) -> None:
    settings = config.load(folder / "site.yml")
    stamp = ledger.stamp(settings, "", folder / "site")
    before = site_bytes(folder / "site")
    EDITS["a sentence"](folder)
    build.build(settings, Options(output=folder / "site", jobs=1, keep_going=True, known=stamp.files))
    assert site_bytes(folder / "site") == before

    assert ledger.stamp(settings, "", folder / "site").hash != stamp.hash
    built(folder, "site", cache=True)
    built(folder, "clean", cache=False)
    assert site_bytes(folder / "site") == site_bytes(folder / "clean")


def test_overviews_stand_while_no_title_changes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    make = joining.pages.overview_pages

    def noted(seen: joining.Site, lang: joining.Lang) -> object:
        made.append(lang)
        return make(seen, lang)

    monkeypatch.setattr(joining.pages, "overview_pages", noted)
    EDITS["a sentence"](folder)
    built(folder, "site", cache=True)
    assert made == []

    EDITS["a title"](folder)
    built(folder, "site", cache=True)
    assert sorted(made) == ["en", "es"]


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The steps of the search index that are made from now on."""
    found: list[str] = []

    def noted(kind: str) -> Callable[[object, indexes._Step], object]:
        def make(job: object, step: indexes._Step) -> object:
            found.append(f"{kind} {step.lang} {' '.join(step.paths)}".strip())
            return makers[kind](job, step)  # type: ignore[arg-type]  # whatever a step is made with

        return make

    makers = indexes._MAKERS
    monkeypatch.setattr(indexes, "_MAKERS", {kind: noted(kind) for kind in makers})
    return found


def test_a_sentence_of_a_translation_indexes_its_page_and_its_language_anew(folder: Path, steps: list[str]) -> None:
    EDITS["a sentence of a translation"](folder)
    built(folder, "site", cache=True)

    assert sorted(steps) == ["core es", "lines es start.md", "meanings es", "portion es", "told es start.md"]


def test_a_sentence_of_the_reference_leaves_the_cores_of_the_other_languages(folder: Path, steps: list[str]) -> None:
    EDITS["a sentence"](folder)
    built(folder, "site", cache=True)

    assert sorted(steps) == ["core en", "lines es deep/queue.md", "meanings es", "portion es", "told en deep/queue.md"]


def test_a_paragraph_that_has_no_translation_yet_leaves_what_words_mean(folder: Path, steps: list[str]) -> None:
    page = folder / "en/deep/queue.md"
    page.write_text(page.read_text(encoding="utf-8") + "\nA paragraph that is new.\n", encoding="utf-8")
    built(folder, "site", cache=True)

    assert sorted(steps) == ["core en", "lines es deep/queue.md", "told en deep/queue.md"]


def test_a_word_of_site_yml_indexes_nothing_anew(folder: Path, steps: list[str]) -> None:
    EDITS["a word of site.yml"](folder)
    built(folder, "site", cache=True)

    assert steps == []


def test_words_whose_entry_is_damaged_are_made_anew_where_fresh_processes_put_them_together(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clean = site_bytes(folder / "site")
    monkeypatch.setattr(indexes, "_MANY", 0)
    settings = config.load(folder / "site.yml")
    with opened(settings.folder, keep=True) as store:
        gathered = site.gather(settings, store, workers.crew(1))
        shown = checking.shown(settings, gathered, workers.crew(1))
        for step in every(step for parts in indexes._parts(indexes._Job(settings, shown, None)) for step in parts.steps):
            entry = Path(store._place(step.key))
            if step.kind in ("told", "lines"):
                entry.write_bytes(entry.read_bytes()[:-1] + b"?")
            else:
                entry.unlink(missing_ok=True)
    shutil.rmtree(folder / "site")
    build.build(settings, Options(output=folder / "site", jobs=2, keep_going=True))

    assert site_bytes(folder / "site") == clean


def every(steps: Iterable[indexes._Step]) -> Iterator[indexes._Step]:
    for step in steps:
        yield step
        yield from every(step.of)
