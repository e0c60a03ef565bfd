"""Small sites in memory for tests: Markdown by language and path becomes a KnowledgeBase."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from generator import config, site
from generator.model import KnowledgeBase
from generator.site import Gathered
from generator.workers import crew


def gathered(site_yml: str, files: Mapping[str, str]) -> Gathered:
    """Write the files, gather the site, and let the files go again (the library keeps the pages)."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for path, text in {"site.yml": site_yml, **files}.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
        settings = config.load(folder / "site.yml")
        with site.cache(settings, keep=False) as store:
            return site.gather(settings, store, crew(1))


def knowledge(site_yml: str, files: Mapping[str, str]) -> KnowledgeBase:
    """The knowledge base of a small site."""
    return gathered(site_yml, files).knowledge
