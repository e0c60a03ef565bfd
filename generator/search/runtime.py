"""The JavaScript engine inside Python: the very files that the page loads, in V8 (mini-racer). Values cross as JSON."""

from __future__ import annotations

import atexit
import json
import os
import weakref
from typing import Any

from generator import THEME

ASSETS = THEME / "assets" / "search"
"""Where the browser's files lie."""

SCRIPTS = ("analyzer.js", "shards.js", "reader.js", "typos.js", "query.js", "engine.js")
"""What a page loads before the stemmers, in order."""

VECTORS = "vectors.js"
"""What it loads beside them where the site has word vectors."""


class ScriptError(RuntimeError):
    """A script could not be parsed, or threw."""


class Runtime:
    """A place where scripts run: V8 in this process.

    Its thread must be ended while Python still runs, and not at all in a forked child that merely inherited it: both
    would wait for ever (mini-racer 0.14).
    """

    def __init__(self) -> None:
        """Open an empty context."""
        from py_mini_racer import JSEvalException, MiniRacer  # noqa: PLC0415  a build that indexes nothing does without

        self._context = MiniRacer()
        self._thrown = JSEvalException
        _open.add(self)

    def close(self) -> None:
        """End it; a second time does nothing."""
        _open.discard(self)
        # One that outlives the modules it needs to end itself complains when Python ends.
        if context := self.__dict__.pop("_context", None):
            context.close()

    def run(self, script: str) -> None:
        """Evaluate a script for its effects. Raises ScriptError."""
        self._evaluate(f"{script}\n;null")

    def call(self, function: str, *args: object) -> Any:  # noqa: ANN401 - JSON
        """Call the function that the expression `function` names with JSON arguments; its JSON result. Raises ScriptError."""
        return json.loads(str(self._evaluate(f"JSON.stringify(({function})(...{json.dumps(args)}) ?? null)")))

    def _evaluate(self, script: str) -> object:
        try:
            return self._context.eval(script)
        except self._thrown as error:
            raise ScriptError(str(error)) from error


_open: weakref.WeakSet[Runtime] = weakref.WeakSet()
_inherited: list[Runtime] = []


@atexit.register
def _close_all() -> None:
    """End what is still open."""
    for runtime in list(_open):
        runtime.close()


def _keep_inherited() -> None:
    """Keep a parent's contexts from being collected in a child."""
    _inherited.extend(_open)
    _open.clear()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_keep_inherited)


def stemmer_script(lang: str) -> str | None:
    """The name of a language's stemmer script below the assets (`stemmers/es.js` for `es-MX`), if there is one."""
    base = lang.lower().split("-")[0]
    code = {"nb": "no", "nn": "no"}.get(base, base)
    name = f"stemmers/{code}.js"
    return name if (ASSETS / name).is_file() else None


def scripts_for(*langs: str, vectors: bool = False) -> tuple[str, ...]:
    """The scripts that a page needs to search in these languages, below `ASSETS`, in the order of loading; with word vectors or without."""
    stemmers = dict.fromkeys(name for lang in langs if (name := stemmer_script(lang)))
    return (SCRIPTS[0], *stemmers, *SCRIPTS[1:], *((VECTORS,) if vectors else ()))


def open_runtime(*langs: str) -> Runtime:
    """Make a runtime with the search's scripts and these languages' stemmers loaded."""
    runtime = Runtime()
    for name in scripts_for(*langs, vectors=True):
        runtime.run((ASSETS / name).read_text(encoding="utf-8"))
    return runtime
