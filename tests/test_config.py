"""site.yml becomes a Config, or a message that says where and how to mend it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from generator import config
from generator.config import Column, localised
from generator.errors import SiteError
from generator.model import Severity
from generator.schema import SITE
from tests.conftest import ROOT, Write

MINIMAL = "title: T\nlanguages:\n  en: {root: en}\n"


def test_the_schema_is_a_valid_json_schema() -> None:
    Draft202012Validator.check_schema(SITE)
    assert json.loads(json.dumps(SITE)) == SITE


def test_our_own_site_yml_has_six_languages_with_their_own_names() -> None:
    site = config.load(ROOT / "site.yml")
    assert {language.lang: language.name for language in site.languages} == {
        "en": "English", "es": "Español", "fr": "Français", "de": "Deutsch", "pt-BR": "Português (Brasil)", "ja": "日本語",
    }  # fmt: skip
    assert site.reference is not None
    assert site.reference.lang == "en"


@pytest.mark.parametrize(
    ("lang", "name"),
    [("zh-Hans", "简体中文"), ("zh-CN", "简体中文"), ("zh-Hant", "繁體中文"), ("zh-TW", "繁體中文"), ("zh-HK", "中文 (繁體字, 中國香港特別行政區)"), ("sr-Latn", "Srpski (latinica)")],
)
def test_chinese_is_called_what_its_readers_call_it(write: Write, lang: str, name: str) -> None:
    site = config.load(write({"site.yml": f"title: T\nlanguages: {{{lang}: {{root: a}}}}\n", "a/a.md": ""}) / "site.yml")
    assert site.languages[0].name == name


def test_folders_are_relative_to_site_yml_wherever_it_is_called_from(write: Write) -> None:
    folder = write({"deep/site.yml": MINIMAL.replace("root: en", "root: ../en"), "en/a.md": ""})
    site = config.load(folder / "deep" / "site.yml")
    assert site.languages[0].base == "../en"
    assert site.output == folder / "deep" / "site"


def test_a_column_may_be_a_role_a_list_or_all_that_can_be_said(write: Write) -> None:
    columns = """\
records:
  codes:
    columns:
      Name: subject
      Text: [symptom, remedy]
      Code: {roles: [code, message], split: '^(?P<code>x) - (?P<message>.+)$', fill_down: true, identifier: true}
"""
    site = config.load(write({"site.yml": MINIMAL + columns, "en/a.md": ""}) / "site.yml")
    assert site.records[0].columns == (
        Column("Name", ("subject",)),
        Column("Text", ("symptom", "remedy")),
        Column("Code", ("code", "message"), identifier=True, fill_down=True, split="^(?P<code>x) - (?P<message>.+)$"),
    )


def test_a_severity_rule_names_its_level_in_words(write: Write) -> None:
    site = config.load(write({"site.yml": MINIMAL + 'severity: [{code: "link-*", lang: en, level: "off"}]\n', "en/a.md": ""}) / "site.yml")
    assert site.severity[0].level is Severity.OFF
    assert site.severity[0].langs == ("en",)


def test_a_localised_text_falls_back_to_the_one_for_all() -> None:
    assert localised({"": "all", "es": "todos"}, "es") == "todos"
    assert localised({"": "all", "es": "todos"}, "fr") == "all"
    assert localised({"es": "todos"}, "fr") == "todos"


def test_all_faults_are_said_at_once(write: Write) -> None:
    folder = write({"site.yml": "titel: T\nlanguages:\n  en: {rot: en}\nurl: nowhere\n"})
    with pytest.raises(SiteError) as caught:
        config.load(folder / "site.yml")
    lines = str(caught.value).splitlines()
    assert len(lines) == 5
    assert any("3:8: languages.en.rot: unknown key; did you mean root?" in line for line in lines)
    assert any("url: 'nowhere' does not fit. Address it is published at" in line for line in lines)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "1:1: the key title is missing. Name of the site."),
        ("- T\n", "1:1: should be a mapping, not a list"),
        (MINIMAL + "theme: {primary: blu}\n", "4:9: theme.primary: 'blu' is not one of red,"),
        (MINIMAL + "severity: [{code: a, level: warn}]\n", "off; did you mean warning?"),
        (MINIMAL.replace("en:", "pt_BR:"), "3:3: languages.pt_BR: 'pt_BR' does not fit. A language is written as a BCP 47 tag"),
        (MINIMAL + "records: {print: {columns: {A: subject}}}\n", "4:11: records.print: 'print' does not fit. A kind of record has small letters"),
        (MINIMAL + "records: {docs: {columns: {A: subject}}}\n", "4:11: records.docs: 'docs' does not fit. A kind of record has small letters"),
        (MINIMAL + "records: {a: {columns: {A: subject}, symptoms: {en: [x]}}}\n", "'x' does not fit. A sentence has {symptom}"),
        (MINIMAL + "title: Again\n", "4:1: title: stands twice; keep one"),
        (MINIMAL.replace("  en", "\ten"), "3:1: this is not valid YAML: found character that cannot start any token; indent with blanks, not with a tab"),
        (MINIMAL.replace("title: T", "title: T: U"), "put a text that has a colon and a blank in it into quotes"),
        (MINIMAL.replace("en}", "en"), "what begins with a bracket at 3:7 does not end"),
        (MINIMAL.replace("T", "é").encode("latin-1"), "1:1: this is no UTF-8; save the file as UTF-8"),
    ],
)  # fmt: skip
def test_a_fault_is_said_with_its_place_and_what_to_do(tmp_path: Path, text: str | bytes, said: str) -> None:
    (tmp_path / "site.yml").write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(SiteError) as caught:
        config.load(tmp_path / "site.yml")
    assert said in str(caught.value)


@settings(deadline=None)  # the machine may have more to do
@given(st.text(max_size=80))
def test_any_text_at_all_is_a_config_or_a_site_error(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.yml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(SiteError):
        config.load(path)
