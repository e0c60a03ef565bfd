"""What front matter says of a page's making, in words for readers: who translated it, and when it changed."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import cache
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from msgspec import Struct

from generator.model import Meta

_DATE_KEYS: Final = ("last-update", "last_update", "last-updated", "revision_date", "date")
_FORMATS: Final = ("%Y-%m-%d", "%m/%d/%Y", "%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%a, %B %d, %Y")
_MACHINE: Final = frozenset({"mt", "tm+mt", "tm-mt", "machine"})
_HUMAN: Final = frozenset({"ht", "human"})
_WHOLE: Final = 100
_PERCENT: Final = re.compile(r"\s*(\d{1,3})\s*%?\s*$")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


class Made(Struct, frozen=True):
    """How a translation was made: `machine`, `human`, `mixed`, and how much of it by people (percent, if said)."""

    by: str
    human: int | None


def made(meta: Meta) -> Made | None:
    """The translation status of a page, from `ht-degree`, `workflow-type` and `translation-type`; nothing if none is said."""
    kinds = {str(meta.get(key) or "").strip().lower() for key in ("workflow-type", "translation-type")} - {""}
    degree = _PERCENT.match(str(meta.get("ht-degree", "")))
    human = min(int(degree[1]), _WHOLE) if degree else None
    if not kinds and human is None:
        return None
    if human == _WHOLE or (human is None and kinds <= _HUMAN):
        return Made("human", human)
    if human == 0 or (human is None and kinds & _MACHINE):
        return Made("machine", human)
    return Made("mixed", human) if human is not None else None


def updated(meta: Meta) -> date | None:
    """The day of the last change, from the front matter, whichever way it is written."""
    return next((day for key in _DATE_KEYS if (day := _date(str(meta.get(key) or "").strip()))), None)


@cache
def _date(text: str) -> date | None:
    found = _DAY.match(text)
    for form in _FORMATS if text else ():
        try:
            return datetime.strptime(found[0] if found else text, form).replace(tzinfo=UTC).date()
        except ValueError:
            continue
    return None


def day(when: date, lang: str) -> str:
    """A day as the language writes it."""
    return format_date(when, format="long", locale=locale(lang))


def locale(lang: str) -> Locale:
    """Babel's locale for a language tag; English for one it does not know."""
    for tag in (lang, lang.split("-", maxsplit=1)[0]):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


def behind(original: Meta, translation: Meta) -> bool | None:
    """Whether the original has changed since it was translated: by the commits that both name, else by their dates; None if neither says."""
    ours, theirs = (str(meta.get("source-git-commit") or "").strip().lower() for meta in (original, translation))
    if ours and theirs:
        return ours != theirs
    before, after = updated(translation), updated(original)
    return after > before if before and after else None


def language_name(lang: str, where: Locale) -> str:
    """The name of a language in the words of another: `inglés`."""
    return locale(lang).get_display_name(where) or lang
