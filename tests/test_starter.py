"""`sintoma init` gives a small site that builds at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import build, config, inspection
from generator.errors import SiteError
from generator.starter import init


def test_the_small_site_has_no_finding_at_all(tmp_path: Path) -> None:
    init(tmp_path / "new" / "help")
    findings, kb = inspection.inspect(config.load(tmp_path / "new/help/site.yml"), cache=False, jobs=1)

    assert findings == ()
    assert [record.id for record in kb.records["modules"]] == ["web", "worker", "scheduler"]
    assert [len(record.texts) for record in kb.records["modules"]] == [2, 2, 2]
    assert len(kb.symptoms) == 3


def test_the_small_site_builds(tmp_path: Path) -> None:
    init(tmp_path)
    result = build.build(config.load(tmp_path / "site.yml"), build.Options(strict=True, cache=False, jobs=1))

    assert result.written is not None
    assert (tmp_path / "site/es/modules/web.html").is_file()
    assert (tmp_path / "site/data/es/modules/web.json").is_file()


def test_says_which_files_it_wrote(tmp_path: Path) -> None:
    written = init(tmp_path)

    assert sorted(written) == sorted(path for path in tmp_path.rglob("*") if path.is_file())
    assert tmp_path / ".gitignore" in written


def test_starts_in_a_fresh_git_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()

    assert init(tmp_path)


def test_refuses_a_folder_that_holds_anything(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("years of work")

    with pytest.raises(SiteError, match=r"is not empty \(thesis.tex\)"):
        init(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.tex"]


def test_refuses_a_file(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("")

    with pytest.raises(SiteError, match="is a file"):
        init(tmp_path / "x")
