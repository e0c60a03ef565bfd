"""What `metadata.md` says holds for every page below it, unless the page says otherwise."""

from __future__ import annotations

from pathlib import Path

from generator import read
from generator.config import load
from generator.defaults import Defaults, defaults, inherit
from generator.model import DocPath, Document
from generator.parse import parse
from tests.conftest import Write

SITE = "title: T\nlanguages: {en: {root: docs/help, repository: docs, reference: true}}\n"


def inherited(folder: Path, path: str) -> tuple[Document, Defaults]:
    config = load(folder / "site.yml")
    language = config.languages[0]
    given = defaults(language, read.tree(config, language))
    source, _ = read.source(config, language, DocPath(path))
    assert source is not None
    return inherit(parse(source).document, given), given


def test_a_page_inherits_from_the_nearest_folder_first(write: Write) -> None:
    folder = write({
        "site.yml": SITE,
        "docs/metadata.md": "---\nproduct: A\nfeature: All\nlevel: One\n---\n",
        "docs/help/metadata.md": "---\nproduct: B\nfeature: Mail\n---\n",
        "docs/help/sub/metadata.md": "---\nfeature: Queue\nhide: true\n---\n",
        "docs/help/sub/a.md": "---\ntitle: A\n---\n# A {#a}\n",
    })  # fmt: skip
    document, _ = inherited(folder, "sub/a.md")
    assert document.meta == {"title": "A", "product": "B", "feature": "Queue", "level": "One", "hide": True}
    assert document.hidden


def test_what_a_page_says_itself_counts(write: Write) -> None:
    files = {"docs/help/metadata.md": "---\nproduct: B\n---\n", "docs/help/a.md": "---\nproduct: Own\n---\n# A {#a}\n"}
    document, _ = inherited(write({"site.yml": SITE, **files}), "a.md")
    assert document.meta["product"] == "Own"


def test_titles_and_the_state_of_a_translation_are_not_inherited(write: Write) -> None:
    metadata = "---\ntitle: All\ndescription: All of it\nht-degree: 100%\nworkflow-type: ht\n---\n"
    document, _ = inherited(write({"site.yml": SITE, "docs/metadata.md": metadata, "docs/help/a.md": "# A {#a}\n"}), "a.md")
    assert document.meta == {}
    assert document.title == "A"


def test_a_fault_in_the_file_is_a_finding_there(write: Write) -> None:
    _, given = inherited(write({"site.yml": SITE, "docs/help/metadata.md": "---\na: [\n---\n", "docs/help/a.md": "# A {#a}\n"}), "a.md")
    assert [(problem.code, problem.file) for problem in given.problems] == [("front-matter-syntax", "docs/help/metadata.md")]
