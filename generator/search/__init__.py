"""Symptom search: entries into index files, and questions to them through the page's own engine.

What makes an index is loaded when it is asked for: a run that leaves that to a copy of its process needs no numpy.
"""

from __future__ import annotations

import os
from importlib import import_module
from typing import TYPE_CHECKING, Any

from generator.search.engine import Answer, Engine, Hit
from generator.search.options import Options, current
from generator.search.runtime import ASSETS, scripts_for

if TYPE_CHECKING:
    from generator.search.index import Index
    from generator.search.vectors import Vectors

__all__ = ["ASSETS", "Answer", "Engine", "Hit", "Index", "Options", "Vectors", "current", "scripts_for"]

# Nothing here multiplies large matrices: threads for it would only wait, at the cost of the core that they wait on.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def __getattr__(name: str) -> Any:  # noqa: ANN401  PEP 562: whatever is asked for
    if name not in ("Index", "Vectors"):
        raise AttributeError(name)
    return getattr(import_module(f"generator.search.{'vectors' if name == 'Vectors' else 'index'}"), name)
