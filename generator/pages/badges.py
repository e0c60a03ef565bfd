"""Badges that front matter gives a page: `badge-NAME: label="On-premise only" type="Caution" url="…" tooltip="…"`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Final

from generator.model import Meta

_KEY: Final = re.compile(r"badge(?:[-_]?\w[\w-]*)?", re.IGNORECASE)
_PAIR: Final = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"',]+))""")
_KINDS: Final = frozenset({"informative", "positive", "negative", "caution", "neutral"})


def badges(meta: Meta) -> Iterator[str]:
    """The HTML of each badge with a label, in the order of the front matter; only addresses of the web become links."""
    for key, value in meta.items():
        if not _KEY.fullmatch(key) or not isinstance(value, str):
            continue
        pairs = {name.lower(): next(filter(None, texts), "") for name, *texts in _PAIR.findall(value)}
        label = pairs.get("label", "" if pairs else value).strip()
        if not label:
            continue
        kind = pairs.get("type", "").lower()
        title = f' title="{escape(pairs["tooltip"])}"' if pairs.get("tooltip") else ""
        span = f'<span class="badge badge--{kind if kind in _KINDS else "neutral"}"{title}>{escape(label)}</span>'
        url = pairs.get("url", "")
        is_web = re.match(r"https?://", url, re.IGNORECASE)
        yield f'<a href="{escape(url)}" rel="external noopener">{span}</a>' if is_web else span
