"""Some sheets of a file as a file of their own, so that each kind of table is read by itself."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from lianxin.ledgers.cells import Sheet, Workbook
from lianxin.ledgers.refused import writable

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def written_apart(workbook: Workbook, names: Collection[str], to: Path) -> None:
    """Writes these sheets with their values, formats and merges; text stays text."""
    from openpyxl import Workbook as XlsxWorkbook

    book = XlsxWorkbook()
    first = book.active
    assert first is not None
    book.remove(first)
    for sheet in workbook.sheets:
        if sheet.name in names:
            _copy(sheet, book.create_sheet(sheet.name[:31]))
    book.save(to)


def _copy(sheet: Sheet, page: Worksheet) -> None:
    shift = len(sheet.before)
    for number, line in enumerate(sheet.before, start=1):
        _put(page, number, 1, line, "@")
    for row, cells in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(cells, start=1):
            if cell.value is not None:
                _put(page, row + shift, column, cell.value, cell.number_format)
    for merge in sheet.merges:
        page.merge_cells(
            start_row=merge.top + shift,
            start_column=merge.left,
            end_row=merge.bottom + shift,
            end_column=merge.right,
        )


def _put(page: Worksheet, row: int, column: int, value: object, number_format: str) -> None:
    cell = page.cell(row, column)
    cell.value = writable(value) if isinstance(value, str) else value  # type: ignore[assignment]
    if isinstance(value, str):
        # A text that begins with "=" must not become a formula.
        cell.data_type = "s"
    elif number_format:
        cell.number_format = number_format
