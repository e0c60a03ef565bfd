"""What a site.yml says and cannot mean, though it fits the schema: folders that are not there, two references, expressions that are none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from generator.disk import is_folder
from generator.located import Places
from generator.schema import NAMING, ROLES

Key = tuple[str | int, ...]

_SLOTS: Final = ("{lang}", "{path}")


def senseless(folder: Path, value: Mapping[str, Any], places: Places) -> list[tuple[int, int, str]]:
    """Line, column and words of each fault of a site.yml in `folder` that fits the schema, in order; none where all can be meant."""
    found = [*_languages(folder, value["languages"]), *_tags(value, value["languages"]), *_files(folder, value)]
    for name, item in value.get("records", {}).items():
        found += _record(("records", name), item)
    return sorted((*_place(places, key), f"{'.'.join(map(str, key))}: {message}") for key, message in found)


def _place(places: Places, key: Key) -> tuple[int, int]:
    """Where a key stands, or what it would stand in."""
    return next((places[key[:end]] for end in range(len(key), 0, -1) if key[:end] in places), (1, 1))


def _languages(folder: Path, languages: Mapping[str, Any]) -> Iterator[tuple[Key, str]]:
    roots: dict[Path, str] = {}
    reference = ""
    for lang, item in languages.items():
        at = ("languages", lang)
        for key in ("root", "repository"):
            if not is_folder(folder / item.get(key, ".")):
                yield (*at, key), f"there is no folder {item[key]}; create it, mend the path, or remove the language"
        other = roots.setdefault((folder / item["root"]).resolve(), lang)
        if other != lang:
            yield (*at, "root"), f"{other} and {lang} have the same folder; each language has one of its own"
        if item.get("reference") and reference:
            yield (*at, "reference"), f"{reference} and {lang} are both marked as reference; only one can be"
        reference = lang if item.get("reference") else reference


def _tags(value: Mapping[str, Any], languages: Mapping[str, Any]) -> Iterator[tuple[Key, str]]:
    """Texts for a language whose tag is written otherwise than in `languages`; one for a language that the site lacks may wait for it."""
    known = {_plain(lang): lang for lang in languages}
    for key, texts in _by_language(value):
        for lang in texts if isinstance(texts, dict) else ():
            if lang not in languages and _plain(lang) in known:
                yield (*key, lang), f"this language is called {known[_plain(lang)]} under languages; write it the same"


def _plain(tag: str) -> str:
    return tag.lower().replace("_", "-")


def _by_language(value: Mapping[str, Any]) -> Iterator[tuple[Key, object]]:
    """Everything in a site.yml that may be a mapping by language, with its key."""
    yield from (((key,), value.get(key)) for key in ("title", "description"))
    for name, item in value.get("records", {}).items():
        yield from ((("records", name, key), item.get(key)) for key in ("label", "singular", "headers", "symptoms"))
    declared = value.get("map", {})
    yield from ((("map", "parts", name, "label"), part["label"]) for name, part in declared.get("parts", {}).items())
    yield from ((("map", "flows", number, "label"), flow.get("label")) for number, flow in enumerate(declared.get("flows", ())))


def _files(folder: Path, value: Mapping[str, Any]) -> Iterator[tuple[Key, str]]:
    theme = value.get("theme", {}).get("folder")
    if theme and not is_folder(folder / theme):
        yield ("theme", "folder"), f"there is no folder {theme}; create it or remove the key"
    slots = re.findall(r"\{.*?\}", value.get("edit_url", ""))
    if strange := [slot for slot in slots if slot not in _SLOTS]:
        yield ("edit_url",), f"{strange[0]} stands for nothing; known are {' and '.join(_SLOTS)}"


def _record(at: Key, item: Mapping[str, Any]) -> Iterator[tuple[Key, str]]:
    columns = item.get("columns", {})
    if ("columns" in item) == ("from" in item):
        yield at, "say either what its columns mean (columns) or what tells it (from)"
    if "pages" in item and "from" not in item:
        yield (*at, "pages"), "these are the pages of from; for columns name them under tables"
    splits = {header: column["split"] for header, column in columns.items() if isinstance(column, dict) and "split" in column}
    groups: set[str] = set()
    for header, split in splits.items():
        key = (*at, "columns", header, "split")
        try:
            names = re.compile(split).groupindex.keys()
        except re.error as error:
            yield key, f"this is no regular expression: {error}"
            return
        if strange := [name for name in names if name not in ROLES]:
            yield key, f"the group {strange[0]} is no role; roles are: {', '.join(ROLES)}"
        if not names:
            yield key, "it has no named groups, so it splits nothing; name a role in each: (?P<code>…)"
        groups |= names
    if columns and not (groups | {role for column in columns.values() for role in _roles(column)}) & set(NAMING):
        yield (*at, "columns"), f"no column names a record; give one of them the role subject (or {', '.join(NAMING[1:])})"
    for lang, headers in item.get("headers", {}).items():
        if columns and len(headers) != len(columns):
            yield (*at, "headers", lang), f"headers: {len(headers)}, columns: {len(columns)}; name one for each"


def _roles(column: str | list[str] | dict[str, Any]) -> list[str]:
    roles = column["roles"] if isinstance(column, dict) else column
    return [roles] if isinstance(roles, str) else roles
