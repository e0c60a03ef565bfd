"""What is wrong with a site.yml, in words for people and with its place; the rules stand in `generator.schema`."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from generator.fits import TYPES, fits
from generator.located import Places
from generator.schema import SITE

if TYPE_CHECKING:
    from jsonschema import ValidationError

_SHORT: Final = 80
"""So many letters of a text that does not fit are repeated."""


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
    at, message = tuple(error.absolute_path), _words(error)
    schema: Any = error.schema
    instance: Any = error.instance
    if error.validator == "additionalProperties":
        at = (*at, next(name for name in instance if name not in schema.get("properties", ())))
    elif isinstance(instance, str) and (*at, instance) in places:  # it is the name that does not fit, not what it has
        at = (*at, instance)
    line, column = places.get(at, places.get(at[:-1], (1, 1)))
    return line, column, f"{'.'.join(map(str, at))}: {message}".removeprefix(": ")


def _words(error: ValidationError) -> str:
    schema: Any = error.schema
    instance: Any = error.instance
    wanted: Any = error.validator_value
    description = schema.get("description", "")
    if error.validator == "additionalProperties":
        known = sorted(schema.get("properties", ()))
        unknown = next(name for name in instance if name not in known)
        return f"unknown key; {_meant(unknown, known) or 'known here: ' + ', '.join(known)}"
    if error.validator == "required":
        missing = next(name for name in wanted if name not in instance)
        return f"the key {missing} is missing. {schema['properties'][missing].get('description', '')}".strip()
    if error.validator == "type":
        return f"should be {_article(wanted)}, not {_shown(instance)}"
    if error.validator == "enum":
        return f"{instance!r} is not one of {', '.join(map(str, wanted))}" + (f"; {hint}" if (hint := _meant(instance, wanted)) else "")
    if error.validator in ("pattern", "oneOf"):
        return f"{_shown(instance)} does not fit. {description}".strip()
    return str(error.message)


def _meant(written: object, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(str(written), known, 1)
    return f"did you mean {close[0]}?" if close else ""


def _shown(value: object) -> str:
    """A value as it may be told: a short text as it is, of all else what it is."""
    if isinstance(value, str) and len(value) <= _SHORT:
        return repr(value)
    kind = next((kind for kind, of in TYPES.items() if isinstance(value, of) and kind != "integer"), "")
    return "nothing" if value is None else _article(kind) if kind in ("object", "array", "string") else str(value)


def _article(kind: str | Sequence[str]) -> str:
    names = {"object": "a mapping", "array": "a list", "string": "a text", "boolean": "true or false", "integer": "a whole number"}
    return " or ".join(names[one] for one in ([kind] if isinstance(kind, str) else kind))
