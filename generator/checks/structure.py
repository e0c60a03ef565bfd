"""Each page of the reference is there in each language, and the other way round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from generator.config import Config
from generator.model import DocPath, Document, Finding, KnowledgeBase, Span

_IDENTITY: Final = "exl-id"
"""The key of the front matter whose value a page keeps wherever it goes, and every translation of it has."""


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
        moved = _moved(translated, original)
        for path, document in original.items():
            if path not in translated and path not in there and path not in moved.values():
                message = f"This page is missing in {config.language(language.lang).name} ({language.root}/{path}); readers see it in {name}."
                yield Finding("translation-missing-page", document.file, Span(1, 1, 1, 1), message, language.lang, path)
        for path, document in translated.items():
            if path not in original and path not in written:
                message = f"This page has no counterpart in {name} ({reference.root}/{path})."
                if new := moved.get(path):
                    message = f"{name} has this page (the same {_IDENTITY}) as {new} by now; move it to {language.root}/{new}."
                yield Finding("translation-extra-page", document.file, Span(1, 1, 1, 1), message, language.lang, path)


def _moved(translated: Mapping[DocPath, Document], original: Mapping[DocPath, Document]) -> Mapping[DocPath, DocPath]:
    """Where the reference has the pages of a translation whose path it left: the one page of the same identity that is not translated."""
    here = _identities(translated, original)
    there = _identities(original, translated)
    return {path: there[identity] for identity, path in here.items() if identity in there}


def _identities(pages: Mapping[DocPath, Document], others: Mapping[DocPath, Document]) -> Mapping[str, DocPath]:
    """The pages that the others lack, by identities that no two pages share."""
    known = {path: str(document.meta.get(_IDENTITY, "")) for path, document in pages.items()}
    shared = Counter(known.values())
    return {identity: path for path, identity in known.items() if path not in others and identity and shared[identity] == 1}
