""".xlsx sheets → cells. Streams each sheet, so that a file built to exhaust memory is refused in time."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from lianxin.ledgers.cells import Cell, Merge, Sheet, Value, made_cell, trimmed
from lianxin.ledgers.refusals import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_UNPACKED_BYTES,
    damaged,
    no_workbook,
    too_large,
)

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REL = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_RANGE = re.compile(r"([A-Z]{1,3})(\d+)(?::([A-Z]{1,3})(\d+))?")
_EXTRAS = re.compile(rb"mergeCell\s|<(?:\w+:)?f[\s>]")
_MAX_MERGES = 100_000


def read_xlsx(path: Path) -> tuple[Sheet, ...]:
    """The worksheets of a .xlsx file in their order. Raises LedgerUnreadable."""
    check_package(path)
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        extras = _extras(path)
        # Opened as a stream, because the library judges a path by its ending.
        with path.open("rb") as stream:
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            left = MAX_CELLS
            sheets: list[Sheet] = []
            for worksheet in book.worksheets:
                title: str = worksheet.title
                merges, formulas = extras.get(title, ((), {}))
                worksheet.reset_dimensions()
                rows, used = _cells(path, worksheet.iter_rows(), formulas, left)
                left -= used
                hidden = worksheet.sheet_state != "visible"
                sheets.append(Sheet(title, trimmed(rows), merges, hidden=hidden))
            return tuple(sheets)
    except (InvalidFileException, zipfile.BadZipFile, ParseError, KeyError, ValueError, TypeError) as wrong:
        raise damaged(path.name) from wrong
    except (AttributeError, IndexError, OSError, EOFError) as wrong:
        raise damaged(path.name) from wrong


def check_package(path: Path) -> None:
    """Refuse zips that unpack to too much, and XML with entities. Raises LedgerUnreadable."""
    try:
        with zipfile.ZipFile(path) as package:
            infos = package.infolist()
            if len(infos) > 5_000 or sum(info.file_size for info in infos) > MAX_UNPACKED_BYTES:
                raise too_large(path.name)
            for info in infos:
                if info.filename.endswith((".xml", ".rels")):
                    with package.open(info) as part:
                        if b"<!" in part.read(2_000).replace(b"<!--", b""):
                            raise damaged(path.name)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError) as wrong:
        raise damaged(path.name) from wrong


def _cells(
    path: Path, found: Iterator[tuple[object, ...]], formulas: dict[tuple[int, int], str], left: int
) -> tuple[list[list[Cell]], int]:
    from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell

    rows: list[list[Cell]] = []
    used = 0
    for number, row in enumerate(found, start=1):
        cells: list[Cell] = []
        for column, raw in enumerate(row, start=1):
            if isinstance(raw, EmptyCell) or not isinstance(raw, ReadOnlyCell):
                cells.append(made_cell(formulas.get((number, column)), "@"))
                continue
            value = _plain_value(raw.value)
            if value is None:
                value = formulas.get((number, column))
            cells.append(made_cell(value, str(raw.number_format)))
        filled = sum(1 for cell in cells if cell.text)
        used += filled
        too_wide = any(cell.text for cell in cells[MAX_COLUMNS:])
        if too_wide or used > left or (filled and number > MAX_ROWS):
            raise too_large(path.name)
        if number <= MAX_ROWS:
            rows.append(cells)
    return rows, used


def _plain_value(raw: object) -> Value:
    if raw is None or isinstance(raw, str | bool | int | float | date | time):
        return raw
    return float(raw) if isinstance(raw, Decimal) else str(raw)


_Extras = dict[str, tuple[tuple[Merge, ...], dict[tuple[int, int], str]]]


def _extras(path: Path) -> _Extras:
    """Per sheet name what the streaming reader leaves out: merged ranges, and formulas without a value.

    A formula without a value is what a careless program made of a text that begins with "=".
    """
    from defusedxml.ElementTree import fromstring

    found: _Extras = {}
    with zipfile.ZipFile(path) as package:
        if "xl/workbook.xml" not in package.namelist():
            raise no_workbook(path.name)
        relations = fromstring(package.read("xl/_rels/workbook.xml.rels"))
        targets = {r.get("Id"): r.get("Target", "") for r in relations.iter(f"{_PACKAGE}Relationship")}
        for sheet in fromstring(package.read("xl/workbook.xml")).iter(f"{_MAIN}sheet"):
            target: str = targets.get(sheet.get(f"{_REL}id"), "")
            part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if part in package.namelist():
                found[sheet.get("name", "")] = _sheet_extras(path, package, part)
    return found


def _sheet_extras(
    path: Path, package: zipfile.ZipFile, part: str
) -> tuple[tuple[Merge, ...], dict[tuple[int, int], str]]:
    from defusedxml.ElementTree import iterparse

    merges: list[Merge] = []
    formulas: dict[tuple[int, int], str] = {}
    if not _has_extras(package, part):
        return (), {}
    with package.open(part) as stream:
        for _event, element in iterparse(stream, forbid_dtd=True):
            if element.tag == f"{_MAIN}mergeCell":
                if merge := _merge(element.get("ref", "")):
                    merges.append(merge)
                if len(merges) > _MAX_MERGES:
                    raise too_large(path.name)
            elif element.tag == f"{_MAIN}c":
                _note_formula(element, formulas)
            elif element.tag == f"{_MAIN}row":
                element.clear()
    return tuple(merges), formulas


def _has_extras(package: zipfile.ZipFile, part: str) -> bool:
    """Whether a second look at the sheet is worth it; long plain lists are not parsed twice."""
    before = b""
    with package.open(part) as stream:
        while chunk := stream.read(2**20):
            if _EXTRAS.search(before + chunk):
                return True
            before = chunk[-32:]
    return False


def _note_formula(cell: Element, formulas: dict[tuple[int, int], str]) -> None:
    formula = cell.find(f"{_MAIN}f")
    value = cell.find(f"{_MAIN}v")
    if formula is None or not formula.text or (value is not None and value.text):
        return
    place = _RANGE.fullmatch(cell.get("r", ""))
    if place:
        formulas[int(place[2]), column_number(place[1])] = "=" + formula.text


def _merge(ref: str) -> Merge | None:
    match = _RANGE.fullmatch(ref)
    if not match or not match[3]:
        return None
    top, bottom = int(match[2]), int(match[4])
    left, right = column_number(match[1]), column_number(match[3])
    # Whole-column merges would cost memory and mean nothing.
    return Merge(top, left, min(bottom, top + MAX_ROWS), min(right, left + MAX_COLUMNS))


def column_number(letters: str) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
