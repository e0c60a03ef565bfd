"""What has left since a commit: pages that were published then, are gone now, and no redirect leads on from them."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from generator import read
from generator.checks import redirects
from generator.config import Config, LanguageConfig
from generator.errors import SiteError
from generator.model import DocPath, Finding, KnowledgeBase, LinkState, Span
from generator.publish.gitcommand import GitError, git


def pages_that_left_have_redirects(kb: KnowledgeBase, config: Config, since: str) -> Iterator[Finding]:
    """A finding for each page that was there at the commit `since`, and whose address leads nowhere now.

    Raises SiteError where git knows no such commit, or the content lies in no repository.
    """
    for language in config.languages:
        pages = kb.documents[language.lang]
        listed = redirects.listed(language)
        sources = {redirects.stem(source) for source in listed.rows}
        broken = Counter(
            destination.path for destination in chain.from_iterable(kb.links[language.lang].values()) if destination.state is LinkState.BROKEN
        )
        for old, new in sorted(_left(config, language, since).items()):
            if old not in pages and not _leads_on(language, old, sources):
                file, span = (listed.file, listed.end) if listed.rows else _place(config, kb, language, new)
                moved = f", its words are in {new} now" if new else ""
                still = f" {broken[old]} links of this language still lead to it." if broken[old] else ""
                message = f"{old} was a page at {since} and is gone{moved}.{still} Add a redirect from its address, for readers who kept it."
                yield Finding("link-redirect-missing", file, span, message, language.lang, old)


def _left(config: Config, language: LanguageConfig, since: str) -> Mapping[str, str]:
    """Pages that left a language's folder, and where each was moved to, or nothing."""
    try:
        said = git(language.root, "diff", "--relative", "--name-status", "-z", "-M", "--diff-filter=DR", "--end-of-options", since, "--", ".")
    except GitError as error:
        raise SiteError(f"sintoma check: --since {since}: {error if _in_repository(language.root) else f'{language.base} lies in no git repository'}") from None
    found: dict[str, str] = {}
    fields = iter(said.split("\0"))
    for status in fields:
        if status:
            old = next(fields)
            new = next(fields) if status.startswith("R") else ""
            if read.is_page(config, language, old):
                found[old] = new
    return found


def _in_repository(folder: Path) -> bool:
    try:
        git(folder, "rev-parse", "--git-dir")
    except GitError:
        return False
    return True


def _leads_on(language: LanguageConfig, old: str, sources: set[str]) -> bool:
    """Whether a redirect starts at the address that a page had, or, where that is not known, at one that ends in its name."""
    path = old.removesuffix(".md")
    if language.url_prefix and language.url_paths == "files":
        return f"{language.url_prefix.rstrip('/')}/{path}" in sources
    return any(posixpath.basename(source) == posixpath.basename(path) for source in sources)


def _place(config: Config, kb: KnowledgeBase, language: LanguageConfig, new: str) -> tuple[str, Span]:
    """Where to say it if there is no list of redirects: at the page that took its place, else at site.yml."""
    page = kb.documents[language.lang].get(DocPath(new))
    return (page.file if page else config.path.name), Span(1, 1, 1, 1)
