"""Two sources do not make the same page of the site."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from generator import addresses
from generator.config import Config
from generator.model import Document, Finding, KnowledgeBase, Span


def sources_make_pages_of_their_own(kb: KnowledgeBase, config: Config) -> Iterator[Finding]:
    """Pages whose addresses are equal where capitals, or the way accents are stored, make no difference: on most desks."""
    del config
    for lang, pages in kb.documents.items():
        seen: dict[str, Document] = {}
        for path, document in sorted(pages.items()):
            place = unicodedata.normalize("NFC", addresses.document(lang, path)).casefold()
            if first := seen.get(place):
                message = f"{first.file} makes the same page where capitals and stored accents don't count; rename one of the two."
                yield Finding("output-collision", document.file, Span(1, 1, 1, 1), message, lang, path)
            else:
                seen[place] = document
