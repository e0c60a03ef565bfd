"""What a web server should send with each page, as files that servers read: the strict policy that the site is tested under.

`_headers` is for Netlify and Cloudflare Pages; `headers.nginx.conf` is for an `include` in nginx's `server` or `location`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from generator.model import Artifact

HEADERS: Final = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'; object-src 'none'",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}
"""Nothing from elsewhere, nothing inline, no framing by others; a link that leaves the site tells no path."""


def headers(compress: Sequence[str] = ()) -> Iterator[Artifact]:
    """The two files; nginx is told of the compressed copies that there are."""
    lines = "".join(f"  {name}: {value}\n" for name, value in HEADERS.items())
    yield Artifact("_headers", f"/*\n{lines}".encode())
    rules = [f'add_header {name} "{value}" always;\n' for name, value in HEADERS.items()]
    rules += [f"{way}_static on;\n" for way in compress]
    rules += ["gzip_vary on;\n"] if compress else []
    yield Artifact("headers.nginx.conf", "".join(rules).encode())
