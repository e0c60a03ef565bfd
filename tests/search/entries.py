"""Small entries to search in."""

from __future__ import annotations

from generator.model import Entry, Lang
from generator.search import Engine, Options, build_index

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


def engine(*entries: Entry, lang: Lang = EN, options: Options | None = None) -> Engine:
    index = build_index(lang, entries, options)
    return Engine.of_artifacts({lang: index.manifest}, index.artifacts)


def found(engine_: Engine, query: str, lang: Lang = EN, **options: object) -> list[str]:
    return [hit.id for hit in engine_.search(query, lang, **options).hits]
