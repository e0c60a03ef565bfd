"""What counts as a name that nobody translates: learnt from the reference's code, its columns of names, and shapes."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Final

from msgspec import Struct

from generator.checks.translation.parts import without
from generator.checks.translation.words import Knows
from generator.config import Config
from generator.model import Page, Table

_WORD: Final = re.compile(r"[^\W\d_][^\W_]*(?:[’'-][^\W\d_]+)*")
_TOKEN: Final = re.compile(r"-{0,2}[A-Za-z_@$][\w.:@$-]*\w|[A-Za-z]")
_LETTERS: Final = "A-Za-z0-9_À-ɏ"
_PUNCTUATION: Final = ".,;!?()\"'“”"
_LOW: Final = re.compile(r"[a-z][a-z0-9_.-]+")
_COMMAND: Final = re.compile(rf"(?<![{_LETTERS}@/.:-])([a-z][a-z0-9_.-]+)(?= (-{{0,2}}[a-z][a-z0-9_-]+)(?![{_LETTERS}]))")
"""A word and the one after it, which may begin the next."""
_PART: Final = re.compile(r"[A-Z]?[a-z]+")
_LETTER: Final = re.compile(f"[{_LETTERS}]")
_ENDING: Final = re.compile(f"(?:s|es|n|en|e|er)?(?![{_LETTERS}])")
_FILES: Final = (
    "xml|json|yaml|yml|ini|conf|cfg|cnf|config|properties|log|txt|csv|sql|sh|bat|cmd|ps1|exe|dll|so|jar|war|js|jssp|jsp|php|py|rb|pl|css|html?"
    "|xsl|xslt|xsd|wsdl|zip|gz|tgz|tar|bz2|rpm|deb|msi|iso|pem|crt|cer|key|pub|p12|pfx|jks|pid|service|sock|db|bak|tmp|old"
)
_SPOKEN: Final = frozenset({"bat", "config", "jar", "key", "log", "old", "properties", "pub", "service", "so", "war"})
"""Endings that are words, too: behind a frequent word they may begin a sentence that lacks its blank."""
_ARTICLES: Final = frozenset({"a", "an", "and", "any", "each", "of", "or", "the", "this", "your"})
"""Words before an ending (the .zip) whose blank was forgotten."""
_SHAPES: Final = re.compile(
    rf"""\$\([^()\s]+\)                                          # $(variable)
    | %(?:\d\$)?[sd](?![{_LETTERS}]) | \{{\d+\}} | \{{\{{[\w.]+\}}\}}   # %s {{1}} {{{{name}}}}
    | (?<![{_LETTERS}.])@[A-Za-z][\w-]*\w                         # @attribute
    | (?<![{_LETTERS}@$\\/.:-])(?:
      (?:/[A-Za-z_.][\w.-]*){{2,}}/?                             # /etc/hosts
    | [A-Za-z]:\\[\w.\\-]+                                       # C:\\folder
    | urn(?::[\w.-]*\w){{2,}}                                     # urn:oid:1.2
    | [A-Za-z]\w*(?:::[A-Za-z]\w*)+                               # Ns::Name
    | [A-Za-z]+:[a-z]\w*(?:@[\w.-]+\w)?(?![\w:/])                # ns:name
    | (?:\w[\w.-]*/)*[\w.-]*[A-Za-z0-9]\.(?:{_FILES})(?![{_LETTERS}])  # file.ext, folder/file.ext
    | (?P<owner>[a-z][a-z0-9]*)/(?P=owner)(?:-[a-z0-9]+){{2,}}      # owner/owner-big-package
    | [a-z][a-z0-9]*/[a-z0-9]+(?:-[a-z0-9]+)+(?=[ ]v?\d+\.\d)    # owner/package-name 1.2
    | [A-Za-z][\w.-]*=[A-Za-z0-9][\w.-]*                         # key=value
    | (?:[A-Za-z]\w*/)?(?:[A-Za-z0-9]+_\w*|_+[A-Za-z0-9]\w*)                 # a_b
    | (?:[a-z]+-)*[a-z]+[A-Z][A-Za-z0-9]*                        # camelCase
    | [A-Z]+[a-z]+[A-Z][A-Za-z0-9]*                              # PascalCase; two parts count where code has them
    )(?![{_LETTERS}])""",
    re.VERBOSE | re.ASCII,
)
_MARKED: Final = re.compile(r"[_@$%{\\:/=]|[A-Za-z0-9]\.[a-z]|[a-z][A-Z]")
"""What every shape has one of: a quick look before the slow one."""
_BEHIND: Final = ("?", "#", "&")
_ADDRESS: Final = re.compile(r"://\S*$")
"""What stands before a part of an address that each language may have its own of."""
_WHOLE: Final = re.compile(r"[\w.:@$()%/\\<>\[\]{}*+=|,#&?!'\"-]+")
_BRAND: Final = re.compile(r"[a-z][A-Z][a-z]+|[A-Z]+[a-z]+[A-Z]+[a-z]*|[a-z]{1,3}(?:OS|ID|TV)")
_CODE: Final = r"^(?P<code>(?=\S*[^\W\d])\S*\d\S*)$"
"""A cell that is one error code with a letter in it: what is a number alone is compared as such."""
_ORDINARY: Final = 0.02
"""A word that this share of pages has in its prose is an ordinary word, even if it is a name elsewhere."""
_FREQUENT: Final = 0.5
_DICTIONARIES: Final = frozenset({"en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "sv", "cs", "da", "fi", "nb"})


NameColumn = tuple[tuple[str, ...], str, str]
"""The headers of a table in the order of the alphabet (lower case), one of them below which names stand, and the expression that
finds the code in its cells: empty where the whole cell is the name."""


class Learnt(Struct, frozen=True):
    """What pages of the reference say about names: words in code, commands, and how many pages have a word in their prose (lower case).

    `odd` are those that might be plain words, of the code and of the prose, and that the dictionary of the language lacks.
    """

    codes: frozenset[str]
    commands: frozenset[str]
    words: Mapping[str, int]
    odd: frozenset[str]
    pages: int = 1


class Identifiers(Struct, frozen=True):
    """Names that are the same in every language.

    `codes` are words seen in code, `commands` a program with its first argument, `programs` what commands begin with,
    `ordinary` words that are also plain words of the language, `frequent` its most frequent ones,
    `declared` those of site.yml, `columns` what it says of the columns of tables.
    """

    codes: frozenset[str]
    commands: frozenset[str]
    programs: frozenset[str]
    ordinary: frozenset[str]
    frequent: frozenset[str]
    declared: frozenset[str]
    columns: frozenset[NameColumn]

    @property
    def digest(self) -> str:
        """A hash of all of it, the same in every run."""
        parts = (self.codes, self.commands, self.programs, self.ordinary, self.frequent, self.declared, map(repr, self.columns))
        return hashlib.sha256("\0\0".join("\0".join(sorted(part)) for part in parts).encode()).hexdigest()

    def is_name(self, text: str) -> bool:
        """Whether a text without blanks is a name by itself: by its shape, by site.yml, or since code has it and prose does not."""
        if text in self.declared or shaped(text) == text:
            return True
        return text in self.codes and text not in self.ordinary and (text.islower() or not text.isalpha())

    def is_argument(self, word: str) -> bool:
        """Whether a word is the first argument of a known program."""
        return any(f"{program} {word}" in self.commands for program in self.programs)

    def in_text(self, text: str) -> Iterator[str]:
        """The names in a text, each as often as it stands there; those that may be brands once, since other words may stand for them."""
        seen = set()
        for match in _SHAPES.finditer(text) if _MARKED.search(text) else ():
            name = match[0].rstrip(".-")
            key, equals, _ = name.partition("=")
            if text[match.start() - 1 : match.start()] in _BEHIND and _ADDRESS.search(text, 0, match.start()):
                continue
            if len(name) < 3 and text[: match.start()].rstrip()[-1:].isdigit():  # noqa: PLR2004  a unit of measure behind its number
                continue
            word, dot, ending = name.partition(".")
            if (word in self.frequent and (not dot or ending in _SPOKEN or word in _ARTICLES)) or (equals and len(key) > 2 and key in self.ordinary):  # noqa: PLR2004  shorter words are chance
                continue
            brand = _BRAND.fullmatch(name)
            if not brand or (name in self.codes and name not in seen):
                seen.add(name)
                yield name
        if self.declared:
            yield from _any_of(self.declared).findall(text)
        yield from self._commands(text)

    def _commands(self, text: str) -> Iterator[str]:
        """The commands in a text whose program is known and whose argument is, too, or is a name."""
        end = 0
        for match in _COMMAND.finditer(text) if self.programs else ():
            program, argument = match[1], match[2]
            if program in self.programs and match.start() >= end:
                end = match.end(2)
                if f"{program} {argument}" in self.commands or self.is_name(argument):
                    yield f"{program} {argument}"


@lru_cache(maxsize=4096)
def counted(identifiers: Identifiers, text: str) -> Counter[str]:
    """The names in a text of the reference, and how often each stands there: the same for all its translations."""
    return Counter(identifiers.in_text(text))


def shaped(text: str) -> str:
    """The part of a text that looks like a name, or nothing."""
    match = _SHAPES.match(text)
    return match[0] if match and not _BRAND.fullmatch(match[0]) else ""


@lru_cache(maxsize=1 << 16)
def candidates(word: str) -> tuple[str, ...]:
    """Whatever of a text between two blanks may be looked up among names: itself, and what the patterns of names and commands find in it."""
    bare = word.strip(_PUNCTUATION)
    if bare.isalpha() and bare.isascii():
        return (word, bare)
    shapes = (match[0].rstrip(".-") for match in _SHAPES.finditer(word) if _MARKED.search(word))
    return (word, *_TOKEN.findall(word), *_LOW.findall(word), *shapes)


def parts_of(name: str) -> list[str]:
    """The parts of a name that was run together of words: `start`, `Date` of `startDate`."""
    return _PART.findall(name)


def words(text: str) -> list[str]:
    """The words of a prose, as written."""
    return _WORD.findall(text)


def needed(lang: str) -> frozenset[str]:
    """The dictionaries that are asked for the words of a reference in a language."""
    return frozenset({lang.split("-", maxsplit=1)[0].lower()}) & _DICTIONARIES


def learn(page: Page, knows: Knows) -> Learnt:
    """What one page teaches; `knows` says which words a language has."""
    codes: set[str] = set()
    commands: set[str] = set()
    prose: set[str] = set()
    for block in page.blocks:
        lines = block.text.split("\n") if block.kind == "fence" else block.codes
        for line in lines:
            found = _TOKEN.findall(line)
            codes.update(found)
            commands.update(_command(line))
        if block.kind != "fence":
            bare = without(block.text, (*block.codes, *block.strong))
            prose.update(word for word in words(bare) if word.islower())
    base = page.document.lang.split("-")[0].lower()
    odd = {word for word in prose | _plain_words(codes) if not _is_in_dictionary(word, base, knows)} if base in _DICTIONARIES else ()
    return Learnt(frozenset(codes), frozenset(commands), dict.fromkeys(prose, 1), frozenset(odd))


def _plain_words(codes: Iterable[str]) -> set[str]:
    return {word for word in codes if word.isalpha() and word.islower()}


@lru_cache(maxsize=1 << 16)
def _is_in_dictionary(word: str, base: str, knows: Knows) -> bool:
    return all((len(parts) > 1 and len(part) < 4) or knows(part, base) for parts in (word.split("-"),) for part in parts)  # noqa: PLR2004  short parts of a compound say nothing


def _command(line: str) -> Iterator[str]:
    parts = line.split()
    if len(parts) > 1 and re.fullmatch(r"[a-z][a-z0-9_.-]+", parts[0]) and re.fullmatch(r"-{0,2}[a-z][a-z0-9_-]+", parts[1]):
        yield f"{parts[0]} {parts[1]}"


def together(parts: Iterable[Learnt]) -> Learnt:
    """What some pages say, as one."""
    codes: set[str] = set()
    commands: set[str] = set()
    words: Counter[str] = Counter()
    odd: set[str] = set()
    pages = 0
    for part in parts:
        pages += part.pages
        odd |= part.odd
        codes |= part.codes
        commands |= part.commands
        words.update(part.words)
    return Learnt(frozenset(codes), frozenset(commands), words, frozenset(odd), pages)


def gather(known: Learnt, config: Config) -> Identifiers:
    """Everything that the pages of the reference taught together, and what site.yml declares."""
    codes, commands, frequency, odd, count = known.codes, known.commands, known.words, known.odd, known.pages
    base = (config.reference.lang if config.reference else "").split("-")[0].lower()
    arguments = Counter(command.split()[0] for command in commands)
    # An ordinary word is one of its language: by the dictionary, or by its frequency where there is none.
    often = {word for word, number in frequency.items() if number > _ORDINARY * max(count, 1)}
    ordinary = (frequency.keys() | _plain_words(codes)) - odd if base in _DICTIONARIES else often
    frequent = {word for word, number in frequency.items() if number >= count * _FREQUENT}
    return Identifiers(
        codes=codes,
        commands=commands,
        programs=frozenset(
            word for word, number in arguments.items() if number > 2 and word not in ordinary  # noqa: PLR2004  twice may be chance
        ),
        ordinary=frozenset(ordinary),
        frequent=frozenset(frequent),
        declared=frozenset(config.identifiers),
        columns=frozenset(_columns(config)),
    )


def _columns(config: Config) -> Iterator[NameColumn]:
    for kind in config.records:
        headers = tuple(sorted(_plain(column.header) for column in kind.columns))
        for column in kind.columns:
            if column.split or column.identifier or "code" in column.roles:
                yield headers, _plain(column.header), column.split or ("" if column.identifier else _CODE)


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def columns(tables: Sequence[Table], identifiers: Identifiers) -> Iterator[tuple[tuple[int, int], str]]:
    """The columns of a page of the reference that hold names: the ordinal of their table and their number, and what finds the name in a cell.

    A column of site.yml counts; else one of at least three cells, half of them names by shape or words of code, 70 % single words,
    60 % in lower case or shaped like a name. Tables with the same header are judged together.
    """
    alike: dict[tuple[str, ...], list[Table]] = {}
    for table in tables:
        header = tuple(_plain(cell.text) for cell in table.header)
        alike.setdefault(header or (f"table {table.ordinal}",), []).append(table)
    declared = {(headers, header): expression for headers, header, expression in identifiers.columns}
    for header, group in alike.items():
        known = {column: declared.get((tuple(sorted(header)), name)) for column, name in enumerate(header)}
        width = max((len(row.cells) for table in group for row in table.rows), default=0)
        for column in range(width):
            cells = [[row.cells[column] for row in table.rows if len(row.cells) > column and row.cells[column].text] for table in group]
            marked = sum(1 for row in cells for cell in row if cell.codes)
            expression = known.get(column)
            if 2 * marked >= sum(len(row) for row in cells) and expression is None:
                continue  # what is a name is marked as code, and checked as such
            texts = [[cell.text for cell in row] for row in cells]
            if not expression and _is_column(texts, identifiers):
                expression = ""
            if expression is not None:
                yield from (((table.ordinal, column), expression) for table in group)


def _is_column(cells: list[list[str]], identifiers: Identifiers) -> bool:
    """Whether the texts of a column, table by table, are names; names do not repeat in a table."""
    texts = [text for table in cells for text in table]
    if len(texts) < 3 or sum(len(set(table)) for table in cells) < 0.7 * len(texts):  # noqa: PLR2004  two cells are no pattern
        return False
    known = sum(1 for text in texts if shaped(text) == text or text in identifiers.codes)
    single = sum(1 for text in texts if _WHOLE.fullmatch(text))
    low = sum(1 for text in texts if text.islower() or shaped(text))
    numeric = sum(1 for text in texts if not any(c.isalpha() for c in text))
    count = len(texts)
    return known >= 0.5 * count and single >= 0.7 * count and low >= 0.6 * count and numeric < 0.5 * count


@cache
def _any_of(names: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![{_LETTERS}])(?:{'|'.join(re.escape(name) for name in sorted(names, key=len, reverse=True))})(?![{_LETTERS}])")


def stands(word: str, text: str) -> int:
    """How often a word stands in a text as it is, without an ending."""
    return len(re.findall(rf"(?<![{_LETTERS}]){re.escape(word)}(?![{_LETTERS}])", text))


def count(name: str, text: str) -> int:
    """How often a name stands in a text as a word of its own, with an ending of the language perhaps."""
    edges = [letter.isalnum() or letter == "_" for letter in (name[0], name[-1])]
    number = 0
    start = text.find(name)
    while start >= 0:  # a pattern for each name would cost ten times as much
        end = start + len(name)
        whole = not (edges[0] and start and _LETTER.match(text, start - 1)) and not (edges[1] and not _ENDING.match(text, end))
        number += whole
        start = text.find(name, end if whole else start + 1)
    return number
