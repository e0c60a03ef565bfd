"""What a translation changed and should not have, put right on the page: by the findings of the checks, as `check --fix` would.

Sources stay as they are. A page with such findings is parsed once more with its mends, kept by its content and theirs, and stands in for
the plain one from then on: in pages, records and search, which finds it by the translation's words too.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from generator import fixes
from generator.cache import key_of
from generator.config import Config
from generator.extract import extract
from generator.model import Document, Finding, KnowledgeBase, Mend, PageKey, Record, SourceFile, Span
from generator.parse import parse_mended
from generator.site import Gathered, Library
from generator.workers import SMALL, Crew, Shared, chunks, crew

CODES: Final = frozenset({"translation-identifier", "translation-case", "translation-code"})
"""What is mended: names and code, where the finding has a suggestion. Everything else is for a translator to judge."""
_ENCODER: Final = msgspec.msgpack.Encoder()
_Wanted = tuple[PageKey, tuple[Finding, ...]]
"""A page, and what is to be mended in it."""
_CHUNK: Final = 4
"""Pages a task: those with the most to mend are the largest of a site, and few."""
_WORD: Final = re.compile(r"\s*\S+")


class _Mended(Struct, frozen=True):
    """A page's entry in the cache, its mends, and its document."""

    page: PageKey
    entry: str
    mends: tuple[Mend, ...]
    document: Document


_MENDED: Final = msgspec.msgpack.Decoder(_Mended | None)


def mended(config: Config, gathered: Gathered, findings: Iterable[Finding], workers: Crew) -> Gathered:
    """The site with its pages mended; the same one where nothing is to be mended, or site.yml does not want it (`mend: false`)."""
    wanted = tuple(_by_page(gathered.knowledge, findings)) if config.mend else ()
    if not wanted:
        return gathered
    with workers.share(gathered.library) as shared:
        fresh = [page for page in wanted if not gathered.library.cache.has(_key(gathered.library, page))]
        for _ in (crew(1) if len(fresh) < SMALL else workers).run(_mend, [(shared, chunk) for chunk in chunks(fresh, _CHUNK)]):
            pass
    done = [item for page in wanted if (item := _MENDED.decode(_kept(gathered.library, page)))]
    keys = {**gathered.library.keys, **{item.page: item.entry for item in done}}
    library = replace(gathered.library, keys=keys, mends={item.page: item.mends for item in done})
    return Gathered(_known(config, gathered.knowledge, {item.page: item.document for item in done}), library)


def _by_page(kb: KnowledgeBase, findings: Iterable[Finding]) -> Iterator[_Wanted]:
    """The pages that have something to be mended."""
    by_file: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.code in CODES and finding.suggestion and finding.target.strip():
            by_file.setdefault(finding.file, []).append(finding)
    for lang, documents in kb.documents.items():
        for path, document in documents.items():
            if found := by_file.get(document.file):
                yield (lang, path), tuple(found)


def _mend(task: tuple[Shared[Library], Sequence[_Wanted]]) -> None:
    shared, pages = task
    for page in pages:
        _kept(shared.get(), page)


def _kept(library: Library, page: _Wanted) -> bytes:
    """A mended page, encoded, by what it was and what was found."""
    return library.cache.blob(_key(library, page), lambda: _ENCODER.encode(_page(library, *page)))


def _key(library: Library, page: _Wanted) -> str:
    place, findings = page
    return key_of("mended", library.keys[place], _ENCODER.encode(findings))


def _page(library: Library, key: PageKey, findings: Sequence[Finding]) -> _Mended | None:
    """A page parsed with its mends, once."""
    source = library.source(*key)
    placed = _placed(source, findings) if source.origins else findings
    found = tuple(_narrow(source.text, edit) for edit in fixes.edits(source.text, placed))
    if not found:
        return None
    entry = hashlib.sha256(repr((library.keys[key], found)).encode()).hexdigest()
    page = library.cache.get(entry)
    if page is None:
        page = parse_mended(replace(source, mends=found), library(*key))
        library.cache.put(entry, page)
    return _Mended(key, entry, found, page.document)


def _placed(source: SourceFile, findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings of a page with snippets, at their place in the text that has these put in.

    One in a snippet names the line that asks for it: it belongs where its words stand, if one place of the snippet has them.
    """
    asked: dict[int, list[tuple[int, str, bool]]] = {}
    for number, (line, origin) in enumerate(zip(source.text.split("\n"), source.origins, strict=True), 1):
        asked.setdefault(origin.at, []).append((number, line, bool(origin.file)))
    for finding in findings:
        lines, start = asked.get(finding.span.line, ()), finding.span.column - 1
        word = re.compile(rf"(?<!\w){re.escape(finding.target)}(?!\w)")
        places = [(number, start) for number, line, put_in in lines if not put_in and line.startswith(finding.target, start)]
        places = places or [(number, match.start()) for number, line, put_in in lines if put_in for match in word.finditer(line)]
        if len(places) == 1:
            number, column = places[0]
            yield replace(finding, span=Span(number, column + 1, number, column + 1 + len(finding.target)))


def _narrow(text: str, edit: fixes.Edit) -> Mend:
    """What of an edit differs, in whole words: of a command the one that was translated."""
    before, after = _WORD.findall(text[edit.start : edit.end]), _WORD.findall(edit.right)
    shorter = min(len(before), len(after)) - 1
    head = next((i for i in range(shorter) if before[i] != after[i]), max(shorter, 0))
    tail = next((i for i in range(shorter - head) if before[-1 - i] != after[-1 - i]), max(shorter - head, 0))
    first = edit.start + sum(map(len, before[:head]))
    words, wrong = "".join(after[head : len(after) - tail]), "".join(before[head : len(before) - tail])
    blank = len(wrong) - len(wrong.lstrip()) if wrong.strip() else 0
    return Mend(first + blank, first + len(wrong), words.lstrip() if blank else words)


def _known(config: Config, kb: KnowledgeBase, pages: Mapping[PageKey, Document]) -> KnowledgeBase:
    """What is known of the site, in the right words; its records keep the names that the translation gave them."""
    documents = {lang: {path: _worded(one, pages.get((lang, path))) for path, one in found.items()} for lang, found in kb.documents.items()}
    fresh = extract(config, documents)
    records = {kind: tuple(map(_called, fresh.records[kind], old)) for kind, old in kb.records.items()}
    return replace(kb, documents=documents, records=records, symptoms=fresh.symptoms)


def _worded(document: Document, shown: Document | None) -> Document:
    """A document with the words of its mended page."""
    if shown is None:
        return document
    return replace(document, title=shown.title, headings=shown.headings, tables=shown.tables if document.tables else (), cases=shown.cases)


def _called(new: Record, old: Record) -> Record:
    texts = {
        lang: replace(text, said=old.texts[lang].name) if lang in old.texts and old.texts[lang].name != text.name else text
        for lang, text in new.texts.items()
    }
    return replace(new, texts=texts)
