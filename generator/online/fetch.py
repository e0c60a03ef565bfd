"""One address -> its answer: careful with the server, and with what it sends."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Awaitable, Callable, Mapping
from html.parser import HTMLParser
from time import time
from typing import Final
from urllib.parse import urldefrag, urljoin, urlsplit

from aiohttp import ClientError, ClientResponse, ClientSession
from msgspec import Struct
from msgspec.structs import replace

from generator.online.addresses import Gate, Lookup, PrivateError, looked_up
from generator.online.answers import Answer, State

MAX_BODY: Final = 2**20
MAX_REDIRECTS: Final = 10
TRIES: Final = 3
LONGEST_WAIT: Final = 30.0
"""Seconds that a server may ask us to wait before the next try."""
_FOR_GOOD: Final = frozenset({301, 308})
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_GONE: Final = frozenset({404, 410})
_SHUT: Final = frozenset({401, 403, 407, 429, 451, 999})
"""Answers of servers that do not talk to programs: something is there."""
_AGAIN: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_PAGES: Final = ("text/html", "application/xhtml+xml")


class World(Struct, frozen=True):
    """What is outside of the program: who knows names, what waits some seconds, what tells the time."""

    lookup: Lookup = looked_up
    pause: Callable[[float], Awaitable[object]] = asyncio.sleep
    clock: Callable[[], float] = time


class Fetcher(Struct, frozen=True):
    """What all fetches share."""

    session: ClientSession
    gate: Gate
    timeout: float
    world: World


class _Hop(Struct, frozen=True):
    """One answer of one server: where it leads on to, or how it ends; `wait` is what it asks for before another try."""

    status: int = 0
    leads: str = ""
    wait: float = 0.0
    ids: tuple[str, ...] | None = None
    why: str = ""


async def fetch(fetcher: Fetcher, url: str, *, with_ids: bool) -> Answer:
    """Ask for an address, again where the trouble may pass; never raises for what a server does."""
    return replace(await _tried(fetcher, url, with_ids=with_ids), asked=fetcher.world.clock())


async def _tried(fetcher: Fetcher, url: str, *, with_ids: bool) -> Answer:
    answer = Answer(State.SILENT, 0.0, "it was not asked")
    for number in range(TRIES):
        try:
            async with asyncio.timeout(fetcher.timeout):
                answer, wait = await _followed(fetcher, url, with_ids=with_ids)
        except TimeoutError:
            return Answer(State.SILENT, 0.0, f"no answer within {fetcher.timeout:g} s")
        except PrivateError as error:
            return Answer(State.PRIVATE, 0.0, f"{error} is in a private network")
        except (ClientError, OSError, ValueError) as error:
            answer, wait = Answer(State.SILENT, 0.0, _words(error)), 0.0
        if not 0 <= wait <= LONGEST_WAIT:
            break
        if number < TRIES - 1:
            await fetcher.world.pause(max(wait, 2.0**number))
    return answer


async def _followed(fetcher: Fetcher, url: str, *, with_ids: bool) -> tuple[Answer, float]:
    """The answer at the end of all redirects, and the seconds to wait before another try: below 0 where none would help."""
    at, for_good = url, True
    for _ in range(MAX_REDIRECTS + 1):
        hop = await _hop(fetcher, at, "GET") if with_ids else await _head(fetcher, at)
        if not hop.leads:
            return _ended(hop, at if at != url and for_good else "")
        for_good = for_good and hop.status in _FOR_GOOD
        at = urldefrag(urljoin(at, hop.leads)).url
        if urlsplit(at).scheme not in ("http", "https"):
            return Answer(State.GOOD, 0.0, f"it leads on to {urlsplit(at).scheme}:"), -1
    return Answer(State.SILENT, 0.0, f"more than {MAX_REDIRECTS} redirects"), -1


def _ended(hop: _Hop, moved: str) -> tuple[Answer, float]:
    if hop.status in _GONE:
        return Answer(State.GONE, 0.0, f"the server answers {hop.status}"), -1
    if hop.status >= 400:  # noqa: PLR2004  errors of client and server
        state = State.GOOD if hop.status in _SHUT else State.SILENT
        return Answer(state, 0.0, f"the server answers {hop.status}"), hop.wait if hop.status in _AGAIN else -1
    return Answer(State.GOOD, 0.0, hop.why, moved=moved, ids=hop.ids), -1


async def _head(fetcher: Fetcher, url: str) -> _Hop:
    """One request for no body; with one where the server knows no such request."""
    try:
        hop = await _hop(fetcher, url, "HEAD")
    except ClientError:
        hop = _Hop(400)
    return hop if hop.status < 400 else await _hop(fetcher, url, "GET")  # noqa: PLR2004  errors of client and server


async def _hop(fetcher: Fetcher, url: str, method: str) -> _Hop:
    """One request, to a machine that passes the gate."""
    fetcher.gate.look(urlsplit(url).hostname or "")
    async with fetcher.session.request(method, url, allow_redirects=False) as response:
        if response.status in _REDIRECTS and (leads := response.headers.get("Location")):
            return _Hop(response.status, leads)
        if response.status != 200 or method == "HEAD":  # noqa: PLR2004  only then there is a page to read
            return _Hop(response.status, wait=_wait(response.headers))
        if response.content_type not in _PAGES:
            return _Hop(response.status, why=f"it is {response.content_type}, not a page")
        text, whole = await _read(response)
        ids = _ids(text)
        return _Hop(response.status, ids=ids) if whole else _Hop(response.status, why="the page is too long to read whole")


async def _read(response: ClientResponse) -> tuple[str, bool]:
    """The first part of a body, unpacked no further than that, and whether it is all."""
    unpack = zlib.decompressobj(wbits=47) if response.headers.get("Content-Encoding", "").lower() in ("gzip", "deflate") else None
    data, received = bytearray(), 0
    async for chunk in response.content.iter_chunked(65_536):
        received += len(chunk)
        try:
            data += unpack.decompress(chunk, MAX_BODY + 1 - len(data)) if unpack else chunk
        except zlib.error as error:
            raise ValueError(f"its body cannot be unpacked: {error}") from None
        if len(data) > MAX_BODY or received > MAX_BODY:
            return "", False
    return data.decode(_charset(response), "replace"), True


def _charset(response: ClientResponse) -> str:
    try:
        "".encode(name := response.charset or "utf-8")
    except LookupError:
        return "utf-8"
    return name


def _wait(headers: Mapping[str, str]) -> float:
    """Seconds of a Retry-After; a date is as long as we would ever wait, and one more."""
    written = headers.get("Retry-After", "0").strip()
    return float(written) if written.isascii() and written.isdigit() and len(written) < 8 else LONGEST_WAIT + 1  # noqa: PLR2004  years


class _Anchors(HTMLParser):
    """Ids of all elements and names of links."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the ids of one tag."""
        self.found.update(value for name, value in attrs if value and (name == "id" or (name == "name" and tag == "a")))


def _ids(text: str) -> tuple[str, ...]:
    reader = _Anchors()
    reader.feed(text)
    reader.close()
    return tuple(sorted(reader.found))


def _words(error: Exception) -> str:
    """What went wrong, on one line."""
    return " ".join(str(error).split())[:200] or type(error).__name__
