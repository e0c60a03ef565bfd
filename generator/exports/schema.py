"""The JSON Schema of everything in `data/`."""

from __future__ import annotations

from typing import Any, Final

from generator.exports.encoding import encoded
from generator.model import Artifact, LinkKind, LinkState

VERSION: Final = 1
"""Version of the data. It changes when a key changes its meaning or goes, not when one is added."""

Schema = dict[str, Any]


def schema() -> Artifact:
    """The file `data/schema.json`, which every other one names as its `$schema`."""
    return Artifact("data/schema.json", encoded(DATA))


def _text(description: str) -> Schema:
    return {"type": "string", "description": description}


def _list(items: Schema, description: str) -> Schema:
    return {"type": "array", "items": items, "description": description}


def _object(properties: Schema, description: str = "", optional: tuple[str, ...] = ()) -> Schema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "description": description, "properties": properties, "required": required}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _document(kind: str, properties: Schema) -> Schema:
    head = {
        "$schema": _text("This schema, relative to the document."),
        "version": {"const": VERSION},
        "kind": {"const": kind},
        "lang": _text("Language of the pages that the document belongs to."),
    }
    return _object({**head, **properties})


_PAGE: Final = _text("The page for people: its path from the root of the site.")
_WORDS: Final = _text("Language of the words: another one than `lang` where a translation is missing.")
_SCALAR: Final[Schema] = {"type": ["string", "number", "boolean", "null"]}

_RECORD: Final[Schema] = {
    "type": _text("Kind of record, as site.yml names it."),
    "id": _text("Name of the record, the same in every language."),
    "words": _WORDS,
    "name": _text("Name for people."),
    "fields": {"type": "object", "additionalProperties": {"type": "string"}, "description": "Role of site.yml → text."},
    "symptoms": _list(
        _object({"id": _text("The same in every language."), "text": _text("What an operator sees."), "page": _PAGE}), "In order."
    ),
    "remedy": _list({"type": "string"}, "What to do, step by step."),
    "ports": _list({"type": "string"}, "Network ports that the record speaks of."),
    "codes": _list({"type": "string"}, "Error codes that the record speaks of."),
    "links": _list(_ref("link"), "Where the row leads."),
    "page": _PAGE,
    "section": _text("The section with the table that holds the row: path and anchor from the root of the site."),
    "source": _object({"file": _text("Relative to the folder of site.yml."), "line": {"type": "integer", "minimum": 1}}),
}

_SUMMARY: Final[Schema] = {
    "path": _text("Path below the language's folder, the same in every language."),
    "title": {"type": "string"},
    "description": {"type": "string"},
    "words": _WORDS,
    "page": _PAGE,
    "source": _object({"file": _text("Relative to the folder of site.yml."), "sha256": _text("Hash of its bytes.")}),
}

_FULL: Final[Schema] = {
    **_SUMMARY,
    "meta": {
        "type": "object",
        "description": "Front matter.",
        "additionalProperties": {"anyOf": [_SCALAR, {"type": "array", "items": _SCALAR}]},
    },
    "headings": _list(
        _object({"level": {"type": "integer", "minimum": 1, "maximum": 6}, "title": {"type": "string"}, "anchor": {"type": "string"}}),
        "In order.",
    ),
    "links": _list(_ref("link"), "Links and images, in order."),
    "tables": _list(
        _object(
            {
                "section": _text("Anchor of the section."),
                "header": _list({"type": "string"}, "Empty where the table has none."),
                "rows": _list(_list({"type": "string"}, "Cells."), "Rows."),
            }
        ),
        "In order.",
    ),
}

_LINK: Final = _object(
    {
        "text": {"type": "string"},
        "target": _text("The address as written."),
        "kind": {"enum": [kind.value for kind in LinkKind]},
        "state": {"enum": [state.value for state in LinkState], "description": "Whether, and where, it arrives."},
        "page": _text("The page of this site that it leads to, relative to the root."),
    },
    "A link or an image.",
    optional=("state", "page"),
)

_TYPE: Final = _object({
    "label": _text("Name of all of them."), "singular": _text("Name of one of them."), "page": _PAGE, "table": _text("The CSV.")
})  # fmt: skip

DATA: Final[Schema] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": f"urn:sintoma:data:{VERSION}",
    "title": f"The data of a Sintoma site, version {VERSION}",
    "oneOf": [_ref("records"), _ref("pages"), _ref("recordDocument"), _ref("pageDocument")],
    "$defs": {
        "records": _document(
            "records",
            {
                "types": {"type": "object", "additionalProperties": _TYPE, "description": "Kinds of records."},
                "records": _list(_object(_RECORD), "In the order of the tables."),
            },
        ),
        "pages": _document("pages", {"pages": _list(_object({**_SUMMARY, "data": _text("The page's own JSON.")}), "By path.")}),
        "recordDocument": _document("record", _RECORD),
        "pageDocument": _document("page", _FULL),
        "link": _LINK,
    },
}
