"""Every noun of Sintoma: frozen structs, of the standard library's types and of each other.

Data goes one way, and each stage has a noun of its own that the stage before cannot make by accident::

    SourceFile -> Page (Document + body + sections) -> Record -> KnowledgeBase -> Artifact

A `Document` is light (what checks and navigation need); the rendered body and the words for the
index travel beside it in a `Page` and are never kept for a whole site at once.
"""

from __future__ import annotations

from generator.model.knowledge import (
    Artifact,
    Destination,
    Entry,
    KnowledgeBase,
    Language,
    LinkState,
    NavItem,
    Part,
    Place,
    Record,
    RecordText,
    Symptom,
    Tree,
)
from generator.model.pages import (
    Alert,
    Block,
    Case,
    Cell,
    Document,
    Heading,
    Ignore,
    LinkKind,
    Meta,
    Page,
    RawLink,
    Row,
    Scalar,
    Section,
    Table,
)
from generator.model.sources import Anchor, DocPath, Finding, Lang, Limits, Mend, Origin, PageKey, Severity, SourceFile, Span

__all__ = [
    "Alert",
    "Anchor",
    "Artifact",
    "Block",
    "Case",
    "Cell",
    "Destination",
    "DocPath",
    "Document",
    "Entry",
    "Finding",
    "Heading",
    "Ignore",
    "KnowledgeBase",
    "Lang",
    "Language",
    "Limits",
    "LinkKind",
    "LinkState",
    "Mend",
    "Meta",
    "NavItem",
    "Origin",
    "Page",
    "PageKey",
    "Part",
    "Place",
    "RawLink",
    "Record",
    "RecordText",
    "Row",
    "Scalar",
    "Section",
    "Severity",
    "SourceFile",
    "Span",
    "Symptom",
    "Table",
    "Tree",
]
