"""Small sites for tests: files by path become a folder, a KnowledgeBase, a built site, one that is served."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec import Struct

from generator import build, config, entries, site
from generator.cache import opened
from generator.config import Config
from generator.model import Entry, KnowledgeBase, Lang
from generator.site import Gathered
from generator.workers import crew


def gathered(folder: Path) -> tuple[Config, Gathered]:
    """The site whose site.yml lies in a folder; its cache is kept there."""
    settings = config.load(folder / "site.yml")
    with opened(settings.folder, keep=True) as store:
        return settings, site.gather(settings, store, crew(1))


class Indexed(Struct, frozen=True):
    """What a language's index is made of: entries, records first, and lines aligned with the reference's (reference line, own line)."""

    entries: tuple[Entry, ...]
    aligned: tuple[tuple[str, str], ...]


def indexed(settings: Config, found: Gathered, lang: Lang) -> Indexed:
    """The entries and lines of a language, all at once."""
    kb, paths = found.knowledge, sorted(found.knowledge.documents[lang])
    told = entries.told(kb, found.library, lang, paths, entries.wanted(kb, lang))
    return Indexed((*entries.records(kb, settings, lang, [told]), *told.sections), tuple(entries.aligned(kb, found.library, lang, paths)))


def knowledge(site_yml: str, files: Mapping[str, str]) -> KnowledgeBase:
    """The knowledge base of a small site that is written for this call only."""
    with TemporaryDirectory() as name:
        return gathered(written(Path(name), {"site.yml": site_yml, **files}))[1].knowledge


def written(folder: Path, files: Mapping[str, str]) -> Path:
    """The folder, with these files in it."""
    for path, text in files.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return folder


def built(folder: Path, files: Mapping[str, str]) -> Path:
    """The built site of a folder with these files in it, whatever is wrong with them."""
    result = build.build(config.load(written(folder, files) / "site.yml"), build.Options(jobs=1, keep_going=True, cache=False))
    assert result.written is not None
    return result.written.output


class Quiet(SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path, handler: type[SimpleHTTPRequestHandler] = Quiet) -> Iterator[str]:
    """The address of a folder on a server."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
