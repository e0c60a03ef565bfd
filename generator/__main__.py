"""`python -m generator` is `sintoma`."""

import sys

from generator.cli import main

sys.exit(main())
