"""A translation has no words of a third language, such as a French word left in a Spanish page.

Only words with a letter outside ASCII are looked at: they are the ones that a spelling alone can place. A word counts
as foreign when its page's language does not know it and another of the well-known languages does.
Word lists: simplemma (MIT).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Final

from simplemma import is_known

from generator.config import Config
from generator.model import Document, Finding, KnowledgeBase, Span, Table

_WORD: Final = re.compile(r"(?<![\w@./:-])[^\W\d_]{5,}(?![\w@/:-])")
_KNOWN: Final = ("en", "fr", "de", "es", "pt", "it")
_NEIGHBOURS: Final = {"es": {"pt", "it"}, "pt": {"es", "it"}, "it": {"es", "pt"}, "de": set(), "fr": set(), "en": set()}
"""Languages too close to tell apart by one word."""


def words_are_of_the_pages_language(kb: KnowledgeBase, config: Config) -> Iterator[Finding]:
    """Foreign words in the tables of each translated page."""
    del config
    for language in kb.languages:
        base = language.lang.split("-")[0].lower()
        if base not in _KNOWN or language.reference:
            continue
        for document in kb.documents[language.lang].values():
            yield from _document(document, base)


def _document(document: Document, base: str) -> Iterator[Finding]:
    for table in document.tables:
        for line, column, word in _cells(table):
            other = _foreign(word, base)
            if other:
                message = f"“{word}” is no word of this page's language ({base}) but of another ({other}); translate it."
                span = Span(line, column, line, column + len(word))
                yield Finding("translation-foreign-word", document.file, span, message, document.lang, word)


def _cells(table: Table) -> Iterator[tuple[int, int, str]]:
    for row in table.rows:
        for cell in row.cells:
            seen: Counter[str] = Counter()
            for match in _WORD.finditer(cell.text):
                word = match[0]
                if word.islower() and not word.isascii() and not seen[word]:
                    seen[word] += 1
                    yield cell.span.line, cell.span.column, word


@cache
def _foreign(word: str, base: str) -> str:
    """The language a word is of, if it is clearly not of its page's."""
    if is_known(word, lang=base):
        return ""
    others = [lang for lang in _KNOWN if lang != base and lang not in _NEIGHBOURS[base] and is_known(word, lang=lang)]
    close = any(is_known(word, lang=lang) for lang in _NEIGHBOURS[base])
    return others[0] if len(others) == 1 and not close else ""
