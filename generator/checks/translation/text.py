"""No text is lost or left as it was, and its marks survive."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from html.entities import html5
from typing import Final

from msgspec.structs import replace

from generator.checks.translation.code import placeheld
from generator.checks.translation.comparison import Comparison, bare
from generator.checks.translation.parts import without
from generator.findings import shorten
from generator.model import Block, Finding, LinkKind, Page
from generator.parse.text import clean

_QUOTED: Final = re.compile(r"[\"“„«‘'‹][^\"“”„«»‘’'‹›]{2,}[\"”“»’'›]")
_QUOTES_ONLY: Final = re.compile("[\"“”„«»‘’'\\s.,]*[\"“”„«»‘’'][\"“”„«»‘’'\\s.,]*")
"""What stands between asterisks where the words in bold were lost and their quotation marks were not."""
_MARKS: Final = ".,;:!?()[]{}*_\"'“”„«»‘’…"
_PLACEHOLDER: Final = re.compile(r"\{\d*\}?|\d*\}")
"""What programs that translate put in place of marks, and sometimes leave."""
_BRACE: Final = re.compile(r"[{}]")
_BRACED: Final = re.compile(r"\{+[#$][^{}]*\}*|^\{\{\s*[A-Za-z][\w-]*\s*\}\}$")
"""Marks of the dialect, which have findings of their own."""
_ENTITY: Final = re.compile(r"&(?:amp[;；])*(?P<name>[A-Za-z]{2,8}|#\d{2,5}|#x[0-9A-Fa-f]{2,5})[;；]")
"""An entity that is shown as its letters: with a full-width semicolon, or written twice."""
_UNDERSCORED: Final = re.compile(r"(?<![_A-Za-z0-9])_(?=\S)([^_\n]*[^_\s])_(?![_A-Za-z0-9])")
_PLAIN: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SUFFIX: Final = re.compile(r"[(\"'“*]*\.[a-z]")
"""The ending of a file's name: no word."""
_FIRST: Final = re.compile(
    r"(?:^|[.!?:。！？：]\s*)(The|This|Your|An|(?:From|In|On|To) the|Go to|For (?:more|example)|(?:If|When) you|You (?:can|must))\s+(?!\w*[A-Z])", re.MULTILINE
)
"""English words that begin a sentence by themselves; before a capital they are part of a name."""
_BEGIN: Final = ("The ", "This ", "Your ", "An ", " the ", "Go to ", "For more ", "For example ", "If you ", "When you ", "You ")
"""What a text has to have for a quick look."""
_AN: Final = frozenset({"ja", "zh", "ko", "es", "it", "pt"})
"""Languages without a word “an”."""
_STRESSED: Final = frozenset({"not", "must", "cannot", "do not", "never", "should"})
_GRAMMAR: Final = frozenset({
    "cannot", "does", "how", "if", "is", "its", "my", "our", "that", "the", "these", "this", "what", "when", "where", "which", "why", "your",
})  # fmt: skip
"""English words that make of a few a phrase and no name."""
_RUN: Final = 7
"""So many words of the reference in a row are no chance."""
_SCRIPTS: Final = {
    "ja": {"HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "CJK"}, "zh": {"CJK"}, "ko": {"HANGUL", "CJK"}, "ru": {"CYRILLIC"}, "uk": {"CYRILLIC"},
    "bg": {"CYRILLIC"}, "sr": {"CYRILLIC"}, "el": {"GREEK"}, "ar": {"ARABIC"}, "fa": {"ARABIC"}, "ur": {"ARABIC"}, "he": {"HEBREW"},
    "th": {"THAI"}, "hi": {"DEVANAGARI"}, "mr": {"DEVANAGARI"}, "bn": {"BENGALI"}, "ta": {"TAMIL"}, "ka": {"GEORGIAN"}, "hy": {"ARMENIAN"},
}  # fmt: skip
_KNOWN: Final = frozenset().union(*_SCRIPTS.values())
_RUNS: Final = re.compile(r"[^\x00-\u036f\u2000-\u2bff\u3000-\u303f\ufe00-\ufe0f\uff00-\uff20\U0001f000-\U0001ffff]+")


def text_is_there(pages: Comparison) -> Iterator[Finding]:
    """A block with words has words in its translation."""
    for _, block, other in pages.pairs:
        if not other.text.strip() and any(c.isalnum() for c in block.text) and block.kind != "fence":
            message = f"The text “{shorten(block.text)}” of the reference (line {block.span.line}) is missing here; translate it."
            yield pages.finding("translation-empty", other.span, message)


def emphasis_survives(pages: Comparison) -> Iterator[Finding]:
    """No asterisks of emphasis are shown that the reference does not show."""
    stray = [problem for problem in pages.translation.document.problems if problem.code == "emphasis-debris"]
    for _, block, other in pages.pairs:
        if block.kind != "fence" and "**" in other.text and "**" not in block.text and not any("**" in code for code in other.codes):
            message = "These asterisks pair with nothing and are shown as they are; the reference has them round the words in bold."
            lines = range(other.span.line, max(other.span.end_line, other.span.line + 1))
            here = [problem for problem in stray if problem.span.line in lines]
            for problem in [problem for problem in here if problem.suggestion] or here[:1]:
                yield pages.finding("translation-emphasis", problem.span, message, problem.target if problem.suggestion else "**", problem.suggestion)
            if not here:
                yield pages.finding("translation-emphasis", other.span, message, "****" if "****" in other.text else "**")
        elif "**" not in other.text and any(not text or _QUOTES_ONLY.fullmatch(text) for text in other.strong) and _bold(other) < _bold(block):
            yield pages.finding("translation-emphasis", other.span, "The bold here holds no words; the reference has them in it.", "**")


def _bold(block: Block) -> int:
    """How many pieces of bold hold a word."""
    return sum(1 for text in block.strong if any(c.isalnum() for c in text))


def placeholders_are_gone(pages: Comparison) -> Iterator[Finding]:
    """No braces are shown where the reference shows none."""
    for block, other in pages.prose:
        if _BRACE.search(block.text) or not _BRACE.search(other.text):
            continue
        if held := placeheld(block, other):
            message = f"“{held[0]}” stands for the code {held[1]}."
            yield pages.finding("translation-debris", other.span, message, held[0], "" if other.kind == "cell" else f"`{held[1]}`")
        elif left := _PLACEHOLDER.search(_BRACED.sub(" ", bare(other))):
            message = f"“{left[0]}” is shown here, and the reference shows no braces. Remove it, or write the mark that it is left of."
            yield pages.finding("translation-debris", other.span, message, left[0])


def entities_are_read(pages: Comparison) -> Iterator[Finding]:
    """No entity is shown as letters where the reference shows none."""
    for block, other in pages.prose:
        if "&" not in other.text or _ENTITY.search(block.text):
            continue
        for shown in _ENTITY.finditer(bare(other)):
            name = shown["name"]
            if name[0] != "#" and f"{name};" not in html5:
                continue
            why = "its semicolon is a full-width one" if "；" in shown[0] else "its & is written &amp;"
            message = f"“{shown[0]}” is shown as these letters: {why}. Write &{name};."
            yield pages.finding("translation-debris", other.span, message, shown[0], f"&{name};")


def underscores_are_read(pages: Comparison) -> Iterator[Finding]:
    """No underscores of emphasis are shown where the reference shows none: between letters they make none."""
    for block, other in pages.prose:
        if "_" in block.text or "_" not in other.text:
            continue
        for shown in _UNDERSCORED.finditer(bare(other)):
            right = f"*{shown[1]}*" if shown[1][0].isalnum() and shown[1][-1].isalnum() else ""
            message = f"“{shorten(shown[0])}” is shown with its underscores, since a letter stands beside them; use asterisks."
            yield pages.finding("translation-emphasis", other.span, message, shown[0], right)


def pictures_are_whole(pages: Comparison) -> Iterator[Finding]:
    """A picture that stands alone does so in each language: the words of its description are not left beside it."""
    for _, block, other in pages.pairs:
        if block.kind == "fence" or not _is_picture(pages.original, block) or len(other.links) != 1 or _is_picture(pages.translation, other):
            continue
        picture = pages.translation.document.links[other.links[0]]
        if picture.kind is LinkKind.IMAGE and any(letter.isalnum() for letter in other.text.replace(picture.text, "", 1)):
            message = f"Words stand beside this picture; the reference (line {block.span.line}) has all of them in its description. Write ![words](address)."
            yield pages.finding("translation-link", other.span, message)


def _is_picture(page: Page, block: Block) -> bool:
    """Whether a block is a picture with its description and no more."""
    links = [page.document.links[number] for number in block.links]
    return len(links) == 1 and links[0].kind is LinkKind.IMAGE and bool(links[0].text) and clean(links[0].text) == block.text.strip()


def labels_survive(pages: Comparison) -> Iterator[Finding]:
    """A text names no fewer labels of the interface than its reference; more are a mark that the reference lacks."""
    for _, block, other in pages.pairs:
        here, there = _worded(block.labels), _worded(other.labels)
        if len(there) < len(here) and other.text:
            many = "1 label" if len(here) == 1 else f"{len(here)} labels"
            ours, theirs = ", ".join(here) or "none", ", ".join(there) or "none"
            message = f"The reference marks {many} of the interface here ({shorten(ours)}), this text {len(there)} ({shorten(theirs)})."
            yield pages.finding("translation-label", other.span, message)


def _worded(labels: Sequence[str]) -> list[str]:
    """Labels that have a letter or a digit; a sign such as + may be described instead."""
    return [label for label in labels if any(c.isalnum() for c in label)]


def text_is_translated(pages: Comparison) -> Iterator[Finding]:
    """No sentence is left in the language of the reference."""
    if pages.base == pages.original.document.lang.split("-")[0].lower():
        return
    english = pages.original.document.lang.split("-")[0].lower() == "en"
    for block, other in pages.prose:
        run: list[str] = []
        theirs: list[str] = []
        same = block.text == other.text
        if same or len(_low(block.text).intersection(other.text.split())) > 2:  # noqa: PLR2004  a quick look before the slow one
            theirs = _sentence(other)
            run = theirs if same and english and _is_phrase(theirs) else _run(_sentence(block), theirs, pages.identifiers.frequent)
            run = run or next(_lines(block, other, pages.identifiers.frequent), [])
        if run:
            message = f"“{shorten(_as_written(run, other.text))}” is left in the language of the reference; translate it."
            yield pages.finding("translation-untranslated", other.span, message, "" if len(run) >= len(theirs) - 1 else run[0])
        elif english and block.text != other.text and (word := _left(block, other, pages.base)):
            said = shorten(re.split(rf"(?<!\w){re.escape(word)}(?!\w)", other.text, maxsplit=1)[-1], 40)
            message = f"“{word}{'' if word in _STRESSED else f' {said}'}” is left in the language of the reference; translate it."
            yield pages.finding("translation-untranslated", other.span, message, word)


def _lines(block: Block, other: Block, frequent: frozenset[str]) -> Iterator[list[str]]:
    """The words of lines that a cell has in common with its reference, line by line."""
    ours, theirs = block.text.split("\n"), other.text.split("\n")
    if len(ours) == len(theirs) > 1:
        for one, line in zip(ours, theirs, strict=True):
            if one == line and (run := _run(words := _sentence(replace(other, text=line)), words, frequent)):
                yield run


def _as_written(words: list[str], text: str) -> str:
    """The shortest piece of a text that has these words one after the other, with what stands between them."""
    pieces = []
    for match in re.finditer(rf"(?<!\w){re.escape(words[0])}", text):
        end = match.start()
        for word in words:
            at = text.find(word, end)
            if at < 0:
                break
            end = at + len(word)
        else:
            pieces.append(text[match.start() : end])
    return min(pieces, key=len, default=" ".join(words))


def _left(block: Block, other: Block, base: str) -> str:
    """A word of English grammar before words of another language: the first of a sentence, or one in bold."""
    if stressed := next((text for text in other.strong if text in _STRESSED and text in block.strong), ""):
        return stressed
    text = other.text
    if not any(word in text for word in _BEGIN):
        return ""
    text = without(text, (*other.codes, *other.names, *other.labels), "…")
    return next((match[1] for match in _FIRST.finditer(text) if f"{match[1]} " in block.text and (match[1] != "An" or base in _AN)), "")


@lru_cache(maxsize=4096)
def _low(text: str) -> frozenset[str]:
    """The words in lower case of a text of the reference."""
    return frozenset(word for word in text.split() if word.islower())


def _sentence(block: Block) -> list[str]:
    """The words of a block, without code, labels, names, addresses, formulas and what is quoted."""
    text = without(bare(block), (*block.labels, *block.names))
    stripped = (part.strip(_MARKS) for part in _QUOTED.sub(" ", text).split() if not _SUFFIX.match(part))
    return [word for word in stripped if _PLAIN.fullmatch(word)]


def _is_phrase(words: Sequence[str]) -> bool:
    """Whether a few English words are more than a name, whatever their capitals."""
    return len(words) > 2 and not _GRAMMAR.isdisjoint(word.lower() for word in words)  # noqa: PLR2004  two words may be a name


def _run(ours: list[str], theirs: list[str], frequent: frozenset[str]) -> list[str]:
    """The first words of the reference that stand in the translation as they are: the whole of a sentence, or many in a row."""
    if ours == theirs:
        low = [word for word in ours if word.islower()]
        return ours if len(low) > 5 or (len(low) > 2 and any(word in frequent for word in low)) else []  # noqa: PLR2004  two words may be a name
    if len(theirs) < _RUN or len(ours) < _RUN:
        return []
    grams = {tuple(ours[i : i + _RUN]) for i in range(len(ours) - _RUN + 1)}
    for i in range(len(theirs) - _RUN + 1):
        gram = tuple(theirs[i : i + _RUN])
        if gram in grams and sum(1 for word in gram if word in frequent) > 1 and sum(1 for word in gram if word.islower()) >= _RUN - 2:
            end = i + _RUN
            while end < len(theirs) and tuple(theirs[end - _RUN + 1 : end + 1]) in grams:
                end += 1
            return theirs[i:end]
    return []


def scripts_are_the_languages(pages: Comparison) -> Iterator[Finding]:
    """A text is written in the scripts of its language; what the reference has in another script may stay."""
    own = _SCRIPTS.get(pages.base, set())
    if pages.base == "zh":
        own = {"CJK"}
    strangers = _KNOWN - own
    for block, other in pages.prose:
        if other.text.isascii() or not _RUNS.search(other.text) or strangers.isdisjoint(map(_script, set(other.text))):
            continue
        for match in _RUNS.finditer(other.text):
            strange = "".join(c for c in match[0] if _script(c) in strangers)
            if strange and strange not in block.text and (len(strange) > 1 or _script(strange) not in ("GREEK", "CYRILLIC")):
                message = f"“{strange}” is written in another script ({_script(strange[0]).capitalize()}) than this page's language."
                yield pages.finding("translation-script", other.span, message, strange)
                break


@cache
def _script(character: str) -> str:
    """The script of a letter, as Unicode's names say it."""
    if not character.isalpha():
        return ""
    return unicodedata.name(character, "").split(" ")[0]
