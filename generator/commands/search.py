"""`sintoma search`: what the site's search box would show, from the same engine."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

from generator import checking, config, site
from generator.cache import opened
from generator.commands import common
from generator.commands.console import FINE, USAGE, put, say
from generator.errors import SiteError
from generator.indexes import Indexes, indexes
from generator.search import Answer, Engine, Hit
from generator.workers import crew


def arguments(command: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    command.add_argument("query", nargs="?", help="what you see: mails are not leaving")
    common.site(command)
    command.add_argument("--site", type=Path, metavar="DIR", help="built site to search instead")
    command.add_argument("--lang", default="", help="language of the index (default: the reference)")
    command.add_argument("--type", default="", help="a record type of site.yml, or section")
    command.add_argument("--limit", type=common.at_least(1), default=10, metavar="N")
    command.add_argument("--format", choices=("text", "json"), default="text")
    command.add_argument("--batch", action="store_true", help='read JSON lines {"id","lang","query"}, answer {"id","results","ms"}')
    command.add_argument("--explain", action="store_true", help="say how each score came about")


def run(options: argparse.Namespace) -> int:
    """Answer one query, or a batch."""
    if not options.batch and not options.query:
        say("sintoma search: what do you see? Give a query, or --batch.")
        return USAGE
    engine, first = _engine(options)
    if options.batch:
        for line in _batch(engine, options):
            put(line)
        return FINE
    lang = options.lang or first
    answer = _ask(engine, options.query, lang, options)
    put(_json(answer, explain=options.explain) if options.format == "json" else _text(answer, explain=options.explain))
    for note in _notes(answer):
        say(f"sintoma search: {note}")
    return FINE


def _notes(answer: Answer) -> Iterator[str]:
    """What the search box says beside its hits: words taken for others, words that nothing has, parts of the index that are missing."""
    for word in answer.understood:
        if word["how"] == "typo":
            yield f"“{word['typed']}” is taken for {', '.join(word['used'])}"
        elif word["how"] == "none":
            alike = f"; {', '.join(word['similar'])} begin alike" if word["similar"] else ""
            yield f"nothing has “{word['typed']}”{alike}"
        elif word["how"] == "translated":
            yield f"“{word['typed']}” is looked up in the reference language"
    if answer.missing:
        yield f"these files of the index are missing or damaged, build the site again: {', '.join(answer.missing)}"


def _engine(options: argparse.Namespace) -> tuple[Engine, str]:
    """The engine, and the language to ask in by default. Raises SiteError where the site has not what is asked for."""
    if options.site:
        try:
            engine = Engine.of_site(options.site)
        except FileNotFoundError as error:
            raise SiteError(str(error)) from None
        _expect(options, engine.languages)
        return engine, engine.reference
    settings = config.load(options.config)
    _expect(options, [language.lang for language in settings.languages], [*(kind.name for kind in settings.records), "section"])
    with opened(settings.folder, keep=True) as cache:
        workers = crew(0)
        built: Indexes = indexes(settings, checking.shown(settings, site.gather(settings, cache, workers), workers), workers)
    reference = settings.reference or settings.languages[0]
    return Engine.of_artifacts({lang: index.manifest for lang, index in built.by_lang.items()}, built.artifacts), reference.lang


def _expect(options: argparse.Namespace, languages: Sequence[str], types: Sequence[str] = ()) -> None:
    """Raise SiteError for a language that the site does not have, or for a type where its types are known."""
    if options.lang and options.lang not in languages and not options.batch:
        raise SiteError(f"sintoma search: the site has no language {options.lang}; it has {', '.join(languages)}")
    if options.type and types and options.type not in types:
        raise SiteError(f"sintoma search: the site has no type {options.type}; it has {', '.join(types)}")


def _ask(engine: Engine, query: str, lang: str, options: argparse.Namespace) -> Answer:
    wanted: dict[str, object] = {"limit": options.limit, "explain": options.explain}
    if options.type:
        wanted["type"] = options.type
    return engine.search(query, lang, **wanted)


def _batch(engine: Engine, options: argparse.Namespace) -> Iterator[str]:
    for number, line in enumerate(sys.stdin, 1):
        if not line.strip():
            continue
        asked = _asked(number, line)
        start = perf_counter()
        lang = _known(str(asked.get("lang") or options.lang), engine)
        answer = _ask(engine, str(asked["query"]), lang, options)
        taken = (perf_counter() - start) * 1000
        yield json.dumps({"id": asked["id"], "results": [hit.id for hit in answer.hits], "ms": round(taken, 3)}, ensure_ascii=False) + "\n"


def _asked(number: int, line: str) -> dict[str, object]:
    """A line of a batch. Raises SiteError where it is none."""
    try:
        asked = json.loads(line)
    except ValueError:
        asked = None
    if not isinstance(asked, dict) or not {"id", "query"} <= asked.keys():
        raise SiteError(f'sintoma search: line {number} of the batch is no query; write {{"id": 1, "lang": "en", "query": "what you see"}}')
    return asked


def _known(lang: str, engine: Engine) -> str:
    """The site's language for a tag: the same, or one of the same primary language (`es` for `es-ES`), or the reference."""
    if lang in engine.languages:
        return lang
    primary = lang.split("-", maxsplit=1)[0].lower()
    return next((known for known in engine.languages if known.split("-", maxsplit=1)[0].lower() == primary), engine.reference)


def _json(answer: Answer, *, explain: bool) -> str:
    results = [
        {"id": hit.id, "type": hit.type, "lang": hit.lang, "url": hit.url, "title": hit.title, "trail": hit.trail, "score": hit.score, "shown": hit.shown}
        | ({"why": hit.why} if explain else {})
        for hit in answer.hits
    ]
    return json.dumps({"results": results, "understood": answer.understood, "missing": answer.missing}, ensure_ascii=False, indent=2) + "\n"


def _text(answer: Answer, *, explain: bool) -> str:
    if not answer.hits:
        return "Nothing found. Try fewer or other words.\n"
    return "".join(_hit(hit, explain=explain) for hit in answer.hits)


def _hit(hit: Hit, *, explain: bool) -> str:
    where = " › ".join((*hit.trail, hit.title))
    lines = [f"{hit.id}  {where}" if hit.id != hit.title else hit.title]
    for key in ("scope", "symptoms", "remedy", "summary"):
        lines.extend(f"    {line}" for line in hit.shown.get(key, "").split("\n") if line)
    if explain:
        lines.append(f"    score {hit.score:.3f}")
        lines.extend(f"      {json.dumps(step, ensure_ascii=False)}" for step in hit.why)
    return "\n".join(lines) + "\n"
