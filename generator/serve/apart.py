"""Builds in processes of their own: visitors do not wait for a build, and a build may use every core.

Each is forked from a clean process that has the program loaded (multiprocessing's fork server), so it costs what a build costs
without its start, and whatever it took or broke is gone with it. It ends with the preview, however that ends.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path

from generator import build, read, workers
from generator.errors import PublishError
from generator.serve.board import Built, no_line
from generator.serve.rebuilding import Rebuild, rebuilding


def rebuilding_apart(path: Path, options: build.Options) -> Rebuild:
    """The same as `rebuilding`, in a new process each time. Raises PublishError, too, where that process ends early."""
    rebuild = apart(partial(_build, path, options))
    return lambda: replace(rebuild(), read_line=read.reader(path.resolve().parent))


def apart(work: Callable[[], Built | PublishError]) -> Rebuild:
    """What `work` gives, or raises in a way that it should, from a new process; both can be pickled.

    Raises PublishError where the process is killed, or ends with a fault, which it has shown then.
    """
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])

    def rebuild() -> Built:
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=_give, args=(work, gc.get_threshold(), there))
        process.start()
        there.close()
        with here, suppress(EOFError):
            answer: Built | PublishError = here.recv()
            process.join()
            if isinstance(answer, PublishError):
                raise answer
            return answer
        process.join()
        raise PublishError(_ended(process.exitcode or 0))

    return rebuild


def _ended(status: int) -> str:
    if status < 0:
        return "the process that builds was killed, perhaps because memory ran out; the next change builds again"
    return "the build ended with a fault of the program, shown above; the site stays as it was, and the next change builds again"


def _give(work: Callable[[], Built | PublishError], collector: tuple[int, int, int], line: Connection) -> None:
    """In the new process, whose collector looks as often as here. Ctrl+C reaches it too; whoever asked may be gone by the end."""
    gc.set_threshold(*collector)
    workers.bound()
    try:
        answer = work()
    except KeyboardInterrupt:
        os._exit(0)
    with suppress(OSError):
        line.send(answer)


def _build(path: Path, options: build.Options) -> Built | PublishError:
    try:
        return replace(rebuilding(path, options)(), read_line=no_line)
    except PublishError as error:
        return error
