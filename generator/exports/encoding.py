"""Values as JSON that people can read and compare."""

from __future__ import annotations

import json
from collections.abc import Mapping

import msgspec


def encoded(value: Mapping[str, object]) -> bytes:
    """JSON in UTF-8, a value a line. What UTF-8 cannot carry (half a surrogate pair) becomes a JSON escape."""
    try:
        return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"
    except UnicodeEncodeError:
        return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")
