"""How far each translation is: what is known of a page beside its reference, and the page that sums a language up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import log2
from typing import Final

from babel.numbers import format_decimal
from markupsafe import Markup
from msgspec import Struct

from generator.model import Artifact, DocPath, Document, LinkState, Severity
from generator.pages import charts, compare, status, urls
from generator.pages.charts import Part
from generator.pages.frame import Frame, home_step, join, rendered
from generator.pages.records import Link
from generator.pages.site import Site, View

_FIRST: Final = 50
"""So many pages to be mended first, and so many of those that are not translated, are listed."""
_KINDS: Final = 12
_SHARES: Final = ((100, 100), (75, 99), (50, 74), (25, 49), (1, 24), (0, 0))


class Job(Struct, frozen=True):
    """A page to be mended: its side-by-side view, or the page itself where there is none."""

    link: Link
    errors: int
    warnings: int
    missing: int
    leading: int


def progress_pages(site: Site, view: View) -> Iterator[Artifact]:
    """The page about a translation; none for the reference, and where there is none."""
    reference = site.reference
    if reference is None or view.lang == reference:
        return
    url = urls.progress(view.lang)
    originals = site.kb.documents.get(reference, {})
    own = site.kb.documents.get(view.lang, {})
    states = {path: compare.state(site, view.lang, found) for path, found in own.items() if path in originals}
    lacking = [path for path in originals if path not in own]
    leading = _leading(site, view)
    title = view.words["translation-status"].format(language=view.name)
    context = {
        "title": title,
        "lead": view.words["status-lead"].format(done=_number(view, len(states)), all=_number(view, len(originals))),
        "figures": list(_figures(view, states, len(lacking))),
        "shares": _shares(view, own),
        "kinds": _kinds(site, view, own.values()),
        "jobs": _jobs(site, view, url, states, leading),
        "lacking": [
            Link(urls.relative(url, urls.document(view.lang, path)), originals[path].title)
            for path in sorted(lacking, key=lambda path: (-leading[path], path))[:_FIRST]
        ],
        "reference": reference,
        "number": lambda count: _number(view, count),
    }
    html = rendered(site, view, "progress.html", **context)
    others = frozenset(lang for lang in site.views if lang != reference)
    yield join(site, view, Frame(url=url, kind="wide", title=title, content_html=html, trail=(home_step(view, url),), others=others))


def _number(view: View, count: int) -> str:
    return str(format_decimal(count, locale=view.locale))


def _leading(site: Site, view: View) -> Counter[str]:
    """How many pages of a language lead to each; links of the reference count for pages that are not translated."""
    counts: Counter[str] = Counter()
    for path, destinations in site.kb.links.get(view.lang, {}).items():
        counts.update({one.path for one in destinations if one.state is LinkState.PAGE and one.path != path})
    return counts


def _figures(view: View, states: Mapping[DocPath, compare.State], lacking: int) -> Iterator[Markup]:
    words = view.words
    makers = Counter(state.made.by if state.made else "unsaid" for state in states.values())
    yield charts.bar(view.locale, words["status-who"], (
        Part(words["who-human"], makers["human"], "good"), Part(words["who-mixed"], makers["mixed"], "note"),
        Part(words["who-machine"], makers["machine"], "mild"), Part(words["who-unsaid"], makers["unsaid"], "grave"),
        Part(words["who-none"], lacking, "none"),
    ))  # fmt: skip
    ages = Counter(state.behind for state in states.values())
    if ages[True] or ages[False]:
        yield charts.bar(view.locale, words["status-age"], (
            Part(words["state-current"], ages[False], "good"), Part(words["state-behind"], ages[True], "bad"), Part(words["state-unknown"], ages[None], "grave"),
            Part(words["who-none"], lacking, "none"),
        ))  # fmt: skip
    whole = sum(1 for state in states.values() if not state.missing)
    yield charts.bar(view.locale, words["status-parts"], (
        Part(words["parts-whole"], whole, "good"), Part(words["parts-some"], len(states) - whole, "bad"), Part(words["who-none"], lacking, "none"),
    ))  # fmt: skip
    bad = Counter(2 if state.errors else int(bool(state.warnings)) for state in states.values())
    yield charts.bar(view.locale, words["status-noted"], (
        Part(words["noted-nothing"], bad[0], "good"), Part(words["noted-warnings"], bad[1], "mild"), Part(words["noted-errors"], bad[2], "bad"),
        Part(words["who-none"], lacking, "none"),
    ))  # fmt: skip


def _shares(view: View, documents: Mapping[DocPath, Document]) -> Markup | None:
    """How much of each page people translated, as front matter says it; nothing where it never does."""
    found = [made.human for document in documents.values() if (made := status.made(document.meta)) and made.human is not None]
    parts = [
        Part(f"{low}–{high} %" if low != high else f"{low} %", sum(1 for human in found if low <= human <= high), "note") for low, high in _SHARES
    ]
    heads = (view.words["status-part"], view.words["status-count"])
    return charts.rows(view.locale, view.words["status-share"], heads, parts) if found else None


def _kinds(site: Site, view: View, documents: Iterable[Document]) -> Markup | None:
    """The findings by their code, the most frequent first; nothing where there are none."""
    counts: Counter[tuple[str, Severity]] = Counter()
    for document in documents:
        counts.update((finding.code, finding.severity) for finding in site.translations.findings.get(document.file, ()))
    colours = {Severity.ERROR: "bad", Severity.WARNING: "mild"}
    most = sorted(counts.items(), key=lambda item: (-item[1], item[0][0]))[:_KINDS]
    parts = [Part(re.sub(r"^translation-", "", code), count, colours.get(severity, "note")) for (code, severity), count in most]
    heads = (view.words["status-kind"], view.words["status-count"])
    return charts.rows(view.locale, view.words["status-kinds"], heads, parts) if parts else None


def _jobs(site: Site, view: View, url: str, states: Mapping[DocPath, compare.State], leading: Mapping[str, int]) -> list[Job]:
    """The pages that need a translator most: by what is wrong with them, and by how many pages lead there."""
    ranked = sorted(((_weight(state, leading[path]), path) for path, state in states.items()), key=lambda one: (-one[0], one[1]))
    return [_job(site, view, url, path, states[path], leading[path]) for weight, path in ranked[:_FIRST] if weight]


def _weight(state: compare.State, leading: int) -> float:
    wrong = 3 * (state.errors + state.missing) + state.warnings
    return wrong * (1 + log2(1 + leading))


def _job(site: Site, view: View, url: str, path: DocPath, state: compare.State, leading: int) -> Job:
    beside = compare.address(site, view.lang, path) or urls.document(view.lang, path)
    link = Link(urls.relative(url, beside), site.kb.documents[view.lang][path].title)
    return Job(link, state.errors, state.warnings, state.missing, leading)

