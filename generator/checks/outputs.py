"""Two sources do not make the same page, on file systems that fold capitals and accents' encodings either."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from generator import addresses
from generator.config import Config
from generator.model import Finding, KnowledgeBase, Lang, Span


def sources_make_pages_of_their_own(kb: KnowledgeBase, config: Config) -> Iterator[Finding]:
    """Documents and records whose addresses differ in nothing, or only in capitals or in the encoding of accents."""
    del config
    for language in kb.languages:
        seen: dict[str, str] = {}
        for address, file, span in _pages(kb, language.lang):
            folded = unicodedata.normalize("NFC", address).casefold()
            if folded in seen:
                message = f"This makes the page {address}, and so does {seen[folded]}; rename one of them."
                yield Finding("output-collision", file, span, message, language.lang, address)
            else:
                seen[folded] = f"{file}:{span.line}"


def _pages(kb: KnowledgeBase, lang: Lang) -> Iterator[tuple[str, str, Span]]:
    """The address of each page that content makes, and the place it is made from."""
    for path, document in kb.documents[lang].items():
        yield addresses.document(lang, path), document.file, Span(1, 1, 1, 1)
    for kind, records in kb.records.items():
        for record in records:
            if lang in record.texts:
                text = record.texts[lang]
                yield addresses.record(lang, kind, record.id), text.file, text.span
                if record.id.casefold() == "index":
                    yield addresses.record_list(lang, kind), text.file, text.span
