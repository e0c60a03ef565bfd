"""The JSON Schema of site.yml: what `sintoma schema` prints and what editors complete from."""

from __future__ import annotations

from typing import Any, Final

from generator.addresses import COMPARE, DOCS, SHEETS, SYMPTOMS, TOPICS

Schema = dict[str, Any]

ROLES: Final = (
    "subject", "scope", "symptom", "check", "cause", "remedy", "code", "message", "pattern", "severity",
    "type", "status", "retry", "example", "group", "reference", "note", "port", "ignore",
)  # fmt: skip
NAMING: Final = ("subject", "code", "message", "symptom", "check", "pattern", "status", "cause")
"""Roles that can name a record, best first."""
SOURCES: Final = ("question-headings", "accordions", "bold-paragraphs", "troubleshooting-pages")
SEVERITIES: Final = ("error", "warning", "info", "off")
COLOURS: Final = (
    "red", "pink", "purple", "deep-purple", "indigo", "blue", "light-blue", "cyan", "teal", "green", "light-green",
    "lime", "yellow", "amber", "orange", "deep-orange",
)  # fmt: skip
"""Material's palette, from which accents come; more can be primary."""


def _text(description: str) -> Schema:
    return {"type": "string", "minLength": 1, "description": description}


def _texts(description: str) -> Schema:
    return {"type": "array", "items": {"type": "string", "minLength": 1}, "description": description}


def _localised(description: str) -> Schema:
    """One text for all languages, or one for each."""
    return {
        "description": description,
        "oneOf": [
            {"type": "string", "minLength": 1},
            {"type": "object", "minProperties": 1, "additionalProperties": {"type": "string", "minLength": 1}},
        ],
    }


def _mapping(description: str, properties: Schema, required: tuple[str, ...] = ()) -> Schema:
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


def _by_name(description: str, value: Schema, pattern: str = "^.+$", names: str = "A name is not empty.") -> Schema:
    return {
        "type": "object",
        "description": description,
        "propertyNames": {"pattern": pattern, "description": names},
        "additionalProperties": value,
    }


_ROLE: Final[Schema] = {
    "type": "string",
    "pattern": r"^(" + "|".join(ROLES) + r"|variant:.+)$",
    "description": "What a cell of this column says: one of " + ", ".join(ROLES) + ", or variant:NAME.",
}

_LANGUAGE: Final = _mapping(
    "One language of the site.",
    {
        "root": _text("Folder of its pages, relative to site.yml."),
        "name": _text("The language's own name for itself; known for most languages."),
        "reference": {"type": "boolean", "description": "True for the one language that ids come from."},
        "repository": _text("Folder that links beginning with / start from, and where the lists below lie (default: root)."),
        "assets": _text("List of files that exist elsewhere, one path a line, relative to the repository folder."),
        "redirects": _text("CSV of source,destination, relative to the repository folder."),
        "url_prefix": _text("What addresses of its pages begin with where the list of redirects names them: https://example.com/docs/en/."),
        "url_paths": {
            "enum": ["files", "toc"],
            "description": "What follows url_prefix: the page's path (files, the default), or the ids of its groups in the navigation page (toc).",
        },
        "toc": _text("The navigation page, relative to root (default: TOC.md where there is one)."),
    },
    ("root",),
)

_COLUMN: Final[Schema] = {
    "description": "A role, or a list of roles, or all that can be said of a column.",
    "oneOf": [
        _ROLE,
        {"type": "array", "items": _ROLE, "minItems": 1},
        _mapping(
            "A column.",
            {
                "roles": {"oneOf": [_ROLE, {"type": "array", "items": _ROLE, "minItems": 1}]},
                "identifier": {"type": "boolean", "description": "Its words are never translated; a change is a finding."},
                "fill_down": {"type": "boolean", "description": "An empty cell repeats the one above."},
                "split": _text("A regular expression whose named groups are roles: ^(?P<code>\\S+) - (?P<message>.+)$"),
            },
            ("roles",),
        ),
    ],
}

_RECORD: Final = _mapping(
    "A kind of record: which tables hold it, and what their columns mean; or what tells it outside of tables.",
    {
        "label": _localised("Name of the list of all of them: Modules."),
        "singular": _localised("Name of one of them: Module."),
        "tables": {
            "type": "array",
            "description": "Where the tables stand. Without it every table with these headers counts.",
            "items": _mapping(
                "A place.",
                {
                    "page": _text("Page path or glob, relative to the language's root."),
                    "anchor": _text("Section that the table stands in."),
                    "ordinal": {"type": "integer", "minimum": 1, "description": "Which table of that page, from 1."},
                },
                ("page",),
            ),
        },
        "columns": _by_name("Header of the reference language → role.", _COLUMN),
        "headers": _by_name(
            "Headers in other languages, column by column, for trees without the reference.", _texts("Headers in order.")
        ),
        "symptoms": _by_name(
            "Language → sentences that name a symptom: Check this module if {symptom}.",
            {
                "type": "array",
                "items": {"type": "string", "pattern": r"\{symptom\}", "description": "A sentence has {symptom} where the symptom stands."},
                "minItems": 1,
            },
        ),
        "from": {
            "type": "array",
            "minItems": 1,
            "description": "What tells it outside of tables, in place of columns: " + ", ".join(SOURCES) + ".",
            "items": {"enum": list(SOURCES), "description": "A heading, an accordion or a bold line that asks; sections of pages about troubleshooting."},
        },
        "pages": _texts(
            "With from: the pages that tell it, as paths or globs relative to the language's root (troubleshooting/**). They count as pages "
            "about troubleshooting; without it those do whose tags, file or folder say so."
        ),
        "aliases": _by_name("Record id → other names it goes by, wrong translations included.", _texts("Names.")),
    },
    (),
)

_TAKEN: Final = (DOCS, SYMPTOMS, TOPICS, COMPARE, SHEETS, "search", "data", "assets")
"""Folders of a built language that hold something else."""

_SEVERITY: Final[Schema] = {
    "type": "array",
    "description": "Severity of findings; the last rule that fits counts.",
    "items": _mapping(
        "A rule.",
        {
            "code": _text("Code or glob: translation-*."),
            "lang": {"oneOf": [_text("Language."), _texts("Languages.")]},
            "path": _text("Glob over paths relative to site.yml."),
            "level": {"enum": list(SEVERITIES), "description": "error, warning, info or off."},
        },
        ("code", "level"),
    ),
}

def _limit(description: str, most: int) -> Schema:
    return {"type": "integer", "minimum": 1, "maximum": most, "description": description}


_LIMITS: Final[Schema] = {
    "file_bytes": _limit("Bytes of a page, and of all snippets that it includes (16 MiB).", 2**30),
    "path_bytes": _limit("Bytes of a file's path below its language's root (800).", 1000),
    "front_matter_bytes": _limit("Bytes of front matter (64 KiB).", 2**20),
    "front_matter_depth": _limit("Levels of front matter (32).", 100),
    "snippet_lines": _limit("Lines of all snippets of a page (20,000).", 1_000_000),
    "nesting": _limit("Levels of lists, quotations and tags (100).", 200),
    "attributes": _limit("Attributes of a tag (256).", 10_000),
    "table_cells": _limit("Places in the grids of all tables of a page (65,536).", 1_000_000),
    "table_columns": _limit("Columns of a table (1,000).", 10_000),
    "links": _limit("Links of a page (10,000).", 1_000_000),
}

_ENDS: Final[Schema] = {
    "description": "A record's id, a part, a list of them, or * for every record.",
    "oneOf": [
        {"type": "string", "minLength": 1},
        {"type": "array", "minItems": 1, "items": {"type": "string", "pattern": "^[^*]+$", "description": "A record's id, or a part."}},
    ],
}
_PORT: Final[Schema] = {"type": ["string", "integer"], "minLength": 1, "description": "A port: 7777/udp."}

_MAP: Final = _mapping(
    "The system map. Without it rows that name or link to each other draw one.",
    {
        "records": _text("Kind of record whose records are on the map (default: the first)."),
        "parts": _by_name(
            "Id → what is on the map besides records.",
            _mapping(
                "A part.",
                {"label": _localised("Its name."), "page": _text("What it leads to: path.md#section.")},
                ("label", "page"),
            ),
            r"^[^*\s]+$",
            "The id of a part has no blanks and no *.",
        ),
        "flows": {
            "type": "array",
            "minItems": 1,
            "description": "What calls, feeds or starts what.",
            "items": _mapping(
                "A flow.",
                {
                    "from": _ENDS,
                    "to": _ENDS,
                    "port": {
                        "description": "The ports that `to` listens on.",
                        "oneOf": [_PORT, {"type": "array", "items": _PORT, "minItems": 1}],
                    },
                    "label": _localised("What for, in a few words."),
                },
                ("from", "to"),
            ),
        },
    },
    ("flows",),
)

_ONLINE: Final = _mapping(
    "How `check --online` asks for addresses outside.",
    {
        "good_for_days": {"type": "integer", "minimum": 0, "description": "How long a good answer counts (default: 7)."},
        "failed_for_hours": {"type": "integer", "minimum": 0, "description": "How long a failed answer counts (default: 6)."},
        "fails_after_days": {
            "type": "integer",
            "minimum": 0,
            "description": "How long an address may fail before it is a fault rather than a note (default: 3).",
        },
        "per_host": {"type": "integer", "minimum": 1, "description": "Requests to one host at a time (default: 2)."},
        "timeout": {"type": "integer", "minimum": 1, "description": "Seconds for one address, redirects included (default: 20)."},
        "allow": _texts("Private networks (10.0.0.0/8) and host names that may be asked all the same."),
        "skip": _texts("Globs of addresses that are never asked: https://example.com/*"),
    },
)

_SISTER: Final = _mapping(
    "A sister site.",
    {
        "url": {"type": "string", "pattern": "^https?://[^\\s]+$", "description": "Address that it is published at."},
        "inventory": _text("Its inventory.json, relative to site.yml."),
    },
    ("url", "inventory"),
)

SITE: Final[Schema] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "site.yml",
    **_mapping(
        "A Sintoma site.",
        {
            "title": _localised("Name of the site."),
            "description": _localised("What the site is for, in a sentence."),
            "url": {
                "type": "string",
                "pattern": "^https?://[^\\s]+$",
                "description": "Address it is published at; canonical links and the sitemap need it.",
            },
            "languages": {
                **_by_name("BCP 47 tag → language.", _LANGUAGE, "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", "A language is written as a BCP 47 tag: en, pt-BR."),
                "minProperties": 1,
            },
            "exclude": _texts("Globs of files that are no documentation, added to the defaults."),
            "include": _texts("Globs of files to keep although a default leaves them out."),
            "records": _by_name(
                "Kind of record → tables and columns.", _RECORD, f"^(?!({'|'.join(_TAKEN)})$)[a-z][a-z0-9-]*$",
                f"A kind of record has small letters, digits and hyphens, since it names a folder of the site; {', '.join(_TAKEN)} are taken.",
            ),
            "map": _MAP,
            "identifiers": _texts("Words that no translation may change, besides those learnt from the reference."),
            "mend": {
                "type": "boolean",
                "description": "Show names and code that a translation changed as the reference has them, with a note (default: true).",
            },
            "compare": {
                "enum": ["all", "flagged", "none"],
                "description": "Pages shown side by side with their reference: all, those with findings or missing parts, or none (default: all).",
            },
            "severity": _SEVERITY,
            "edit_url": _text("Address of a page's source, with {lang} and {path}."),
            "output": _text("Folder of the built site, relative to site.yml (default: site)."),
            "compress": {
                "type": "array",
                "items": {"enum": ["gzip", "brotli"]},
                "uniqueItems": True,
                "description": "Write compressed copies of pages, styles, scripts and data beside them; brotli needs the extra sintoma[brotli] (default: none).",
            },
            "theme": _mapping(
                "Looks.",
                {
                    "primary": {"enum": [*COLOURS, "brown", "grey", "blue-grey", "black", "white"], "description": "Colour name of Material's palette."},
                    "accent": {"enum": list(COLOURS), "description": "Colour name of Material's palette."},
                    "folder": _text("Folder of templates, strings and assets that win over the default theme's."),
                },
            ),
            "search": _mapping(
                "The symptom search.",
                {
                    "translations": {"type": "boolean", "description": "Learn word tables from aligned translations (default: true)."},
                    "semantic": {
                        "type": "boolean",
                        "description": "Order the best hits by word vectors, too; needs the extra sintoma[semantic] (default: false).",
                    },
                    "misses": {"type": "boolean", "description": "Keep a private log of searches without a click in the browser (default: false)."},
                    "queries": _text("File of searches that must keep working, relative to site.yml."),
                },
            ),
            "offline": {
                "type": "boolean",
                "description": "Let browsers keep the languages that are read in them, for a time without a network; needs https (default: false).",
            },
            "online": _ONLINE,
            "sisters": _by_name("Name → a site that Sintoma built; links to it are checked without a network.", _SISTER),
            "limits": _mapping("How large things may be before they are findings.", _LIMITS),
            "publish": _by_name(
                "Name → target of `sintoma publish NAME`.",
                _mapping(
                    "A target.",
                    {
                        "to": _text("A folder, git+REMOTE for a branch, rsync+HOST:PATH, or s3://BUCKET/PREFIX."),
                        "branch": _text("Branch, for git targets (default: gh-pages)."),
                        "keep": {"type": "integer", "minimum": 1, "description": "Releases kept for rollback (default: 3)."},
                    },
                    ("to",),
                ),
            ),
        },
        ("title", "languages"),
    ),
}
