"""The theme's words and files."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from generator import config
from generator.pages import shell, theme
from generator.search import scripts_for

THEME = Path(__file__).parents[2] / "theme"
LANGUAGES = sorted(path.stem for path in (THEME / "strings").glob("*.yml"))
Pages = dict[str, str]


def strings(lang: str) -> dict[str, str]:
    found: dict[str, str] = yaml.safe_load((THEME / "strings" / f"{lang}.yml").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_the_same_words_with_the_same_gaps(lang: str) -> None:
    own, english = strings(lang), strings("en")
    assert list(own) == list(english)
    assert all(isinstance(text, str) and text.strip() for text in own.values())
    for key, text in own.items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", english[key])), key


def test_every_word_of_the_theme_is_used() -> None:
    sources = [path.read_text(encoding="utf-8") for folder in ("templates", "assets/js") for path in (THEME / folder).rglob("*.*")]
    sources += [path.read_text(encoding="utf-8") for path in (THEME.parent / "generator" / "pages").glob("*.py")]
    text = "\n".join(sources)
    families = ("label-", "facet-", "made-", "scheme-")
    assert [key for key in strings("en") if f'"{key}"' not in text and f"'{key}'" not in text and not key.startswith(families)] == []


@pytest.mark.parametrize(
    "path", sorted((THEME / "assets").rglob("*.css")) + sorted((THEME / "assets" / "js").glob("*.js")), ids=lambda path: path.name
)
def test_a_file_of_the_theme_stays_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_styles_know_no_left_and_no_right() -> None:
    for path in (THEME / "assets" / "css").glob("*.css"):
        found = re.findall(
            r"[^-\w](?:left|right|(?:margin|padding|border)-(?:left|right)|text-align:\s*(?:left|right))\s*[:;]", path.read_text("utf-8")
        )
        assert found == [], path.name


@pytest.mark.parametrize(("lang", "expected"), [("pt-BR", "pt-BR"), ("es-ES", "es"), ("zh-CN", "zh"), ("zh-Hant-HK", "zh-Hant"), ("no", "nb"), ("tlh", "en")])
def test_a_language_finds_the_nearest_interface_translation(lang: str, expected: str) -> None:
    assert shell.interface_language(lang) == expected


@pytest.mark.parametrize(
    ("lang", "note"),
    [("it-IT", "Nota"), ("ko-KR", "참고"), ("zh-Hans", "信息"), ("zh-Hant", "資訊"), ("zh-TW", "資訊"), ("zh-Hant-HK", "資訊"), ("nl-NL", "Opmerking"), ("ru-RU", "Примечание"), ("ar-SA", "ملاحظة"), ("pt-PT", "Observação"), ("pt", "Observação"), ("fi", "Note")],
)
def test_a_page_is_framed_in_words_of_its_language(lang: str, note: str) -> None:
    words = theme.strings(theme.Theme((THEME,), {}, {}), lang)
    assert note in (words["label-note"], words["label-info"])


def test_a_site_s_own_theme_wins_file_by_file(make: Callable[[Pages], Pages], ward: Pages) -> None:
    pages = make({
        "site.yml": ward["site.yml"] + "theme: {folder: look}\n",
        "look/strings/en.yml": "home: Haven\n",
        "look/assets/css/print.css": "body { --own: 1; }\n",
        "look/templates/partials/footer.html": "<footer class='own'>{{ config.site_name }}</footer>\n",
    })  # fmt: skip
    assert ">Haven</a>" in pages["en/docs/modules.html"]
    assert "<footer class='own'>Ward</footer>" in pages["en/docs/modules.html"]
    (styles,) = [text for path, text in pages.items() if path.endswith(".css")]
    assert "--own" in styles
    assert "@layer sintoma.tokens" in styles


PHYSICAL = re.compile(r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right)|(?:left|right)\s*:|text-align:\s*(?:left|right)|float\s*:)")


def test_the_style_sheets_know_no_left_and_no_right() -> None:
    found = [(path.name, match[0]) for path in sorted((THEME / "assets/css").glob("*.css")) for match in PHYSICAL.finditer(path.read_text("utf-8"))]
    assert found == []


def scripts(*langs: str) -> dict[str, bytes]:
    """The scripts of a search in these languages as the site carries them, by logical name."""
    names = scripts_for(*langs)
    loaded = theme.load(config.load(THEME.parent / "site.yml"), names)
    return {name: loaded.files[loaded.urls[name]] for name in loaded.urls if name.endswith(".js")}


def test_scripts_travel_without_remarks_but_with_their_notices() -> None:
    for name, data in scripts("en").items():
        assert b"/**" not in data, name
        assert b"@ts-check" not in data, name
    assert b"BSD licence" in scripts("en")["search/stemmers/en.js"]


@pytest.mark.parametrize("lang", [*LANGUAGES, "ru", "tr", "ar"])
def test_engine_and_analyzer_weigh_at_most_20_kilobytes_file_by_file(lang: str) -> None:
    assert sum(len(gzip.compress(data, mtime=0)) for name, data in scripts(lang).items() if name.startswith("search/")) <= 20_000
