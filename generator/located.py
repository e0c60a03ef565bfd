"""YAML with the place of every key and item, so that a fault in site.yml can be said with its line and column."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import yaml

from generator.errors import SiteError

DEPTH: Final = 50
VALUES: Final = 100_000
"""So deep and so many, all aliases followed; more is no configuration but a bomb."""

Places = dict[tuple[str | int, ...], tuple[int, int]]
"""Path of keys and indexes -> line and column, both from 1."""


def located(path: Path, text: str) -> tuple[Any, Places]:
    """The value of a YAML text, and the place of each key and item.

    Raises SiteError where it is no YAML, a key stands twice, or it holds too much. Scalars other than true, false, null and whole numbers stay texts.
    """
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"{mark.line + 1}:{mark.column + 1}" if mark else "1:1"
        raise SiteError(f"{path}:{where}: this is not valid YAML: {error.problem}{_advice(text, error)}") from None
    except yaml.YAMLError as error:
        raise SiteError(f"{path}:1:1: this is not valid YAML: {error}") from None
    places: Places = {(): (1, 1)}
    if node is None:
        return {}, places
    return _construct(path, node, (), places), places


def _advice(text: str, error: yaml.MarkedYAMLError) -> str:
    """What to do about what most often goes wrong in YAML; nothing where that is hard to say."""
    here, begun = error.problem_mark, error.context_mark
    if error.problem == "mapping values are not allowed in this context":
        return "; put a text that has a colon and a blank in it into quotes"
    if here and text.splitlines()[here.line : here.line + 1] and "\t" in text.splitlines()[here.line][: here.column + 1]:
        return "; indent with blanks, not with a tab"
    if begun and "flow" in str(error.context):
        return f"; what begins with a bracket at {begun.line + 1}:{begun.column + 1} does not end"
    return ""


def _construct(path: Path, node: yaml.Node, at: tuple[str | int, ...], places: Places) -> Any:  # noqa: ANN401  YAML holds any value
    if len(at) > DEPTH or len(places) > VALUES:
        line, column = places[at]
        what = f"stands deeper than {DEPTH} levels" if len(at) > DEPTH else f"is one value too many; {VALUES} are allowed"
        raise SiteError(f"{path}:{line}:{column}: this {what}; aliases (*name) count as what they stand for")
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            mark = key_node.start_mark
            if key in result:
                raise SiteError(f"{path}:{mark.line + 1}:{mark.column + 1}: {key}: stands twice; keep one")
            places[(*at, key)] = (mark.line + 1, mark.column + 1)
            result[key] = _construct(path, value_node, (*at, key), places)
        return result
    if isinstance(node, yaml.SequenceNode):
        items = []
        for index, item in enumerate(node.value):
            places[(*at, index)] = (item.start_mark.line + 1, item.start_mark.column + 1)
            items.append(_construct(path, item, (*at, index), places))
        return items
    if node.tag == "tag:yaml.org,2002:bool" and node.value.lower() not in ("true", "false"):
        return node.value  # `off` is a severity, and `no` a language: only YAML 1.1 reads them as false
    if node.tag in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:int", "tag:yaml.org,2002:null"):
        try:
            return yaml.safe_load(node.value)
        except (yaml.YAMLError, ValueError):
            return node.value
    return node.value
