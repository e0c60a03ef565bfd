"""Numbers, words and files as `theme/assets/search/shards.js` reads them.

A number is written in printable ASCII: 64 digits end it, 24 continue it. Lists of words are front coded:
a digit tells how many UTF-16 units a line shares with the one before.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from generator.model import Artifact

Ints = NDArray[np.int64]

ENDING, CONTINUING = 64, 24
DIGITS = "".join(chr(code) for code in range(37, 37 + ENDING + CONTINUING + 2) if code not in {92, 96})
"""Digit 0 is the first character; no quote, backslash, backtick or dollar among them."""

_SHARED = ENDING - 1
_PLANE = 0xFFFF

_HALVES = re.compile("[\ud800-\udfff]")
"""Surrogates without their other half: what a browser reads in their place would break a checksum."""

_CODES = np.frombuffer(DIGITS.encode("ascii"), dtype=np.uint8)


def encode(values: Ints) -> tuple[str, Ints]:
    """Write non-negative numbers; the text and how many characters each number took."""
    rest = values.astype(np.int64, copy=True)
    widths = np.ones(len(rest), dtype=np.int64)
    columns = []
    open_ = rest >= ENDING
    while open_.any():
        digit = np.where(open_, ENDING + (rest - ENDING) % CONTINUING, rest)
        columns.append((digit, open_))
        widths += open_
        rest = np.where(open_, (rest - ENDING) // CONTINUING, rest)
        open_ = open_ & (rest >= ENDING)
    ends = np.cumsum(widths)
    out = np.empty(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    starts = ends - widths
    for level, (digit, written) in enumerate(columns):
        out[starts[written] + level] = _CODES[digit[written]]
    out[ends - 1] = _CODES[rest]
    return out.tobytes().decode("ascii"), widths


def number(value: int) -> str:
    """Write one number."""
    return encode(np.array([value], dtype=np.int64))[0]


def utf16(text: str) -> bytes:
    """The order in which JavaScript compares strings, as a sort key."""
    return text.encode("utf-16-be", "surrogatepass")


def in_order(words: Iterable[str]) -> list[str]:
    """Words in the order of JavaScript, which is that of Python where none has a character beyond the Basic Multilingual Plane."""
    words = list(words)
    return sorted(words, key=utf16 if max("".join(words), default="") > chr(_PLANE) else None)


def shared(ones: Sequence[str], others: Sequence[str]) -> list[int]:
    """How many leading characters each text shares with its counterpart: no more than a digit tells, none beyond the Basic Multilingual Plane."""
    one, other = (np.array(texts, dtype=f"U{_SHARED}").view(np.uint32).reshape(len(texts), _SHARED) for texts in (ones, others))
    same = (one == other) & (one > 0) & (one <= _PLANE)
    found: list[int] = np.where(same.all(axis=1), _SHARED, same.argmin(axis=1)).tolist()
    return found


def front_coded(words: Sequence[str]) -> list[str]:
    """Lines of words, each beginning with the digit of what it shares with the line before."""
    return [DIGITS[common] + word[common:] for word, common in zip(words, shared(("", *words[:-1]), words), strict=True)] if words else []


def plain(text: str) -> str:
    """A text without the line's own separators."""
    return " ".join(text.split())


def lined(text: str) -> str:
    """The same, but its lines are kept, apart by U+001E."""
    return "\u001e".join(map(plain, text.split("\n")))


def literal(payload: str) -> str:
    """A JavaScript template literal."""
    return "`" + payload.replace("\\", "\\\\").replace("`", "\\`").replace("$", "\\$").replace("\r", "\\r") + "`"


def checksum(payload: str) -> int:
    """Adler-32 over UTF-16 units, as the browser computes it."""
    if payload.isascii():
        return zlib.adler32(payload.encode("ascii"))
    units = np.frombuffer(payload.encode("utf-16-le", "surrogatepass"), dtype="<u2").astype(np.int64)
    prime = 65521
    first = (1 + int(units.sum())) % prime
    weights = np.arange(len(units), 0, -1, dtype=np.int64) % prime
    second = (len(units) + int(((units * weights) % prime).sum())) % prime
    return second * 65536 + first


def fnv(texts: Sequence[str]) -> Ints:
    """FNV-1a over the UTF-16 units of each text, as the browser computes it; of all texts at once, longest first, unit by unit."""
    written = [text.encode("utf-16-le", "surrogatepass") for text in texts]
    widths = np.array([len(data) // 2 for data in written], dtype=np.int64)
    order = np.argsort(-widths, kind="stable")
    units = np.frombuffer(b"".join(written), dtype="<u2").astype(np.uint64)
    starts, ends = (np.cumsum(widths) - widths)[order], -widths[order]
    values = np.full(len(texts), 0x811C9DC5, dtype=np.uint64)
    for place in range(int(widths.max(initial=0))):
        longer = int(np.searchsorted(ends, -place))
        values[:longer] = ((values[:longer] ^ units[starts[:longer] + place]) * np.uint64(0x01000193)) & np.uint64(0xFFFFFFFF)
    found = np.empty(len(texts), dtype=np.int64)
    found[order] = values
    return found


def digest(payload: str) -> str:
    """The part of a file's name that changes with its content."""
    return hashlib.sha256(payload.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def shard_script(name: str, payload: str) -> str:
    """The call that hands a piece to the page."""
    return f"Sintoma.shard({json.dumps(name)},{checksum(payload)},{literal(payload)});\n"


def manifest_script(name: str, content: Mapping[str, object]) -> str:
    """The call that hands a manifest to the page."""
    text = _HALVES.sub(lambda half: f"\\u{ord(half[0]):04x}", json.dumps(content, ensure_ascii=False, separators=(",", ":")))
    return f"Sintoma.manifest({json.dumps(name)},{checksum(text)},{literal(text)});\n"


def cut(sizes: Sequence[int], target: int) -> list[tuple[int, int]]:
    """Cut a row of items into runs of about `target` size: `(start, end)` each."""
    runs, start, size = [], 0, 0
    for place, item in enumerate(sizes):
        if place > start and size + item > target:
            runs.append((start, place))
            start, size = place, 0
        size += item
    if start < len(sizes):
        runs.append((start, len(sizes)))
    return runs


def script(path: str, text: str) -> Artifact:
    """A script as a file of the site."""
    return Artifact(path, text.encode("utf-8", "surrogatepass"))
