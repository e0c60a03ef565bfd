"""What is wrong with a site.yml, in words for people and with its place; the rules stand in `generator.schema`."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from generator.fits import fits
from generator.located import Places
from generator.schema import SITE

if TYPE_CHECKING:
    from jsonschema import ValidationError


def faults(value: object, places: Places) -> list[tuple[int, int, str]]:
    """Line, column and words of each fault of a site.yml, in order; none where it fits the schema."""
    return [] if fits(value, SITE) else sorted({_place(places, fault) for fault in _faults(value)})


def _faults(value: object) -> Iterator[ValidationError]:
    from jsonschema import Draft202012Validator  # noqa: PLC0415  it takes longer to load than a site.yml without faults takes to read

    for error in Draft202012Validator(SITE).iter_errors(value):
        yield from _leaves(error)


def _leaves(error: ValidationError) -> Iterator[ValidationError]:
    """The faults inside a `oneOf` that say most: those of the branch meant, which is the one whose type fits."""
    meant = [child for child in error.context or () if child.validator != "type"]
    deepest = max((len(child.absolute_path) for child in meant), default=0)
    if not meant:
        yield error
    for child in meant:
        if len(child.absolute_path) == deepest:
            yield from _leaves(child)


def _place(places: Places, error: ValidationError) -> tuple[int, int, str]:
    """Line, column and words of a fault."""
    at = tuple(error.absolute_path)
    schema: Any = error.schema
    instance: Any = error.instance
    wanted: Any = error.validator_value
    key = ".".join(str(part) for part in at) or "site.yml"
    message = str(error.message)
    if error.validator == "additionalProperties":
        known = sorted(schema.get("properties", ()))
        unknown = next(name for name in instance if name not in known)
        close = difflib.get_close_matches(unknown, known, 1)
        hint = f"did you mean {close[0]}?" if close else f"known here: {', '.join(known)}"
        line, column = places.get((*at, unknown), places.get(at, (1, 1)))
        return line, column, f"{'.'.join(map(str, (*at, unknown)))}: unknown key; {hint}"
    if error.validator == "required":
        missing = next(name for name in wanted if name not in instance)
        message = f"the key {missing} is missing"
    elif error.validator == "type":
        message = f"should be {_article(str(wanted))}, not {instance!r}"
    elif error.validator == "enum":
        message = f"{instance!r} is not one of {', '.join(map(str, wanted))}"
    elif error.validator == "pattern" and "description" in schema:
        message = f"{instance!r} does not fit. {schema['description']}"
    elif error.validator == "oneOf":
        message = f"{instance!r} does not fit. {schema.get('description', '')}".strip()
    line, column = places.get(at, (1, 1))
    return line, column, f"{key}: {message}"


def _article(kind: str) -> str:
    names = {"object": "a mapping", "array": "a list", "string": "a text", "boolean": "true or false", "integer": "a whole number"}
    return names.get(kind, kind)
