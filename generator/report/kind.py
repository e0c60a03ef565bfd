"""What every report format is: a function from findings to one text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from generator.model import Finding

ReadLine = Callable[[str, int], str]
"""The source line of a file (as findings name it) and a line number from 1; empty where there is none."""

Format = Callable[[Sequence[Finding], ReadLine], str]
"""Findings, already sorted by `findings.settle`, to a text that ends with a line break."""
