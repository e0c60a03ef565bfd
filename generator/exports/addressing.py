"""Where things live in the site, as exports ask for it, and how an address is written."""

from __future__ import annotations

from typing import Protocol
from urllib.parse import quote

from generator.model import DocPath, Lang


class Addresses(Protocol):
    """The part of `generator.addresses` that exports need: paths of files, relative to the root of the site."""

    def home(self, lang: Lang) -> str: ...  # noqa: D102
    def record_list(self, lang: Lang, record_type: str) -> str: ...  # noqa: D102
    def record(self, lang: Lang, record_type: str, record_id: str) -> str: ...  # noqa: D102
    def symptom_list(self, lang: Lang) -> str: ...  # noqa: D102
    def symptom(self, lang: Lang, symptom_id: str) -> str: ...  # noqa: D102
    def document(self, lang: Lang, path: DocPath) -> str: ...  # noqa: D102
    def data(self, page: str) -> str: ...  # noqa: D102
    def records_data(self, lang: Lang) -> str: ...  # noqa: D102
    def pages_data(self, lang: Lang) -> str: ...  # noqa: D102
    def table(self, lang: Lang, record_type: str) -> str: ...  # noqa: D102
    def open_search(self, lang: Lang) -> str: ...  # noqa: D102


def absolute(url: str, path: str, anchor: str = "") -> str:
    """The address of a file of the site: absolute where the site has a `url`, else relative to its root."""
    place = quote(path) + (f"#{quote(anchor)}" if anchor else "")
    return f"{url}/{place}" if url else place
