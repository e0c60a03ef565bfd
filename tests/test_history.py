"""Pages that left since a commit are said, with what took their place, unless a redirect leads on from them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from generator import config
from generator.errors import SiteError
from generator.findings import SINCE
from generator.history import pages_that_left_have_redirects
from generator.inspection import Ask, inspect
from generator.model import Finding
from tests.conftest import ROOT, Write
from tests.test_sites import committed

SITE = {
    "site.yml": "title: T\nlanguages:\n  en: {root: docs/en, repository: docs/en, url_prefix: 'https://example.com/en/'}\n  es: {root: docs/es}\n",
    "docs/en/page.md": "# Page {#page}\n\n[a](guides/old.md)\n",
    "docs/en/guides/old.md": "# Old {#old}\n\nWords that are long enough to be known again, and some more of them.\n",
    "docs/en/README.md": "# No page\n",
    "docs/en/redirects.csv": "source,destination\nhttps://example.com/en/older,https://example.com/en/page\n",
    "docs/es/page.md": "# Página {#page}\n",
    "docs/es/second.md": "# Segunda {#second}\n",
}


@pytest.fixture
def site(write: Write) -> Path:
    folder = write(SITE)
    committed(folder)
    return folder


def left(folder: Path, since: str = "HEAD") -> list[Finding]:
    settings = config.load(folder / "site.yml")
    ask = Ask(SINCE, lambda kb: pages_that_left_have_redirects(kb, settings, since))
    findings, _ = inspect(settings, cache=False, jobs=1, asks=[ask], wanted=lambda code: code.startswith("link-"))
    return [finding for finding in findings if finding.code in SINCE]


def test_nothing_is_said_where_nothing_left(site: Path) -> None:
    assert left(site) == []


def test_a_page_that_was_renamed_is_said_with_its_new_name_and_the_links_to_it(site: Path) -> None:
    subprocess.run(["git", "mv", "docs/en/guides/old.md", "docs/en/new.md"], cwd=site, check=True)
    (finding,) = left(site)
    assert (finding.file, finding.span.line, finding.target) == ("docs/en/redirects.csv", 3, "guides/old.md")
    assert "its words are in new.md now. 1 links of this language still lead to it." in finding.message


def test_a_redirect_from_its_address_is_enough(site: Path) -> None:
    (site / "docs/en/guides/old.md").unlink()
    rows = site / "docs/en/redirects.csv"
    rows.write_text(f"{SITE['docs/en/redirects.csv']}https://example.com/en/elsewhere/old,https://example.com/en/page\n", encoding="utf-8")
    assert len(left(site)) == 1
    rows.write_text(f"{SITE['docs/en/redirects.csv']}https://example.com/en/guides/old.html,https://example.com/en/page\n", encoding="utf-8")
    assert left(site) == []


def test_where_addresses_are_not_known_a_source_with_the_name_of_the_page_is_enough(site: Path) -> None:
    (site / "docs/es/second.md").unlink()
    (finding,) = left(site)
    assert (finding.file, finding.lang, finding.target) == ("site.yml", "es", "second.md")
    (site / "docs/es/redirects.csv").write_text("source,destination\n/es/any/second,/es/page\n", encoding="utf-8")
    assert left(site) == []


def test_what_was_no_page_is_not_missed(site: Path) -> None:
    (site / "docs/en/README.md").unlink()
    assert left(site) == []


@pytest.mark.parametrize("since", ["no-such-commit", "--output=x"])
def test_a_commit_that_git_does_not_know_is_said(site: Path, since: str) -> None:
    with pytest.raises(SiteError, match=f"--since {since}: git diff failed"):
        left(site, since)
    assert not (site / "docs" / "en" / "x").exists()


def test_content_that_lies_in_no_repository_is_said(site: Path) -> None:
    (site / ".git").rename(site / "elsewhere")
    with pytest.raises(SiteError, match="--since HEAD: docs/en lies in no git repository"):
        left(site, "HEAD")


def test_the_command_line_takes_a_commit(site: Path) -> None:
    (site / "docs/es/second.md").unlink()
    command = [sys.executable, "-m", "generator", "check", "--config", str(site / "site.yml"), "--no-cache", "--since", "HEAD", "--only", "link-redirect-*"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "site.yml:1:1: warning link-redirect-missing: second.md was a page at HEAD and is gone." in run.stdout
    assert run.returncode == 0, run.stderr
