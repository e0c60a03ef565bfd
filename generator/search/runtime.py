"""The JavaScript engine inside Python: the very files that the page loads.

`open_runtime` gives mini-racer (V8 in this process) where it is installed, else a `node` process, else
raises `RuntimeMissingError`. Values cross as JSON.
"""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import weakref
from pathlib import Path
from typing import Any, Protocol

ASSETS = next(
    folder
    for folder in (Path(__file__).parents[2] / "theme/assets/search", Path(__file__).parents[1] / "theme/assets/search")
    if folder.is_dir() or folder == Path(__file__).parents[1] / "theme/assets/search"
)
"""Where the browser's files lie: beside the package in a checkout, below it in a wheel."""

SCRIPTS = ("analyzer.js", "shards.js", "reader.js", "typos.js", "query.js", "engine.js")
"""What a page loads before the stemmers, in order."""

VECTORS = "vectors.js"
"""What it loads beside them where the site has word vectors."""

NODE_HOST = """
const vm = require("vm");
let rest = Buffer.alloc(0);
process.stdin.on("data", (chunk) => {
  rest = Buffer.concat([rest, chunk]);
  for (let end; (end = rest.indexOf(10)) >= 0; rest = rest.subarray(end + 1)) {
    const { run, call, args } = JSON.parse(rest.subarray(0, end).toString());
    let answer;
    try {
      answer = { value: (run === undefined ? vm.runInThisContext(call)(...args) : (vm.runInThisContext(run), null)) ?? null };
    } catch (error) {
      answer = { error: String((error && error.stack) || error) };
    }
    process.stdout.write(JSON.stringify(answer) + "\\n");
  }
});
"""


class RuntimeMissingError(RuntimeError):
    """Neither mini-racer nor node is there."""

    def __init__(self) -> None:
        """Say what to install."""
        super().__init__(
            "the search needs a JavaScript engine: install the package mini-racer (pip install mini-racer) or put node 18 or newer on PATH"
        )


class ScriptError(RuntimeError):
    """A script could not be parsed, or threw."""


class Runtime(Protocol):
    """A place where scripts run."""

    def run(self, script: str) -> None:
        """Evaluate a script for its effects. Raises ScriptError."""

    def call(self, function: str, *args: object) -> Any:  # noqa: ANN401 - JSON
        """Call the function that the expression `function` names with JSON arguments; its JSON result. Raises ScriptError."""

    def close(self) -> None:
        """End it; a second time does nothing."""


class MiniRacerRuntime:
    """V8 in this process.

    Its thread must be ended while Python still runs, and not at all in a forked child that merely inherited it: both
    would wait for ever (mini-racer 0.14).
    """

    def __init__(self) -> None:
        """Open an empty context. Raises ImportError where mini-racer is not installed."""
        from py_mini_racer import JSEvalException, MiniRacer  # noqa: PLC0415 - optional

        self._context = MiniRacer()
        self._thrown = JSEvalException
        _open.add(self)

    def close(self) -> None:
        """End it; a second time does nothing."""
        _open.discard(self)
        self._context.close()

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


_open: weakref.WeakSet[MiniRacerRuntime] = weakref.WeakSet()
_inherited: list[MiniRacerRuntime] = []


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


class NodeRuntime:
    """A node process that is fed through pipes."""

    def __init__(self, node: str) -> None:
        """Start `node`, a path to the program."""
        self._process = subprocess.Popen(  # noqa: S603 - the program found on PATH, a constant script
            [node, "-e", NODE_HOST], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def run(self, script: str) -> None:
        """Evaluate a script for its effects. Raises ScriptError."""
        self._ask({"run": script})

    def call(self, function: str, *args: object) -> Any:  # noqa: ANN401 - JSON
        """Call the function that the expression `function` names with JSON arguments; its JSON result. Raises ScriptError."""
        return self._ask({"call": f"({function})", "args": args})

    def _ask(self, question: dict[str, object]) -> Any:  # noqa: ANN401 - JSON
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None:  # pragma: no cover - both are pipes
            raise RuntimeMissingError
        stdin.write(json.dumps(question).encode() + b"\n")
        stdin.flush()
        answer = json.loads(stdout.readline())
        if "error" in answer:
            raise ScriptError(answer["error"])
        return answer["value"]

    def close(self) -> None:
        """End it; a second time does nothing."""
        process = self._process
        if process.poll() is None:
            process.kill()
            process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    def __del__(self) -> None:
        """End the process."""
        if hasattr(self, "_process"):
            self.close()


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
    """Make a runtime with the search's scripts and these languages' stemmers loaded.

    Raises `RuntimeMissingError` where no JavaScript engine is installed.
    """
    runtime: Runtime
    try:
        runtime = MiniRacerRuntime()
    except ImportError:
        node = shutil.which("node")
        if node is None:
            raise RuntimeMissingError from None
        runtime = NodeRuntime(node)
    for name in scripts_for(*langs, vectors=True):
        runtime.run((ASSETS / name).read_text(encoding="utf-8"))
    return runtime
