"""Boxes and arrows on a plane: a layered drawing after Sugiyama, Tagawa and Toda (1981), the same for the same graph.

The layers and the order in them come from the library fast_sugiyama. It takes connected graphs without circles,
so arrows that close a circle are turned for it, and drawn the right way round.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from msgspec import Struct

Arrow = tuple[int, int]
Point = tuple[float, float]

_UNIT: Final = 100
_HEAD: Final = 5.0
"""Length of an arrow's head; its shaft ends there."""
_ACROSS: Final = 6
"""So many boxes beside each other at least, where no arrow says how wide the picture is."""
_CORNER: Final = 12.0
"""Arrows keep away from the corners of a box."""


class Sizes(Struct, frozen=True):
    """Width and height of a box, and the room between two of them."""

    width: float
    height: float
    beside: float
    below: float


class Line(Struct, frozen=True):
    """An arrow: from which box to which, the path of its shaft and of its head."""

    source: int
    target: int
    shaft: str
    head: str


class Drawing(Struct, frozen=True):
    """Centres of the boxes by number, arrows, and the size of it all."""

    width: float
    height: float
    boxes: Mapping[int, Point]
    lines: tuple[Line, ...]


def draw(count: int, arrows: Sequence[Arrow], sizes: Sizes, *, mirrored: bool = False) -> Drawing:
    """Lay out `count` boxes; `mirrored` is for scripts that run from right to left."""
    step = (sizes.width + sizes.beside, sizes.height + sizes.below)
    grid: dict[int, Point] = {}
    bends: dict[Arrow, tuple[Point, ...]] = {}
    columns = 0.0
    groups = _components(count, arrows)
    for group in (one for one in groups if len(one) > 1):
        places, between = _layered(group, [arrow for arrow in arrows if arrow[0] in group])
        grid |= {node: (x + columns, y) for node, (x, y) in places.items()}
        bends |= {arrow: tuple((x + columns, y) for x, y in points) for arrow, points in between.items()}
        columns = max([x for x, _ in grid.values()] + [x for points in bends.values() for x, _ in points]) + 1
    grid |= dict(_rest([group[0] for group in groups if len(group) == 1], grid, columns))
    wide = max([x for x, _ in grid.values()] + [x for points in bends.values() for x, _ in points], default=0.0)
    high = max((y for _, y in grid.values()), default=0.0)
    width, height = wide * step[0] + sizes.width, high * step[1] + sizes.height

    def place(point: Point) -> Point:
        x = point[0] * step[0] + sizes.width / 2
        return (width - x if mirrored else x), point[1] * step[1] + sizes.height / 2

    boxes = {node: place(point) for node, point in sorted(grid.items())}
    routes = {arrow: [boxes[arrow[0]], *map(place, points), boxes[arrow[1]]] for arrow, points in sorted(bends.items())}
    return Drawing(width, height, boxes, tuple(_lines(routes, sizes)))


def _components(count: int, arrows: Sequence[Arrow]) -> list[list[int]]:
    """Boxes that hang together, each group in order, the groups by their first box."""
    group = list(range(count))

    def root(node: int) -> int:
        while group[node] != node:
            node = group[node]
        return node

    for one, other in arrows:
        first, second = sorted((root(one), root(other)))
        group[second] = first
    found: dict[int, list[int]] = {}
    for node in range(count):
        found.setdefault(root(node), []).append(node)
    return list(found.values())


def _layered(nodes: list[int], arrows: list[Arrow]) -> tuple[dict[int, Point], dict[Arrow, tuple[Point, ...]]]:
    """Columns and rows of connected boxes, from 0, and the bends of each arrow from its own beginning to its own end."""
    from fast_sugiyama import from_edges  # noqa: PLC0415  few sites have a map

    number = {node: index for index, node in enumerate(nodes)}
    down = {arrow: (number[arrow[0]], number[arrow[1]]) for arrow in arrows}
    turned = _closing(len(nodes), tuple(down.values()))
    down = {arrow: (pair[1], pair[0]) if pair in turned else pair for arrow, pair in down.items()}
    ((placed, _, _, edges),) = from_edges(
        list(dict.fromkeys(down.values())), vertex_spacing=_UNIT, dummy_vertices=True,
        ranking_type="minimize", crossing_minimization="barycenter",
    )  # fmt: skip
    positions: dict[int, Point] = {int(node): (float(x), float(y)) for node, (x, y) in placed}
    left, top = min(x for x, _ in positions.values()), max(y for _, y in positions.values())
    at = {node: (round((x - left) / _UNIT, 3), float(round((top - y) / _UNIT))) for node, (x, y) in positions.items()}
    chains = _chains(len(nodes), sorted((int(one), int(other)) for one, other in edges or ()))
    bends = {}
    for arrow, pair in down.items():
        points = tuple(at[node] for node in chains[pair])
        bends[arrow] = points if number[arrow[0]] == pair[0] else points[::-1]
    return {node: at[index] for node, index in number.items()}, bends


def _chains(count: int, edges: Sequence[Arrow]) -> dict[Arrow, tuple[int, ...]]:
    """The waypoints of each arrow between two boxes; numbers from `count` on are waypoints."""
    following = {one: other for one, other in edges if one >= count}
    found: dict[Arrow, tuple[int, ...]] = {}
    for first, second in edges:
        if first >= count:
            continue
        way, at = [], second
        while at >= count:
            way.append(at)
            at = following[at]
        found[first, at] = tuple(way)
    return found


def _closing(count: int, arrows: Sequence[Arrow]) -> frozenset[Arrow]:
    """The arrows that close a circle, met on a walk from each box in turn."""
    following: dict[int, list[int]] = {}
    for one, other in arrows:
        following.setdefault(one, []).append(other)
    done, way, closing = set[int](), set[int](), set[Arrow]()

    def walk(node: int) -> None:
        way.add(node)
        for step in following.get(node, ()):
            if step in way:
                closing.add((node, step))
            elif step not in done:
                walk(step)
        way.discard(node)
        done.add(node)

    for node in range(count):
        if node not in done:
            walk(node)
    return frozenset(closing)


def _rest(nodes: list[int], grid: Mapping[int, Point], columns: float) -> Iterator[tuple[int, Point]]:
    """Boxes that no arrow touches: in rows below the others, as wide as those."""
    across = max(_ACROSS, int(columns))
    first = max((y for _, y in grid.values()), default=-1.0) + 1
    for place, node in enumerate(nodes):
        yield node, (float(place % across), first + place // across)


def _lines(routes: Mapping[Arrow, list[Point]], sizes: Sizes) -> Iterator[Line]:
    """Arrows from edge to edge of the boxes; where several meet at a box, they stand side by side in the order in which they come."""
    ends: dict[tuple[int, bool], list[tuple[float, Arrow, int]]] = {}
    for arrow, points in routes.items():
        for end, (here, there) in enumerate(((points[0], points[1]), (points[-1], points[-2]))):
            ends.setdefault((arrow[end], there[1] > here[1]), []).append((there[0], arrow, end))
    shifts = {
        (arrow, end): shift
        for meeting in ends.values()
        for shift, (_, arrow, end) in zip(_beside(len(meeting), sizes), sorted(meeting), strict=True)
    }
    for arrow, points in routes.items():
        side = sizes.height / 2 if points[-1][1] > points[0][1] else -sizes.height / 2
        way = [points[0], *(bend for x, y in points[1:-1] for bend in ((x, y - side), (x, y + side))), points[-1]]
        for end, away in ((0, side), (-1, -side)):
            x, y = points[end]
            way[end] = x + shifts[arrow, abs(end)], y + away
        yield Line(*arrow, *_path(way))


def _beside(count: int, sizes: Sizes) -> list[float]:
    """Places along the edge of a box, about its middle."""
    step = min(_CORNER, (sizes.width - 2 * _CORNER) / count)
    return [(place - (count - 1) / 2) * step for place in range(count)]


def _path(points: list[Point]) -> tuple[str, str]:
    """A smooth shaft that leaves and arrives upright, and its head."""
    x, y = points[-1]
    side = 1 if points[-2][1] < y else -1
    points = [*points[:-1], (x, y - side * _HEAD)]
    parts = [f"M{_number(points[0][0])} {_number(points[0][1])}"]
    for (x1, y1), (x2, y2) in pairwise(points):
        middle = (y1 + y2) / 2
        parts.append("C" + " ".join(map(_number, (x1, middle, x2, middle, x2, y2))))
    wing = y - side * (_HEAD + 2)
    return "".join(parts), f"M{_number(x - 4)} {_number(wing)}L{_number(x)} {_number(y)}L{_number(x + 4)} {_number(wing)}Z"


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
