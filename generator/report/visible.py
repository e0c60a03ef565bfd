"""Text from strangers, made harmless for terminals, logs and XML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from generator.model import Finding

_UNSEEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
"""Control characters, direction overrides, invisible marks, and what neither UTF-8 nor XML can carry."""


_TWO_DIGITS: Final = 0x100


def visible(text: str) -> str:
    r"""Return a text on one line with every control character written out: ESC becomes `\x1b`, a line break `\n`."""
    return _UNSEEN.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    character = match.group()
    named = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}.get(character)
    if named:
        return named
    number = ord(character)
    return f"\\x{number:02x}" if number < _TWO_DIGITS else f"\\u{number:04x}"


def worded(finding: Finding) -> str:
    """Return the message of a finding with its suggestion, on one harmless line."""
    advice = f" (write: {visible(finding.suggestion)})" if finding.suggestion else ""
    return f"{visible(finding.message)}{advice}"
