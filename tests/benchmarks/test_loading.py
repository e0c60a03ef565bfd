"""Benchmarks are run by hand; that what they take from the program is there is looked at in every run."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.mark.parametrize("name", sorted(path.stem for path in HERE.glob("*.py") if path.stem != Path(__file__).stem))
def test_a_benchmark_can_be_loaded(name: str) -> None:
    assert import_module(f"tests.benchmarks.{name}")
