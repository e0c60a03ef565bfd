"""Waiting for what comes sooner or later, however busy the machine is: a condition is asked for, no time is slept."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Page

PATIENCE = 60
"""Seconds until something that should come counts as one that never does."""


def eventually(condition: Callable[[], object], pause: Callable[[], object] = lambda: time.sleep(0.02)) -> bool:
    """Whether a condition holds now, or becomes true."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if condition():
            return True
        pause()
    return False


def eventually_in(page: Page, condition: Callable[[], object]) -> bool:
    """Whether a condition holds now, or becomes true while the browser goes on: its events reach the test in the pauses."""
    return eventually(condition, lambda: page.wait_for_timeout(20))
