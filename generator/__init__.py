"""Sintoma: troubleshooting tables in many languages, checked, published and found."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("sintoma")
except PackageNotFoundError:  # run from a checkout that is not installed
    __version__ = "0.0.0"
