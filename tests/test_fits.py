"""A value fits a schema exactly where the validator says that it is valid."""

from __future__ import annotations

import copy
import random
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from generator.fits import fits
from generator.schema import SITE
from tests.conftest import ROOT

ODD: tuple[Any, ...] = (None, True, False, 0, 1, -1, 1.5, "", "en", "error", "off", "files", {}, [], ["x"], [""], {"a": "b"}, {"code": "x", "level": "off"}, {"to": "x"})


def everything() -> dict[str, Any]:
    """A site.yml with something under most keys."""
    site: dict[str, Any] = yaml.safe_load((ROOT / "site.yml").read_text(encoding="utf-8"))
    site |= {
        "url": "https://example.org", "exclude": ["a"], "severity": [{"code": "link-*", "level": "info", "lang": ["en"], "path": "x"}],
        "theme": {"primary": "teal"}, "publish": {"live": {"to": "/srv", "keep": 3}}, "output": "out", "identifiers": ["a"],
    }  # fmt: skip
    return site


def places(value: object) -> list[tuple[Any, Any]]:
    """Every mapping or list in a value, with each key or index of it."""
    if isinstance(value, dict):
        return [pair for key, item in value.items() for pair in [(value, key), *places(item)]]
    if isinstance(value, list):
        return [pair for index, item in enumerate(value) for pair in [(value, index), *places(item)]]
    return []


@pytest.mark.parametrize("seed", range(3))
def test_a_site_with_anything_changed_is_judged_as_the_validator_judges_it(seed: int) -> None:
    chosen, validator, verdicts = random.Random(seed), Draft202012Validator(SITE), set()
    for _ in range(250):
        site = everything()
        holder, key = chosen.choice(places(site))
        change = chosen.choice(("set", "drop", "add"))
        if change == "drop":
            del holder[key]
        elif change == "add" and isinstance(holder, dict):
            holder[chosen.choice(("root", "odd", "level", "from", "Column", "en"))] = copy.deepcopy(chosen.choice(ODD))
        else:
            holder[key] = copy.deepcopy(chosen.choice(ODD))
        verdicts.add(validator.is_valid(site))
        assert fits(site, SITE) == validator.is_valid(site), (change, key, holder)
    assert verdicts == {True, False}


def test_a_keyword_that_is_not_known_is_not_passed_over() -> None:
    assert not fits("x", {"type": "string", "maxLength": 3})


def test_the_schema_has_no_keyword_that_makes_every_site_wait_for_the_validator() -> None:
    assert fits(everything(), SITE)
