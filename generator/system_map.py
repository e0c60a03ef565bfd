"""The system map that site.yml declares: what stands on it besides records, and what calls or feeds what over which ports."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from generator.errors import SiteError
from generator.located import Places
from generator.model import Anchor, DocPath, Span

EVERY: Final = "*"
"""Stands in a flow for every record on the map."""


class Part(Struct, frozen=True):
    """What is no record and belongs to the picture: a database, a mail server. It leads to a page or a section of one."""

    id: str
    label: Mapping[str, str]
    path: DocPath
    anchor: Anchor
    span: Span


class Flow(Struct, frozen=True):
    """`source` calls, feeds or starts `target`, over the ports that `target` listens on; `label` says what for."""

    source: str
    target: str
    ports: tuple[str, ...]
    label: Mapping[str, str]
    span: Span


class SystemMap(Struct, frozen=True):
    """A map of the records of one type."""

    records: str
    parts: tuple[Part, ...]
    flows: tuple[Flow, ...]


def declared(path: Path, value: Mapping[str, Any], places: Places) -> SystemMap | None:
    """The map of a site.yml, if it has one; a flow between lists is one from each to each.

    Raises SiteError where the type of record is not there, or a flow leads from all to all or back to where it began.
    """
    item = value.get("map")
    if item is None:
        return None
    types = tuple(value.get("records", ()))
    records = item.get("records") or next(iter(types), "")
    if records not in types:
        raise _fault(path, places, ("map", "records"), f"there is no kind of record {records!r}; known are: {', '.join(types) or 'none'}")
    return SystemMap(
        records,
        tuple(_part(name, part, _span(places, ("map", "parts", name))) for name, part in item.get("parts", {}).items()),
        tuple(flow for number, one in enumerate(item["flows"]) for flow in _flows(path, places, number, one)),
    )


def _part(name: str, item: Mapping[str, Any], span: Span) -> Part:
    page, _, anchor = str(item["page"]).partition("#")
    return Part(name, _localised(item["label"]), DocPath(page), Anchor(anchor), span)


def _flows(path: Path, places: Places, number: int, item: Mapping[str, Any]) -> list[Flow]:
    at = ("map", "flows", number)
    found = [
        Flow(source, target, _list(item.get("port", ())), _localised(item.get("label", {})), _span(places, at))
        for source in _list(item["from"])
        for target in _list(item["to"])
    ]
    if any(flow.source == flow.target for flow in found):
        raise _fault(path, places, at, "a flow leads from one to another; name two different ones")
    return found


def _list(value: str | int | list[str | int]) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, (list, tuple)) else (str(value),)


def _localised(value: str | Mapping[str, str]) -> Mapping[str, str]:
    return {"": value} if isinstance(value, str) else dict(value)


def _span(places: Places, key: tuple[str | int, ...]) -> Span:
    line, column = places.get(key, (1, 1))
    return Span(line, column, line, column)


def _fault(path: Path, places: Places, key: tuple[str | int, ...], message: str) -> SiteError:
    line, column = places.get(key, places.get(key[:1], (1, 1)))
    return SiteError(f"{path}:{line}:{column}: {'.'.join(map(str, key))}: {message}")
