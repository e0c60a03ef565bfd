"""`sintoma explain`: the page of help for a kind of finding, or the list of all."""

from __future__ import annotations

import difflib
from importlib.resources import files

from generator.findings import CODES


class UnknownCodeError(Exception):
    """There is no such code. The message names the nearest ones."""


def listed() -> str:
    """Every code with its severity and its rule, a line each."""
    wide = max(map(len, CODES))
    return "".join(f"{code.name:<{wide}}  {code.severity.value:<7}  {code.rule}\n" for code in CODES.values())


def explain(code: str) -> str:
    """Return the Markdown page of help for a code.

    Raises UnknownCodeError, whose message says which code may have been meant.
    """
    if code not in CODES:
        raise UnknownCodeError(_hint(code))
    return (files("generator") / "help" / f"{code}.md").read_text(encoding="utf-8").rstrip() + "\n"


def _hint(code: str) -> str:
    near = difflib.get_close_matches(code, CODES, 3, 0.5)
    near = near or [name for name in CODES if code and code in name][:5]
    advice = f"Did you mean {', '.join(near)}?" if near else f"The codes are: {', '.join(sorted(CODES))}."
    return f"{code!r} is no code of Sintoma. {advice}"
