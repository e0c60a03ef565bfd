"""What raw HTML may hold in a page: an allow-list, applied by nh3 (ammonia on html5ever, the browsers' own algorithm)."""

from __future__ import annotations

from typing import Final

import nh3

_TAGS: Final = frozenset({
    "a", "abbr", "article", "aside", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col", "colgroup", "dd", "del",
    "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "img", "ins",
    "kbd", "li", "mark", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp", "section", "small", "span", "strike", "strong", "sub",
    "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "wbr",
})  # fmt: skip
_ANY: Final = frozenset({"class", "dir", "id", "lang", "title", "translate"})
_ATTRIBUTES: Final = {
    "*": _ANY,
    "a": {"data-link", "aria-labelledby", "href"},  # href: of heading anchors; those of the source have become data-link
    "img": {"data-link", "alt", "width", "height"},
    "table": {"data-at", "data-table"},
    "tr": {"data-at", "data-row"},
    "td": {"data-at", "colspan", "rowspan", "headers"},
    "th": {"data-at", "colspan", "rowspan", "scope", "headers"},
    "span": {"data-label"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "col": {"span"},
    "colgroup": {"span"},
    "details": {"open"},
    "time": {"datetime"},
    "del": {"datetime", "cite"},
    "ins": {"datetime", "cite"},
    "q": {"cite"},
    "blockquote": {"cite"},
}
_CLEANER: Final = nh3.Cleaner(
    tags=set(_TAGS),
    attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
    link_rel=None,
    clean_content_tags={"script", "style"},
)
ALLOWED: Final = _TAGS
FORBIDDEN: Final = frozenset({
    "acronym", "address", "applet", "area", "audio", "base", "basefont", "bgsound", "big", "body", "button", "canvas", "center", "data",
    "datalist", "dialog", "dir", "embed", "fieldset", "font", "footer", "form", "frame", "frameset", "head", "header", "hgroup", "html",
    "iframe", "image", "input", "label", "legend", "link", "listing", "main", "map", "marquee", "math", "menu", "meta", "meter", "nav",
    "nobr", "noembed", "noframes", "noscript", "object", "optgroup", "option", "output", "param", "picture", "plaintext", "progress",
    "script", "search", "select", "slot", "source", "style", "svg", "template", "textarea", "title", "track", "video", "xmp",
})  # fmt: skip
"""Elements of HTML that pages may not hold: their tags are removed. Any other name is no tag but text, such as `<port>`."""


def sanitize(html: str) -> str:
    """HTML with only what pages may hold, repaired and nested as a browser would."""
    return _CLEANER.clean(html)
