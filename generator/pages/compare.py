"""A translation and its reference side by side, block by block and cell by cell, with what the checks note of each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Final

from msgspec import Struct

from generator.model import Artifact, DocPath, Document, Finding, Lang, Severity
from generator.pages import status, urls
from generator.pages.frame import NOINDEX, Frame, Step, home_step, join
from generator.pages.shell import icon
from generator.pages.site import Site, View
from generator.translations import Side

_NOTED: Final = "noted"
"""The id of the first pair that something is noted of."""
_PLAIN: Final = frozenset({"paragraph", "item"})
"""Kinds of blocks that look like any text."""


class State(Struct, frozen=True):
    """What is known of a translated page: who made it, whether its original changed since (None: not known), and what is wrong."""

    made: status.Made | None
    behind: bool | None
    missing: int
    errors: int
    warnings: int


def state(site: Site, lang: Lang, document: Document) -> State:
    """A page beside its reference."""
    found = site.translations.findings.get(document.file, ())
    parts = site.translations.parts.get((lang, document.path))
    original = site.kb.documents.get(site.reference, {}).get(document.path) if site.reference else None
    return State(
        made=status.made(document.meta),
        behind=status.behind(original.meta, document.meta) if original else None,
        missing=parts.missing if parts else 0,
        errors=sum(1 for finding in found if finding.severity is Severity.ERROR),
        warnings=sum(1 for finding in found if finding.severity is Severity.WARNING),
    )


def address(site: Site, lang: Lang, path: DocPath) -> str:
    """Where both texts of a page are shown, nothing where they are not: site.yml (`compare`) says for which pages."""
    parts = site.translations.parts.get((lang, path))
    if parts is None or site.translations.sides is None or site.config.compare == "none":
        return ""
    flagged = parts.missing or site.translations.findings.get(site.kb.documents[lang][path].file)
    return urls.compare(lang, path) if flagged or site.config.compare == "all" else ""


def compare_pages(site: Site, view: View, path: DocPath) -> Iterator[Artifact]:
    """The side-by-side page of a document, if it has one."""
    url, reference = address(site, view.lang, path), site.reference
    if not url or reference is None or site.translations.sides is None:
        return
    document = site.kb.documents[view.lang][path]
    title = view.words["compare-title"].format(title=document.title)
    sides = site.translations.sides(view.lang, path)
    notes = _notes(sides, site.translations.findings.get(document.file, ()))
    html = _top(site, view, url, document, title) + "".join(_table(site, view, reference, sides, notes))
    trail = (home_step(view, url), Step(document.title, urls.relative(url, urls.document(view.lang, path))))
    frame = Frame(url=url, kind="wide", title=title, content_html=html, trail=trail, head_html=NOINDEX, others=frozenset((view.lang,)))
    yield join(site, view, frame)


def _top(site: Site, view: View, url: str, document: Document, title: str) -> str:
    back = escape(urls.relative(url, urls.document(view.lang, document.path)))
    words = escape(view.words["compare-back"])
    return f'<h1>{escape(title)}</h1><p class="badges">{badges(site, view, url, document)}<a class="badge" href="{back}" accesskey="b">{words}</a></p>'


def badges(site: Site, view: View, url: str, document: Document) -> str:
    """For the page at `url`, in plain words: who translated a document, whether its original has changed since, what is missing or noted."""
    if document.lang != view.lang or view.lang == site.reference:
        return ""
    parts = []
    known = state(site, view.lang, document)
    if known.made:
        words = view.words[f"made-{known.made.by}"].format(percent=known.made.human)
        parts.append(f'<span class="badge badge--{known.made.by}">{icon("material/translate")}{escape(words)}</span>')
    if known.behind is not None:
        kind, words = ("mixed", "state-behind") if known.behind else ("human", "state-current")
        parts.append(f'<span class="badge badge--{kind}">{escape(view.words[words])}</span>')
    if known.missing:
        parts.append(f'<span class="badge badge--negative">{escape(view.words["parts-missing"].format(count=known.missing))}</span>')
    if noted := known.errors + known.warnings:
        words = escape(view.words["noted"].format(count=noted))
        beside = address(site, view.lang, document.path)
        place = urls.relative(url, beside, _NOTED) if beside else ""
        parts.append(f'<a class="badge badge--mixed" href="{escape(place)}">{words}</a>' if place else f'<span class="badge badge--mixed">{words}</span>')
    return "".join(parts)


def updated(view: View, document: Document) -> str:
    """The day on which a document was changed, where its front matter says it."""
    when = status.updated(document.meta)
    if when is None:
        return ""
    words = escape(view.words["updated"].format(date=status.day(when, view.lang)))
    return f'<span class="badge"><time datetime="{when.isoformat()}">{words}</time></span>'


def way(site: Site, view: View, url: str, document: Document) -> str:
    """From the page at `url` to both texts of a document side by side (Alt+B), where they are shown."""
    beside = address(site, document.lang, document.path) if document.lang == view.lang else ""
    return f'<a class="badge" href="{escape(urls.relative(url, beside))}" accesskey="b">{escape(view.words["compare"])}</a>' if beside else ""


def _notes(sides: Sequence[Side], findings: Sequence[Finding]) -> Mapping[int, list[Finding]]:
    """Findings by the number of the pair that they stand at; those above the first block at -1."""
    places = sorted((side.line, number) for number, side in enumerate(sides) if side.line)
    lines = [line for line, _ in places]
    notes: dict[int, list[Finding]] = {}
    for finding in findings:
        at = bisect_right(lines, finding.span.line) - 1
        near = [number for line, number in places[: at + 1] if line == lines[at]] if at >= 0 else [-1]
        said = next((number for number in near if number >= 0 and finding.target and finding.target in (sides[number].translation or "")), near[-1])
        notes.setdefault(said, []).append(finding)
    return notes


def _table(site: Site, view: View, reference: Lang, sides: Sequence[Side], notes: Mapping[int, list[Finding]]) -> Iterator[str]:
    languages = ((reference, site.views[reference]), (view.lang, view))
    yield '<table class="beside"><thead><tr>'
    for lang, one in languages:
        yield f'<th scope="col" lang="{escape(lang)}" dir="{one.direction}">{escape(one.name)}</th>'
    yield "</tr></thead><tbody>"
    first = min(notes, default=None)
    if notes.get(-1):
        yield f'<tr id="{_NOTED}" class="noted"><td></td><td>{_said(view, notes[-1])}</td></tr>'
    row = 0
    for number, side in enumerate(sides):
        names = [] if side.kind in _PLAIN else ["heading" if side.kind.startswith("heading") else side.kind]
        names += ["row"] if side.row and side.row != row else []
        names += ["noted"] if number in notes or side.original is None or side.translation is None else []
        row = side.row
        mark = f' id="{_NOTED}"' if first == number else ""
        yield f'<tr{mark} class="{" ".join(names)}">' if names else "<tr>"
        yield _cell(view, languages[0], side.original, "part-extra")
        yield _cell(view, languages[1], side.translation, "part-missing", _said(view, notes.get(number, ())))
        yield "</tr>"
    yield "</tbody></table>"


def _cell(view: View, language: tuple[Lang, View], text: str | None, lost: str, more: str = "") -> str:
    """A text in its language; what the page says of itself already is left out, since there are many."""
    if text is None:
        return f'<td class="lost">{escape(view.words[lost])}{more}</td>'
    lang, other = language
    attributes = "" if lang == view.lang else f' lang="{escape(lang)}"'
    attributes += "" if other.direction == view.direction else f' dir="{other.direction}"'
    return f"<td{attributes}>{escape(text, quote=False)}{more}</td>"


def _said(view: View, findings: Sequence[Finding]) -> str:
    """What the checks note of a block, in English as everywhere."""
    if not findings:
        return ""
    items = "".join(
        f'<li><span class="note note--{finding.severity.value}" lang="en">{escape(finding.message)}</span>'
        f' <small>{escape(view.words["line"].format(line=finding.span.line))}</small></li>'
        for finding in findings
    )
    return f'<ul class="notes">{items}</ul>'
