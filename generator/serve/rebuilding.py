"""What the preview does on a change: the ordinary build, which writes what it can and says what is wrong; before that, drafts of the pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from time import perf_counter
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from generator import build, config, ledger, read
from generator.config import Config
from generator.drafts import Drafts, drafts
from generator.errors import SiteError
from generator.publish.failure import unexpected
from generator.serve.board import Built


class Builder(Protocol):
    """Builds a site again and again."""

    def build(self) -> Built:
        """Build, and say what was found. Raises PublishError where the site cannot be written."""

    def draft(self, files: Sequence[str]) -> Mapping[str, bytes]:
        """Pages of the last site as some sources say now, by their place in the site; nothing where they cannot be had at once."""


class SiteBuilder(Struct):
    """The builder of the site.yml at `path`, each time with the site.yml of that moment.

    It keeps going when there are errors: a writer wants to see the page. It says what is wrong with site.yml, or what cannot be read.
    """

    path: Path
    options: build.Options
    _ready: Callable[[], Drafts] | None = None

    def build(self) -> Built:
        """Build; what is wrong with content and configuration is told. Raises PublishError."""
        start, self._ready = perf_counter(), None
        try:
            settings = config.load(self.path)
            result = build.build(settings, replace(self.options, keep_going=True))
        except SiteError as error:
            return Built(error=str(error))
        except OSError as error:
            return Built(error=str(unexpected(error)))
        if result.inputs:
            self._ready = cache(partial(drafts, settings, result.gathered, result.inputs))
        return Built(result.findings, seconds=perf_counter() - start, read_line=read.reader(settings.folder))

    def draft(self, files: Sequence[str]) -> Mapping[str, bytes]:
        """Drafts from what is known since the last build."""
        try:
            return {page.path: page.data for page in self._ready().of(files)} if self._ready else {}
        except OSError:
            return {}


def sources_of(path: Path) -> Callable[[], Sequence[Path]]:
    """The files and folders whose change means another build; only site.yml itself while it is wrong."""

    def sources() -> Sequence[Path]:
        try:
            return _watched(config.load(path))
        except SiteError:
            return (path,)

    return sources


def _watched(settings: Config) -> tuple[Path, ...]:
    snippets = [language.repository / folder for language in settings.languages for folder in ("_includes", read.SHARED)]
    themes = [settings.theme_folder] if settings.theme_folder else []
    return (settings.path, *(language.root for language in settings.languages), *snippets, *ledger.named(settings), *themes)
