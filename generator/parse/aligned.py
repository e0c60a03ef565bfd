"""How HTML aligns text, as classes: `align`, `valign` and `style` are attributes that a page with a strict policy does not apply.

Widths and colours are left: columns are as wide as their words ask for, on a telephone too, and colours have a meaning of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

_ROWS: Final = frozenset({"td", "th", "tr", "thead", "tbody", "tfoot"})
_BLOCKS: Final = _ROWS | {"caption", "div", "p", "h1", "h2", "h3", "h4", "h5", "h6"}
_STYLE: Final = re.compile(r"(?:^|;)\s*(text-align|vertical-align)\s*:\s*([a-z]+)", re.IGNORECASE)
_ALIGN: Final = {"left": "left", "start": "left", "right": "right", "end": "right", "center": "center", "middle": "center"}
_VALIGN: Final = frozenset({"middle", "bottom"})


def classes(name: str, values: Mapping[str, str]) -> Iterator[str]:
    """The classes that a tag has for what its attributes say; what its style says comes before."""
    if name not in _BLOCKS or not values.keys() & {"align", "valign", "style"}:
        return
    style = {key.lower(): value.lower() for key, value in _STYLE.findall(values.get("style", ""))}
    if align := _ALIGN.get(style.get("text-align") or values.get("align", "").strip().lower()):
        yield f"align-{align}"
    valign = style.get("vertical-align") or values.get("valign", "").strip().lower()
    if name in _ROWS and valign in _VALIGN:
        yield f"valign-{valign}"
