"""A network that fails: a proxy before a real store, which does to each request what a test says."""

from __future__ import annotations

import http.client
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct, field

ERROR: Final = '<?xml version="1.0"?><Error><Code>{}</Code><Message>{}</Message></Error>'
ANSWERS: Final = {
    "slow down": (503, ERROR.format("SlowDown", "Please reduce your request rate.")),
    "internal error": (500, ERROR.format("InternalError", "We encountered an internal error.")),
    "bad gateway": (502, "<html>Bad gateway</html>"),
    "expired token": (403, ERROR.format("ExpiredToken", "The provided token has expired.")),
    "conflict": (409, ERROR.format("OperationAborted", "A conflicting operation is in progress.")),
    "not found": (404, "<html>Not found</html>"),
    "portal": (200, "<html>Welcome to the guest network</html>"),
}
"""What the proxy answers itself, without asking the store."""
BREAKS: Final = ("reset", "answer lost", "half an answer", "slow")
"""What it does to a connection: cut in the middle of the request; cut when the store has done it; cut in the middle of the answer; hold it."""


class Network(Struct):
    """The proxy's address; `fault` says for each request (method, path, how many there were before) what happens to it, nothing for none."""

    address: str
    store: str
    fault: Callable[[str, str, int], str] = lambda _method, _path, _number: ""
    requests: list[tuple[str, str]] = field(default_factory=list)

    def first_time(self, fault: str) -> None:
        """Let every request fail when it is first made."""
        seen: set[tuple[str, str]] = set()

        def once(method: str, path: str, _number: int) -> str:
            new = (method, path) not in seen
            seen.add((method, path))
            return fault if new else ""

        self.fault = once

    def after(self, number: int, fault: str, until: int = 1 << 30) -> None:
        """Let all requests fail from now on but so many."""
        begin = len(self.requests)
        self.fault = lambda _method, _path, count: fault if number <= count - begin < until else ""

    def clear(self) -> None:
        """Let all requests through."""
        self.fault = lambda _method, _path, _number: ""


class Handler(BaseHTTPRequestHandler):
    """One connection of a client."""

    protocol_version = "HTTP/1.1"
    network: Network

    def handle_request(self) -> None:
        """Pass a request on, or do what the test says."""
        network = self.network
        with LOCK:
            fault = network.fault(self.command, self.path, len(network.requests))
            network.requests.append((self.command, self.path))
        length = int(self.headers.get("Content-Length", 0))
        if fault == "reset":
            self.rfile.read(length // 2)
            self.cut()
            return
        body = self.rfile.read(length)
        if fault in ANSWERS:
            status, text = ANSWERS[fault]
            self.answer(status, {"Content-Type": "application/xml"}, text.encode())
            return
        if fault == "slow":
            time.sleep(0.05)
        status, headers, answer = self.asked(body)
        if fault == "odd date":
            headers = {name: "soon" if name.lower() == "date" else value for name, value in headers.items()}
        if fault == "answer lost":
            self.cut()
        else:
            self.answer(status, headers, answer, half=fault == "half an answer")

    do_GET = do_PUT = do_HEAD = do_DELETE = do_POST = handle_request  # noqa: N815  the names that http.server asks for

    def asked(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        """What the store answers."""
        host = urlsplit(self.network.store)
        connection = http.client.HTTPConnection(str(host.hostname), host.port, timeout=30)
        connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in self.headers.items():
            if name.lower() not in ("expect", "connection"):
                connection.putheader(name, value)
        connection.endheaders(body)
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        return answer.status, {name: value for name, value in answer.getheaders() if name.lower() not in ("connection", "transfer-encoding")}, data

    def answer(self, status: int, headers: dict[str, str], body: bytes, *, half: bool = False) -> None:
        """Answer, or begin to; an answer without a body has no half that would not be taken for the whole, so it is lost."""
        if half and (self.command == "HEAD" or not body):
            self.cut()
            return
        self.send_response_only(status)
        length = headers.get("Content-Length", str(len(body))) if self.command == "HEAD" else str(len(body))
        for name, value in {**headers, "Content-Length": length}.items():
            self.send_header(name, value)
        self.end_headers()
        if half:
            self.wfile.write(body[: len(body) // 2])
            self.wfile.flush()
            self.cut()
        elif self.command != "HEAD" and status != http.client.NO_CONTENT:
            self.wfile.write(body)

    def cut(self) -> None:
        """End the connection at once, by a reset."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


LOCK = threading.Lock()


@contextmanager
def network_before(store: str) -> Iterator[Network]:
    """A network before a store, for a while."""
    handler = type("Handler", (Handler,), {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    handler.network = network = Network(f"http://127.0.0.1:{server.server_port}", store)  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield network
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
