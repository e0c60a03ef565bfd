"""Names, commands and options are the same in every language: an operator types them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import Final

from msgspec.structs import replace

from generator.cells import split_by
from generator.checks.translation.code import changed
from generator.checks.translation.comparison import Comparison, bare, folded
from generator.checks.translation.identifiers import Identifiers, count, counted, parts_of, shaped, stands
from generator.findings import shorten
from generator.model import Block, Finding, Page

_SURE: Final = 0.75
"""A word that is less alike is named, but no replacement is offered for it."""
_STOPS: Final = ".:,;"
_WIDE: Final = {"(": "（", ")": "）", "@": "＠", "$": "＄", "/": "／", "%": "％"}
_QUOTES: Final = re.compile('["“”„«»「」]')
_LOW: Final = re.compile(r"(?<![\w-])[a-z][a-z0-9_-]+(?![\w-])")
_STRESSED: Final = frozenset(
    {"all", "and", "any", "are", "before", "after", "both", "each", "every", "always", "must", "never", "not", "only", "same", "should", "this", "that", "the", "with", "your"}
)
"""Words in bold for the stress alone, even where code has them."""
_RUN_TOGETHER: Final = re.compile(r"(?=.*[a-z]{3})(?=.*[A-Z].*[A-Z])[A-Za-z][A-Za-z0-9]{4,}", re.ASCII)
"""A word of several that were run together, which may be a brand."""
_MISSPELT: Final = 0.8
"""How alike a name and what it became are where nothing but a letter or two was changed."""
_PLACEHOLDER: Final = re.compile(r"<[A-Za-z][\w .-]{1,29}>")
_OPTION: Final = re.compile(r"--?[a-z0-9][\w:-]*", re.ASCII)
_REMARK: Final = re.compile(r"([\w.:@-]{2,}) ?\(.*\)", re.ASCII)
_NOTED: Final = re.compile(r"[^\s()]{2,} ?\([^()]*\)")
_BRACKET: Final = re.compile("[(（]")
_ATTRIBUTE: Final = re.compile(r"(?<![\w.@])@([a-z][a-z0-9_-]+)(?![\w-]|\.\w)")
_BLANKS: Final = re.compile(r"\s+")
_PIECE: Final = re.compile(r"[^\s,;()（）、。「」“”„\"']+")
_LATIN: Final = re.compile(r"[^\s,;()（）、。「」“”„\"'\u2e80-\ud7ff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]+")
"""The same, but Chinese, Japanese and Korean end it: they put no blank round a name."""


def names_in_columns(pages: Comparison) -> Iterator[Finding]:
    """A cell of a column of names says what its reference says."""
    for pair, block, other in pages.pairs:
        if pages.is_name(pair) and _is_name_cell(block.text, pages.identifiers) and other.text:
            ours, theirs = _one_line(block.text), _one_line(other.text)
            if ours == theirs or ((remark := _REMARK.fullmatch(ours)) and theirs.startswith(remark[1])):
                continue
            if folded(ours) == folded(theirs):
                yield pages.finding("translation-case", other.span, f"“{theirs}” is written {ours}; it counts when it is typed.", theirs, ours)
            else:
                message = f"“{shorten(theirs)}” stands for {ours}, which is a name and is not translated."
                yield pages.finding("translation-identifier", other.span, message, theirs, ours)


def names_alone_in_cells(pages: Comparison) -> Iterator[Finding]:
    """A cell that is one name, whatever its column holds, has no other letters in a translation that left it a name."""
    for pair, block, other in pages.pairs:
        ours, theirs = block.text, other.text
        if pair.row < 1 or pages.is_name(pair) or ours == theirs or shaped(ours) or not (_RUN_TOGETHER.fullmatch(ours) and _RUN_TOGETHER.fullmatch(theirs)):
            continue
        if folded(ours) != folded(theirs) and SequenceMatcher(None, ours, theirs, autojunk=False).ratio() > _MISSPELT:
            message = f"“{theirs}” stands for {ours}, which is a name and is not translated."
            yield pages.finding("translation-identifier", other.span, message, theirs, ours)


def codes_in_columns(pages: Comparison) -> Iterator[Finding]:
    """The code that stands first in a cell, or alone, is the same in its translation."""
    for pair, block, other in pages.pairs:
        expression = pages.names.get((pair.table, pair.column)) if pair.row > 0 and other.text else ""
        code = split_by(expression, block.text).get("code") if expression else None
        if code is None or not any(c.isalnum() for c in code) or stands(code, other.text):
            continue
        near = split_by(str(expression), other.text).get("code", "")
        message = f"“{shorten(near)}” stands for the code {code}" if near else f"The code {code} of the reference is missing here"
        yield pages.finding("translation-identifier", other.span, f"{message}, which is not translated.", near, code)


def _is_name_cell(text: str, identifiers: Identifiers) -> bool:
    """Whether a cell of such a column is a name itself: its column may hold a remark here and there."""
    parts = text.split()
    return bool(parts) and any(c.isalpha() for c in text) and (len(parts) == 1 or all(identifiers.is_name(part) for part in parts))


def names_in_text(pages: Comparison) -> Iterator[Finding]:
    """Each name of a text stands in its translation, as often."""
    for block, other in pages.prose:
        if not other.text:
            continue
        text = bare(block)
        wanted = counted(pages.identifiers, text)
        for name, number in wanted.items():
            if name.isalnum() and name[0].isupper() and any(name in title != name and " " in title for title in (*block.labels, *block.strong)):
                continue
            if name[0] == "@" and name[-1] == "s" and count(name[:-1], other.text) and f"{name[:-1]} s" not in other.text:
                continue  # a plural of the reference's language
            if " " in name and (any(name in text for text in block.strong) or all(stands(word, other.text) >= stands(word, text) for word in name.split())):
                continue  # a command in bold is looked at below; else its words may stand in another order
            within = min(_in(name, block.codes), _in(name, other.codes)) + _within(name, wanted, other.text)
            if (stands if " " in name else count)(name, other.text) < number + within and not _is_behind_code(name, number + within, other):
                lost = _lost(pages, block, other, name)
                loose = _is_loose(name, block, pages.identifiers) or (f"<{name}>" in text and (not lost.target or not lost.suggestion))
                yield replace(lost, code="translation-keyword") if loose else lost
        if "<" in block.text:
            yield from _placeholders(pages, block, other)


def _is_behind_code(name: str, number: int, other: Block) -> bool:
    """Whether a translation has a name as often all the same, but right behind code, without a blank."""
    return bool(other.codes) and count(name, bare(other)) + _in(name, other.codes) >= number


def _is_loose(name: str, block: Block, identifiers: Identifiers) -> bool:
    """Whether a name may be prose: two plain words run together, not set apart."""
    parts = parts_of(name)
    if "".join(parts) != name or any(name in text for text in (*block.strong, *block.labels, *block.names)):
        return False
    return all(part.lower() in identifiers.ordinary or part.lower().rstrip("s") in identifiers.ordinary for part in parts)


def _within(name: str, wanted: Counter[str], text: str) -> int:
    """How often a name stands in a text as a part of longer ones that are wanted, too."""
    return sum(min(number, count(longer, text)) for longer, number in wanted.items() if longer != name and count(name, longer))


def _in(name: str, codes: Sequence[str]) -> int:
    return sum(count(name, code) for code in codes)


def _lost(pages: Comparison, block: Block, other: Block, name: str) -> Finding:
    rest = other.text
    for kept in sorted({kept for kept in pages.identifiers.in_text(block.text) if kept != name}, key=lambda kept: (-len(kept), kept)):
        rest = rest.replace(kept, " ")
    spelled = _respelled(name, rest)
    if spelled and spelled != name and not _is_wide(spelled):
        return pages.finding("translation-case", other.span, f"“{spelled}” is written {name}; it counts when it is typed.", spelled, name)
    near, ratio = (spelled, 1.0) if spelled != name and spelled else _nearest(name, rest, block.text)
    if near:
        message = f"“{near}” stands for {name}, which is a name and is not translated."
    elif name in rest:
        message = f"The reference names {name} more often than this text; put it back."
    else:
        message = f"The name {name} of the reference is missing here; names are not translated."
    return pages.finding("translation-identifier", other.span, message, near, name if not near or ratio > _SURE else "")


def _respelled(name: str, text: str) -> str:
    """The place of a text that differs from a name by capitals, blanks or marks only."""
    letters = [f"[{re.escape(c)}{_WIDE[c]}]" if c in _WIDE else re.escape(c) for c in name if c.isalnum() or c not in "_.:-"]
    between = r"[\s_.:：\u200b-]{0,3}"
    edge = "A-Za-z0-9"
    match = re.search(rf"(?<![{edge}]){between.join(letters)}(?![{edge}])", text, re.IGNORECASE) if letters else None
    return match[0].strip() if match else ""


def _is_wide(text: str) -> bool:
    """Whether marks of a name became those of Chinese or Japanese print: no machine takes them."""
    return any(wide in text for wide in ("：", *_WIDE.values()))


def _nearest(name: str, text: str, original: str) -> tuple[str, float]:
    """The word of a text that was most likely made of a name, and how alike they are, 0 to 1; not what the original has too."""
    known = {word.rstrip(_STOPS).casefold() for word in _PIECE.findall(original)}
    key, equals, _ = name.partition("=")
    same = {word.rstrip(_STOPS) for word in _PIECE.findall(text) if equals and word.startswith(f"{key}=")}
    same = {word for word in same if word.casefold() not in known and word != f"{key}="}
    if len(same) == 1:
        return same.pop(), 1.0
    best, found = 0.6, ""
    width = len(name.split())
    ends = {name[0], name[-1]}
    latin = (word for word in _LATIN.findall(text) if width == 1 and all(c.isalnum() or c in ends for c in (word[0], word[-1])))
    pieces = (_PIECE.findall(text), list(latin))
    for word in sorted({" ".join(parts[i : i + width]).rstrip(_STOPS) for parts in pieces for i in range(len(parts) - width + 1)}):
        if word and not (known >= {*word.casefold().split()}) and abs(len(word) - len(name)) <= max(4, len(name) // 2):
            ratio = SequenceMatcher(None, name.lower(), word.lower(), autojunk=False).ratio()
            if ratio > best:
                best, found = ratio, word
    return found, best


def _placeholders(pages: Comparison, block: Block, other: Block) -> Iterator[Finding]:
    """`<name>` may be translated, but not lost."""
    ours, theirs = _PLACEHOLDER.findall(block.text), _PLACEHOLDER.findall(other.text)
    if len(theirs) < len(ours) and other.text.count("<") < block.text.count("<"):
        lost = next((mark for mark in ours if mark not in theirs), ours[0])
        if any(lost in code for code, _, _ in changed(block, other)):
            return  # said with the code
        yield pages.finding("translation-identifier", other.span, f"The placeholder {lost} of the reference is missing here.", "", lost)


def marked_names(pages: Comparison) -> Iterator[Finding]:
    """What the reference marks as a name stands in the translation."""
    for block, other in pages.prose:
        for name in dict.fromkeys(block.names):
            if other.text and _one_line(name) not in _one_line(other.text):
                near = other.names[block.names.index(name)] if len(other.names) == len(block.names) else ""
                if folded(name) in folded(other.text):
                    yield pages.finding("translation-case", other.span, f"{name} is spelled differently here.", near or name, name)
                else:
                    message = f"The reference marks {name} as a name that is not translated; it is missing here."
                    yield pages.finding("translation-identifier", other.span, message, near, name)


def commands_in_bold(pages: Comparison) -> Iterator[Finding]:
    """A command, an option or a name in bold stands in the translation."""
    local = cache(lambda: code_words(pages.original))
    for block, other in pages.prose:
        if not other.text or not block.strong:
            continue
        there = _one_line(other.text)
        lost, new = [text for text in block.strong if text not in other.strong], [text for text in other.strong if text not in block.strong]
        for number, text in enumerate(block.strong):
            whole = _one_line(text)
            bold = _bare(whole) if _NOTED.fullmatch(whole) else whole
            typed = _is_command(bold, block, pages.identifiers)
            often = _one_line(block.text).count(bold) if bold.startswith("-") and text in lost else 1
            if there.count(bold) >= often or not (typed or _is_keyword(bold, block, pages.identifiers, local())):
                continue
            if any(name in bold for name in pages.identifiers.in_text(bare(block)) if " " not in name and count(name, other.text) == 0):
                continue  # said by names_in_text
            near = other.strong[number] if len(other.strong) == len(block.strong) and other.strong[number] not in block.strong else ""
            near = _bare(near) if bold != whole else near
            if not any(c.isalnum() for c in near):
                near = ""
            sure = not near or (len(set(lost)) == len(set(new)) == 1 and not _QUOTES.search(near) and len(near.split()) <= len(bold.split()) + 1)
            if _is_respelled(bold, block, there):
                near = near if folded(near) == folded(bold) else _respelled(bold, other.text)
                message = f"“{near or bold}” is written {bold}; it counts when it is typed."
                yield pages.finding("translation-case", other.span, message, near, bold)
            else:
                said = f"“{shorten(near)}” stands for" if near else "Here is missing"
                code, why = ("translation-identifier", "is typed") if typed else ("translation-keyword", "the code of this page uses")
                yield pages.finding(code, other.span, f"{said} {bold}, which {why}; it is not translated.", near, bold if sure else "")


def _bare(bold: str) -> str:
    """What stands before a remark in brackets."""
    return _BRACKET.split(bold, maxsplit=1)[0].rstrip()


def _is_respelled(bold: str, block: Block, there: str) -> bool:
    """Whether a translation has the letters of a bold word, but not the word, more often than its reference."""
    letters, text = folded(bold), _one_line(block.text)
    return folded(there).count(letters) - there.count(bold) > folded(text).count(letters) - text.count(bold)


def code_words(page: Page) -> frozenset[str]:
    """The words in lower case of a page's code, and the attributes that it names (@label)."""
    codes = (text for block in page.blocks for text in ((block.text,) if block.kind == "fence" else block.codes))
    attributes = frozenset(name for block in page.blocks if "@" in block.text for name in _ATTRIBUTE.findall(block.text))
    return attributes | frozenset(word for code in codes for word in _LOW.findall(code))


def _is_keyword(text: str, block: Block, identifiers: Identifiers, local: frozenset[str]) -> bool:
    """Whether a bold word is one of the page's code."""
    return text in local and len(text) > 2 and text not in identifiers.frequent and text not in _STRESSED and text not in block.labels  # noqa: PLR2004  shorter words are chance


def _is_command(text: str, block: Block, identifiers: Identifiers) -> bool:
    """Whether bold words are typed: a command of a known program, an option, or a word that code has and prose has not."""
    if text in block.labels or text in block.names or any(text in label for label in block.labels):
        return False
    parts = text.split()
    if not parts or not text.isascii():
        return False
    if len(parts) == 1:
        return bool(re.fullmatch(r"-{1,2}[a-z][\w-]*[a-z]", text) and text in identifiers.codes) or (
            text.islower() and text[0].isalpha() and len(text) > 2 and identifiers.is_name(text) and not shaped(text)  # noqa: PLR2004  shorter words are chance
        )
    return parts[0].islower() and (
        parts[0] in identifiers.programs
        or any(_OPTION.fullmatch(part) for part in parts[1:])
        or (" ".join(parts[:2]) in identifiers.commands and (parts[0] not in identifiers.ordinary or identifiers.is_name(parts[-1])))
        or (parts[0][0] == "/" and shaped(parts[0]) == parts[0] and identifiers.is_argument(parts[1]))
    )


def _one_line(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()
