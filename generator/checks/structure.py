"""Each page of the reference is there in each language, and the other way round."""

from __future__ import annotations

from collections.abc import Iterator

from generator.config import Config
from generator.model import Finding, KnowledgeBase, Span


def pages_are_translated(kb: KnowledgeBase, config: Config) -> Iterator[Finding]:
    """Missing and extra pages, said at the file that is there; a file that cannot be read has a finding of its own."""
    reference = kb.reference
    if reference is None:
        return
    name = config.language(reference.lang).name
    original, written = kb.documents[reference.lang], set(kb.trees[reference.lang].pages)
    for language in kb.languages:
        if language is reference:
            continue
        translated, there = kb.documents[language.lang], set(kb.trees[language.lang].pages)
        for path, document in original.items():
            if path not in translated and path not in there:
                message = f"This page is missing in {config.language(language.lang).name} ({language.root}/{path}); readers see it in {name}."
                yield Finding("translation-missing-page", document.file, Span(1, 1, 1, 1), message, language.lang, path)
        for path, document in translated.items():
            if path not in original and path not in written:
                message = f"This page has no counterpart in {name} ({reference.root}/{path})."
                yield Finding("translation-extra-page", document.file, Span(1, 1, 1, 1), message, language.lang, path)
