"""Whatever a page holds: no traceback, no hang, no script, a message with its place, and a whole site."""

from __future__ import annotations

import re
import resource
import time
from pathlib import Path
from urllib.parse import urlsplit

import lxml.html
import pytest

from generator.findings import CODES
from generator.model import DocPath, Finding, Lang, Page, SourceFile
from generator.parse import parse
from generator.parse.sanitize import ALLOWED
from generator.publish.manifest import read_manifest
from generator.report.text import text
from tests.conftest import absent
from tests.hostile import inputs
from tests.hostile.conftest import Built

MESSAGE = re.compile(r"[^\x00-\x1f\x7f-\x9f]+:\d+:\d+: (?:error|warning|info) ([a-z-]+): \S.*|  .*")
CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
SECONDS = 10
MEGABYTES = 1024


def page(markdown: str) -> Page:
    return parse(SourceFile(Lang("en"), DocPath("a.md"), "a.md", markdown, "0"))


def faults(body: str) -> list[str]:
    """What of a body could do anything: elements that are not allowed, handlers, addresses that run."""
    found = []
    for element in lxml.html.document_fromstring(f"<body>{body}</body>").body.iterdescendants():
        if not isinstance(element.tag, str) or element.tag not in ALLOWED | {"svg", "path"}:
            found.append(str(element.tag))
        for name, value in element.attrib.items():
            if name.startswith("on") or name in ("style", "srcdoc", "srcset", "formaction", "action", "ping", "background"):
                found.append(f"{element.tag} {name}")
            if name in ("href", "src") and urlsplit(re.sub(r"[\x00-\x20]", "", value)).scheme not in ("", "http", "https", "mailto"):
                found.append(value)
    return found


def are_messages(findings: tuple[Finding, ...], source: str) -> None:
    lines = source.splitlines()
    for finding in findings:
        assert finding.code in CODES
        assert 1 <= finding.span.line <= max(1, len(lines) + 1), finding
        assert finding.span.column >= 1, finding
    said = text(findings, lambda _, number: lines[number - 1] if 0 < number <= len(lines) else "")
    assert not CONTROLS.search(said)
    strange = [line for line in said.split("\n")[:-2] if not MESSAGE.fullmatch(line)]
    assert strange == []


@pytest.mark.parametrize("kind", ["vectors", "blns", "html5lib", "commonmark", "wfuzz"])
def test_no_string_makes_a_page_that_does_anything(kind: str) -> None:
    strings = getattr(inputs, kind)()
    if not strings:
        absent("wfuzz", "apt-get install wfuzz")
    for string in strings:
        found = page(f"# A {{#a}}\n\n{string}\n")
        are_messages(found.document.problems, f"# A {{#a}}\n\n{string}\n")
        assert faults(found.body) == [], string


@pytest.mark.parametrize("kind", ["vectors", "blns", pytest.param("wfuzz", marks=pytest.mark.nightly), pytest.param("html5lib", marks=pytest.mark.nightly)])
def test_no_string_does_anything_in_any_place_of_a_page(kind: str) -> None:
    strings = getattr(inputs, kind)()
    for string in strings:
        source = inputs.sinks(string)
        found = page(source)
        are_messages(found.document.problems, source)
        assert faults(found.body) == [], string


@pytest.mark.parametrize(("name", "block"), list(inputs.front_matter()), ids=lambda item: item if len(item) < 20 else "")
def test_front_matter_is_read_or_told_with_its_place_and_never_run(name: str, block: str) -> None:
    del name
    start = time.process_time()
    found = page(f"{block}\n# A {{#a}}\n\ntext\n")
    are_messages(found.document.problems, block)
    assert time.process_time() - start < SECONDS
    assert "text" in found.body
    assert not Path("/tmp/owned").exists()  # noqa: S108  what the tag in the block would make


@pytest.mark.parametrize(("name", "source"), list(inputs.heavy()), ids=lambda item: item if len(item) < 20 else "")
def test_nothing_hangs_and_nothing_takes_a_gigabyte(name: str, source: str) -> None:
    del name
    start, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = page(source)
    assert time.process_time() - start < SECONDS
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < MEGABYTES
    assert found.document.title


def test_a_site_of_hostile_pages_is_built_whole_with_messages_that_name_their_place(hostile: Built) -> None:
    assert hostile.status == 1, hostile.said[-2000:]
    assert "Traceback" not in hostile.said
    assert not CONTROLS.search(hostile.said)
    *lines, counted, ended, _ = hostile.said.split("\n")
    assert [line for line in lines if not MESSAGE.fullmatch(line)] == []
    assert "errors" in counted
    assert ended.startswith("sintoma: ")
    assert hostile.memory < MEGABYTES
    manifest = read_manifest(hostile.site)
    assert manifest is not None
    files = {path.relative_to(hostile.site).as_posix() for path in hostile.site.rglob("*") if path.is_file()}
    assert files - {"manifest.json"} == set(manifest.files)
