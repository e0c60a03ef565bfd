"""What the cells of a mapped row say: roles, symptoms, remedy, ports, codes, as the mapping of site.yml declares."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from generator.config import Column, RecordType
from generator.model import Cell, Document, Finding, Lang, Row, Span, Table
from generator.schema import NAMING

_PORT: Final = re.compile(
    r"\b(\d{2,5})/(?:tcp|udp)\b|(?:\b(?:ports?|puertos?|portas?|portti(?:a|in)?|poort(?:en)?|порт\w{0,2})|ポート|端口|埠|포트|منفذ)\s*(?:n[ºo°.]\s*)?(\d{2,5})\b|(\d{2,5})\s*番?ポート",
    re.IGNORECASE,
)
CODE: Final = re.compile(r"\b[A-Z]{2,10}(?:-\d{3,6})+\b")
"""An error code: `ABC-1510`, `ABC-1510-500`."""
_ENDS: Final = ":：,、; \t.。"
_WIDE: Final = {"：": ": ", "；": "; ", "，": ", ", "、": ", ", "。": ". ", "（": " (", "）": ") ", "－": "-", "–": "-", "—": "-", "\u00a0": " ", "\u202f": " "}
"""Marks that a translation writes otherwise, as an expression for the reference has them."""
_BEFORE: Final = re.compile(r"[ \u00a0\u202f]+(?=[:;])")


class Fields(Struct, frozen=True):
    """A row read by its mapping. `roles` maps each role to its text; links are indexes into the document's links."""

    name: str
    span: Span
    roles: Mapping[str, str]
    symptoms: tuple[str, ...]
    remedy: tuple[str, ...]
    ports: tuple[str, ...]
    codes: tuple[str, ...]
    links: tuple[int, ...]


def read_rows(
    kind: RecordType, columns: Sequence[Column], document: Document, table: Table, findings: list[Finding], *, compared: bool
) -> list[Fields | None]:
    """The rows of a table whose columns stand so, None for a heading within the table and for a row that cannot be read (a finding says why).

    Where a table is compared with its reference, that says which rows have too many cells or too few.
    """
    above: dict[int, Cell] = {}
    rows: list[Fields | None] = []
    filled = {problem.span.line: problem for problem in document.problems if problem.code == "table-row-short"}
    for row in table.rows:
        if is_heading(row):
            rows.append(None)
            continue
        if short := filled.get(row.span.line):
            findings.append(replace(short, code="table-row-width"))
        elif len(row.cells) != len(columns) and not compared:
            findings.append(_width(columns, document, row))
        cells = list(row.cells[: len(columns)])
        for number, (column, cell) in enumerate(zip(columns, cells, strict=False)):
            if column.fill_down and not cell.lines and number in above:
                cells[number] = above[number]
            above[number] = cells[number]
        rows.append(_fields(kind, list(zip(columns, cells, strict=False)), row, document, findings))
    return rows


def is_heading(row: Row) -> bool:
    """Whether a row is a heading within its table: one cell across all columns, or one in bold beside empty ones."""
    said = [cell for cell in row.cells if cell.lines]
    if len(row.cells) < 2 or not said:  # noqa: PLR2004  a table of one column has no headings
        return False
    if len(said) == len(row.cells):
        return all(cell == said[0] for cell in said)  # a snippet has one place for all that it brings
    return len(said) == 1 and "".join(said[0].strong).split() == said[0].text.split()


def _width(columns: Sequence[Column], document: Document, row: Row) -> Finding:
    more = len(row.cells) > len(columns)
    hint = "remove the surplus" if more else "add what is missing (an empty cell if it is unknown)"
    message = f"This row has {len(row.cells)} cells, its table {len(columns)} columns; {hint}."
    return Finding("table-row-width", document.file, row.span, message, document.lang)


def _fields(kind: RecordType, cells: Sequence[tuple[Column, Cell]], row: Row, document: Document, findings: list[Finding]) -> Fields | None:
    texts: dict[str, list[str]] = {}
    symptoms: list[str] = []
    remedy: list[str] = []
    for column, cell in cells:
        _read(kind, column, cell, document.lang, texts, symptoms, remedy)
    roles = {role: "\n".join(lines) for role, lines in texts.items() if lines}
    name = next((" ".join(roles[role].split()) for role in NAMING if roles.get(role)), "")
    if not name:
        headers = " or ".join(column.header for column in kind.columns if column.split or set(column.roles) & set(NAMING))
        message = f"Nothing in this row names its record; fill its cell below {headers}."
        findings.append(Finding("record-unnamed", document.file, row.span, message, document.lang))
        return None
    whole = " ".join(cell.text for _, cell in cells)
    subject = next((cell for column, cell in cells if "subject" in column.roles), None)
    return Fields(
        name=name,
        span=subject.span if subject else row.span,
        roles=roles,
        symptoms=tuple(symptoms) or tuple(texts.get("symptom", ())),
        remedy=tuple(remedy),
        ports=tuple(dict.fromkeys(port for match in _PORT.finditer(whole) for port in match.groups() if port)),
        codes=tuple(dict.fromkeys(CODE.findall(whole))),
        links=tuple(link for _, cell in cells for link in cell.links),
    )


def _read(
    kind: RecordType, column: Column, cell: Cell, lang: Lang, texts: dict[str, list[str]], symptoms: list[str], remedy: list[str]
) -> None:
    if column.split and (parts := split_by(column.split, cell.text)):
        for role, value in parts.items():
            texts.setdefault(role, []).append(value)
        return
    if "symptom" in column.roles and len(column.roles) > 1 and (kind.symptoms or "remedy" in column.roles):
        seen, rest = _sentences(kind, cell, lang)
        symptoms.extend(seen)
        for role in column.roles:
            if role != "symptom":
                texts.setdefault(role, []).extend(rest)
        if "remedy" in column.roles:
            remedy.extend(rest)
        return
    for role in column.roles:
        texts.setdefault(role, []).extend(cell.lines)
        if role == "remedy":
            remedy.extend(cell.lines)
        elif role == "symptom":
            symptoms.extend(cell.lines)


def split_by(expression: str, text: str) -> dict[str, str]:
    """The named parts of a text; the marks between them may be those of another language (`F12：…`, `F12 : …`)."""
    if not (match := re.search(expression, text)):
        text = "".join(_WIDE.get(letter, letter) for letter in _BEFORE.sub("", text))
        match = re.search(expression, text)
    return {role: value.strip() for role, value in match.groupdict().items() if value} if match else {}


def _sentences(kind: RecordType, cell: Cell, lang: Lang) -> tuple[list[str], list[str]]:
    """Symptoms and remedy of a cell: "Check this module if S." gives S; after a lead-in, each list item is one."""
    expression = _expression(kind.symptoms.get(lang, ()))
    symptoms: list[str] = []
    rest: list[str] = []
    listing = False
    for line, item in zip(cell.lines, cell.items, strict=True):
        if listing and item:
            symptoms.append(line.strip(_ENDS))
            continue
        listing = False
        left: list[str] = []
        last = 0
        for match in expression.finditer(line) if expression else ():
            left.append(line[last : match.start()])
            last = match.end()
            words = next((group for group in match.groups() if group is not None), "").strip(_ENDS)
            if words:
                symptoms.append(words)
            else:
                listing = True
        left.append(line[last:])
        remainder = " ".join(part for part in (part.strip() for part in left) if part)
        if remainder:
            rest.append(remainder)
    return symptoms, rest


@cache
def _expression(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    """One expression for all sentences that name a symptom; a symptom ends with its sentence."""
    if not patterns:
        return None
    parts = []
    for pattern in patterns:
        before, _, after = pattern.partition("{symptom}")
        parts.append(f"{_words(before)}(.*?){_words(after)}(?:[.。!?！？](?=\\s|$)|(?<=[。！？])|$)")
    return re.compile("|".join(parts), re.IGNORECASE)


def _words(text: str) -> str:
    return r"\s*".join(re.escape(word) for word in re.split(r"\s+", text))
