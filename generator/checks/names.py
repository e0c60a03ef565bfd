"""Names in identifier columns are the same in every language: an operator types them."""

from __future__ import annotations

from collections.abc import Iterator

from generator.config import Config, RecordType
from generator.model import Finding, KnowledgeBase, Record


def names_are_not_translated(kb: KnowledgeBase, config: Config) -> Iterator[Finding]:
    """The name of each record against the reference's, or against its id where there is no reference."""
    for kind in config.records:
        if any(column.identifier and "subject" in column.roles for column in kind.columns):
            for record in kb.records[kind.name]:
                yield from _names(kb, kind, record)


def _names(kb: KnowledgeBase, kind: RecordType, record: Record) -> Iterator[Finding]:
    del kind
    reference = kb.reference
    original = record.texts[reference.lang].name if reference and reference.lang in record.texts else record.id
    for lang, text in record.texts.items():
        if text.name == original or (reference and lang == reference.lang):
            continue
        if text.name.casefold() == original.casefold():
            message = f"{text.name} is written {original}; capitals count when it is typed."
            yield Finding("translation-case", text.file, text.span, message, lang, text.name, original)
        else:
            message = f"“{text.name}” stands for {original}, which is a name and is not translated."
            yield Finding("translation-identifier", text.file, text.span, message, lang, text.name, original)
