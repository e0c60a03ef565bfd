"""Where everything lives in the built site: pure functions, relative to the site's root, with forward slashes.

Every address names a file, never a folder, so that the same links work over http and from `file://`.
"""

from __future__ import annotations

import os
import posixpath
from pathlib import Path

from generator.model import DocPath, Lang

DOCS = "docs"
SYMPTOMS = "symptoms"
TOPICS = "topics"
COMPARE = "compare"
SHEETS = "print"
MANIFEST = "manifest.json"


def lock(output: Path) -> Path:
    """The file beside the folder of a site that is there while the site is written, and after a run that was killed meanwhile."""
    target = Path(os.path.realpath(output))
    return target.with_name(f".{target.name}.sintoma-lock")


def home(lang: Lang) -> str:
    """The first page of a language."""
    return f"{lang}/index.html"


def record_list(lang: Lang, record_type: str) -> str:
    """The table of all records of a type."""
    return f"{lang}/{record_type}/index.html"


def record(lang: Lang, record_type: str, record_id: str) -> str:
    """The page of one record."""
    return f"{lang}/{record_type}/{record_id}.html"


def symptom_list(lang: Lang) -> str:
    """The page of all symptoms."""
    return f"{lang}/{SYMPTOMS}/index.html"


def symptom(lang: Lang, symptom_id: str) -> str:
    """The page of one symptom."""
    return f"{lang}/{SYMPTOMS}/{symptom_id}.html"


def document(lang: Lang, path: DocPath) -> str:
    """The page of one document."""
    return f"{lang}/{DOCS}/{path.removesuffix('.md')}.html"


def tree(lang: Lang) -> str:
    """The page that shows the whole navigation."""
    return f"{lang}/tree.html"


def system_map(lang: Lang) -> str:
    """The page of the system map; there is one where site.yml declares one, or rows lead to each other."""
    return f"{lang}/map.html"


def progress(lang: Lang) -> str:
    """The page about a translation: how far it is, and what to mend first."""
    return f"{lang}/translation.html"


def compare(lang: Lang, path: DocPath) -> str:
    """The page that shows a document beside its reference."""
    return f"{lang}/{COMPARE}/{path.removesuffix('.md')}.html"


def sheet(lang: Lang, anchor: str) -> str:
    """The page that holds all of a section, for paper; `anchor` is that of the section on the page with the whole tree (`group-1-2`)."""
    return f"{lang}/{SHEETS}/{anchor}.html"


def relative(source: str, destination: str) -> str:
    """The href that leads from one file of the site to another (`en/docs/a.html`, `en/index.html` -> `../index.html`)."""
    return posixpath.relpath(destination, posixpath.dirname(source) or ".")


def data(page: str) -> str:
    """The JSON that says the same as a page: `data/en/modules/mta.json` for `en/modules/mta.html`."""
    return f"data/{page.removesuffix('.html')}.json"


def records_data(lang: Lang) -> str:
    """All records of a language."""
    return f"data/{lang}/records.json"


def pages_data(lang: Lang) -> str:
    """The list of all pages of a language."""
    return f"data/{lang}/pages.json"


def table(lang: Lang, record_type: str) -> str:
    """All records of a type, for spreadsheets."""
    return f"data/{lang}/{record_type}.csv"


def open_search(lang: Lang) -> str:
    """What browsers read to add the site's search to their own; there is one where site.yml says `url`."""
    return f"{lang}/opensearch.xml"
