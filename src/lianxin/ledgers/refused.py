"""Refused rows → a workbook that can be corrected and imported again."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lianxin.ledgers.findings import RefusedRow
from lianxin.ledgers.headings import folded
from lianxin.ledgers.rows import REASON, LedgerRow, SheetReading, is_ditto

if TYPE_CHECKING:
    from openpyxl.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

_MOST = 16_000
"""Characters beyond U+FFFF count twice for a spreadsheet, which takes 32,767."""
_HINT = "改正后可把本表再导入一次，“未导入原因”一列不用删。"


def refused_workbook(rows: Sequence[RefusedRow], sheets: Sequence[SheetReading]) -> bytes:
    """An .xlsx with the original headers, the reason beside each row, and every cell as text.

    One sheet per original sheet with refused rows; its title line keeps the year the ledger stood for.
    """
    from openpyxl import Workbook as XlsxWorkbook
    from openpyxl.styles import Alignment, Font

    book = XlsxWorkbook()
    first = book.active
    assert first is not None
    book.remove(first)
    for sheet in sheets:
        mine = [refused for refused in rows if refused.row.sheet == sheet.sheet]
        if not mine or sheet.heading is None:
            continue
        page: Worksheet = book.create_sheet(sheet.sheet)
        _text(page, 1, 1, _title(sheet))
        _text(page, 2, 1, f"备注：{_HINT}")
        headers = _headers(mine)
        fields = {folded(match.header): match.field for match in sheet.heading.matches}
        for column, header in enumerate((REASON, *headers), start=1):
            _text(page, 3, column, header).font = Font(bold=True)
        for number, refused in enumerate(mine, start=4):
            reasons = "；".join(f"{p.cell} {p.message}" for p in refused.problems)
            _text(page, number, 1, reasons).alignment = Alignment(wrap_text=True, vertical="top")
            for column, header in enumerate(headers, start=2):
                _text(page, number, column, _told(refused.row, header, fields.get(header)))
        page.freeze_panes = "A4"
        page.print_title_rows = "1:3"
        page.column_dimensions["A"].width = 40
    if not book.worksheets:
        _text(book.create_sheet("没有未导入的行"), 1, 1, "没有未导入的行。")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def writable(text: str) -> str:
    """The text as a cell can hold it: without control characters, a very long one cut where it says so."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    clean = ILLEGAL_CHARACTERS_RE.sub("", text)
    return clean if len(clean) <= _MOST else f"{clean[:_MOST]}……（文字太长，全文在原表里）"


def _told(row: LedgerRow, header: str, field: str | None) -> str:
    """The cell as typed; 同上 is written out, because what stood above it is not here."""
    typed = row.cells.get(header, "")
    return row.values.get(field, "") if field and is_ditto(typed) else typed


def _title(sheet: SheetReading) -> str:
    title = sheet.context.title or "未导入的行"
    year = sheet.context.year
    return title if not year or str(year) in title else f"{title}（{year}年）"


def _headers(rows: Sequence[RefusedRow]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(header for refused in rows for header in refused.row.cells))


def _text(page: Worksheet, row: int, column: int, text: str) -> Cell | MergedCell:
    cell = page.cell(row, column)
    text = writable(text)
    cell.value = text or None
    if text:
        # A text that begins with "=" must not become a formula.
        cell.data_type = "s"
        cell.number_format = "@"
    return cell
