"""`sintoma init`, `schema`, `explain`, `links`, `serve`: for those who begin, and those who look."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from generator import build, config
from generator.commands.console import FINE, USAGE, put, say
from generator.model import DocPath, KnowledgeBase, LinkState
from generator.report.explain import UnknownCodeError, explain
from generator.schema import SITE


def add(commands: Any) -> None:  # noqa: ANN401  argparse keeps the type of sub-parsers to itself
    """Add the commands to the parser."""
    command: argparse.ArgumentParser = commands.add_parser("schema", help="print the JSON Schema of site.yml", allow_abbrev=False)
    command.set_defaults(run=_schema)
    command = commands.add_parser("explain", help="say what a finding means and how to mend it", allow_abbrev=False)
    command.add_argument("code")
    command.set_defaults(run=_explain)
    command = commands.add_parser("links", help="list who links to a page or a heading", allow_abbrev=False)
    command.add_argument("page", metavar="PAGE[#ID]")
    command.add_argument("--config", type=Path, default=Path("site.yml"), metavar="FILE")
    command.add_argument("--lang", default="")
    command.set_defaults(run=_links)


def _schema(options: argparse.Namespace) -> int:
    del options
    put(json.dumps(SITE, indent=2, ensure_ascii=False) + "\n")
    return FINE


def _explain(options: argparse.Namespace) -> int:
    try:
        put(explain(options.code))
    except UnknownCodeError as error:
        say(f"sintoma explain: {error}")
        return USAGE
    return FINE


def _links(options: argparse.Namespace) -> int:
    settings = config.load(options.config)
    _, kb = build.inspect(settings)
    path, _, anchor = options.page.partition("#")
    known = {page for pages in kb.documents.values() for page in pages}
    if path not in known:
        say(f"sintoma links: no page {path}; pages are named by their path below a language's root")
        return USAGE
    lines = sorted(_incoming(kb, DocPath(path), anchor, options.lang))
    put("".join(lines))
    say(f"{len(lines)} links lead to {options.page}")
    return FINE


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
