"""The server of the preview: a dictionary of files, looked up by the address as it came."""

from __future__ import annotations

import hashlib
import socket
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from socketserver import TCPServer
from typing import Final, cast
from urllib.parse import unquote, urlsplit

from generator.publish.kinds import HTML, content_type
from generator.publish.regular import read_regular
from generator.serve.board import Board, Shown

OWN: Final = "__sintoma/"
"""Addresses of the preview itself; no path of a site begins like that."""
VISITORS: Final = 2048
"""Connections at once; more are closed at the door."""
PATIENCE: Final = 20
"""Seconds that a silent connection is kept."""

_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


class Server(ThreadingHTTPServer):
    """Serves one site. Raises OSError where the address cannot be had."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 1024

    def __init__(self, output: Path, board: Board, host: str, port: int, hosts: tuple[str, ...]) -> None:
        """Listen; visitors are let in by `serve_forever`."""
        self.output = output
        self.board = board
        self.names = _LOOPBACK | {host.lower().strip("[]")} | {name.lower() for name in hosts}
        self._places = threading.BoundedSemaphore(VISITORS)
        if ":" in host:
            self.address_family = socket.AF_INET6
        super().__init__((host, port), Handler)

    def server_bind(self) -> None:
        """Take the address, without asking the network for its name."""
        TCPServer.server_bind(self)

    def process_request(self, request: object, client_address: object) -> None:
        """Let a visitor in, or close the door when the house is full."""
        if self._places.acquire(blocking=False):
            super().process_request(request, client_address)  # type: ignore[arg-type]
        else:
            self.shutdown_request(request)  # type: ignore[arg-type]

    def process_request_thread(self, request: object, client_address: object) -> None:
        """Serve a visitor, and give the place back."""
        try:
            super().process_request_thread(request, client_address)  # type: ignore[arg-type]
        finally:
            self._places.release()

    def handle_error(self, request: object, client_address: object) -> None:
        """A visitor who leaves early is no news."""


class Handler(BaseHTTPRequestHandler):
    """Answers one visitor."""

    protocol_version = "HTTP/1.1"
    default_request_version = "HTTP/1.0"
    server_version = "sintoma"
    sys_version = ""
    timeout = PATIENCE
    wbufsize = 1 << 16
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer with a file, or with what the preview itself says."""
        if not self._is_welcome():
            self._answer(HTTPStatus.FORBIDDEN, b"This preview answers only to its own name.\n", "text/plain; charset=utf-8")
            return
        path = self._path()
        if path == f"{OWN}events":
            self._events()
        elif path == f"{OWN}live.js":
            self._answer(HTTPStatus.OK, _live(), content_type("live.js"))
        else:
            self._file(path)

    do_HEAD = do_GET  # noqa: N815  the name that the library calls it by

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer a request that is not understood, without repeating a word of it."""
        del message, explain
        status = HTTPStatus.METHOD_NOT_ALLOWED if code == HTTPStatus.NOT_IMPLEMENTED else HTTPStatus(code)
        self.close_connection = True
        self._answer(status, f"{status.phrase}\n".encode(), "text/plain; charset=utf-8")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name that the library calls it by
        """Say nothing: the terminal belongs to findings."""

    @property
    def _site(self) -> Server:
        return cast("Server", self.server)

    def _is_welcome(self) -> bool:
        """Whether the request was meant for this server: by its Host, and by the page that it comes from."""
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or not self._is_own(f"http://{hosts[0]}"):
            return False
        origin = self.headers.get("Origin")
        if origin is not None and not (self._is_own(origin) and origin.partition("://")[2].lower() == hosts[0].lower()):
            return False
        foreign = self.headers.get("Sec-Fetch-Site", "none") in ("cross-site", "same-site")
        return not foreign or self.headers.get("Sec-Fetch-Mode") == "navigate"

    def _is_own(self, address: str) -> bool:
        try:
            parts = urlsplit(address)
            own = parts.hostname in self._site.names and (parts.port or 80) == self.server.server_address[1]  # type: ignore[index]
        except ValueError:
            return False
        return parts.scheme == "http" and own and not (parts.username or parts.password or parts.path)

    def _path(self) -> str:
        """The key to look up. Nothing is cleaned or joined: what is no key is not there."""
        raw = self.path.partition("?")[0].partition("#")[0]
        try:
            path = unquote(raw, errors="strict")
        except UnicodeDecodeError:
            return ""
        path = path.removeprefix("/") if path.startswith("/") else f"?{path}"
        return f"{path}index.html" if path == "" or path.endswith("/") else path

    def _file(self, path: str) -> None:
        shown = self._site.board.shown
        status = HTTPStatus.OK
        data = self._data(shown, path)
        if data is None:
            status, path = HTTPStatus.NOT_FOUND, "404.html"
            data = self._data(shown, path)
        if data is None:
            self._answer(status, _nothing(shown.version, built=bool(shown.files)), HTML)
            return
        kind = content_type(path)
        if kind == HTML:
            data = _with_script(data, shown.version)
        self._answer(status, data, kind)

    def _data(self, shown: Shown, path: str) -> bytes | None:
        """The bytes of a file of the site, if it is one."""
        if path not in shown.files:
            return None
        return shown.drafts.get(path) or read_regular(self._site.output / path)

    def _answer(self, status: HTTPStatus, data: bytes, kind: str) -> None:
        tag = f'"{hashlib.sha256(data).hexdigest()[:20]}"'
        if status is HTTPStatus.OK and self.headers.get("If-None-Match") == tag:
            status, data = HTTPStatus.NOT_MODIFIED, b""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        if status is HTTPStatus.METHOD_NOT_ALLOWED:
            self.send_header("Allow", "GET, HEAD")
        elif status in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
            self.send_header("ETag", tag)
        self._end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Referrer-Policy", "no-referrer")
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()

    def _events(self) -> None:
        """Tell a page of every build until it leaves (server-sent events)."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self._end_headers()
        version = -1
        while self.command != "HEAD":
            shown = self._site.board.newer(version, PATIENCE / 2)
            if shown is not None and not shown.open:
                return
            if shown is not None:
                version = shown.version
            try:
                self.wfile.write(f"data: {shown.message}\n\n".encode() if shown else b": still here\n\n")
                self.wfile.flush()
            except OSError:
                return


def _with_script(page: bytes, version: int) -> bytes:
    """A page that reloads itself; the script stands last, so that it delays nothing."""
    script = f'<script src="/{OWN}live.js" data-version="{version}" defer></script>'.encode()
    before, end, after = page.rpartition(b"</body>")
    return before + script + end + after if end else page + script


def _nothing(version: int, *, built: bool) -> bytes:
    said = "There is no such page." if built else "There is no site yet; the terminal says more. This page reloads itself."
    page = f'<!doctype html><html lang="en"><title>Sintoma</title><body><p>{said}</p></body></html>'
    return _with_script(page.encode(), version)


def _live() -> bytes:
    return (files("generator") / "serve" / "live.js").read_bytes()
