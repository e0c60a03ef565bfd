"""Texts into numbered terms, by the browser's own analyzer."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np

from generator.search.codec import Ints
from generator.search.runtime import Runtime, open_runtime

BATCH: Final = 2_000
"""Texts a call."""

_MOST_RUNTIMES: Final = 16


class Analyzer:
    """Analyses many texts of one language, each distinct word once.

    `terms` grows: a term's number is its place in it. Analyzers of a language share a runtime, and what it knows of words;
    only the last one made in a runtime may be asked.
    """

    def __init__(self, lang: str, runtime: Runtime | None = None) -> None:
        """Use the runtime of this thread for `lang`, or one that has its stemmer loaded."""
        self.terms: list[str] = []
        self._runtime = runtime or _runtime(lang, os.getpid(), threading.get_ident())
        self._runtime.run((Path(__file__).parent / "batch.js").read_text(encoding="utf-8"))
        self._runtime.run(f"var batch = Sintoma.createBatch({json.dumps(lang)})")

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

    def plain(self) -> list[tuple[str, int, int]]:
        """The words that stood for one term alone: folded, the term's number, how often."""
        words: list[tuple[str, int, int]] = json.loads(self._runtime.call("() => batch.plain()"))
        return words

    def dense(self) -> list[bool]:
        """For each term whether it comes from a script without spaces."""
        found: list[bool] = json.loads(self._runtime.call("() => batch.dense()"))
        return found


@lru_cache(maxsize=_MOST_RUNTIMES)
def _runtime(lang: str, process: int, thread: int) -> Runtime:  # noqa: ARG001  a forked child cannot use its parent's, nor a thread another's
    return open_runtime(lang)
