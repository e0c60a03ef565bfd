"""`python -m generator` is `sintoma`."""

from generator.cli import program

program()
