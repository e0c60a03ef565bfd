"""Records as CSV, for spreadsheets.

With a byte order mark, since without one the most used spreadsheet shows Japanese as rubbish; programs read the
JSON. A cell that a spreadsheet would take for a formula gets an apostrophe in front: a knowledge base is edited
by many, and opened by others.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final

from generator.config import Config
from generator.exports.addressing import Addresses, absolute
from generator.exports.data import words_for
from generator.model import Artifact, KnowledgeBase, Lang, Record

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # spreadsheets fold full width
_LEADING: Final = ("id", "name", "words")
_TRAILING: Final = ("symptoms", "remedy", "ports", "codes", "page", "source")


def tables(kb: KnowledgeBase, config: Config, where: Addresses) -> Iterator[Artifact]:
    """A table for each kind of record and language; several values of a cell stand on lines of their own."""
    for language in kb.languages:
        for kind in config.records:
            records = kb.records.get(kind.name, ())
            yield Artifact(where.table(language.lang, kind.name), _table(kb, config, where, language.lang, records))


def _table(kb: KnowledgeBase, config: Config, where: Addresses, lang: Lang, records: tuple[Record, ...]) -> bytes:
    texts = [(record, words_for(kb, record, lang)) for record in records]
    roles = list(dict.fromkeys(role for _, text in texts for role in text.fields if role not in (*_LEADING, *_TRAILING, "subject")))
    output = io.StringIO()
    writer = csv.writer(output, lineterminator="\r\n")
    writer.writerow([*_LEADING, *roles, *_TRAILING])
    for record, text in texts:
        page = absolute(config.url, where.record(lang, record.type, record.id))
        lists = ("\n".join(words) for words in (text.symptoms, text.remedy, text.ports, text.codes))
        row = [record.id, text.name, text.lang, *(text.fields.get(role, "") for role in roles), *lists, page]
        writer.writerow([_harmless(cell) for cell in [*row, f"{text.file}:{text.span.line}"]])
    return output.getvalue().encode("utf-8-sig", "replace")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
