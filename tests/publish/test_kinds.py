"""How long browsers may keep a file, by its name."""

from __future__ import annotations

import pytest

from generator.publish.kinds import cache_control


@pytest.mark.parametrize("path", ["assets/sintoma.0123abcd.css", "search/en/terms-0123abcd.js", "help/search/pt-BR/manifest-0123abcd.js", "assets/sintoma.0123abcd.css.gz", "search/en/terms-0123abcd.js.br"])
def test_what_changes_its_name_with_its_content_is_kept_for_ever(path: str) -> None:
    assert "immutable" in cache_control(path)


@pytest.mark.parametrize(
    "path", ["search/en/current.js", "en/docs/release-20210526.html", "en/docs/notes.20210526.html", "en/docs/search/a-20210526.html", "sitemap.xml", "en/docs/release.html.gz"]
)
def test_everything_else_is_asked_for_each_time(path: str) -> None:
    assert cache_control(path) == "no-cache"
