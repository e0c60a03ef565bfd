"""Sintoma: troubleshooting tables in many languages, checked, published and found."""

__version__ = "0.1.0"
