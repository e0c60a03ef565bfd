"""What a reader judged on a real corpus: damage that was found stays found, and errors are errors."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from simplemma import is_known

from generator.alignment import align
from generator.checks import translation
from generator.checks.translation.identifiers import Identifiers, gather, learn, together
from generator.checks.translation.places import locate
from generator.config import load
from generator.model import DocPath, Finding, Lang, Page, SourceFile
from generator.parse import parse

pytestmark = pytest.mark.corpus

Flag = tuple[str, str, int]


def read(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


TRUTH = Path(__file__).parents[1] / "truth"
VERDICTS = read(TRUTH / "translation-verdicts.jsonl")
NOT_SHARED: dict[Flag, str] = {(one["lang"], one["file"], one["line"]): one["verdict"] for one in read(TRUTH / "flags-not-shared.jsonl")}
SITE = "title: T\nlanguages: {en: {root: en, reference: true}}\n"


def page(corpus: Path, lang: str, file: str) -> Page:
    text = (corpus / lang / file).read_text(encoding="utf-8")
    return parse(SourceFile(Lang(lang), DocPath(file), f"{lang}/{file}", text, "0"))


@pytest.fixture(scope="module")
def identifiers(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Identifiers:
    folder = tmp_path_factory.mktemp("site")
    (folder / "en").mkdir()
    (folder / "site.yml").write_text(SITE, encoding="utf-8")
    files = sorted(path.relative_to(corpus / "en").as_posix() for path in (corpus / "en").rglob("*.md"))
    return gather(together(learn(page(corpus, "en", file), is_known) for file in files), load(folder / "site.yml"))


@cache
def compared(corpus: Path, lang: str, file: str, identifiers: Identifiers) -> tuple[Finding, ...]:
    original, translated = page(corpus, "en", file), page(corpus, lang, file)
    lines = [(corpus / name / file).read_text(encoding="utf-8").split("\n") for name in ("en", lang)]
    alignment = align(original, translated)
    return tuple(locate(translation.compare(original, translated, identifiers, alignment, is_known), alignment, *lines))


def test_what_was_judged_true_is_still_found_at_its_line(corpus: Path, identifiers: Identifiers) -> None:
    pages: defaultdict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
    for verdict in VERDICTS:
        if verdict["verdict"] == "true":
            pages[verdict["lang"], verdict["file"]].append((verdict["code"], verdict["line"]))
    lost = []
    for (lang, file), wanted in pages.items():
        found = Counter((finding.code, finding.span.line) for finding in compared(corpus, lang, file, identifiers))
        lost += [(lang, file, *place) for place in wanted if place not in found]
    assert lost == []


def test_nineteen_of_twenty_true_flags_of_another_checker_are_found(corpus: Path, identifiers: Identifiers) -> None:
    listed = corpus.parents[1] / "truth" / "translation-flags-dev.jsonl"
    if not listed.exists():
        pytest.skip("the flags of the other checker lie beside the corpus")
    flags: list[Flag] = [(one["lang"].removeprefix("classic/"), one["file"], one["line"]) for one in read(listed)]
    lines = {page: {one.span.line for one in compared(corpus, *page, identifiers)} for page in {flag[:2] for flag in flags}}
    missed = [flag for flag in flags if not lines[flag[:2]] & {*range(flag[2] - 1, flag[2] + 4)}]
    unread = [flag for flag in missed if flag not in NOT_SHARED]
    assert unread == []
    lost = sum(1 for flag in missed if NOT_SHARED[flag] != "false")
    assert lost <= 0.05 * (len(flags) - len(missed) + lost), f"{len(flags) - len(missed)} of {len(flags)} are found, {lost} that are true or doubtful are not"


def test_errors_are_errors_in_at_least_nineteen_of_twenty() -> None:
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for verdict in VERDICTS:
        counts[verdict["code"]][verdict["verdict"]] += 1
    for code, verdicts in counts.items():
        assert verdicts["false"] <= 0.05 * verdicts.total(), code
