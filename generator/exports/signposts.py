"""Small files that tell programs where to go: robots.txt, llms.txt, OpenSearch."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from generator.config import Config, localised
from generator.exports.addressing import Addresses, absolute
from generator.model import Artifact, KnowledgeBase, Lang


def signposts(kb: KnowledgeBase, config: Config, where: Addresses) -> Iterator[Artifact]:
    """Each of the files; OpenSearch only where the site has a `url`, since browsers need the whole address."""
    yield _robots(config)
    yield _llms(kb, config, where)
    if config.url:
        for language in kb.languages:
            yield _open_search(config, where, language.lang)


def _robots(config: Config) -> Artifact:
    place = f"\nSitemap: {absolute(config.url, 'sitemap.xml')}\n" if config.url else ""
    return Artifact("robots.txt", f"User-agent: *\nAllow: /\n{place}".encode())


def _llms(kb: KnowledgeBase, config: Config, where: Addresses) -> Artifact:
    """What language models read first (llmstxt.org): what the site is, its data, and the pages of the reference."""
    first = kb.reference or kb.languages[0]
    lang = first.lang
    lines = [f"# {_line(localised(config.title, lang))}", ""]
    description = localised(config.description, lang)
    if description:
        lines += [f"> {_line(description)}", ""]
    lines += ["## Data", ""]
    for language in config.languages:
        for words, path in (
            (f"Records in {language.name}", where.records_data(language.lang)),
            (f"Pages in {language.name}", where.pages_data(language.lang)),
        ):
            lines.append(f"- [{_line(words)}]({absolute(config.url, path)})")
    lines += [f"- [JSON Schema]({absolute(config.url, 'data/schema.json')})", ""]
    for kind in config.records:
        lines += [f"## {_line(localised(kind.label, lang))}", ""]
        for record in kb.records.get(kind.name, ()):
            text = record.texts.get(lang) or next(iter(record.texts.values()))
            what = "; ".join(text.symptoms) or text.fields.get("scope", "")
            lines.append(_entry(text.name, absolute(config.url, where.record(lang, record.type, record.id)), what))
        lines.append("")
    lines += ["## Pages", ""]
    for path, document in sorted(kb.documents.get(lang, {}).items()):
        lines.append(_entry(document.title or path, absolute(config.url, where.document(lang, path)), document.description))
    return Artifact("llms.txt", ("\n".join(lines) + "\n").encode("utf-8", "replace"))


def _entry(title: str, address: str, about: str) -> str:
    return f"- [{_line(title)}]({address})" + (f": {_line(about)}" if about else "")


def _line(words: str) -> str:
    """Words on one line that cannot end a link."""
    return " ".join(words.split()).replace("[", "(").replace("]", ")")


def _open_search(config: Config, where: Addresses, lang: Lang) -> Artifact:
    title = localised(config.title, lang)
    template = f"{absolute(config.url, where.home(lang))}?q={{searchTerms}}"
    text = f"""<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
  <ShortName>{escape(title[:16], quote=False)}</ShortName>
  <LongName>{escape(title[:48], quote=False)}</LongName>
  <Description>{escape((localised(config.description, lang) or title)[:1024], quote=False)}</Description>
  <Language>{escape(lang, quote=False)}</Language>
  <InputEncoding>UTF-8</InputEncoding>
  <OutputEncoding>UTF-8</OutputEncoding>
  <Url type="text/html" template="{escape(template)}"/>
</OpenSearchDescription>
"""
    return Artifact(where.open_search(lang), text.encode("utf-8", "replace"))
