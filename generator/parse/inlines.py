"""Core rule in markdown-it's own place: parse the inline texts, each knowing where it stands."""

from __future__ import annotations

from functools import partial

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from generator.parse import asterisks, harvest, labels
from generator.parse.labelled import first_line, line_span
from generator.parse.open_tags import OPTIONAL, VOID, OpenTags
from generator.parse.places import Place
from generator.parse.plain import LINKS
from generator.parse.raw_html import TAG, WORDS, is_tag, no_tag, rewrite, too_deep
from generator.parse.residue import residue, torn
from generator.parse.spoken import is_spoken_of


def inlines(state: StateCore) -> None:
    """Core rule."""
    page = harvest.of(state.env)
    fixed = "fixed_place" in state.env
    outline = "outline" in state.env
    cursor = (-1, 0)
    cell = False
    heading = False
    for token in state.tokens:
        if token.type == "heading_open":
            heading = True
        elif token.type in ("th_open", "td_open"):
            cell = True
        elif token.type == "inline":
            if cell:
                cursor = _enter_cell(page, token, cursor)
            elif not fixed:
                page.place = Place(page.lines, _first_line(page, token), token.content)
            token.children = []
            if _has_too_many_brackets(page, token):
                token.children.append(Token("text", "", 0, content=labels.unfold(token.content)))
            elif heading or not outline:
                state.md.inline.parse(token.content, state.md, state.env, token.children)
                _finish(state, page, token)
            elif LINKS.search(token.content):
                _linked(state, page, token)
            cell = heading = False


def _first_line(page: harvest.Harvest, inline: Token) -> int:
    """The line that a text begins on: one above it with nothing but blanks that Markdown takes for letters is trimmed off."""
    first, end = inline.map or (0, 1)
    head = inline.content.partition("\n")[0] if end - first > 1 else ""
    return next((line for line in range(first, end) if head in page.lines[line]), first)


def _has_too_many_brackets(page: harvest.Harvest, inline: Token) -> bool:
    """Whether links may begin in so many places of the page that this text is shown as it is written: each may end anywhere behind."""
    most = 2 * page.source.limits.links
    count, before = inline.content.count("["), page.brackets
    page.brackets += count
    if not count or page.brackets <= most:
        return False
    if before <= most:
        message = f"With this text the page has more than {most} opening brackets, two for each link that it may have (limits.links in site.yml); here and below, texts with brackets are shown as they are written. Split the page."
        page.problem("links-too-many", line_span(page, first_line(inline)), message)
    return True


def _linked(state: StateCore, page: harvest.Harvest, inline: Token) -> None:
    """For outlines: links and anchors of a text. Only tags stand where they stand by what pairs before them."""
    inline.children = []
    text = StateInline(inline.content, state.md, state.env, inline.children)
    state.md.inline.tokenize(text)
    if any(token.type == "html_inline" for token in text.tokens):
        for rule in state.md.inline.ruler2.getRules(""):
            rule(text)
        _finish(state, page, inline)


def _enter_cell(page: harvest.Harvest, token: Token, cursor: tuple[int, int]) -> tuple[int, int]:
    """Cells of one row share a line: look each up behind the one before. The line, and the column to go on from."""
    line = (token.map or [0])[0]
    column = cursor[1] if cursor[0] == line else 0
    written = token.content.replace("|", "\\|")
    found = page.lines[line].find(written, column) if written else -1
    page.place = Place(page.lines, line, token.content, max(found, column))
    token.meta["place"] = page.place
    return line, (found + len(written) if found >= 0 else column)


def _finish(state: StateCore, page: harvest.Harvest, inline: Token) -> None:
    """Unfold labels in code, mark raw HTML, and note what no rule took."""
    position = 0
    tags = False
    left: list[asterisks.Run] = []
    line = inline.content.replace("\n", " ")
    for token in inline.children or ():
        if token.type == "code_inline":
            position = _behind(line, token.content, position)
            token.content = labels.unfold(token.content)
        elif token.type in ("label_open", "badge"):
            torn(page, *token.meta["torn"])
        elif token.markup == "**":
            position = _behind(line, "**", position)
        elif token.type == "html_inline":
            position = _html(page, inline, token, position)
            tags = tags or token.type == "html_inline"
        elif token.type == "text":
            token.content = labels.unfold(token.content)
            for stars in asterisks.RUN.finditer(token.content):
                position = _behind(line, stars[0], position)
                left.append(asterisks.Run(max(position - len(stars[0]), 0), position))
    if left:
        asterisks.note(page, inline, left, partial(_unnoted, state))
    residue(page, inline)
    if tags:
        _close_tags(page, inline)


def _unnoted(state: StateCore, text: str) -> list[Token]:
    """The tokens of an inline text, of which nothing is noted."""
    page, tokens = harvest.of(state.env), list[Token]()
    aside = harvest.Harvest(page.source, page.lines, Place(page.lines, page.place.first, text))
    state.md.inline.parse(text, state.md, {**state.env, "harvest": aside}, tokens)
    return tokens


def _behind(line: str, written: str, position: int) -> int:
    """Where a text goes on behind what a token was written as."""
    found = line.find(written, position)
    return found + len(written) if found >= 0 else position


def _html(page: harvest.Harvest, inline: Token, token: Token, position: int) -> int:
    """Mark the links of one inline tag, or show what is no tag as text; where to look for the next one."""
    found = max(inline.content.find(token.content, position), 0)
    end = found + len(token.content)
    tag = TAG.match(token.content)
    if tag is None or (tag["name"] and not is_tag(tag["name"])) or is_spoken_of(inline.content, found, end):
        no_tag(page, page.place, found, token.content)
        token.type = "text"
        return end
    page.raw_html = True
    line, column = page.place.at(found)
    count = len(page.links)
    place = Place(page.lines, line - 1, token.content, column - 1)
    token.content = rewrite(token.content, page, place, lambda text, _: text, lambda text, _: text, behind=inline.content[end : end + WORDS])
    if len(page.links) > count:
        token.meta["link"] = list(range(count, len(page.links)))
    token.meta["at"] = found
    return end


def _close_tags(page: harvest.Harvest, inline: Token) -> None:
    """End at the end of a text what its raw HTML leaves open, so that no link or font runs on into the page."""
    open_tags, most = OpenTags(), page.source.limits.nesting
    children = inline.children or []
    for token in children:
        tag = TAG.match(token.content) if token.type == "html_inline" else None
        name = tag["name"].lower() if tag and tag["name"] else ""
        if not tag or not name or name in VOID:
            continue
        if tag["slash"]:
            left_out = len(open_tags.tags) > most
            open_tags.close(name)
        else:
            open_tags.open(name, int(token.meta["at"]))
            left_out = len(open_tags.tags) > most
            if len(open_tags.tags) == most + 1:
                too_deep(page, page.place.span(int(token.meta["at"]), int(token.meta["at"]) + len(name) + 1))
        if left_out:
            token.content = ""
    for name, at in reversed(open_tags.tags[:most]):
        children.append(Token("html_inline", "", 0, content=f"</{name}>", meta={"at": at}))
        if name not in OPTIONAL:
            message = f"<{name}> is never closed in this text; it is closed at its end. Mend the tag."
            page.problem("html-repaired", page.place.span(at, at + len(name) + 1), message)


def use(md: MarkdownIt) -> None:
    """Put the rule in place of markdown-it's."""
    md.core.ruler.at("inline", inlines)
