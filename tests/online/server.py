"""A web server on this machine that misbehaves in every way that a link checker meets."""

from __future__ import annotations

import gzip
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

PAGE = b'<!doctype html><title>T</title><h1 id="top-id">T</h1><a name="old-name"></a><p id="user-content-readme">x</p>'
BOMB = gzip.compress(b"<p>" + bytes(200 * 2**20), 9)


class Handler(BaseHTTPRequestHandler):
    """One path, one vice."""

    asked: ClassVar[Counter[str]] = Counter()
    busy: ClassVar[Counter[str]] = Counter()
    most: ClassVar[Counter[str]] = Counter()
    """How many questions it thinks about, now and at most."""
    lock: ClassVar[threading.Lock] = threading.Lock()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the name of the base class
        """Be quiet."""

    def do_HEAD(self) -> None:
        self.answer()

    def do_GET(self) -> None:
        self.answer()

    @property
    def head(self) -> bool:
        return self.command == "HEAD"

    def answer(self) -> None:
        name = self.path.strip("/").split("/")[0]
        with self.lock:
            self.asked[f"{'HEAD' if self.head else 'GET'} {self.path}"] += 1
        with suppress(BrokenPipeError, ConnectionResetError):
            getattr(self, f"say_{name.replace('-', '_')}", self.say_gone)()

    def send(self, status: int, body: bytes = b"", kind: str = "text/html; charset=utf-8", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for key, value in headers.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def say_good(self) -> None:
        self.send(200, b"" if self.head else PAGE)

    def say_many(self) -> None:
        # Whoever asked may ask again as soon as there is an answer.
        with self.lock:
            self.busy[""] += 1
            self.most[""] = max(self.most[""], self.busy[""])
        time.sleep(0.05)
        with self.lock:
            self.busy[""] -= 1
        self.say_good()

    def say_gone(self) -> None:
        self.send(404)

    def say_shut(self) -> None:
        self.send(403)

    def say_no_head(self) -> None:
        self.send(405) if self.head else self.send(200, PAGE)

    def say_hangs_up_on_head(self) -> None:
        self.connection.close() if self.head else self.send(200, PAGE)

    def say_pdf(self) -> None:
        self.send(200, b"" if self.head else b"%PDF", "application/pdf")

    def say_moved(self) -> None:
        self.send(301, Location="/good")

    def say_elsewhere_today(self) -> None:
        self.send(302, Location="/good")

    def say_round(self) -> None:
        number = int(self.path.rsplit("/", 1)[-1]) + 1
        self.send(302, Location=f"/round/{number}")

    def say_long(self) -> None:
        left = int(self.path.rsplit("/", 1)[-1])
        self.send(302, Location=f"/long/{left - 1}") if left else self.say_good()

    def say_to_private(self) -> None:
        self.send(302, Location=f"http://127.0.0.2:{self.server.server_address[1]}/good")

    def say_to_file(self) -> None:
        self.send(302, Location="file:///etc/passwd")

    def say_busy(self) -> None:
        first = sum(count for path, count in self.asked.items() if path.endswith(self.path)) == 1
        self.send(429, Retry_After="7") if first else self.say_good()

    def say_always_busy(self) -> None:
        self.send(429, Retry_After="1")

    def say_flaky(self) -> None:
        first = sum(count for path, count in self.asked.items() if path.endswith(self.path)) < 3
        self.send(500) if first else self.say_good()

    def say_broken(self) -> None:
        self.send(500)

    def say_come_back_tomorrow(self) -> None:
        self.send(503, Retry_After="86400")

    def say_huge_header(self) -> None:
        self.send(200, PAGE, X_Huge="x" * 2**20)

    def say_bomb(self) -> None:
        self.send(200, BOMB, Content_Encoding="gzip")

    def say_zipped(self) -> None:
        self.send(200, gzip.compress(PAGE), Content_Encoding="gzip")

    def say_not_zipped(self) -> None:
        self.send(200, PAGE, Content_Encoding="gzip")

    def say_endless(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        for _number in range(200):
            self.wfile.write(b"x" * 65_536)

    def say_slow_body(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        for _number in range(200):
            self.wfile.write(b"x")
            time.sleep(0.1)

    def say_slow_header(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(200):
            self.wfile.write(f"X-{number}: x\r\n".encode())
            time.sleep(0.1)


@contextmanager
def running() -> Iterator[int]:
    """The server, while it runs: its port."""
    Handler.asked.clear()
    Handler.most.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
