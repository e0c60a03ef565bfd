"""Two pages as text -> what the checks of translation find, with exact places."""

from __future__ import annotations

from pathlib import Path

from simplemma import is_known

from generator.alignment import align
from generator.checks import translation
from generator.checks.translation.identifiers import Identifiers, gather, learn, together
from generator.checks.translation.places import locate
from generator.config import load
from generator.model import DocPath, Finding, Lang, Page, SourceFile
from generator.parse import parse

SITE = "title: T\nlanguages: {en: {root: en, reference: true}, es: {root: es}}\n"


def page(text: str, lang: str = "es") -> Page:
    """A page of a language, parsed."""
    return parse(SourceFile(Lang(lang), DocPath("a.md"), f"{lang}/a.md", text, "0"))


def identifiers(tmp_path: Path, *pages: Page, site: str = SITE) -> Identifiers:
    """What pages of a reference teach."""
    for lang in ("en", "es"):
        (tmp_path / lang).mkdir(exist_ok=True)
    (tmp_path / "site.yml").write_text(site, encoding="utf-8")
    return gather(together(learn(one, is_known) for one in pages), load(tmp_path / "site.yml"))


def findings(tmp_path: Path, original: str, translated: str, lang: str = "es", *, site: str = SITE) -> list[Finding]:
    """All findings of a translation beside its reference."""
    here, there = page(original, "en"), page(translated, lang)
    found = translation.compare(here, there, identifiers(tmp_path, here, site=site), align(here, there), is_known)
    return list(locate(found, align(here, there), original.split("\n"), translated.split("\n")))


def said(tmp_path: Path, original: str, translated: str, lang: str = "es", *, site: str = SITE) -> list[tuple[str, int, int, str, str]]:
    """The findings as code, line, column, target and suggestion."""
    return [
        (one.code.removeprefix("translation-"), one.span.line, one.span.column, one.target, one.suggestion)
        for one in findings(tmp_path, original, translated, lang, site=site)
    ]
