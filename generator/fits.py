"""Whether a value fits a JSON Schema, without a word why not: a good site.yml is told from a bad one before a whole validator is loaded.

Knows the keywords that `generator.schema` uses; where there is another, nothing fits, and the whole validator has the word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

TYPES: Final[Mapping[str, type]] = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int}


def fits(value: Any, schema: Mapping[str, Any]) -> bool:  # noqa: ANN401  YAML holds any value
    """Whether the value fits: no doubt remains where it does."""
    return all(keyword in _KEYWORDS and _KEYWORDS[keyword](value, wanted, schema) for keyword, wanted in schema.items())


def _is(value: Any, wanted: str | list[str], _: object) -> bool:  # noqa: ANN401  the same
    kinds = [wanted] if isinstance(wanted, str) else wanted
    return any(isinstance(value, TYPES[kind]) and (kind != "integer" or not isinstance(value, bool)) for kind in kinds)


def _others_fit(value: Any, wanted: Any, schema: Mapping[str, Any]) -> bool:  # noqa: ANN401  the same
    others = value.keys() - schema.get("properties", {}).keys() if isinstance(value, dict) else set()
    return not others if wanted is False else all(fits(value[name], wanted) for name in others)


_KEYWORDS: Final[Mapping[str, Callable[[Any, Any, Mapping[str, Any]], bool]]] = {
    **dict.fromkeys(("$schema", "title", "description"), lambda *_: True),
    "type": _is,
    "enum": lambda value, wanted, _: any(value == one and isinstance(value, type(one)) for one in wanted),
    "minLength": lambda value, wanted, _: not isinstance(value, str) or len(value) >= wanted,
    "pattern": lambda value, wanted, _: not isinstance(value, str) or bool(re.search(wanted, value)),
    "minimum": lambda value, wanted, _: not isinstance(value, int) or value >= wanted,
    "items": lambda value, wanted, _: not isinstance(value, list) or all(fits(item, wanted) for item in value),
    "minItems": lambda value, wanted, _: not isinstance(value, list) or len(value) >= wanted,
    "properties": lambda value, wanted, _: not isinstance(value, dict) or all(fits(value[name], wanted[name]) for name in wanted if name in value),
    "required": lambda value, wanted, _: not isinstance(value, dict) or all(name in value for name in wanted),
    "additionalProperties": _others_fit,
    "propertyNames": lambda value, wanted, _: not isinstance(value, dict) or all(fits(name, wanted) for name in value),
    "minProperties": lambda value, wanted, _: not isinstance(value, dict) or len(value) >= wanted,
    "oneOf": lambda value, wanted, _: sum(fits(value, one) for one in wanted) == 1,
}
