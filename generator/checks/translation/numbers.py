"""Numbers survive translation, in whatever way the language writes them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from generator.checks.translation.code import changed
from generator.checks.translation.comparison import Comparison, bare
from generator.model import Finding

_NUMBER: Final = re.compile(r"(?<!\d)\d{2,}(?!\d)")
_GROUPS: Final = re.compile(r"(?<![\d.,])\d{1,3}(?:([.,'’\u00a0\u202f\u2009 ،٬])\d{3}(?:\1\d{3})*)(?!\d)|(?<![\d.,])\d{1,2}(?:,\d\d)+,\d{3}(?!\d)")
"""Digits in groups of three, or as in India."""
_DECIMAL: Final = re.compile(r"(?<![\w.,٫/:-])(\d{1,3})[.,٫](\d{1,2})(?!\w|[.,٫/:-]\d)")
_CALLED: Final = re.compile(r"(?<![A-Za-z0-9_./:#-])[A-Z]{1,4}\d{1,4}(?![A-Za-z0-9_/:]|[.-][A-Za-z0-9])")
_LETTERS: Final = re.compile(r"[A-Za-z_]\w*\d\w*|\d+[A-Za-z_]\w*")
_CLOCK: Final = re.compile(r"\b\d{1,2}(?::\d\d)?\s?(?:a\.?m\.?|p\.?m\.?)\b|\b\d{1,2}:\d\d(?::\d\d)?\b", re.IGNORECASE)
_DATE: Final = re.compile(r"\b\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\b|\b\d{1,2}/\d{1,2}\b")
_SCALED: Final = re.compile(r"\d[\d.,]*(?:\s?(?:-|–|to)\s?\d[\d.,]*)?\s*(?:thousand|million|billion|k\b|m\b|bn\b)", re.IGNORECASE)
_IMPERIAL: Final = re.compile(r"\d[\d.,/]*(?:\s?(?:[-–x]|to)\s?\d[\d.,/]*)?[\s-]?(?:feet|foot|ft|inch(?:es)?|yards?|miles?|pounds?|lbs?|gallons?|°\s?F)\b", re.IGNORECASE)
"""Measures that most languages leave out, since the metric one stands beside them."""
_MYRIAD: Final = re.compile(r"(\d+(?:[.,]\d+)?)\s*([万億萬亿만억千천])")
_VALUES: Final = {"万": 10**4, "萬": 10**4, "만": 10**4, "億": 10**8, "亿": 10**8, "억": 10**8, "千": 10**3, "천": 10**3}
_LATIN_END: Final = 0x24F
_DIGITS: Final = {ord(zero) + digit: str(digit) for zero in "０٠۰०০੦૦୦௦౦೦൦๐໐༠၀០᠐" for digit in range(10)}
"""The decimal digits of all scripts that documentation is translated into."""
_WORDS: Final = {
    "10": "zehn diez dix dez dieci ten tien dziesięć tio 十", "11": "elf once onze undici eleven 十一", "12": "zwölf doce douze doze dodici twelve twaalf 十二",
    "13": "dreizehn trece treize treze tredici 十三", "15": "fünfzehn quince quinze quindici 十五", "20": "zwanzig veinte vingt vinte venti 二十",
    "24": "vierundzwanzig veinticuatro vingt-quatre", "30": "dreißig treinta trente trinta trenta 三十", "50": "fünfzig cincuenta cinquante cinquenta cinquanta 五十",
    "100": "hundert cien ciento cent cem cento 百", "1000": "tausend mil mille 千", "1000000": "million millón milhão millionen 百万", "90": "neunzig noventa",
}  # fmt: skip


def numbers_survive(pages: Comparison) -> Iterator[Finding]:
    """Each number of two digits and more stands in the translation, as often."""
    for _, block, other in pages.pairs:
        if block.kind == "fence" or not other.text or not _NUMBER.search(block.text):
            continue
        ours = _numbers(block.text)
        text = other.text.translate(_DIGITS)
        for name in _lettered(block.text):
            text = text.replace(name, " ", 1)
        if ours <= Counter(_NUMBER.findall(text)):
            continue
        have = _available(text, ours)
        ours = ours - _numbers(" ".join(code for code, _, _ in changed(block, other)))  # of that a finding speaks already
        lost = [number for number, count in ours.items() if have[number] < count and not _otherwise(number, text)]
        if not lost:
            continue
        spare = [number for number in _NUMBER.findall(text) if have[number] > _numbers(block.text)[number] and number not in ours]
        for number in lost:
            if not spare and have[number]:
                continue  # said once for all, as in a list of dates
            wrong = max(spare, key=lambda found: _alike(number, found), default="")
            said = f"This number is {number} in the reference." if wrong else f"The number {number} of the reference is missing here."
            sure = wrong and len(lost) == len(set(spare)) == 1 and abs(len(wrong) - len(number)) < 2  # noqa: PLR2004  else it may be of another version
            yield pages.finding("translation-number", other.span, said, wrong, number if sure else "")


def decimals_survive(pages: Comparison) -> Iterator[Finding]:
    """A number with a decimal sign keeps its digits and its sign: 2.5 is neither 25 nor 2.6."""
    for _, block, other in pages.pairs:
        if block.kind == "fence" or not other.text or not (wanted := _decimals(block.text)):
            continue
        text = other.text.translate(_DIGITS)
        found = _decimals(text)
        changed = [match[0] for match in _DECIMAL.finditer(text) if f"{match[1]}.{match[2]}" not in wanted]
        for number in wanted - found:
            joined = re.search(rf"(?<![\w.,]){number.replace('.', '')}(?![\w]|[.,]\d)", text)
            written = joined[0] if joined and joined[0] not in block.text else changed.pop(0) if changed else ""
            if written:
                yield pages.finding("translation-number", other.span, f"This number is {number} in the reference.", written)


def numbers_behind_letters_survive(pages: Comparison) -> Iterator[Finding]:
    """What is called by letters and a number (the fuse F3) keeps its number; where a translation has no such letters, it is called otherwise there."""
    for pair, block, other in pages.pairs:
        named = pair.row > 0 and (pair.table, pair.column) in pages.names  # said of the name
        if named or block.kind == "fence" or not other.text or not (ours := _called(bare(block))):
            continue
        theirs = _called(bare(other))
        for name in ours - theirs:
            letters = name.rstrip("0123456789")
            wrong = [found for found in theirs - ours if found.rstrip("0123456789") == letters]
            sure = len(wrong) == 1 and sum(found.rstrip("0123456789") == letters for found in ours - theirs) == 1
            if sure:
                yield pages.finding("translation-number", other.span, f"This is {name} in the reference.", wrong[0], name)


def _called(text: str) -> Counter[str]:
    return Counter(_CALLED.findall(text))


def _decimals(text: str) -> Counter[str]:
    return Counter(f"{match[1]}.{match[2]}" for match in _DECIMAL.finditer(text))


@lru_cache(maxsize=4096)
def _numbers(text: str) -> Counter[str]:
    """The numbers of a text of the reference; times of day, dates and parts of names are left out."""
    text = _IMPERIAL.sub(" ", text)
    text = _SCALED.sub(" ", _CLOCK.sub(" ", _DATE.sub(" ", text)))
    text = _GROUPS.sub(_joined, text)
    return Counter(_NUMBER.findall(_LETTERS.sub(" ", text)))


@lru_cache(maxsize=4096)
def _lettered(text: str) -> tuple[str, ...]:
    """The names with digits in a text of the reference."""
    return tuple(_LETTERS.findall(text))


def _joined(match: re.Match[str]) -> str:
    return re.sub(r"\D", "", match[0])


def _available(text: str, wanted: Counter[str]) -> Counter[str]:
    """The numbers of a translation under every reading: groups joined or not, myriads written out.

    A number in groups that is wanted as a whole is no reading of its parts: 10.000 has no 10 where the reference has 10,000.
    """
    whole: Counter[str] = Counter()

    def taken(match: re.Match[str]) -> str:
        number = _joined(match)
        whole[number] += 1
        return " " if whole[number] <= wanted[number] else match[0]

    rest = _GROUPS.sub(taken, text)
    plain, joined = Counter(_NUMBER.findall(rest)), Counter(_NUMBER.findall(_GROUPS.sub(_joined, rest)))
    spelled = Counter(_spelled(match) for match in _MYRIAD.finditer(_GROUPS.sub(_joined, text)))
    return (plain | joined) + (whole & wanted) + spelled


def _spelled(match: re.Match[str]) -> str:
    return str(round(float(match[1].replace(",", ".")) * _VALUES[match[2]]))


def _otherwise(number: str, text: str) -> bool:
    """Whether a number is written in words, without its zero, or as a whole year."""
    low = text.lower()
    spoken = _WORDS.get(number, "").split()
    if any(word in low and (not word.isalpha() or ord(word[0]) > _LATIN_END or re.search(rf"\b{word}\b", low)) for word in spoken):
        return True
    short = number.lstrip("0")
    return bool((len(number) == 2 and short != number and re.search(rf"(?<!\d){short}(?!\d)", text)) or (len(number) == 2 and re.search(rf"(?<!\d)(?:19|20){number}(?!\d)", text)))  # noqa: PLR2004  26 for 2026


def _alike(number: str, other: str) -> int:
    return sum(a == b for a, b in zip(number, other, strict=False)) - abs(len(number) - len(other))
