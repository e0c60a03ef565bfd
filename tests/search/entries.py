"""Small entries to search in, and their index at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from generator.model import Entry, Lang
from generator.search import Engine, Index, Options, Vectors
from generator.search.index import core, meanings, whole
from generator.search.words import together, words

EN, ES, DE, JA = Lang("en"), Lang("es"), Lang("de"), Lang("ja")


def section(id_: str, heading: str = "", *body: str, **more: tuple[str, ...]) -> Entry:
    return Entry(
        id_, "section", f"{id_}.html", heading or id_, ("Page",), {"heading": (heading,), "body": body, **more}, {"summary": " ".join(body)}
    )


def record(id_: str, *symptoms: str, **more: tuple[str, ...]) -> Entry:
    texts = {"names": (id_,), "symptom": symptoms, **more}
    return Entry(id_, "modules", f"modules/{id_}.html", id_, (), texts, {"symptoms": "\n".join(symptoms)})


FILLER = tuple(
    section(f"filler{number}.md#f", f"Chapter {number}", f"Nothing but filling text about topic {number}.") for number in range(12)
)


def build_index(
    lang: Lang,
    entries: Iterable[Entry],
    options: Options | None = None,
    *,
    reference: Index | None = None,
    table: Mapping[str, Sequence[tuple[str, float]]] | None = None,
    vectors: Vectors | None = None,
) -> Index:
    """Index one language.

    Records come before sections whatever the order of `entries`. `reference` is the index of the reference language and
    `table` what a term of `lang` means there (see `tables.table`): with both, a query is asked in two languages at once.
    `vectors` put words and entries into one space; an entry that the reference has stands where that stands.
    Same input, same bytes.
    """
    options = options or Options()
    ordered = sorted(entries, key=lambda entry: (entry.type == "section", entry.type))
    found = together([words(lang, ordered, options, vectors=vectors is not None)])
    return whole(core(lang, found, options, first=reference, vectors=vectors), options, reference=reference, meant=meanings(lang, table, options) if table else None)


def engine(*entries: Entry, lang: Lang = EN, options: Options | None = None) -> Engine:
    index = build_index(lang, entries, options)
    return Engine.of_artifacts({lang: index.manifest}, index.artifacts)


def found(engine_: Engine, query: str, lang: Lang = EN, **options: object) -> list[str]:
    return [hit.id for hit in engine_.search(query, lang, **options).hits]
