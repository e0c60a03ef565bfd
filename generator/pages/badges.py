"""Badges that front matter gives a page: `badge-NAME: label="On-premise only" type="Caution" url="…" tooltip="…"`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from generator.model import Meta
from generator.parse.marks import BADGE_KEY, address, badge, properties
from generator.parse.text import unmarked


def badges(meta: Meta) -> Iterator[str]:
    """The HTML of each badge with a label, in the order of the front matter; only addresses of the web become links."""
    for key, value in meta.items():
        if not BADGE_KEY.fullmatch(key) or not isinstance(value, str):
            continue
        pairs = properties(value)
        label = unmarked(pairs.get("label", "" if pairs else value))
        if not label:
            continue
        span = badge(label, pairs.get("type", ""), pairs.get("tooltip", ""))
        url = address(pairs.get("url", ""))
        is_web = re.match(r"https?://", url, re.IGNORECASE)
        yield f'<a href="{escape(url)}" rel="external noopener">{span}</a>' if is_web else span
