"""Sintoma: troubleshooting tables in many languages, checked, published and found."""

from __future__ import annotations

from pathlib import Path
from typing import Final

__version__ = "0.1.0"
_HERE: Final = Path(__file__).resolve().parent
THEME: Final = next((folder for folder in (_HERE / "theme", _HERE.parent / "theme") if (folder / "templates").is_dir()), _HERE / "theme")
"""The default theme: inside the package where that is installed, beside it in a checkout."""
