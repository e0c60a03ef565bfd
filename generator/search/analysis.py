"""Texts into numbered terms, by the browser's own analyzer."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from generator.search.codec import Ints
from generator.search.runtime import Runtime, open_runtime

BATCH = 2_000
"""Texts a call."""


class Analyzer:
    """Analyses many texts of one language, each distinct word once.

    `terms` grows: a term's number is its place in it.
    """

    def __init__(self, lang: str, runtime: Runtime | None = None) -> None:
        """Open a runtime for `lang`, or use one that has its stemmer loaded."""
        self.terms: list[str] = []
        self._runtime = runtime or open_runtime(lang)
        self._runtime.run((Path(__file__).parent / "batch.js").read_text(encoding="utf-8"))
        self._runtime.run(f"var batch = Sintoma.createBatch({json.dumps(lang)})")

    def close(self) -> None:
        """End the runtime."""
        self._runtime.close()

    def analyze(self, texts: Sequence[str]) -> tuple[Ints, Ints]:
        """Term numbers of all texts in order, and how many each text has."""
        ids: list[Ints] = []
        lengths: list[Ints] = []
        for start in range(0, len(texts), BATCH):
            answer = json.loads(self._runtime.call("(texts) => batch.analyze(texts)", list(texts[start : start + BATCH])))
            self.terms.extend(answer["terms"])
            ids.append(np.array(answer["ids"], dtype=np.int64))
            lengths.append(np.array(answer["lengths"], dtype=np.int64))
        empty = np.empty(0, dtype=np.int64)
        return np.concatenate(ids or [empty]), np.concatenate(lengths or [empty])

    def surfaces(self) -> list[str]:
        """For each term the word that most often stood for it, folded; empty where only parts or pairs gave it."""
        words: list[str] = json.loads(self._runtime.call("() => batch.surfaces()"))
        return words

    def dense(self) -> list[bool]:
        """For each term whether it comes from a script without spaces."""
        found: list[bool] = json.loads(self._runtime.call("() => batch.dense()"))
        return found
