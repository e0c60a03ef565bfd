"""A translated record names the symptoms that its reference names: by a sentence that site.yml has for its language."""

from __future__ import annotations

from collections.abc import Iterator

from generator.config import Config, RecordType
from generator.findings import shorten
from generator.model import Finding, KnowledgeBase, Lang, Span


def symptoms_are_named(kb: KnowledgeBase, config: Config) -> Iterator[Finding]:
    """Each row whose symptom gets lost, for the want of a sentence; a language that has no sentence at all is one finding."""
    for kind in config.records:
        if kb.reference and kind.symptoms.get(kb.reference.lang):
            for language in config.languages:
                yield from _unnamed(kb, config, kind, language.lang, kb.reference.lang)


def _unnamed(kb: KnowledgeBase, config: Config, kind: RecordType, lang: Lang, reference: Lang) -> Iterator[Finding]:
    sentence = kind.symptoms[reference][0]
    lost = [
        (record.texts[reference].symptoms[0], record.texts[lang])
        for record in kb.records[kind.name]
        if lang in record.texts and reference in record.texts and record.texts[reference].symptoms and not record.texts[lang].symptoms
    ]
    lost = [(symptom, text) for symptom, text in lost if symptom not in " ".join(text.fields.values())]  # that row is not translated at all
    if lost and not kind.symptoms.get(lang):
        rows = "one row shows no symptom" if len(lost) == 1 else f"{len(lost)} rows show no symptoms"
        message = f"records.{kind.name}.symptoms has no sentence for {lang}, so {rows} there; add what “{sentence}” is in that language."
        yield Finding("record-symptoms", config.path.name, Span(kind.line, 1, kind.line, 1), message, lang, kind.name)
        return
    for symptom, text in lost:
        message = f"The symptom “{shorten(symptom)}” of the reference is lost here: no sentence of records.{kind.name}.symptoms.{lang} fits this row."
        yield Finding("record-symptoms", text.file, text.span, f"{message} Write it as one of them, or add one.", lang)
