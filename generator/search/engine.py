"""Ask a built index: the page's engine, in this process."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Self

from msgspec import Struct, field

from generator.model import Artifact
from generator.search.runtime import Runtime, ScriptError, open_runtime

ROUNDS = 16
"""A query asks for files at most so often: manifests, terms, lexicon, tables, titles."""


class Hit(Struct, frozen=True):
    """Something found. `lang` is the language it is shown in, `score` compares hits of one answer, `why` is filled by `explain`."""

    id: str
    type: str
    url: str
    title: str
    trail: tuple[str, ...]
    lang: str
    score: float
    shown: Mapping[str, str] = field(default_factory=dict)
    matched: tuple[str, ...] = ()
    why: tuple[Mapping[str, Any], ...] = ()


class Answer(Struct, frozen=True):
    """Hits, best first; what each typed word was taken for; files that could not be read."""

    hits: tuple[Hit, ...]
    understood: tuple[Mapping[str, Any], ...] = ()
    missing: tuple[str, ...] = ()


class Engine:
    """The search of a built site. `manifests` maps each language to its manifest's path below the site."""

    def __init__(self, manifests: Mapping[str, str], read: Callable[[str], str | None]) -> None:
        """Open it; `read` gives the text of a file below the site, None where it is missing."""
        self._manifests = dict(manifests)
        self._read = read
        self._runtime: Runtime = open_runtime(*manifests)
        self._runtime.run("var engines = new Map()")

    @classmethod
    def of_artifacts(cls, manifests: Mapping[str, str], artifacts: Iterable[Artifact]) -> Self:
        """Open an index that is still in memory."""
        files = {artifact.path: artifact.data for artifact in artifacts}
        return cls(manifests, lambda path: data.decode("utf-8", "surrogatepass") if (data := files.get(path)) is not None else None)

    @classmethod
    def of_site(cls, site: Path) -> Self:
        """Open the index of a built site's folder; languages are the folders below `search/` that hold a manifest.

        Raises FileNotFoundError where there is none.
        """
        manifests = {path.parent.name: path.relative_to(site).as_posix() for path in sorted(site.glob("search/*/manifest-*.js"))}
        if not manifests:
            message = f"no search index in {site}: build the site first"
            raise FileNotFoundError(message)

        def read(path: str) -> str | None:
            file = site / path
            return file.read_text(encoding="utf-8", errors="surrogatepass") if file.is_file() else None

        return cls(manifests, read)

    def close(self) -> None:
        """End the runtime."""
        self._runtime.close()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that can be asked."""
        return tuple(self._manifests)

    @property
    def reference(self) -> str:
        """The language whose words the others are looked up in, else the first."""
        for lang, path in self._manifests.items():
            found = re.search(r'"reference":\{"lang":"([^"]+)"', self._read(path) or "")
            if found and found[1] != lang:
                return found[1]
        return self.languages[0]

    def search(self, query: str, lang: str, **options: object) -> Answer:
        """Ask in the index of `lang`.

        `options` go to the engine as they are: `type` (a record type or `section`), `limit` (10), `prefix` (True),
        `explain`, `only` (`own` or `reference`). Raises KeyError for a language that the site lacks.
        """
        manifest = self._manifests[lang]
        for _ in range(ROUNDS):
            answer = self._runtime.call(
                "(manifest, query, options) => { if (!engines.has(manifest)) engines.set(manifest, Sintoma.createEngine({ manifest }));"
                " return engines.get(manifest).attempt(query, options); }",
                manifest,
                query,
                options,
            )
            if not answer["needs"]:
                break
            for path in answer["needs"]:
                text = self._read(path)
                good = text is not None
                if text is not None:
                    try:
                        self._runtime.run(text)
                    except ScriptError:  # damaged: the engine names it and goes on
                        good = False
                self._runtime.call("(manifest, path, good) => engines.get(manifest).settle(path, good)", manifest, path, good)
        return Answer(
            tuple(
                Hit(**(hit | {"trail": tuple(hit["trail"]), "matched": tuple(hit["matched"]), "why": tuple(hit.get("why", ()))}))
                for hit in answer["results"]
            ),
            tuple(answer["understood"]),
            tuple(answer["missing"]),
        )
