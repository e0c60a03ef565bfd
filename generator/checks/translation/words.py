"""A translation has no words of a third language, such as a French word left in a Spanish page.

Only words with a letter outside ASCII are looked at: they are the ones that a spelling alone can place. A word counts as
foreign when its page's language does not know it, nor one close to it, and exactly one other of the well-known languages does.
Word lists: simplemma (MIT).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from string import ascii_lowercase
from typing import Final

from generator.checks.translation.parts import without
from generator.model import Block, Finding, Page

Knows = Callable[[str, str], bool]
"""Whether a word, the first, is in the dictionary of a language, the second; at the beginning of a sentence or within."""

_WORD: Final = re.compile(r"(?<![\w@./:’'-])[^\W\d_]{5,}(?![\w@/-]|:\w)")
_BEYOND_ASCII: Final = re.compile(r"[^\x00-\x7f]+")
_LETTERS: Final = {"fr": "àâæçéèêëîïôœùûÿ", "de": "äöüß", "es": "áéíñóúü", "pt": "áâãàçéêíóôõú", "it": "àèéìíòóù"}
"""The letters outside ASCII that say a language, best known first; a word with others is none of its words."""
_NEIGHBOURS: Final[dict[str, frozenset[str]]] = {
    "es": frozenset({"pt", "it"}), "pt": frozenset({"es", "it"}), "it": frozenset({"es", "pt"}), "de": frozenset(), "fr": frozenset(),
}  # fmt: skip
"""Languages too close to tell apart by one word."""


def needed(lang: str) -> frozenset[str]:
    """The dictionaries that are asked for the words of a translation into a language."""
    return frozenset(_LETTERS) if lang.split("-", maxsplit=1)[0].lower() in _LETTERS else frozenset()


def words_are_of_the_pages_language(page: Page, original: Page | None, knows: Knows) -> Iterator[Finding]:
    """Foreign words of a page's texts, each block's first; words that the reference has too may stay."""
    document = page.document
    base = document.lang.split("-")[0].lower()
    if base not in _LETTERS:
        return
    known: str | None = None
    for block in page.blocks:
        if _tell(base).isdisjoint(block.text):
            continue
        for word in dict.fromkeys(_candidates(block)):
            if not _suspects(word.lower(), base):
                continue
            if known is None:
                known = " ".join(_plain(block.text) for block in original.blocks) if original else ""
            if _plain(word) not in known and (other := _foreign(word.lower(), base, knows)):
                message = f"“{word}” is no word of this page's language ({base}) but of another ({other}); translate it."
                yield Finding("translation-foreign-word", document.file, block.span, message, document.lang, word)


def _candidates(block: Block) -> Iterator[str]:
    if block.kind == "fence" or block.text.isascii():
        return
    for word in _WORD.findall(without(block.text, (*block.codes, *block.names))):
        if not word.isascii() and (word.islower() or word.istitle()):
            yield word


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """A text without accents and capitals."""
    return _BEYOND_ASCII.sub(_without_accents, text.casefold())


def _without_accents(match: re.Match[str]) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", match[0]) if not unicodedata.combining(c))


@cache
def _tell(base: str) -> frozenset[str]:
    """The letters of which each word that may be foreign has one."""
    letters = "".join(letters for lang, letters in _LETTERS.items() if lang != base and lang not in _NEIGHBOURS[base])
    return frozenset(letters) | frozenset(letters.replace("ß", "").upper())


@cache
def _suspects(word: str, base: str) -> tuple[str, ...]:
    """The languages that a word may be of by its letters, if one of them is no neighbour of its page's."""
    special = {letter for letter in word if not letter.isascii()}
    likely = tuple(lang for lang, letters in _LETTERS.items() if lang != base and special <= set(letters))
    return likely if set(likely) - _NEIGHBOURS[base] else ()


@cache
def _foreign(word: str, base: str, knows: Knows) -> str:
    """The language a word is of, if it is clearly not of its page's.

    A dictionary is asked only where those before it leave no other way: the own one first for a word that its letters allow to be in it,
    last for others.
    """
    if set(word) - set(ascii_lowercase) <= set(_LETTERS[base]) and knows(word, base):
        return ""
    likely = _suspects(word, base)
    others = [lang for lang in likely if lang not in _NEIGHBOURS[base] and knows(word, lang)]
    if len(others) != 1 or any(knows(word, lang) for lang in (base, *likely) if lang != others[0]):
        return ""
    return others[0]
