"""Builds in processes of their own: visitors do not wait for a build, and a build may use every core.

Each is forked from a clean process that has the program loaded (multiprocessing's fork server), so it costs what a build costs
without its start, and whatever it took or broke is gone with it. When its build is done it stays for the drafts of the next change,
until the next build begins; it ends with the preview, however that ends.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from generator import build, read, workers
from generator.errors import PublishError
from generator.serve.board import Built, no_line
from generator.serve.rebuilding import Builder, SiteBuilder

_PATIENCE: Final = 2.0
"""Seconds that a draft may take; then the build had better begin."""
_CONTEXT: Final = get_context("forkserver")


class Apart:
    """A builder whose every build is a new process. `builder` can be pickled; `folder` is that of site.yml."""

    def __init__(self, builder: Builder, folder: Path) -> None:
        """Nothing is built yet."""
        self._builder = builder
        self._folder = folder
        self._process: ForkServerProcess | None = None
        self._line: Connection | None = None
        _CONTEXT.set_forkserver_preload([__name__])

    def build(self) -> Built:
        """What the builder gives. Raises PublishError, too, where the process is killed, or ends with a fault, which it has shown then."""
        self.close()
        here, there = _CONTEXT.Pipe()
        process = _CONTEXT.Process(target=_work, args=(self._builder, gc.get_threshold(), there))
        process.start()
        there.close()
        self._process, self._line = process, here
        try:
            answer: Built | PublishError = here.recv()
        except EOFError:
            process.join()
            raise PublishError(_ended(process.exitcode or 0)) from None
        if isinstance(answer, PublishError):
            raise answer
        return replace(answer, read_line=read.reader(self._folder))

    def draft(self, files: Sequence[str]) -> Mapping[str, bytes]:
        """Drafts by the process of the last build; nothing where it is gone, or takes too long."""
        with suppress(EOFError, OSError):
            if self._line:
                self._line.send(files)
                if self._line.poll(_PATIENCE):
                    found: Mapping[str, bytes] = self._line.recv()
                    return found
        return {}

    def close(self) -> None:
        """End the process of the last build."""
        if self._line:
            self._line.close()
        if self._process:
            self._process.kill()
            self._process.join()
        self._line = self._process = None


def site_builder(path: Path, options: build.Options) -> Apart:
    """The builder of the site.yml at `path`, in a new process each time."""
    return Apart(SiteBuilder(path, options), path.resolve().parent)


def _ended(status: int) -> str:
    if status < 0:
        return "the process that builds was killed, perhaps because memory ran out; the next change builds again"
    return "the build ended with a fault of the program, shown above; the site stays as it was, and the next change builds again"


def _work(builder: Builder, collector: tuple[int, int, int], line: Connection) -> None:
    """In the new process, whose collector looks as often as here. Ctrl+C reaches it too; whoever asked may be gone by the end."""
    gc.set_threshold(*collector)
    workers.bound()
    try:
        answer = _built(builder)
        with suppress(OSError, EOFError):
            line.send(answer)
            builder.draft(())
            while True:
                line.send(builder.draft(line.recv()))
    except KeyboardInterrupt:
        os._exit(0)


def _built(builder: Builder) -> Built | PublishError:
    try:
        return replace(builder.build(), read_line=no_line)
    except PublishError as error:
        return error
