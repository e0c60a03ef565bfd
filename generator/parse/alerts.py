"""`>[!NOTE]` and its kin: alerts, each with a word in the language of the page as its title."""

from __future__ import annotations

from typing import Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from generator.model import Alert
from generator.parse.harvest import Harvest
from generator.parse.labelled import Labelled, line_span, name_span, paragraph
from generator.parse.marks import label

KINDS: Final = {
    "NOTE": "note", "IMPORTANT": "important", "CAUTION": "caution", "WARNING": "warning", "TIP": "tip", "INFO": "info",
    "AVAILABILITY": "availability", "PREREQUISITES": "prerequisites", "ADMINISTRATION": "administration",
    "ADMIN": "administration", "ERROR": "error", "SUCCESS": "success", "MORELIKETHIS": "related", "SLIDE": "note",
}  # fmt: skip


def alert(page: Harvest, quote: Labelled) -> list[Token]:
    """An alert with all that stands in the quote."""
    kind = KINDS.get(quote.name, "")
    meta = {"kind": kind or "note", "alert": Alert(quote.written, kind, name_span(page, quote))}
    opening = Token("alert_open", "div", 1, block=True, map=quote.opening.map, level=quote.opening.level, meta=meta)
    opening.attrSet("class", f"admonition {meta['kind']}")
    closing = Token("alert_close", "div", -1, block=True, level=quote.opening.level)
    return [opening, *paragraph(quote.text, quote.paragraph), *quote.inner, closing]


def slides(page: Harvest, quote: Labelled) -> list[Token]:
    """Slides by their name, which only Experience League shows: a note that names them, and a finding."""
    if quote.text.startswith("("):
        message = "Slides are shown by Experience League only, here stands their name; write what they say, or link to them."
        page.problem("dialect-unknown", line_span(page, quote.line), message, quote.name)
    return alert(page, quote)


def unknown(page: Harvest, quote: Labelled) -> list[Token]:
    """A quote whose label nobody knows: a note, and a finding."""
    page.problem(
        "dialect-unknown", name_span(page, quote),
        f"[!{quote.written}] is no label of this dialect; shown as a note. Known: {', '.join(KINDS)}.", quote.written,
    )  # fmt: skip
    return alert(page, quote)


def renders(md: MarkdownIt) -> None:
    """Teach a parser to render alerts."""
    md.add_render_rule("alert_open", _render)


def _render(self: RendererHTML, tokens: list[Token], index: int, *_: object) -> str:
    return f'<div{self.renderAttrs(tokens[index])}>\n<p class="admonition-title">{label(tokens[index].meta["kind"])}</p>\n'
