"""What visitors of a real web server see while sites are published, publishers are killed, and releases go back."""

from __future__ import annotations

import http.client
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from generator.publish import Directory, publish, rollback, verify, write_site
from tests.nginx import nginx
from tests.publish.sites import is_whole, site
from tests.publish.test_swap import ENVIRONMENT
from tests.waiting import eventually

PAGES = ("/index.html", "/en/docs/1.html", "/en/docs/7.html", "/en/docs/9.html")
PUBLISH = """
import itertools, sys
from pathlib import Path
from generator.publish import Directory, publish, write_site
from tests.publish.sites import site
for number in itertools.count(int(sys.argv[3])):
    write_site(site(str(number), 10), Path(sys.argv[1]), durable=False)
    print(number, flush=True)
    publish(Path(sys.argv[1]), Directory(Path(sys.argv[2])))
"""


@contextmanager
def visitor(address: str) -> Iterator[list[int]]:
    """Ask for one page after the other; the versions seen, and what was wrong as a failure at the end."""
    stop, seen, faults = threading.Event(), list[int](), list[object]()

    def run() -> None:
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=10)
        while not stop.is_set():
            connection.request("GET", PAGES[len(seen) % len(PAGES)])
            answer = connection.getresponse()
            body = answer.read()
            if answer.status != http.client.OK or not body.startswith(b"<p>"):
                faults.append((answer.status, body))
            seen.append(int(body.removeprefix(b"<p>").split()[0]))
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield seen
    finally:
        stop.set()
        thread.join()
    assert faults == []


@pytest.mark.parametrize("kills", [5, pytest.param(200, marks=pytest.mark.nightly)])
def test_visitors_of_nginx_never_see_two_releases_mixed(tmp_path: Path, kills: int) -> None:
    target, chance, number = Directory(tmp_path / "www"), random.Random(3), 1
    write_site(site("0", 10), tmp_path / "site", durable=False)
    publish(tmp_path / "site", target)
    with nginx(tmp_path, f"location / {{ root {target.path}; }}") as address:
        with visitor(address) as seen:
            for _ in range(kills):
                command = [sys.executable, "-c", PUBLISH, tmp_path / "site", target.path, str(number)]
                process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT)
                assert process.stdout is not None
                process.stdout.readline()
                time.sleep(chance.random() * 0.3)
                process.kill()
                last = process.stdout.read().split()
                number = max(number, *map(int, last or ["0"])) + 1
                process.wait()
                process.stdout.close()
                assert is_whole(target.path)
        assert len(set(seen)) > kills / 2
        assert seen == sorted(seen), "an old page came after a new one"
        write_site(site("999999", 10), tmp_path / "site", durable=False)
        publish(tmp_path / "site", target)
        with visitor(address) as back:
            assert eventually(lambda: back)
            rollback(target)
            assert eventually(lambda: len(set(back)) > 1)
        assert len(set(back)) == 2
        assert back == sorted(back, reverse=True)
        assert verify(target).faults == ()
