"""Whatever happens to the sources, to the cache and to a build under way, in whatever order: the next build writes what a clean one would."""

from __future__ import annotations

import io
import re
import shutil
import time
from contextlib import redirect_stderr
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from generator import joining, workers
from generator.cli import main
from tests.hostile.test_hostile_kills import finished, killed, start
from tests.publish.sites import is_whole, tree
from tests.publish.test_histories import MEMORY
from tests.test_incremental import FILES, SITE, TABLE, site_bytes

PAGES = st.sampled_from(["start.md", "deep/queue.md", "modules.md", "only.md", "new.md", "deep/only.md", "a b.md"])
LANGS = st.sampled_from(["en", "es"])
TEXTS = st.lists(
    st.sampled_from(
        [
            "See [the queue](deep/queue.md#full) and [modules](modules.md).", "See [start](/en/start.md#first).", "Back to [this](#first).", "![a picture](a.png)",
            "## First steps {#first}", "## Full queue {#full}", "## Full queue {#first}", "### Without an id", TABLE.format("Sends", "If mail is stuck, see", "it", "then wait."),
            TABLE.format("Sends", "If nothing is sent, see", "it", "then restart.").replace("mta", "inMail"), "Restart `mta`.", "Restart `inMail`, port 25.", "{{$include /_includes/one.md}}",
            "{{$include /_includes/plain.txt}}", "{{$include /do-not-localize/shared.md}}", "[x](https://sister.example.org/a.html)",
            "{{note}}", ">[!NOTE]\n>\n>Wait.", "<table><tr><td rowspan=2>a</td><td>b</td></tr></table>", "Check this if `x|y` ** is** <port>", "{{$include /_includes/none.md}}",
        ]
    ),
    max_size=4,
)  # fmt: skip
TITLES = st.sampled_from(["# Start {#start}", "# The queue {#queue}", "# Modules {#modules}", "# Start", "---\ntitle: Named\nfeature: Delivery\n---\n# Named {#named}", "---\ntitle: [\n---\n", ""])
OTHERS = {
    "_includes/one.md": ["Restart *it*, see [modules](modules.md).", "Wait.\n\n- [queue](deep/queue.md)\n", "{{note}}", "{{$include /_includes/one.md}}"],
    "_includes/plain.txt": ["Plain words.\n", "Plain *words*, ** twice**.\n"],
    "do-not-localize/shared.md": ["Wait for `mta`.\n", "{{$include none.md}}\n", "\n\n{{$include none.md}}\n"],
    "es/do-not-localize/shared.md": ["Wait for `mta`.\n", "{{$include none.md}}\n"],
    "sister.json": ['{"generator": "sintoma", "version": 1, "pages": {"a.html": []}}', '{"generator": "sintoma", "version": 1, "pages": {"b.html": []}}'],
    "queries.yml": ["- {query: full queue, lang: en, expect: deep/queue.md#full}\n", "- {query: restart, lang: en, expect: mta}\n- {query: nothing, lang: en, expect: none}\n"],
    "en/_includes/snippets.md": ["## Note {#note}\n\nMind the gap.\n", "## Note {#note}\n\nMind the `mta`.\n", "## Other {#other}\n\nx\n"],
    "en/metadata.md": ["---\nfeature: All\n---\n", "---\nfeature: None\n---\n"],
    "es/deep/metadata.md": ["---\nfeature: Todo\n---\n"],
    "en/a.png": ["not really a picture", "another picture"],
    "es/a.png": ["una imagen"],
    "redirects.csv": ["/old,/help/start.html\n", "/older,/help/deep/queue.html\n/old,/older\n", "/old,/help/none.html\n"],
    "theme/strings/es.yml": ["home: Principio\n", "home: Arriba\n"],
    "theme/assets/own.css": ["p {color: red}\n", "p {color: blue}\n"],
    "en/TOC.md": ["# Contents {#toc}\n\n+ [Start](start.md)\n+ Deep {#deep}\n  + [Queue](deep/queue.md)\n", "# Contents {#toc}\n\n+ [Modules](modules.md)\n+ [Start](start.md)\n"],
    "es/TOC.md": ["# Contenido {#toc}\n\n+ [Inicio](start.md)\n+ [Cola](deep/queue.md)\n", "# Contenido {#toc}\n\n+ [Módulos](modules.md)\n"],
}
NAMED = ("redirects.csv", "sister.json", "queries.yml")
"""Files that site.yml names: it is wrong without them."""
LANGUAGES = ("  es: {root: es}\n", "  es: {root: es, repository: .}\n", "  es: {root: es}\n  fr: {root: fr}\n", "  fr: {root: fr}\n  es: {root: es}\n")
KEYS = (
    "severity: [{code: link-*, level: warning}]\n", "compare: none\n", "compress: [gzip]\n", "identifiers: [inMail]\n", "theme: {folder: theme}\n", "exclude: [only.md]\n",
    "limits: {table_cells: 3}\n", "limits: {nesting: 2}\n", "mend: false\n", "search: {queries: queries.yml}\n", "sisters: {other: {url: https://sister.example.org, inventory: sister.json}}\n", "map: {records: modules, flows: [{from: mta, to: inMail, port: 25/tcp}]}\n", "description: Words\n",
)  # fmt: skip
DEFECT = re.compile(r"(?m)^sintoma: the entry \w+ of the cache is damaged.*\n")


def without_seconds(said: str) -> list[str]:
    """What a build says of the content: the last line says what was done, and how long it took."""
    return DEFECT.sub("", said).rstrip("\n").split("\n")[:-1]


def without_manifest(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path: data for path, data in files.items() if path != "manifest.json"}


class Builds(RuleBasedStateMachine):
    """A site in a folder: `site` is what was built last; `clean` is what its sources give in an empty folder."""

    @initialize()
    def begin(self) -> None:
        self.place = TemporaryDirectory(dir=MEMORY)
        self.folder = Path(self.place.name)
        for name, text in {**FILES, **{name: OTHERS[name][0] for name in NAMED}}.items():
            self.write(name, text)
        self.write("fr/start.md", FILES["en/start.md"])
        (self.folder / "theme").mkdir()
        begin = time.monotonic()
        finished(start(self.folder))
        self.usual = time.monotonic() - begin

    def teardown(self) -> None:
        self.place.cleanup()

    def write(self, name: str, text: str) -> None:
        place = self.folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.is_symlink():
            place.unlink()
        place.write_text(text, encoding="utf-8")

    @rule(lang=LANGS, path=PAGES, title=TITLES, texts=TEXTS)
    def page_written(self, lang: str, path: str, title: str, texts: list[str]) -> None:
        self.write(f"{lang}/{path}", "\n\n".join((title, *texts)) + "\n")

    @rule(lang=LANGS, path=PAGES)
    def page_goes(self, lang: str, path: str) -> None:
        (self.folder / lang / path).unlink(missing_ok=True)

    @rule(lang=LANGS, path=PAGES, to=PAGES)
    def page_moves(self, lang: str, path: str, to: str) -> None:
        if (self.folder / lang / path).exists():
            (self.folder / lang / path).rename(self.folder / lang / to)

    @rule(lang=LANGS, path=PAGES, to=PAGES)
    def page_becomes_a_link(self, lang: str, path: str, to: str) -> None:
        place = self.folder / lang / path
        if place.parent.is_dir():
            place.unlink(missing_ok=True)
            place.symlink_to(self.folder / lang / to)

    @rule(
        keys=st.sets(st.sampled_from(KEYS), max_size=3),
        title=st.sampled_from(["Base", "Knowledge"]),
        languages=st.sampled_from(LANGUAGES),
        reference=st.sampled_from(["reference: true, ", ""]),
    )
    def settings_change(self, keys: set[str], title: str, languages: str, reference: str) -> None:
        site = SITE.replace("title: Base", f"title: {title}").replace(LANGUAGES[0], languages).replace("reference: true, ", reference)
        by_name = {key.partition(":")[0]: key for key in sorted(keys)}
        self.write("site.yml", site + "".join(by_name.values()))

    @rule(file=st.sampled_from([(name, text) for name, texts in OTHERS.items() for text in texts]))
    def other_file_written(self, file: tuple[str, str]) -> None:
        self.write(*file)

    @rule(name=st.sampled_from([name for name in OTHERS if name not in NAMED]))
    def other_file_goes(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)

    @rule(which=st.integers(0, 999), how=st.sampled_from(["cut", "bit", "empty", "gone"]), at=st.floats(0, 0.999))
    def cache_damaged(self, which: int, how: str, at: float) -> None:
        entries = sorted(path for path in (self.folder / ".sintoma-cache").rglob("*") if path.is_file())
        if not entries:
            return
        entry = entries[which % len(entries)]
        data = bytearray(entry.read_bytes())
        place = int(at * len(data))
        if data and how == "bit":
            data[place] ^= 1 << which % 8
        entry.write_bytes({"cut": bytes(data[:place]), "bit": bytes(data), "empty": b"", "gone": b""}[how])
        if how == "gone":
            entry.unlink()

    @rule(keep_going=st.booleans(), chunk=st.sampled_from([1, 3, 32]))
    def built(self, keep_going: bool, chunk: int) -> None:  # noqa: FBT001  hypothesis draws it
        before = site_bytes(self.folder / "site")
        options = ["--keep-going"] if keep_going else []
        status, said = self.run(options, chunk)
        clean_status, clean_said = self.run([*options, "--no-cache", "--output", str(self.folder / "clean")], chunk)
        assert (status, without_seconds(said)) == (clean_status, without_seconds(clean_said))
        assert status in (0, 1), said
        clean = self.clean()
        assert site_bytes(self.folder / "site") == (clean or before)
        if clean:
            self.assert_tidy()

    @rule(share=st.floats(0, 1.2))
    def killed_at_any_moment(self, share: float) -> None:
        before = tree(self.folder / "site")
        process = start(self.folder)
        if process.poll() is None:
            killed(process, self.folder, share * self.usual, writing=False, group=True)
        self.run(["--keep-going", "--no-cache", "--output", str(self.folder / "clean")], 32)
        clean = self.clean()
        now = tree(self.folder / "site")
        note(f"ended with {process.returncode}; {'new' if now == without_manifest(clean) else 'old'}")
        assert now in (before, without_manifest(clean))
        # What was damaged in the cache may have been a file of the site before, and so of this one: a build that got to its end has put it right.
        assert now == before or is_whole(self.folder / "site")
        if process.returncode >= 0:
            assert process.returncode in (0, 1)
            assert now == without_manifest(clean)
            self.assert_tidy()

    def run(self, options: list[str], chunk: int) -> tuple[int, str]:
        """Run the command in this process: its status, and what it says."""
        said = io.StringIO()
        with pytest.MonkeyPatch.context() as patch, redirect_stderr(said):
            patch.setattr(workers, "CHUNK", chunk)
            patch.setattr(joining, "_PAGES", chunk)
            status = main(["build", "--jobs", "1", "--config", str(self.folder / "site.yml"), *options])
        return status, said.getvalue().replace(str(self.folder / "clean"), str(self.folder / "site"))

    def clean(self) -> dict[str, bytes]:
        """What a clean build wrote, if anything; it is gone then."""
        folder = self.folder / "clean"
        if not folder.exists():
            return {}
        files = site_bytes(folder)
        shutil.rmtree(folder)
        return files

    def assert_tidy(self) -> None:
        assert [path.name for path in self.folder.glob(".site.sintoma-*")] == []


@pytest.mark.parametrize(("examples", "steps"), [(2, 8), pytest.param(25, 30, marks=pytest.mark.nightly)])
def test_after_any_history_a_build_writes_what_a_clean_one_would(examples: int, steps: int) -> None:
    checks = [HealthCheck.too_slow, HealthCheck.data_too_large]
    run_state_machine_as_test(Builds, settings=settings(max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=checks))  # type: ignore[no-untyped-call]
