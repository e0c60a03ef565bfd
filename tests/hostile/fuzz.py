"""Coverage-guided fuzzing of front matter and tables: `python -m tests.hostile.fuzz SECONDS`, after `pip install --group fuzz`.

What it must never find: a traceback, ten seconds, a gigabyte, a message without its place, a body that does anything.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["generator.parse"]):
    from generator.parse.page import parse  # the room's door loads its rules late, too late to be instrumented

from generator.model import DocPath, Lang, SourceFile
from tests.hostile import inputs
from tests.hostile.test_hostile_pages import are_messages, faults

DICTIONARY = ("<table>", "</table>", "<tr>", "<td>", "</td>", "<th>", "rowspan=", "colspan=", "---\\x0a", "title: ", "&a ", "*a", "!!", "|---|", "[!NOTE]", "{#", "](", "```", "+++ ", "<!--")


def one(data: bytes) -> None:
    """Try an input: the first byte chooses what it is wrapped in."""
    text = data[1:].decode("utf-8", "replace")
    source = ("---\n{}\n---\n# A\n", "# A\n\n<table>{}</table>\n", "# A\n\n| a | b |\n|---|---|\n{}\n", "{}")[data[0] % 4 if data else 3].replace("{}", text)
    page = parse(SourceFile(Lang("en"), DocPath("a.md"), "a.md", source, ""))
    are_messages(page.document.problems, source)
    found = faults(page.body)
    if found:
        raise AssertionError(found)


def main() -> None:
    """Fuzz for some seconds, from our own inputs on; ends with a fault at the first finding."""
    seconds = sys.argv[1] if len(sys.argv) > 1 else "600"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        seeds = [b"\0" + block.encode("utf-8", "replace")[:2000] for _, block in inputs.front_matter()]
        seeds += [b"\1" + text.encode("utf-8", "replace")[:2000] for text in (*inputs.html5lib()[::4], *inputs.vectors())]
        seeds += [b"\2" + text.encode("utf-8", "replace")[:2000] for text in inputs.blns()[::4]]
        (folder / "corpus").mkdir()
        for number, seed in enumerate(seeds):
            (folder / "corpus" / str(number)).write_bytes(seed)
        (folder / "words").write_text("".join(f'"{word}"\n' for word in DICTIONARY))
        options = [f"-max_total_time={seconds}", "-timeout=10", "-rss_limit_mb=1024", "-max_len=4096", f"-dict={folder / 'words'}", f"-artifact_prefix={folder}/", str(folder / "corpus")]
        atheris.Setup([sys.argv[0], *options], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
