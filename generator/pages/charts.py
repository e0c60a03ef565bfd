"""Charts as inline SVG, made at build: colours come from the style sheet, numbers stand beside them as text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from babel import Locale
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup, escape
from msgspec import Struct

_WIDTH: Final = 1000
"""A chart is so many units wide, whatever the width it is shown at."""


class Part(Struct, frozen=True):
    """A part of a chart: its words, its number, and the name of its colour (`good`, `note`, `mild`, `bad`, `grave`, `none`)."""

    words: str
    count: int
    colour: str


def bar(locale: Locale, title: str, parts: Sequence[Part]) -> Markup:
    """Parts of a whole in one bar, and in words below it; those that are empty are left out."""
    shown = [part for part in parts if part.count]
    whole = sum(part.count for part in shown) or 1
    ends = list(accumulate(part.count for part in shown))
    rects = Markup().join(
        Markup('<rect class="chart--{}" x="{}" width="{}" height="40"/>').format(
            part.colour, _scaled(end - part.count, whole), max(_scaled(end, whole) - _scaled(end - part.count, whole), 2)
        )
        for part, end in zip(shown, ends, strict=True)
    )
    told = [f"{part.words}: {format_decimal(part.count, locale=locale)} ({_percent(locale, part.count / whole)})" for part in shown]
    items = Markup().join(
        Markup('<li><svg class="chart__key chart--{}" viewBox="0 0 10 10" aria-hidden="true" focusable="false"><rect width="10" height="10"/></svg>{}</li>').format(
            part.colour, words
        )
        for part, words in zip(shown, told, strict=True)
    )
    return Markup(
        '<figure class="chart"><figcaption>{title}</figcaption>'
        '<svg viewBox="0 0 {width} 40" preserveAspectRatio="none" role="img" aria-label="{label}">{rects}</svg><ul>{items}</ul></figure>'
    ).format(title=title, width=_WIDTH, label=f"{title}. {'; '.join(told)}", rects=rects, items=items)


def rows(locale: Locale, title: str, heads: tuple[str, str], parts: Sequence[Part]) -> Markup:
    """A bar for each part, in a table that says the numbers."""
    most = max((part.count for part in parts), default=0) or 1
    lines = Markup().join(
        Markup(
            '<tr><th scope="row">{}</th><td>{}</td><td aria-hidden="true"><svg viewBox="0 0 {} 40" preserveAspectRatio="none" focusable="false">'
            '<rect class="chart--{}" width="{}" height="40"/></svg></td></tr>'
        ).format(part.words, format_decimal(part.count, locale=locale), _WIDTH, part.colour, _scaled(part.count, most))
        for part in parts
    )
    head = Markup('<tr><th scope="col">{}</th><th scope="col">{}</th><td aria-hidden="true"></td></tr>').format(*heads)
    return Markup('<table class="chart-rows"><caption>{}</caption><thead>{}</thead><tbody>{}</tbody></table>').format(escape(title), head, lines)


def _percent(locale: Locale, share: float) -> str:
    """To a tenth, so that all but one of many is not said to be all."""
    return str(format_percent(round(share, 3), locale=locale, decimal_quantization=False))


def _scaled(count: int, whole: int) -> int:
    return round(count * _WIDTH / whole)
