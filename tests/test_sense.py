"""What fits the schema of site.yml and cannot be meant is said with its place, before anything else happens."""

from __future__ import annotations

import pytest

from generator import config
from generator.errors import SiteError
from tests.conftest import Write

SITE = """\
title: T
languages:
  en: {root: en, reference: true}
  pt-BR: {root: pt}
"""
RECORDS = "records:\n  codes:\n    columns:\n      Code: code\n      Cause: cause\n"


def fault(write: Write, text: str) -> str:
    """The faults of a site.yml, without the folder that it lies in."""
    folder = write({"site.yml": text, "en/a.md": "", "pt/a.md": ""})
    with pytest.raises(SiteError) as caught:
        config.load(folder / "site.yml")
    return str(caught.value).replace(f"{folder}/", "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SITE.replace("root: pt", "root: pp"), "site.yml:4:11: languages.pt-BR.root: there is no folder pp"),
        (SITE.replace("root: pt", "root: ./en"), "site.yml:4:11: languages.pt-BR.root: en and pt-BR have the same folder"),
        (SITE.replace("root: pt", "root: pt, reference: true"), "site.yml:4:21: languages.pt-BR.reference: en and pt-BR are both marked"),
        (SITE.replace("title: T", "title: {en: T, pt_br: T}"), "site.yml:1:16: title.pt_br: this language is called pt-BR under languages"),
        (SITE + "theme: {folder: nowhere}\n", "site.yml:5:9: theme.folder: there is no folder nowhere"),
        (SITE + "edit_url: https://example.com/{lang}/{file}\n", "site.yml:5:1: edit_url: {file} stands for nothing"),
        (SITE + "records:\n  codes: {label: Codes}\n", "site.yml:6:3: records.codes: say either what its columns mean"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_said_with_its_place(write: Write, text: str, said: str) -> None:
    assert fault(write, text).startswith(said)


@pytest.mark.parametrize(
    ("column", "said"),
    [
        ("{roles: code, split: '(?P<code>x'}", "columns.Code.split: this is no regular expression: missing )"),
        ("{roles: code, split: '(x)'}", "columns.Code.split: it has no named groups"),
        ("{roles: code, split: '(?P<number>x)'}", "columns.Code.split: the group number is no role"),
    ],
)
def test_an_expression_that_splits_nothing_is_said(write: Write, column: str, said: str) -> None:
    assert f"site.yml:8:27: records.codes.{said}" in fault(write, SITE + RECORDS.replace("Code: code", f"Code: {column}"))


def test_columns_of_which_none_names_a_record_are_said(write: Write) -> None:
    text = SITE + RECORDS.replace("Code: code", "Code: note").replace("Cause: cause", "Cause: remedy")
    assert "site.yml:7:5: records.codes.columns: no column names a record; give one of them the role subject" in fault(write, text)
    split = RECORDS.replace("Code: code", "Code: {roles: note, split: '(?P<code>x)'}").replace("Cause: cause", "Cause: remedy")
    assert config.load(write({"site.yml": SITE + split}) / "site.yml").records


def test_headers_that_are_more_or_less_than_the_columns_are_said(write: Write) -> None:
    assert "records.codes.headers.pt-BR: headers: 1, columns: 2" in fault(write, f"{SITE}{RECORDS}    headers: {{pt-BR: [Código]}}\n")


def test_all_that_cannot_be_meant_is_said_at_once(write: Write) -> None:
    assert len(fault(write, SITE.replace("root: pt", "root: pp, reference: true") + "theme: {folder: nowhere}\n").splitlines()) == 3


def test_texts_in_a_language_that_the_site_lacks_may_wait_for_it(write: Write) -> None:
    folder = write({"site.yml": SITE.replace("title: T", "title: {en: T, fr: T}"), "en/a.md": "", "pt/a.md": ""})
    assert config.load(folder / "site.yml").title["fr"] == "T"
