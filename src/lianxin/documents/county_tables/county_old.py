"""A county's workbook of Excel 97–2003 (.xls): its cells to be filled found, and filled with all else as it was."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from lianxin.documents.county_tables.biff import NotBiff, Place, Put, stream_filled
from lianxin.documents.county_tables.compound_file import SIGNATURE, CompoundFile, NotACompoundFile
from lianxin.documents.county_tables.county_cells import Cell, NotFillable, TableCells, cells_of

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet

Filling = int | float | str | None
_STREAM, _OF_EXCEL_95, _ENCRYPTED = "Workbook", "Book", "EncryptedPackage"
_USUAL = 15
"""The format of a cell of which nothing is said."""
_COUNTED = "="
"""Stands in a cell whose formula gives nothing yet, so that it is not taken for an empty one."""


def is_old(content: bytes) -> bool:
    """Whether a file is of the old form, by its own bytes: endings are changed by hand."""
    return content.startswith(SIGNATURE)


def old_cells_to_fill(content: bytes, office_names: Sequence[str]) -> Iterator[tuple[str, Cell]]:
    """(sheet, cell) of every cell that waits for a value. Raises NotFillable."""
    for sheet in _opened(content).sheets():
        if not sheet.visibility:
            for cell in cells_of(_table(sheet), office_names):
                yield sheet.name, cell


def old_filled(content: bytes, values: Mapping[tuple[str, Place], Callable[[bool], Filling]]) -> bytes:
    """The same file with values in (sheet, (row, column) from 0); each is asked whether its cell shows percent.

    Raises NotFillable.
    """
    book = _opened(content)
    sheets: dict[str, dict[Place, Put]] = {}
    for (name, place), told in values.items():
        if name not in book.sheet_names():
            continue
        form = _form(book.sheet_by_name(name), place)
        value = told("%" in book.format_map[book.xf_list[form].format_key].format_str)
        if value is not None:
            sheets.setdefault(name, {})[place] = Put(value, form)
    try:
        held = CompoundFile(content)
        return held.with_stream(_STREAM, stream_filled(held.stream(_STREAM), sheets))
    except (NotBiff, NotACompoundFile, struct.error, IndexError) as wrong:
        # The reader before forgives records that are too short.
        raise NotFillable("里面的格式填不了，请在 WPS 或 Excel 中打开，另存为 .xlsx，再选那个文件") from wrong


def _opened(content: bytes) -> Book:
    import xlrd
    from xlrd.biffh import XLRDError
    from xlrd.compdoc import CompDocError

    try:
        names = CompoundFile(content).names()
    except NotACompoundFile as wrong:
        raise NotFillable("打不开，可能损坏了，请向县里再要一份") from wrong
    if _ENCRYPTED in names:
        raise NotFillable("加了密，请在 WPS 或 Excel 中去掉密码再选")
    if _STREAM not in names:
        why = "是 Excel 95 的格式" if _OF_EXCEL_95 in names else "不是表格"
        raise NotFillable(f"{why}，请在 WPS 或 Excel 中打开，另存为 .xlsx，再选那个文件")
    try:
        with open(os.devnull, "w") as quiet:
            return xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=quiet)
    except XLRDError as wrong:
        said = str(wrong).lower()
        if "encrypt" in said or "password" in said:
            raise NotFillable("加了密，请在 WPS 或 Excel 中去掉密码再选") from wrong
        raise NotFillable("打不开，可能损坏了，请向县里再要一份") from wrong
    except (CompDocError, ValueError, IndexError, KeyError, TypeError, AssertionError) as wrong:
        raise NotFillable("打不开，可能损坏了，请向县里再要一份") from wrong


def _table(sheet: Sheet) -> TableCells:
    spans = [((top + 1, left + 1), (bottom, right)) for top, bottom, left, right in sheet.merged_cells]
    told = (
        (row + 1, column + 1, _words(sheet, row, column))
        for row in range(sheet.nrows)
        for column in range(sheet.row_len(row))
    )
    return TableCells.made(told, spans, rows=sheet.nrows, columns=sheet.ncols)


def _words(sheet: Sheet, row: int, column: int) -> str:
    import xlrd

    cell = sheet.cell(row, column)
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return ""
    if cell.ctype == xlrd.XL_CELL_NUMBER and float(cell.value).is_integer():
        return str(int(cell.value))
    return str(cell.value) or _COUNTED


def _form(sheet: Sheet, place: Place) -> int:
    """The number of the format of a cell, that of its row or column where nothing is said of the cell."""
    row, column = place
    if row < sheet.nrows and column < sheet.row_len(row):
        return int(sheet.cell_xf_index(row, column))
    of_row, of_column = sheet.rowinfo_map.get(row), sheet.colinfo_map.get(column)
    if of_row is not None and of_row.has_default_xf_index:
        return int(of_row.xf_index or _USUAL)
    return int(of_column.xf_index) if of_column is not None else _USUAL
