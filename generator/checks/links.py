"""Links arrive, and an id stands once in its page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from generator.checks.counterparts import Counterparts, across, counterparts, undefined
from generator.checks.diagnosis import Diagnosis, Directory
from generator.config import Config
from generator.model import Destination, DocPath, Document, Finding, KnowledgeBase, Lang, LinkState, Span


def links_arrive(kb: KnowledgeBase, config: Config) -> Iterator[Finding]:
    """Each link of each page leads to a page, an anchor, a file or the outside."""
    del config
    twins = counterparts(kb)
    for language in kb.languages:
        lang = language.lang
        places: Directory | None = None
        for path, document in kb.documents[lang].items():
            for number, destination in enumerate(kb.links[lang][path]):
                if destination.state is LinkState.BROKEN:
                    places = places or Directory(published(kb, lang), kb.trees[lang], kb.links[lang], kb.row_ids(lang))
                    yield _broken(document, number, destination, places, twins)


def labels_are_defined(kb: KnowledgeBase, findings: Iterable[Finding]) -> Iterator[Finding]:
    """What parsing found, with the address that other languages know for a label that nobody defines."""
    pages = {document.file: document for documents in kb.documents.values() for document in documents.values()}
    twins = counterparts(kb)
    places = cache(lambda lang: Directory(published(kb, lang), kb.trees[lang], kb.links[lang], kb.row_ids(lang)))
    for finding in findings:
        document = pages.get(finding.file)
        if finding.code != "link-undefined-label" or document is None:
            yield finding
        else:
            yield undefined(finding, document, twins, places(document.lang))


def published(kb: KnowledgeBase, lang: Lang) -> Mapping[DocPath, Document]:
    """The pages that readers of a language see: its own, and the reference's where it has none."""
    reference = kb.reference
    fallback = kb.documents[reference.lang] if reference and reference.lang != lang else {}
    return {**fallback, **kb.documents[lang]}


def _broken(document: Document, number: int, destination: Destination, places: Directory, twins: Counterparts) -> Finding:
    link = document.links[number]
    diagnosis: Diagnosis = across(document, number, destination, twins, places) or places.diagnose(document, link, destination)
    return Finding(destination.fault, document.file, link.span, diagnosis.message, document.lang, link.written, diagnosis.suggestion)


def ids_stand_once(kb: KnowledgeBase, config: Config) -> Iterator[Finding]:
    """An id that stands twice sends its links to the first place only."""
    del config
    for pages in kb.documents.values():
        for document in pages.values():
            seen: dict[str, Span] = {}
            for name, span in document.anchors:
                if name in seen:
                    message = f"The id {name} stands already at line {seen[name].line}; give this place an id of its own."
                    yield Finding("link-duplicate-id", document.file, span, message, document.lang, f"#{name}")
                else:
                    seen[str(name)] = span


def ids_are_written_out(kb: KnowledgeBase, config: Config) -> Iterator[Finding]:
    """A link of the reference to an id that is made from a heading's words breaks when the heading is translated."""
    del config
    reference = kb.reference
    if reference is None or len(kb.languages) == 1:
        return
    pages = kb.documents[reference.lang]
    implicit = {
        (path, heading.anchor): heading for path, document in pages.items() for heading in document.headings if not heading.explicit and heading.anchor
    }
    for path, document in pages.items():
        for link, destination in zip(document.links, kb.links[reference.lang][path], strict=True):
            if destination.state is not LinkState.PAGE or not destination.anchor:
                continue
            if heading := implicit.get((DocPath(destination.path), destination.anchor)):
                message = (
                    f"#{destination.anchor} is made from the words of a heading and changes when they are translated; "
                    f"write {{#{destination.anchor}}} behind the heading at {pages[DocPath(destination.path)].file}:{heading.span.line}."
                )
                yield Finding("link-implicit-anchor", document.file, link.span, message, document.lang, link.written)
