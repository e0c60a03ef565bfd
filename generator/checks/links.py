"""Links arrive, and an id stands once in its page."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.diagnosis import Diagnosis, Directory, directory
from generator.config import Config
from generator.model import Destination, Document, Finding, KnowledgeBase, LinkState, RawLink, Span


def links_arrive(kb: KnowledgeBase, config: Config) -> Iterator[Finding]:
    """Each link of each page leads to a page, an anchor, a file or the outside."""
    del config
    reference = kb.reference
    for language in kb.languages:
        lang = language.lang
        fallback = kb.documents[reference.lang] if reference and reference.lang != lang else {}
        places = directory({**fallback, **kb.documents[lang]}, kb.trees[lang])
        for path, document in kb.documents[lang].items():
            for link, destination in zip(document.links, kb.links[lang][path], strict=True):
                if destination.state is LinkState.BROKEN:
                    yield _broken(document, link, destination, places)


def _broken(document: Document, link: RawLink, destination: Destination, places: Directory) -> Finding:
    diagnosis: Diagnosis = places.diagnose(document, link, destination)
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
