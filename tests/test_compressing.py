"""Compressed copies are those of their files, always, and web servers send them."""

from __future__ import annotations

import gzip
import urllib.request
from pathlib import Path

import brotli
import pytest

from generator import build, compressing, config
from generator.errors import SiteError
from generator.publish import Directory, publish, verify
from tests.conftest import Write
from tests.nginx import nginx
from tests.publish.sites import is_whole, tree

SITE = "title: T\nlanguages:\n  en: {root: en, reference: true}\n"
FILES = {"en/a.md": f"# Long {{#long}}\n\n{'many words ' * 400}\n", "en/b.md": "# Short {#short}\n\nfew\n"}


def built(folder: Path, site: str, *, output: str = "site", cache: bool = True) -> dict[str, bytes]:
    (folder / "site.yml").write_text(SITE + site, encoding="utf-8")
    build.build(config.load(folder / "site.yml"), build.Options(output=folder / output, jobs=1, cache=cache))
    assert is_whole(folder / output)
    return tree(folder / output)


def test_copies_stand_beside_texts_say_the_same_and_go_when_they_are_not_asked_for(write: Write) -> None:
    folder = write(FILES)
    plain = built(folder, "")
    packed = built(folder, "compress: [gzip, brotli]\n")
    copies = packed.keys() - plain.keys()
    assert {path.rpartition(".")[0] for path in copies} <= plain.keys()
    assert {"en/docs/a.html.gz", "en/docs/a.html.br"} < copies
    assert not [path for path in copies if ".woff2." in path or ".png." in path]
    for path in copies:
        file, _, kind = path.rpartition(".")
        assert (gzip.decompress if kind == "gz" else brotli.decompress)(packed[path]) == packed[file]
        assert len(packed[path]) < len(packed[file])
    assert built(folder, "") == plain


def test_an_edit_gives_the_copies_that_a_clean_build_gives(write: Write) -> None:
    folder = write(FILES)
    built(folder, "compress: [gzip]\n")
    (folder / "en/a.md").write_text(FILES["en/a.md"].replace("many", "some"), encoding="utf-8")
    assert built(folder, "compress: [gzip]\n") == built(folder, "compress: [gzip]\n", output="clean", cache=False)


def test_they_are_published_and_nginx_sends_them(write: Write) -> None:
    folder = write(FILES)
    built(folder, "compress: [gzip]\n")
    target = Directory(folder / "www")
    publish(folder / "site", target)
    assert verify(target).faults == ()
    with nginx(folder, f"include {target.path}/headers.nginx.conf; location / {{ root {target.path}; }}") as address:
        request = urllib.request.Request(f"{address}/en/docs/a.html", headers={"Accept-Encoding": "gzip"})  # noqa: S310  our own server
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            assert (answer.headers["Content-Encoding"], answer.headers["Vary"]) == ("gzip", "Accept-Encoding")
            assert answer.read() == (target.path / "en/docs/a.html.gz").read_bytes()


def test_a_way_that_is_not_installed_is_told(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compressing, "find_spec", lambda _: None)
    with pytest.raises(SiteError, match=r'pip install "sintoma\[brotli\]"'):
        built(write(FILES), "compress: [brotli]\n")
