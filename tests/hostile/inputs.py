"""Hostile inputs: strings, pieces of HTML, whole pages. What is not our own lies in `lists/`, or in Debian's package wfuzz."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

LISTS: Final = Path(__file__).parent / "lists"
WFUZZ: Final = Path("/usr/share/wfuzz/wordlist/Injections")
MARK: Final = "window.__ran=1"
"""What a script would do; no page may ever do it."""

VECTORS: Final = (
    "<script>RUN</script>", "<ScRiPt>RUN</sCrIpT>", "<script/x>RUN</script>", "<script src=data:,RUN></script>", "<<script>RUN//<</script>",
    "<img src=x onerror=RUN>", '<img src=x onerror="RUN">', "<img/src=x/onerror=RUN>", "<IMG SRC=x ONERROR=RUN>", "<img src=x onerror\n=RUN>",
    "<img src='x' onerror='RUN' onload='RUN'>", '<img """><script>RUN</script>">', "<image src=x onerror=RUN>", "<svg onload=RUN>",
    "<svg/onload=RUN>", "<svg><script>RUN</script></svg>", "<svg><animate onbegin=RUN attributeName=x dur=1s>", "<svg><a xlink:href='javascript:RUN'><text y=9>x</text></a></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x onload=RUN />#x'/></svg>", "<svg><foreignObject><img src=x onerror=RUN></foreignObject></svg>", "<svg><style><img src=x onerror=RUN></style></svg>",
    '<math><mi//xlink:href="javascript:RUN">x</mi></math>', "<math><mtext><table><mglyph><style><img src=x onerror=RUN></style></mglyph></table></mtext></math>",
    '<math><annotation-xml encoding="text/html"><img src=x onerror=RUN></annotation-xml></math>', '<iframe src="javascript:RUN"></iframe>',
    '<iframe srcdoc="<img src=x onerror=parent.RUN>"></iframe>', "<iframe srcdoc='&lt;script&gt;parent.RUN&lt;/script&gt;'></iframe>", '<object data="javascript:RUN"></object>',
    '<object data="data:text/html,<script>parent.RUN</script>"></object>', '<embed src="javascript:RUN">', "<frameset onload=RUN>", "<body onload=RUN>", "<html onmouseover=RUN>",
    '<base href="https://evil.example/">', '<meta http-equiv=refresh content="0;url=javascript:RUN">', '<meta http-equiv="Content-Security-Policy" content="default-src *">',
    '<link rel=stylesheet href="https://evil.example/x.css">', "<style>@import 'https://evil.example/x.css';</style>", "<style>*{background:url('https://evil.example/x')}</style>",
    "<div style=\"background:url('https://evil.example/x')\">x</div>", '<p style="position:fixed;inset:0">cover</p>', '<form action="https://evil.example/"><input name=q autofocus onfocus=RUN></form>',
    "<form name=currentScript><input name=src value=x></form>", "<img name=currentScript src=x>", "<a id=location href=x>x</a>", "<a id=__proto__ name=constructor>x</a>", "<a id=__search>x</a>",
    "<input type=image src=x onerror=RUN>", "<button onclick=RUN autofocus onfocus=RUN>x</button>", "<select autofocus onfocus=RUN><option>x</select>", "<textarea autofocus onfocus=RUN>x</textarea>",
    "<details open ontoggle=RUN><summary>x</summary></details>", "<video><source onerror=RUN></video>", "<audio src=x onerror=RUN></audio>", "<video poster=javascript:RUN></video>",
    "<marquee onstart=RUN>x</marquee>", '<a href="javascript:RUN">x</a>', '<a href="jAvAsCrIpT:RUN">x</a>', '<a href="java\tscript:RUN">x</a>', '<a href="java\nscript:RUN">x</a>',
    '<a href="&#106;avascript:RUN">x</a>', '<a href="&#x6a;avascript&colon;RUN">x</a>', '<a href="\x01javascript:RUN">x</a>', '<a href=" javascript:RUN">x</a>', '<a href="vbscript:RUN">x</a>',
    '<a href="data:text/html,<script>RUN</script>">x</a>', '<a href="data:text/html;base64,PHNjcmlwdD53aW5kb3cuX19yYW49MTwvc2NyaXB0Pg==">x</a>', "<a href=javascript:RUN ping=https://evil.example/>x</a>",
    "<a href=x onclick=RUN onfocus=RUN autofocus tabindex=0>x</a>", '<a href="//evil.example">x</a>', "<a href='x' target=_blank rel=opener>x</a>", '<img srcset="https://evil.example/x 1x" src=x>',
    "[x](javascript:RUN)", "[x](JaVaScRiPt:RUN)", "[x](<java\tscript:RUN>)", "[x](&#106;avascript:RUN)", "[x](data:text/html,<script>RUN</script>)", "[x](vbscript:RUN)",
    "![x](javascript:RUN)", '![x" onerror="RUN](x.png)', '![x](x.png "y\\" onerror=\\"RUN")', '[x](x.md "y\\" onmouseover=\\"RUN")', "[x]: javascript:RUN\n\n[x]",
    "<javascript:RUN>", "<data:text/html,RUN>", '```" onload="RUN\nx\n```', "```<script>RUN</script>\nx\n```", '# x {#a" onclick="RUN}', "# <img src=x onerror=RUN> {#x}",
    ">[!NOTE<script>RUN</script>]\n>x", "[!UICONTROL <img src=x onerror=RUN>]", '[!DNL "><script>RUN</script>]', '[!BADGE <svg onload=RUN>]{type="x" onclick="RUN"}', ">[!VIDEO](javascript:RUN)",
    '>[!VIDEO]("><script>RUN</script>)', "+++ <img src=x onerror=RUN>\n\nx\n\n+++", '![x](x.png){width="1" onerror="RUN"}', 'text{.x onclick="RUN"}', "<!-- --><script>RUN</script> -->",
    "<!--><script>RUN</script>-->", "<!--><img src=x onerror=RUN>", "<!-- --!><img src=x onerror=RUN> -->", "<![CDATA[<img src=x onerror=RUN>]]>", "<?php RUN ?><img src=x onerror=RUN>", "<!DOCTYPE x [<!ENTITY y 'RUN'>]>&y;",
    '<noscript><p title="</noscript><img src=x onerror=RUN>">', "<textarea></textarea><img src=x onerror=RUN>", "<title></title><img src=x onerror=RUN>", "<xmp><img src=x onerror=RUN></xmp>", "<plaintext><img src=x onerror=RUN>",
    "<template><img src=x onerror=RUN></template>", '<p title="<img src=x onerror=RUN>">x</p>', "<p title='\"><img src=x onerror=RUN>'>x</p>", '<p title=`"><img src=x onerror=RUN>`>x</p>',
    "<table><caption><img src=x onerror=RUN></caption><tr><td>x</td></tr></table>", "<table><tr><td><script>RUN</script></td></tr></table>", "<table><script>RUN</script></table>", "<table background=javascript:RUN><tr><td background=javascript:RUN>x</table>",
    "<table><form><tr><td><input></form><img src=x onerror=RUN></table>", "<td onclick=RUN>x</td>", '<a data-link="99">x</a>', '<tr data-row="0:0">', '<span data-label="note"></span>', '<span data-said="<img src=x onerror=RUN>">x</span>',
    "{{7*7}}", "{% raw %}{{ config }}{% endraw %}", "${7*7}", "<%= 7*7 %>", "{{constructor.constructor('RUN')()}}", "#{7*7}", "\ue000\ue001\uf8ff", "</script><script>RUN</script>", "</title><script>RUN</script>",
    '"><script>RUN</script>', "'><script>RUN</script>", "--><script>RUN</script>", "]]><script>RUN</script>", '\\"><script>RUN</script>', "</style><script>RUN</script>", "<<<<<<x", "<x", "</", "<!", "&", "&#0;", "&#xD800;", "&#99999999;",
)  # fmt: skip
"""Own ways to run a script, RUN in its place, and what sinks stumble over."""

UNICODE: Final = (
    "e\u0301 é", "\u202eevil\u202c", "\u2066x\u2069", "a\u200bb\u200cc\u200dd", "\ufeffx", "аdmin", "İIıi ﬁ ß ẞ", "ｅｘｐｏｒｔ ｶﾞ ガ", "Z" + "\u0301" * 1000, "\U0010ffff", "\ufffe\uffff", "\u2028x\u2029y",
    "👩‍👩‍👧‍👦 🏳️‍🌈", "ﷺ" * 50, "نص عربي with English", "\u061c\u200e\u200f", "𝕥𝕖𝕤𝕥" * 70, "字" * 300, "\U000e0041\U000e0042", "\u0085x", "﷽", "ᚠᛇᚻ", "𒈙", "\u034f" * 30,
)  # fmt: skip


def blns() -> list[str]:
    """The Big List of Naughty Strings."""
    return list(json.loads((LISTS / "blns.json").read_text(encoding="utf-8")))


def html5lib() -> list[str]:
    """The inputs of html5lib's tests of tree construction."""
    return list(json.loads((LISTS / "html5lib.json").read_text(encoding="utf-8")))


def commonmark() -> list[str]:
    """The examples of the CommonMark specification."""
    examples = json.loads((LISTS.parents[1] / "commonmark" / "spec.json").read_text(encoding="utf-8"))
    return [str(example["markdown"]) for example in examples]


def wfuzz() -> list[str]:
    """The injections of wfuzz, as far as it is installed."""
    found = (line for path in sorted(WFUZZ.glob("*.txt")) for line in path.read_text(encoding="latin-1").splitlines() if line)
    return list(dict.fromkeys(found))


def vectors() -> list[str]:
    """Our own strings."""
    return [vector.replace("RUN", MARK) for vector in VECTORS] + list(UNICODE)


def sinks(text: str) -> str:
    """A page with a string in every place that a page has for one."""
    line = " ".join(text.split("\n"))
    return f"""---
title: {json.dumps(text)}
description: {json.dumps(text)}
feature: {json.dumps([line])}
---
# {line} {{#one}}

{text}

## {line}

[{line}]({line}) ![{line}]({line} "{line}") [x](<{line}>) [{line}][label]

`{line}` **{line}** [!UICONTROL {line}] [!DNL {line}] [!BADGE {line}]

```{line}
{text}
```

| {line} | b |
|---|---|
| {line} | {line} |

<table><tr><th>{text}</th></tr><tr><td title="{html.escape(line)}">{text}</td></tr></table>

>[!NOTE]
>
>{line}

+++ {line}

{line}

+++

[label]: {line}
"""


def front_matter() -> Iterator[tuple[str, str]]:
    """Blocks of front matter, by name."""
    yield "unclosed", "---\ntitle: x\n# A\n"
    yield "tabs", "---\ntitle:\tx\n\tb: y\n---\n"
    yield "list", "---\n- a\n- b\n---\n"
    yield "scalar", "---\njust words\n---\n"
    yield "twice", "---\ntitle: a\ntitle: b\n---\n"
    yield "types", "---\ntitle: true\ndescription: [a]\nhide: true\ndate: 2024-01-01\nlast-update: 2024-99-99\nfeature: {a: b}\n---\n"
    yield "python", "---\ntitle: !!python/object/apply:os.system ['touch /tmp/owned']\n---\n"
    yield "python name", "---\ntitle: !!python/name:os.system\n---\n"
    yield "tag", "---\ntitle: !unknown x\n---\n"
    yield "script", "---js\n{ title: require('child_process').execSync('id') }\n---\n"
    yield "bomb", "---\n" + "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)) + "title: *a9\n---\n"
    yield "deep", f"---\ntitle: {'[' * 30_000}\n---\n"
    yield "deep braces", f"---\ntitle: {'{a: ' * 5_000}\n---\n"
    yield "deep closed", f"---\ntitle: {'[' * 40}{']' * 40}\n---\n"
    yield "deep blocks", "---\n" + "".join(f"{' ' * n}a:\n" for n in range(60)) + "---\n"
    yield "deep sequences", "---\na:\n" + "- " * 5_000 + "x\n---\n"
    yield "long number", f"---\ntitle: {'9' * 5_000}\n---\n"
    yield "odd numbers", "---\ntitle: 0x\nb: 1e999\nc: .nan\nd: 0b2\ne: 1:2:3\nf: -.inf\n---\n"
    yield "sexagesimal", "---\ntitle: 190:20:30.15\n---\n"
    yield "merge", "---\n<<: {title: x}\n---\n"
    yield "merge alias", "---\na: &a {title: x}\n<<: *a\n---\n"
    yield "long key", f"---\n{'k' * 5_000}: x\n---\n"
    yield "complex key", "---\n? [a, b]\n: x\n---\n"
    yield "mapping key", "---\n{a: b}: x\n---\n"
    yield "null", "---\ntitle: null\n---\n"
    yield "empty", "---\n---\n"
    yield "dots", "---\ntitle: x\n...\n"
    yield "many documents", "---\ntitle: x\n--- # y\ntitle: z\n---\n"
    yield "large", f"---\ntitle: {'x' * 70_000}\n---\n"
    yield "control", '---\ntitle: "\\x00\\x1b]0;x\\x07"\n---\n'
    yield "surrogate", '---\ntitle: "\\ud800"\n---\n'
    yield "folded", "---\ntitle: >\n  a\n  b\n---\n"
    yield "binary", "---\ntitle: !!binary aGVsbG8=\n---\n"
    yield "set", "---\ntitle: !!set {a, b}\nb: !!omap [a: 1]\nc: !!pairs [a: 1]\n---\n"
    yield "timestamp", "---\ntitle: !!timestamp 2001-13-45\n---\n"
    yield "int tag", "---\ntitle: !!int x\nb: !!float y\nc: !!bool z\n---\n"
    yield "bool tag", "---\ntitle: !!bool z\n---\n"
    yield "directive", "---\n%YAML 9.9\ntitle: x\n---\n"
    yield "percent", "---\ntitle: %x\n---\n"
    yield "at", "---\ntitle: @x\nb: `y`\n---\n"
    yield "many keys", "---\n" + "".join(f"k{n}: x\n" for n in range(4_000)) + "---\n"


def encodings() -> Iterator[tuple[str, bytes, bool]]:
    """Bytes of pages, by name, and whether they are a page as it should be."""
    good = "# Café {#a}\n\ntext ü\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
    yield "plain", good.encode(), True
    yield "mark", b"\xef\xbb\xbf" + good.encode(), True
    yield "crlf", good.replace("\n", "\r\n").encode(), True
    yield "cr", good.replace("\n", "\r").encode(), True
    yield "mark and crlf", b"\xef\xbb\xbf" + good.replace("\n", "\r\n").encode(), True
    for name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "latin-1", "cp037"):
        yield name, good.encode(name, "replace"), False
    for name, raw in {
        "overlong": b"\xc0\xaf", "surrogate": b"\xed\xa0\x80", "cut": b"\xe3\x81", "too high": b"\xf4\x90\x80\x80", "lone": b"\x80", "fe": b"\xfe\xff", "nul": b"\0",
        "escape": b"\x1b[31m", "bell": b"\a", "delete": b"\x7f", "override": "\u202e".encode(), "isolate": "\u2066".encode(), "form feed": b"\f", "backspace": b"\b" * 9,
    }.items():  # fmt: skip
        yield name, b"# A {#a}\n\nbefore " + raw + b" after\n", False


def heavy() -> Iterator[tuple[str, str]]:
    """Pages on which parsers hang, by name."""
    yield "brackets", "[" * 50_000
    yield "closed brackets", "[" * 20_000 + "]" * 20_000
    yield "stars", "*a **b " * 20_000
    yield "ticks", " ".join("`" * n for n in range(1, 1_200))
    yield "divs", "<div>" * 20_000
    yield "divs in a cell", "<table><tr><td>" + "<div>" * 20_000
    yield "tables in tables", "<table><tr><td>" * 1_000
    yield "quotes", ">" * 5_000 + " x"
    yield "lists", "".join("  " * n + "- x\n" for n in range(400))
    yield "words", "word " * 1_000_000
    yield "rows", "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 100_000
    yield "html rows", "<table>" + "<tr><td>1</td><td>2</td></tr>\n" * 100_000 + "</table>"
    yield "a row of rows", "<table>" + "<tr><td>`x` **y**</td></tr>" * 3_000 + "</table>"
    yield "spans", "<table>" + "<tr><td rowspan=65534 colspan=1000>x</td></tr>" * 500 + "</table>"
    yield "attributes", "<b " + " ".join(f"a{n}=1" for n in range(20_000)) + ">"
    yield "links", "[a](b.md) " * 12_000
    yield "formatting", "<b><p>" * 1_000
    yield "comments", "<!--" * 20_000
    yield "tags", "<a " * 20_000
    yield "references", "\n".join(f"[r{n}]: x{n}.md" for n in range(9_000))
    yield "headings", "# same\n\n" * 8_000
    yield "accordions", "+++ x\n\n" * 2_001
    yield "labels", "[!UICONTROL " * 5_000
    yield "instructions", "<?" * 20_000
    yield "sections", "<![x" * 20_000
    yield "closing", "<table>\n" + "</td>" * 10_000
    yield "alerts", ">[!NOTE]\n>" * 2_000
    yield "newlines", "\n" * 500_000
    yield "carets", "[^a]" * 15_000
    yield "brackets of one paragraph", "[" * 200_000 + "]" * 200_000
    yield "blanks in a badge", "[!BADGE " + " " * 100_000 + "x"
    yield "blanks in a label", "[!UICONTROL " + " " * 100_000 + "x"
    yield "blanks in an alert", ">[!NOTE " + " " * 100_000 + "x"
    yield "blanks in a cell", "<table><tr><td>" + " " * 100_000 + "</td></tr></table>"
    yield "blanks in a comment", "<!-- " + " " * 100_000 + " -->"
    yield "blanks in a heading", "# x" + " " * 100_000 + "y"
    yield "names of places", "# x {#" + "a" * 100_000
    yield "addresses behind a blank", "[x] (" + "a.md" * 50_000
    yield "closed comments", "<!-- x -->\n" * 150_000
    yield "ignoring comments", "<!-- sintoma-ignore x: y -->\n" * 30_000
    yield "open headers", "<th>x" * 20_000
    yield "open accordions", "+++ x\n" * 15_000
    yield "labels in a block", "<div>" + "[!DNL x" * 20_000 + "</div>"
    yield "one line", "x" * 10_000_000
