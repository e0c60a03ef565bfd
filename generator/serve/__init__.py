"""Preview: the built site on this machine, built again whenever its sources change.

A server for one writer's desk, made as if strangers could reach it: it answers only to its own names, only GET and
HEAD, and only with files that the site's manifest lists.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from msgspec import Struct

from generator.errors import PublishError
from generator.publish.manifest import Manifest, read_manifest
from generator.report.visible import visible
from generator.serve.board import Board, Built, notice
from generator.serve.rebuilding import Builder, sources_of
from generator.serve.server import Server
from generator.serve.watching import changes, signature

_FEW: Final = 4
"""So many changed pages are shown before the site is built: more would keep it waiting."""


class Options(Struct, frozen=True):
    """Where to listen. `hosts` are more names that the server answers to; `interval` is how often sources are looked at."""

    host: str = "127.0.0.1"
    port: int = 8000
    hosts: tuple[str, ...] = ()
    interval: float = 0.3


class PreviewError(PublishError):
    """The server cannot start. The message says why and what to do."""


def serve(output: Path, builder: Builder, sources: Callable[[], Sequence[Path]], tell: Callable[[str], None], options: Options) -> None:
    """Build, serve `output`, and build again on every change of the sources, until interrupted.

    `sources` says which files and folders to watch, asked anew after each build. `tell` gets lines for the terminal.
    Raises PreviewError where the address cannot be had.
    """
    with preview(output, builder, sources, tell, options) as shown:
        tell(f"sintoma: {shown.address} shows {output}; sources are watched. End with Ctrl+C.")
        while shown.watcher.is_alive():
            shown.watcher.join(1)
    raise PreviewError("the preview has stopped, because a build failed in a way that it should not; what it said stands above")


class Preview(Struct, frozen=True):
    """A preview that runs: its address, and the thread that builds."""

    address: str
    watcher: threading.Thread


@contextmanager
def preview(
    output: Path, builder: Builder, sources: Callable[[], Sequence[Path]], tell: Callable[[str], None], options: Options
) -> Iterator[Preview]:
    """The same for the time of a `with` block, from after the first build; until then visitors see the site of before. Port 0 takes any that is free."""
    board = Board()
    stop = threading.Event()
    before = signature(sources())
    try:
        server = Server(output, board, options.host, options.port, options.hosts)
    except OSError as error:
        raise PreviewError(
            f"cannot listen on {visible(options.host)} port {options.port}: {error.strerror or error}; "
            "choose another with --port or --host"
        ) from None
    visitors = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    found = changes(sources, before, options.interval, stop)
    watcher = threading.Thread(target=_keep, args=(output, builder, found, board, tell), daemon=True)
    host = f"[{options.host}]" if ":" in options.host else options.host
    address = f"http://{host}:{server.server_address[1]}/"
    try:
        if (old := _listing(output)).files:
            board.show(old, Built())
        visitors.start()
        tell(f"sintoma: building; {address} shows {'what was there before' if old.files else 'when it is done'}")
        _build(output, builder, board, tell)
        watcher.start()
        yield Preview(address, watcher)
    finally:
        stop.set()
        board.close()
        if visitors.is_alive():
            server.shutdown()
        server.server_close()
        if watcher.is_alive():
            watcher.join()


def _keep(output: Path, builder: Builder, found: Iterator[list[str]], board: Board, tell: Callable[[str], None]) -> None:
    for changed in found:
        more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
        tell(f"sintoma: {visible(changed[0])}{more} changed")
        if len(changed) <= _FEW and (drafts := builder.draft(changed)):
            board.sketch(drafts)
        _build(output, builder, board, tell)


def _build(output: Path, builder: Builder, board: Board, tell: Callable[[str], None]) -> None:
    try:
        built = builder.build()
    except PublishError as error:
        built = Built(error=str(error))
    for line in notice(built):
        tell(line)
    board.show(_listing(output), built)


def _listing(output: Path) -> Manifest:
    """What may be served: what the manifest lists; nothing while there is no site."""
    try:
        return read_manifest(output)
    except PublishError:
        return Manifest({})


__all__ = ["Builder", "Built", "Options", "Preview", "PreviewError", "preview", "serve", "sources_of"]
