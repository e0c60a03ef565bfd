"""`sintoma links`."""

from __future__ import annotations

import argparse

from generator import config
from generator.commands import common
from generator.commands.console import FINE, USAGE, put, say
from generator.inspection import inspect
from generator.model import DocPath, KnowledgeBase, LinkState


def arguments(command: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    command.add_argument("page", metavar="PAGE[#ID]", help="path below a language's root, and an id on it")
    common.site(command)
    command.add_argument("--lang", default="", help="count links of this language only")


def run(options: argparse.Namespace) -> int:
    """List the links that lead to a page or a place on it."""
    settings = config.load(options.config)
    common.known(settings, options.lang)
    path, _, anchor = options.page.partition("#")
    with_rows = bool(anchor and settings.records)
    _, kb = inspect(settings, wanted=lambda code: code.startswith("link-") or (with_rows and code.startswith("record-")))
    if path not in {page for pages in kb.documents.values() for page in pages}:
        say(f"sintoma links: no page {path}; pages are named by their path below a language's root")
        return USAGE
    lines = sorted(_incoming(kb, DocPath(path), anchor, options.lang))
    put("".join(lines))
    unknown = ", which is no id of that page" if anchor and not _has(kb, DocPath(path), anchor, options.lang) else ""
    say(f"{len(lines)} links lead to {options.page}{unknown}")
    return FINE


def _has(kb: KnowledgeBase, path: DocPath, anchor: str, lang: str) -> bool:
    """Whether a page has an id in the language asked for, or in any."""
    pages = [documents[path] for language, documents in kb.documents.items() if path in documents and lang in ("", language)]
    if any(anchor in {name for name, _ in page.anchors} | {heading.anchor for heading in page.headings} for page in pages):
        return True
    return any(anchor in kb.row_ids(language).get(path, ()) for language in kb.documents if lang in ("", language))


def _incoming(kb: KnowledgeBase, path: DocPath, anchor: str, lang: str) -> set[str]:
    """Lines `file:line:column: text` of the links that lead to a page, or to one place on it."""
    found = set()
    for language, pages in kb.documents.items():
        if lang and language != lang:
            continue
        for page, document in pages.items():
            for link, destination in zip(document.links, kb.links[language][page], strict=True):
                arrives = destination.state is LinkState.PAGE and destination.path == path
                if arrives and (not anchor or destination.anchor == anchor):
                    found.add(f"{document.file}:{link.span.line}:{link.span.column}: {link.written}  {link.text}".rstrip() + "\n")
    return found
