"""Facets: documents by what their front matter says of feature, role, level and topic."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from msgspec import Struct

from generator.model import DocPath, Document, Meta

NAMES: Final = ("feature", "role", "level", "topic-tags")
"""The keys of front matter that are facets, in the order in which pages show them."""
_BETWEEN: Final = re.compile(r"[^\w]+")


class Value(Struct, frozen=True):
    """A value of a facet: `slug` is the same in every language, `label` the words of one."""

    facet: str
    slug: str
    label: str


class Index(Struct, frozen=True):
    """The values of each document, and the documents of each value."""

    of: Mapping[DocPath, tuple[Value, ...]]
    having: Mapping[tuple[str, str], tuple[DocPath, ...]]
    labels: Mapping[tuple[str, str], str]


def index(documents: Mapping[DocPath, Document], reference: Mapping[DocPath, Document]) -> Index:
    """The facets of a language. Slugs come from the reference's words where both say equally many."""
    of: dict[DocPath, tuple[Value, ...]] = {}
    having: dict[tuple[str, str], list[DocPath]] = {}
    labels: dict[tuple[str, str], str] = {}
    for path, found in documents.items():
        original = reference.get(path)
        values = tuple(_values(found.meta, original.meta if original else found.meta))
        if values:
            of[path] = values
        for value in values:
            having.setdefault((value.facet, value.slug), []).append(path)
            labels.setdefault((value.facet, value.slug), value.label)
    return Index(of, {key: tuple(paths) for key, paths in sorted(having.items())}, labels)


def _values(meta: Meta, reference: Meta) -> Iterator[Value]:
    for facet in NAMES:
        if own := _split(meta.get(facet)):
            yield from _named(facet, own, _split(reference.get(facet)))


@cache
def _named(facet: str, own: tuple[str, ...], original: tuple[str, ...]) -> tuple[Value, ...]:
    """The values of one facet, each once; many pages have the same."""
    found: dict[str, Value] = {}
    for label, name in zip(own, original if len(own) == len(original) else own, strict=True):
        if slug := _BETWEEN.sub("-", name.casefold()).strip("-"):
            found.setdefault(slug, Value(facet, slug, label))
    return tuple(found.values())


def _split(value: object) -> tuple[str, ...]:
    parts = value if isinstance(value, tuple) else str(value or "").split(",")
    return tuple(text for part in parts if (text := str(part).strip()))
