"""What the preview does on a change: the ordinary build, which writes what it can and says what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from generator import build, config, read
from generator.config import Config
from generator.errors import SiteError
from generator.publish.failure import unexpected
from generator.serve.board import Built

Rebuild = Callable[[], Built]
"""Builds the site again and says what it found; it catches what can be wrong with content and configuration."""


def rebuilding(path: Path, options: build.Options) -> Rebuild:
    """The build of the site.yml at `path`, each time with the site.yml of that moment.

    It keeps going when there are errors: a writer wants to see the page. It says what is wrong with site.yml, or what cannot be read.
    """

    def rebuild() -> Built:
        start = perf_counter()
        try:
            settings = config.load(path)
            result = build.build(settings, replace(options, keep_going=True))
        except SiteError as error:
            return Built(error=str(error))
        except OSError as error:
            return Built(error=str(unexpected(error)))
        return Built(result.findings, seconds=perf_counter() - start, read_line=read.reader(settings.folder))

    return rebuild


def sources_of(path: Path) -> Callable[[], Sequence[Path]]:
    """The files and folders whose change means another build; only site.yml itself while it is wrong."""

    def sources() -> Sequence[Path]:
        try:
            return _watched(config.load(path))
        except SiteError:
            return (path,)

    return sources


def _watched(settings: Config) -> tuple[Path, ...]:
    lists = [
        language.repository / name
        for language in settings.languages
        for name in (language.assets, language.redirects)
        if name
    ]
    more = [settings.theme_folder] if settings.theme_folder else []
    more += [settings.folder / settings.queries] if settings.queries else []
    return (settings.path, *(language.root for language in settings.languages), *lists, *more)
