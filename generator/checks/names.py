"""Names of records are their ids where there is no reference to compare with: an operator types them.

Where there is one, `generator.checks.translation.names` compares the whole page.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.config import Config
from generator.model import Finding, KnowledgeBase, Record


def names_are_not_translated(kb: KnowledgeBase, config: Config) -> Iterator[Finding]:
    """The name of each record against its id, where its page has no reference."""
    for kind in config.records:
        if any(column.identifier and "subject" in column.roles for column in kind.columns):
            for record in kb.records[kind.name]:
                yield from _names(kb, record)


def _names(kb: KnowledgeBase, record: Record) -> Iterator[Finding]:
    if kb.reference and kb.reference.lang in record.texts:
        return
    original = record.id
    for lang, text in record.texts.items():
        if text.name == original:
            continue
        if text.name.casefold() == original.casefold():
            message = f"{text.name} is written {original}; capitals count when it is typed."
            yield Finding("translation-case", text.file, text.span, message, lang, text.name, original)
        else:
            message = f"“{text.name}” stands for {original}, which is a name and is not translated."
            yield Finding("translation-identifier", text.file, text.span, message, lang, text.name, original)
