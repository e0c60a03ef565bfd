"""The system map: a drawing in which every box is a link, the same as a table, and what a record's own page says of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Final
from unicodedata import east_asian_width

from msgspec import Struct

from generator.config import localised
from generator.model import Artifact
from generator.pages import urls
from generator.pages.drawing import Line, Sizes, draw
from generator.pages.frame import Frame, home_step, join, rendered
from generator.pages.network import Connection, Key, Network
from generator.pages.records import Link, text_of
from generator.pages.site import Site, View

_LETTER: Final = 7.9
"""Width of a letter in the names of boxes, and of half a letter of scripts with wide ones."""
_FIGURE: Final = 6.2
"""Width of a letter in the ports of boxes."""
_LEADING, _SMALL = 17.0, 14.0
"""Height of a line of a name, and of a line of ports."""
_PAD, _EDGE, _GAP = 7.0, 14.0, 22.0
"""Room within a box, between the boxes and the field they stand in, and between that field and a bar."""
_LEAST, _MOST = 96.0, 132.0
"""How wide a box may be."""

_CUT: Final = "⺀-鿿＀-￯"
"""Letters between which a line may be broken: those of Chinese and Japanese."""

_JOINT: Final = "-/_.‐"
"""Signs behind which a word that is longer than a line is broken rather than anywhere."""


class Box(Struct, frozen=True):
    """A box: where it leads, what it is (`record`, one `named` by words, or `part`), its upper left corner, its lines of words and of ports with their baselines."""

    href: str
    kind: str
    x: float
    y: float
    names: tuple[tuple[float, str], ...]
    ports: tuple[tuple[float, str], ...]


class Picture(Struct, frozen=True):
    """The drawing: boxes of one size in a field, arrows between them, and bars for what all of them call or are called by.

    `bars` are as wide as the field and `bar` high; between each of them and the field stand arrows that begin at `steps`.
    """

    width: float
    height: float
    field: tuple[float, float]
    size: tuple[float, float]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    bar: float
    bars: tuple[Box, ...]
    steps: tuple[float, ...]


class Row(Struct, frozen=True):
    """A connection in words. An end that stands for all has no address."""

    source: Link
    target: Link
    ports: str
    label: str


class _Face(Struct, frozen=True):
    """What a box shows, its lines broken."""

    href: str
    kind: str
    names: tuple[str, ...]
    ports: tuple[str, ...]

    @property
    def height(self) -> float:
        return len(self.names) * _LEADING + len(self.ports) * _SMALL + 2 * _PAD

    def box(self, x: float, y: float, width: float, height: float) -> Box:
        """The box whose centre is at `x` and `y`, its lines about its middle."""
        line = y - self.height / 2 + _PAD
        names = tuple((round(line + _LEADING * (count + 0.76), 1), name) for count, name in enumerate(self.names))
        line += _LEADING * len(names)
        ports = tuple((round(line + _SMALL * (count + 0.76), 1), port) for count, port in enumerate(self.ports))
        return Box(self.href, self.kind, round(x - width / 2, 1), round(y - height / 2, 1), names, ports)


def picture(site: Site, view: View, url: str, found: Network) -> Picture:
    """The drawing for the page at `url`, in the words of its language, from right to left where its script runs so."""
    faces = _faces(site, view, url, found)
    hubs = [one.source for one in (*found.above, *found.below)]
    keys = [key for key in found.nodes if key not in hubs]
    number = {key: place for place, key in enumerate(keys)}
    arrows = [(number[one.source], number[one.target]) for one in found.connections if one.source in number and one.target in number]
    width = min(_MOST, max([_LEAST, *(_wide(faces[key]) for key in keys)]))
    height = max((faces[key].height for key in keys), default=0.0)
    drawn = draw(len(keys), arrows, Sizes(width, height, 16.0, 42.0), mirrored=view.direction == "rtl")
    bar = max((faces[key].height for key in hubs), default=0.0)
    top = len(found.above) * (bar + _GAP)
    field = drawn.width + 2 * _EDGE, drawn.height + 2 * _EDGE
    ends = [place * (bar + _GAP) for place in range(len(found.above))]
    ends += [top + field[1] + _GAP + place * (bar + _GAP) for place in range(len(found.below))]
    return Picture(
        width=round(field[0], 1),
        height=round(top + field[1] + len(found.below) * (bar + _GAP), 1),
        field=(round(top, 1), round(field[1], 1)),
        size=(round(width, 1), round(height, 1)),
        boxes=tuple(faces[key].box(*drawn.boxes[place], width, height) for key, place in number.items()),
        lines=drawn.lines,
        bar=bar,
        bars=tuple(faces[key].box(field[0] / 2, y + bar / 2, field[0], bar) for key, y in zip(hubs, ends, strict=True)),
        steps=tuple([y + bar for y in ends[: len(found.above)]] + [y - _GAP for y in ends[len(found.above) :]]),
    )


def rows(site: Site, view: View, url: str, found: Network) -> list[Row]:
    """Every connection, as a table has it: those of all first."""
    kind = next(kind for kind, _ in found.nodes if kind)
    every = Link("", view.words["map-all"].format(records=localised(site.types[kind].label, view.lang)))
    ends = {key: Link(*_name(site, view, url, found, key)) for key in found.nodes}
    return [
        *(Row(ends[one.source], every, *_about(view, one)) for one in found.above),
        *(Row(every, ends[one.target], *_about(view, one)) for one in found.below),
        *(Row(ends[one.source], ends[one.target], *_about(view, one)) for one in found.connections),
    ]


def around(site: Site, view: View, url: str, key: Key) -> tuple[list[Row], list[Row]]:
    """What a record calls, and what calls it; nothing where the map does not show it."""
    found = site.network
    if found is None or key not in found.nodes:
        return [], []
    calls, called = (
        [Row(Link(*_name(site, view, url, found, one.source)), Link(*_name(site, view, url, found, one.target)), *_about(view, one)) for one in way]
        for way in found.around(key)
    )
    return calls, called


def map_page(site: Site, view: View) -> Iterable[Artifact]:
    """The page of the map; none for a site without one."""
    if site.network is None:
        return
    url = urls.system_map(view.lang)
    title = view.words["map"]
    context = {"title": title, "map": picture(site, view, url, site.network), "rows": rows(site, view, url, site.network)}
    html = rendered(site, view, "map.html", **context)
    trail = (home_step(view, url),)
    yield join(site, view, Frame(url=url, kind="wide", title=title, description=view.words["map-lead"], content_html=html, trail=trail))


def _faces(site: Site, view: View, url: str, found: Network) -> Mapping[Key, _Face]:
    ports: dict[Key, dict[str, None]] = {}
    for one in (*found.connections, *found.below):
        ports.setdefault(one.target, {}).update(dict.fromkeys(one.ports))
    faces = {}
    for key in found.nodes:
        href, name = _name(site, view, url, found, key)
        lines = _broken(_together(tuple(ports.get(key, ()))), int((_MOST - 2 * _PAD) / _FIGURE))
        kind = "part" if key in found.parts else "named" if " " in name.strip() else "record"
        faces[key] = _Face(href, kind, _broken(name, int((_MOST - 2 * _PAD) / _LETTER)), lines)
    return faces


def _name(site: Site, view: View, url: str, found: Network, key: Key) -> tuple[str, str]:
    """Where a box leads, and its name; nowhere for a part whose page is not there."""
    part = found.parts.get(key)
    if part is None:
        return urls.relative(url, urls.record(view.lang, *key)), text_of(site, view, site.records[key]).name or key[1]
    href = urls.relative(url, urls.document(view.lang, part.path), part.anchor) if part.path in view.documents else ""
    return href, localised(part.label, view.lang)


def _about(view: View, one: Connection) -> tuple[str, str]:
    return _together(one.ports), localised(one.label or {}, view.lang)


def _together(ports: tuple[str, ...]) -> str:
    """Ports in few letters: those of one protocol side by side (`25 110/tcp`)."""
    split = [port.partition("/") for port in ports]
    groups = [(protocol, [port for port, _, _ in group]) for protocol, group in groupby(split, key=lambda one: "".join(one[1:]))]
    return " ".join(" ".join(names) + protocol for protocol, names in groups)


def _wide(face: _Face) -> float:
    names = max((_cells(name) * _LETTER for name in face.names), default=0.0)
    return max([names, *(_cells(port) * _FIGURE for port in face.ports)]) + 2 * _PAD


def _cells(text: str) -> int:
    """How wide a text is in letters; those of wide scripts count twice."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _broken(text: str, room: int) -> tuple[str, ...]:
    """A text in lines of `room` letters at most: broken between words, between letters of wide scripts, and in a word that is too long."""
    lines = [""]
    for word in re.findall(rf"[{_CUT}]|[^\s{_CUT}]+|\s+", text):
        for piece in _pieces(word, room):
            if _cells((lines[-1] + piece).rstrip()) > room:
                lines.append("")
            lines[-1] += piece
    return tuple(line.strip() for line in lines if line.strip())


def _pieces(word: str, room: int) -> list[str]:
    """A word whole where it fits into a line; else its parts up to each joint, cut where even one of them is too long."""
    return [word] if len(word) <= room else re.findall(rf"[^{_JOINT}]{{0,{room - 1}}}[{_JOINT}]|[^{_JOINT}]{{1,{room}}}", word)
