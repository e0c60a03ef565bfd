"""Every page of a real corpus, whatever its language: nothing of the dialect is left, nothing is lost, everything is nested right.

The corpus lies outside of the project; these tests ask what must hold for any. A page is rendered once for all of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from msgspec import Struct

from generator.model import DocPath, Finding, Lang, Page, SourceFile
from generator.parse import parse
from generator.parse.comments import strip
from generator.parse.sanitize import ALLOWED, sanitize

pytestmark = pytest.mark.corpus

RESIDUE = re.compile(r"\[!|\{#|\{target|\{width|\{zoomable|\{style|\+\+\+|\{hide-from-toc\}|\{\{\$|\*\*|\]\(|^>", re.MULTILINE)
"""What the dialect writes and no reader should see."""
FAULTS = frozenset({"emphasis-debris", "dialect-unclosed", "dialect-unknown", "link-malformed", "html-repaired", "comment-unclosed"})
VOID = frozenset({"area", "br", "col", "hr", "img", "input", "wbr"})
INLINE = frozenset({"a", "abbr", "b", "code", "del", "em", "i", "ins", "kbd", "s", "small", "span", "strike", "strong", "sub", "sup", "tt", "u"})
WORD = re.compile(r"[^\W_]+")


class Visible(HTMLParser):
    """The words that a body shows, without those in code and in marks; what is nested wrong is kept in `faults`."""

    def __init__(self, body: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.prose: list[str] = []
        self.all: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.faults: list[str] = []
        self.feed(body)
        self.close()
        self.faults += [f"<{name}> is never closed" for name in self.open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.tags.append(tag)
        if "id" in values:
            self.ids.append(values["id"] or "")
        if tag == "img":
            self.all.append(f" {values.get('alt') or ''} ")
        if values.get("title"):
            self.all.append(f" {values['title']} ")
        if tag not in VOID:
            self.open.append(tag)
        if tag not in INLINE:
            self.prose.append("\n")
            self.all.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag not in INLINE:
            self.all.append("\n")
        self.tags.append(f"/{tag}")
        if tag in VOID:
            return
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> closes <{self.open[-1] if self.open else ''}>")
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.all.append(data)
        if not {"code", "pre"} & set(self.open):
            self.prose.append(data)


class Rendered(Struct, frozen=True):
    """A page of the corpus, its source, and what its body shows."""

    source: SourceFile
    page: Page
    shown: Visible

    @property
    def name(self) -> str:
        return self.source.file


@pytest.fixture(scope="module")
def pages(corpus: Path) -> Mapping[str, list[Rendered]]:
    return {folder.name: list(rendered(folder)) for folder in sorted(corpus.iterdir()) if folder.is_dir()}


def rendered(folder: Path) -> Iterator[Rendered]:
    for path in sorted(folder.rglob("*.md")):
        if path.name in ("TOC.md", "metadata.md", "README.md") or "_includes" in path.parts:
            continue
        source = SourceFile(Lang(folder.name), DocPath(path.name), str(path.relative_to(folder.parent)), path.read_text("utf-8"), "")
        page = parse(source)
        yield Rendered(source, page, Visible(page.body))


def test_there_is_a_corpus_in_several_languages(pages: Mapping[str, list[Rendered]]) -> None:
    assert len(pages) > 1
    assert all(len(found) > 100 for found in pages.values())


def test_no_residue_of_the_dialect_is_visible_but_where_a_finding_says_so(pages: Mapping[str, list[Rendered]]) -> None:
    unsaid = []
    for one in everything(pages):
        faults = [problem for problem in one.page.document.problems if problem.code in FAULTS]
        for line in "".join(one.shown.prose).split("\n"):
            unsaid += [f"{one.name}: {line.strip()[:160]}" for found in RESIDUE.finditer(line) if not said(one, line, found[0], faults)]
    assert unsaid == []


def said(one: Rendered, line: str, residue: str, faults: list[Finding]) -> bool:
    """Whether a finding stands on a source line that has the residue and words of the visible line."""
    lines = one.source.text.split("\n")
    words = [word for word in WORD.findall(line) if len(word) > 1]
    for fault in faults:
        written = unescape("\n".join(lines[fault.span.line - 1 : fault.span.end_line + 1]))
        if residue in written and any(word in written for word in words):
            return True
    return not words and any(residue in lines[fault.span.line - 1] for fault in faults)


def test_every_word_of_the_source_is_in_the_page_in_its_order(pages: Mapping[str, list[Rendered]]) -> None:
    lost = []
    for one in everything(pages):
        have = WORD.findall("".join(one.shown.all).replace("*", ""))
        want = WORD.findall(source_words(one))
        missing = first_missing(want, have)
        moved = not Counter(want) - Counter(have) and any(problem.code in FAULTS for problem in one.page.document.problems)
        if missing and not moved:
            lost.append(f"{one.name}: {missing}")
    assert lost == []


# A table whose text stands in no cell shows it above the table, as browsers do: moved, with a finding, not lost.


def first_missing(want: list[str], have: list[str]) -> str:
    """The first words of one list that the other has not behind all words before; empty if it has all."""
    at = 0
    for number, word in enumerate(want):
        try:
            at = have.index(word, at) + 1
        except ValueError:
            return " ".join(want[max(0, number - 4) : number + 3])
    return ""


LINK = re.compile(r"(!?\[(?:[^\[\]]|\[[^\[\]]*\])*\])\((?:<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+\"[^\"]*\")?\)")
ATTRIBUTES = re.compile(r"\{\s*(?:#|_blank|(?:target|width|height|align|zoomable|type|style|url|tooltip|modal|newtab|transcript)\s*=)[^{}\n]*\}")
MARKS = re.compile(r"\[!(?:UICONTROL|DNL|BADGE|TAB|BEGINSHADEBOX)\s+((?:[^\[\]]|\[[^\[\]]*\])*)\]")
LABEL = re.compile(r"\[![A-Z]+\](?:\([^()\n]*\)(?:\{[^{}\n]*\})?)?")
CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
FENCE = re.compile(r"^([ \t>]*(?:[-*+][ \t]+|\d+[.)][ \t]+)*)(```+|~~~+)([^\n]*)\n(.*?)(?:^[ \t>]*\2`*[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)


def source_words(one: Rendered) -> str:
    """The source without front matter, comments and markup, by other means than the parser's; lines with a broken link left out."""
    broken = {problem.span.line for problem in one.page.document.problems if problem.code == "link-malformed"}
    text = "\n".join("" if number in broken else line for number, line in enumerate(one.source.text.split("\n"), 1))
    text = re.sub(r"\A---\n.*?\n---[ \t]*\n", "", text, flags=re.DOTALL)
    text = strip(text).text
    kept: list[str] = []

    def keep(words: str) -> str:
        kept.append(words)
        return f"\ue010{len(kept) - 1}\ue011"

    text = FENCE.sub(lambda fence: f"\n{keep(fence[4])}\n", text)
    text = CODE.sub(lambda code: keep(code[2]), text)
    text = re.sub(r"^[ \t>]*>\[!CONTEXTUALHELP\]\n(?:>.*\n)*", "", text, flags=re.MULTILINE)
    for _ in range(2):
        text = MARKS.sub(r"\1", text)
    text = LABEL.sub(" ", text)
    for _ in range(2):
        text = LINK.sub(lambda link: link[1].lstrip("!")[1:-1], text)
    text = ATTRIBUTES.sub("", text)
    text = re.sub(r"</?([A-Za-z][\w-]*)((?:\"[^\"]*\"|'[^']*'|[^<>\"'])*)>", tag, text)
    text = re.sub(r"^([ \t>]*)\d+[.)](?=[ \t])", r"\1", text, flags=re.MULTILINE)
    text = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", unescape(text))
    return re.sub("\ue010(\\d+)\ue011", lambda code: kept[int(code[1])], text).replace("*", "")


def tag(match: re.Match[str]) -> str:
    """The words a tag shows: those of its alternative text or title; of what is no tag of HTML, its name."""
    words = re.findall(r"\b(?:alt|title)=[\"']([^\"']*)[\"']", match[2])
    if words or match[1].lower() not in INLINE:
        return f" {' '.join(words)} " if match[1].islower() and match[1] in ALLOWED else match[0]
    return ""


def test_every_heading_id_of_the_source_is_an_id_of_the_page(pages: Mapping[str, list[Rendered]]) -> None:
    lost = []
    for one in everything(pages):
        text = FENCE.sub("", strip(one.source.text).text)
        written = re.findall(r"^[ \t>]*#{1,6}[ \t].*\{\s*#([^\s{}]+)[^{}]*\}[ \t]*$", text, re.MULTILINE)
        lost += [f"{one.name}: {name}" for name in written if name not in one.shown.ids]
        lost += [f"{one.name}: {name}" for name, _ in one.page.document.anchors if name not in one.shown.ids]
    assert lost == []


def test_every_body_is_nested_right(pages: Mapping[str, list[Rendered]]) -> None:
    faults = [f"{one.name}: {fault}" for one in everything(pages) for fault in one.shown.faults[:3]]
    assert faults == []


def test_a_browser_reads_each_body_with_the_tags_it_was_written_with(pages: Mapping[str, list[Rendered]]) -> None:
    repaired = []
    for one in everything(pages):
        again = [tag for tag in Visible(sanitize(one.page.body)).tags if tag.lstrip("/") not in VOID]
        if again != [tag for tag in one.shown.tags if tag.lstrip("/") not in VOID]:
            repaired.append(one.name)
    assert repaired == []


def test_sections_are_clean_text(pages: Mapping[str, list[Rendered]]) -> None:
    dirty = re.compile("[\u200b\u00a0\ufeff\ue000-\ue003]")
    found = []
    for one in everything(pages):
        for section in one.page.sections:
            found += [f"{one.name}: {text[:120]}" for text in (section.title, *section.blocks, *section.cells) if dirty.search(text)]
    assert found == []


def everything(pages: Mapping[str, list[Rendered]]) -> Iterator[Rendered]:
    for found in pages.values():
        yield from found
