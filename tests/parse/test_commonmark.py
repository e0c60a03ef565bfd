"""CommonMark stays CommonMark: the specification's examples, but for the differences that are listed with a reason."""

from __future__ import annotations

import json
import re
import tomllib
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it.common.normalize_url import normalizeLink

from generator.model import DocPath, Lang, SourceFile
from generator.parse import parse
from generator.parse.sanitize import sanitize

FOLDER = Path(__file__).parents[1] / "commonmark"
EXAMPLES = json.loads((FOLDER / "spec.json").read_text(encoding="utf-8"))
REASONS = {
    number: difference["reason"]
    for difference in tomllib.loads((FOLDER / "differences.toml").read_text(encoding="utf-8")).get("difference", ())
    for number in difference["examples"]
}
BLOCKS = frozenset({
    "blockquote", "br", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre", "table", "tbody", "td", "tr", "ul",
})  # fmt: skip


class Events(HTMLParser):
    """What an HTML text says: tags with their attributes in order of name, text without blanks beside blocks."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, ...]] = []
        self.feed(html)
        self.close()
        kept = self.found
        for number, event in enumerate(kept):
            if event[0] == "text":
                text = event[1]
                text = text.lstrip() if number == 0 or kept[number - 1][1] in BLOCKS else text
                text = text.rstrip() if number + 1 == len(kept) or kept[number + 1][1] in BLOCKS else text
                kept[number] = ("text", text)
        self.found = [event for event in kept if event != ("text", "")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(("open", tag, *(f"{name}={value}" for name, value in sorted(attrs))))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self.found.append(("close", tag))

    def handle_data(self, data: str) -> None:
        self.found.append(("text", data))


def rendered(markdown: str) -> str:
    """The body of a page, with the addresses its links have as written and without what pages add."""
    page = parse(SourceFile(Lang("en"), DocPath("a.md"), "a.md", markdown, ""))
    targets = [escape(link.target if link.html else normalizeLink(link.target)) for link in page.document.links]
    body = re.sub(r'<a class="headerlink"[^>]*>¶</a>', "", page.body)
    body = re.sub(r'(<h\d) id="[^"]*"', r"\1", body)
    body = re.sub(r'<div class="(?:highlight|md-typeset__scrollwrap|md-typeset__table)">', "", body).replace("</div></div>\n", "")
    body = re.sub(r"</pre></div>", "</pre>", body).replace(' data-row="', ' class="')
    body = re.sub(r' class="\d+:\d+"', "", body)
    return re.sub(r'<(a|img) data-link="(\d+)"', lambda link: f'<{link[1]} {"href" if link[1] == "a" else "src"}="{targets[int(link[2])]}"', body)


def wanted(html: str) -> tuple[list[tuple[str, ...]], ...]:
    """The specification's answer, and the same with its raw HTML cleaned as every page's is."""
    return Events(html).found, Events(sanitize(html)).found


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: f"{example['example']}-{example['section']}")
def test_an_example_renders_as_specified_unless_the_difference_is_listed(example: dict[str, str]) -> None:
    reason = REASONS.get(int(example["example"]))
    found = Events(rendered(example["markdown"])).found
    if reason is None:
        assert found in wanted(example["html"]), rendered(example["markdown"])
    else:
        assert found not in wanted(example["html"]), f"this agrees now; take {example['example']} off differences.toml ({reason})"
