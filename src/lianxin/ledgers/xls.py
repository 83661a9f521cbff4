""".xls (Excel 97–2003, and WPS saving as such) → cells."""

from __future__ import annotations

import os
from pathlib import Path

from lianxin.ledgers.cells import BLANK, Cell, Merge, Sheet, Value, made_cell, trimmed
from lianxin.ledgers.refusals import MAX_CELLS, damaged, encrypted, no_workbook, too_large


def read_xls(path: Path) -> tuple[Sheet, ...]:
    """The worksheets of a .xls file in their order. Raises LedgerUnreadable."""
    import xlrd
    from xlrd.biffh import XLRDError
    from xlrd.compdoc import CompDocError

    try:
        with open(os.devnull, "w") as quiet:
            book = xlrd.open_workbook(str(path), formatting_info=True, logfile=quiet)
    except XLRDError as wrong:
        said = str(wrong).lower()
        if "encrypt" in said or "password" in said:
            raise encrypted(path.name) from wrong
        raise (no_workbook if "workbook" in said else damaged)(path.name) from wrong
    except (CompDocError, ValueError, IndexError, KeyError, TypeError, AssertionError, OSError) as wrong:
        raise damaged(path.name) from wrong
    sheets: list[Sheet] = []
    left = MAX_CELLS
    for sheet in book.sheets():
        left -= sheet.nrows * sheet.ncols
        if left < 0:
            raise too_large(path.name)
        rows = [
            [_cell(book, sheet, row, column) for column in range(sheet.row_len(row))]
            for row in range(sheet.nrows)
        ]
        merges = tuple(
            Merge(top + 1, start + 1, bottom, end) for top, bottom, start, end in sheet.merged_cells
        )
        sheets.append(Sheet(str(sheet.name), trimmed(rows), merges, hidden=bool(sheet.visibility)))
    return tuple(sheets)


def _cell(book: object, sheet: object, row: int, column: int) -> Cell:
    import xlrd

    assert isinstance(book, xlrd.book.Book) and isinstance(sheet, xlrd.sheet.Sheet)
    raw = sheet.cell(row, column)
    kind: int = raw.ctype
    if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return BLANK
    if kind == xlrd.XL_CELL_TEXT:
        return made_cell(str(raw.value), "@")
    number_format = "General"
    if raw.xf_index is not None:
        number_format = str(book.format_map[book.xf_list[raw.xf_index].format_key].format_str)
    if kind == xlrd.XL_CELL_ERROR:
        return made_cell(xlrd.error_text_from_code.get(int(raw.value), "#"), "@")
    value: Value = bool(raw.value) if kind == xlrd.XL_CELL_BOOLEAN else float(raw.value)
    if kind == xlrd.XL_CELL_DATE:
        try:
            value = xlrd.xldate_as_datetime(float(raw.value), book.datemode)
        except (ValueError, OverflowError):
            value = float(raw.value)
    elif isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    return made_cell(value, number_format)
