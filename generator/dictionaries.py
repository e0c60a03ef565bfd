"""The words that a language has: simplemma's dictionaries (MIT), kept in the cache in a form that takes a hundredth of the time to load."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Final

from msgspec import Struct

from generator.cache import Cache, key_of
from generator.workers import Crew

_MOST: Final = 1 << 17
"""Words whose answer is kept."""
_BLOCK: Final = 4096
"""Bytes of words that are looked through at once."""


class Dictionaries(Struct, frozen=True, eq=False):
    """The dictionaries of all languages, each fetched when it is first asked."""

    cache: Cache

    def knows(self, word: str, lang: str) -> bool:
        """Whether a language (`es`, one that simplemma has) has a word, at the beginning of a sentence or within."""
        return _knows(self.cache, word, lang)

    def prepare(self, langs: Iterable[str], workers: Crew) -> None:
        """Make those dictionaries that are not there yet, side by side, the largest first: worker by worker would make each of them."""
        missing = [lang for lang in langs if not self.cache.has(_key(lang))]
        for _ in workers.run(_prepared, [(self.cache, lang) for lang in sorted(missing, key=_size, reverse=True)]):
            pass

    def get_dictionary(self, lang: str) -> Words:
        """A dictionary, as simplemma's lookup asks for it."""
        return _words(self.cache, lang)


class Words(Mapping[str, str]):
    """Words, each standing for itself."""

    def __init__(self, lines: bytes) -> None:
        """Take words in the order of their bytes, a line feed before the first and after each."""
        self.lines = lines
        last = len(lines) - 1
        self._starts = sorted({lines.index(b"\n", place) for place in range(0, last, _BLOCK)} - {last})
        self._ends = [*(start + 1 for start in self._starts[1:]), len(lines)]
        self._firsts = [lines[start + 1 : lines.index(b"\n", start + 1)] for start in self._starts]

    def __getitem__(self, word: str) -> str:
        """The word, if it is there. Raises KeyError."""
        line = word.encode("utf-8", "surrogatepass")
        block = bisect_right(self._firsts, line) - 1
        if block < 0 or b"\n" in line or self.lines.find(b"\n%b\n" % line, self._starts[block], self._ends[block]) < 0:
            raise KeyError(word)
        return word

    def __iter__(self) -> Iterator[str]:
        """All words, in the order of their bytes."""
        return iter(self.lines.decode().split("\n")[1:-1])

    def __len__(self) -> int:
        """How many there are."""
        return self.lines.count(b"\n") - 1


def words(lang: str) -> Words:
    """The words of one of simplemma's dictionaries."""
    from simplemma.strategies.dictionaries.dictionary_factory import DEFAULT_DICTIONARY_FACTORY  # noqa: PLC0415  few builds make one

    # Code points sort as their UTF-8 does.
    return Words("\n".join(("", *sorted(DEFAULT_DICTIONARY_FACTORY.get_dictionary(lang)), "")).encode())


@lru_cache(maxsize=_MOST)
def _knows(cache: Cache, word: str, lang: str) -> bool:
    from simplemma.strategies.dictionary_lookup import DictionaryLookupStrategy  # noqa: PLC0415  many builds ask none

    lookup = DictionaryLookupStrategy(Dictionaries(cache))
    return lookup.get_lemma(unicodedata.normalize("NFC", word), lang) is not None


@lru_cache
def _words(cache: Cache, lang: str) -> Words:
    return Words(cache.blob(_key(lang), lambda: words(lang).lines))


def _prepared(task: tuple[Cache, str]) -> None:
    cache, lang = task
    cache.write(_key(lang), words(lang).lines)


def _size(lang: str) -> tuple[int, str]:
    from simplemma.strategies.dictionaries.dictionary_factory import DATA_FOLDER  # noqa: PLC0415  few builds make one

    return (DATA_FOLDER / f"{lang}.plzma").stat().st_size, lang


def _key(lang: str) -> str:
    return key_of("dictionary", lang)
