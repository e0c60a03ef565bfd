"""SECURITY.md promises nothing that no test holds."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_every_promise_names_tests_that_exist() -> None:
    table = (ROOT / "SECURITY.md").read_text(encoding="utf-8").split("| Promise | Held by |\n|---|---|\n")[1].split("\n\n")[0]
    for row in table.splitlines():
        named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", row)
        assert named, row
        for path, name in named:
            text = (ROOT / path).read_text(encoding="utf-8")
            assert not name or re.search(rf"^(?:def|class) {name}\b", text, re.MULTILINE), (path, name)
