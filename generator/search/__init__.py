"""Symptom search: entries into index files, and questions to them through the page's own engine."""

from __future__ import annotations

from generator.search.engine import Answer, Engine, Hit
from generator.search.index import Index, build_index, current
from generator.search.options import Options
from generator.search.runtime import ASSETS, RuntimeMissingError, scripts_for
from generator.search.vectors import Vectors

__all__ = ["ASSETS", "Answer", "Engine", "Hit", "Index", "Options", "RuntimeMissingError", "Vectors", "build_index", "current", "scripts_for"]
