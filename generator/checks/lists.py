"""The files that site.yml names for a language are there: without them what they tell is not checked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from generator.config import Config
from generator.disk import is_file
from generator.model import Finding, KnowledgeBase, Span

_USUAL: Final = "TOC.md"


def lists_are_there(kb: KnowledgeBase, config: Config) -> Iterator[Finding]:
    """A finding for each list of assets or redirects, and each page of navigation, that site.yml names and is missing."""
    del kb
    for language in config.languages:
        places = (("assets", language.repository, language.assets), ("redirects", language.repository, language.redirects), ("toc", language.root, language.toc))
        for key, folder, name in places:
            if name not in ("", _USUAL) and not is_file(folder / name):
                message = f"languages.{language.lang}.{key} names {name}, which is not there; create it, mend the path, or remove the key."
                yield Finding("list-missing", config.path.name, Span(language.line, 1, language.line, 1), message, language.lang, name)
