"""Links to the outside, asked: addresses -> answers -> findings. Off unless `check --online`; needs the extra `online`."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urldefrag, urlsplit

from aiohttp import ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from msgspec import Struct

from generator import __version__
from generator.config import Config
from generator.model import Document, Finding, KnowledgeBase, LinkState, RawLink
from generator.neighbours import DAY, Outside
from generator.online import answers
from generator.online.addresses import Gate, Resolver
from generator.online.answers import Answer, Answers, State
from generator.online.fetch import Fetcher, World, fetch

_MANY: Final = 64
"""Addresses that are asked at the same time, over all servers."""
_WORLD: Final = World()


class Asked(Struct, frozen=True):
    """What came of asking: the findings, how many addresses were asked, and how many were known."""

    findings: tuple[Finding, ...]
    asked: int
    known: int


class _Use(Struct, frozen=True):
    """A link to the outside in a page."""

    document: Document
    link: RawLink
    url: str
    fragment: str


def ask(kb: KnowledgeBase, config: Config, folder: Path | None, world: World = _WORLD) -> Asked:
    """Ask for every address outside that no young answer is kept for in `folder`; sister sites are left out. Raises OSError."""
    uses = [use for use in _uses(kb) if not _skipped(use.url, config)]
    with_ids = dict.fromkeys(dict.fromkeys(use.url for use in uses), False)
    with_ids |= {use.url: True for use in uses if use.fragment}
    kept, now = answers.read(folder), world.clock()
    todo = {url: ids for url, ids in with_ids.items() if not answers.counts(kept.get(url), config.outside, now, with_ids=ids)}
    fresh = asyncio.run(_answers(todo, config.outside, world)) if todo else {}
    known = {url: answers.later(kept.get(url), fresh[url]) if url in fresh else kept[url] for url in with_ids}
    if fresh:
        answers.write(folder, {url: answer for url, answer in {**kept, **known}.items() if url in with_ids or now - answer.asked < 90 * DAY})
    return Asked(tuple(_findings(uses, known, config.outside, now)), len(todo), len(with_ids) - len(todo))


def _uses(kb: KnowledgeBase) -> Iterator[_Use]:
    for lang, pages in kb.documents.items():
        for path, document in pages.items():
            for link, destination in zip(document.links, kb.links[lang][path], strict=True):
                if destination.state is LinkState.OUTSIDE and destination.url.partition(":")[0].lower() in ("http", "https"):
                    url, fragment = urldefrag(destination.url)
                    yield _Use(document, link, url, fragment)


def _skipped(url: str, config: Config) -> bool:
    return any(fnmatchcase(url, glob) for glob in config.outside.skip) or any(url == s.url or url.startswith(f"{s.url}/") for s in config.sisters)


async def _answers(todo: Mapping[str, bool], outside: Outside, world: World) -> Answers:
    """Ask for addresses, few at a time of one host."""
    gate = Gate(outside)
    hosts: dict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(outside.per_host))
    all_of_them = asyncio.Semaphore(_MANY)
    connector = TCPConnector(resolver=Resolver(gate, world.lookup), use_dns_cache=False, force_close=True)
    headers = {"User-Agent": f"Sintoma/{__version__} (checks links)", "Accept-Encoding": "gzip, deflate", "Accept": "text/html, */*;q=0.5"}
    async with ClientSession(
        connector=connector, headers=headers, cookie_jar=DummyCookieJar(), auto_decompress=False, timeout=ClientTimeout(total=None)
    ) as session:
        fetcher = Fetcher(session, gate, outside.timeout, world)

        async def one(url: str, *, ids: bool) -> tuple[str, Answer]:
            async with hosts[urlsplit(url).netloc], all_of_them:
                return url, await fetch(fetcher, url, with_ids=ids)

        return dict(await asyncio.gather(*(one(url, ids=ids) for url, ids in todo.items())))


def _findings(uses: list[_Use], known: Answers, outside: Outside, now: float) -> Iterator[Finding]:
    for use in uses:
        if found := _fault(known[use.url], use, outside, now):
            code, message = found
            yield Finding(code, use.document.file, use.link.span, message, use.document.lang, use.link.written)


def _fault(answer: Answer, use: _Use, outside: Outside, now: float) -> tuple[str, str] | None:
    """The code and the words for an address, if there is anything to say."""
    if answer.state is State.PRIVATE:
        return "link-outside-private", f"{answer.why}, which readers cannot reach; allow it in site.yml (online.allow) if they can."
    if answer.failed:
        age = max(0.0, now - answer.since)
        if age < outside.patience:
            rest = (outside.patience - age) / DAY
            return "link-outside-failing", f"{_first(answer.why)}. If that lasts, it becomes a fault in {rest:.1f} days."
        code = "link-outside-missing" if answer.state is State.GONE else "link-outside-unreachable"
        return code, f"{_first(answer.why)}, and has done so for {age / DAY:.1f} days; lead the link elsewhere."
    if answer.moved:
        return "link-outside-moved", f"This has moved for good to {answer.moved}; write that address."
    if use.fragment and answer.ids is not None and not _has(answer.ids, use.fragment):
        return "link-outside-anchor", f"The page is there, but nothing on it has the id {use.fragment}."
    return None


def _first(words: str) -> str:
    return words[0].upper() + words[1:]


def _has(ids: tuple[str, ...], fragment: str) -> bool:
    """Whether a fragment leads somewhere on a page; those that a script or the browser reads are not judged."""
    name = unquote(fragment)
    return name.lower() == "top" or name.startswith(("/", "!", ":~:")) or ":~:" in name or not {name, fragment, f"user-content-{name}"}.isdisjoint(ids)
