"""A workbook somebody else made: its cells to be filled found, and filled with everything else left as it was."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from lianxin.documents.county_tables.county_cells import Cell, NotFillable, TableCells, cells_of
from lianxin.documents.county_tables.county_old import Filling, is_old, old_cells_to_fill, old_filled
from lianxin.documents.word.package import CORE_PROPERTIES, unzipped, zipped

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_SAVED_AT = re.compile(rb"<dcterms:modified.*?</dcterms:modified>")
_LOST = ("xl/charts/", "xl/media/")
"""Parts that do not survive being filled in."""
_DAMAGED = "打不开，可能损坏或加了密，请向县里再要一份"


def cells_to_fill(content: bytes, office_names: Sequence[str]) -> Iterator[tuple[str, Cell]]:
    """(sheet, cell) of every cell that waits for a value; hidden sheets are the county's own. Raises NotFillable."""
    if is_old(content):
        yield from old_cells_to_fill(content, office_names)
        return
    for sheet in _opened(content).worksheets:
        if sheet.sheet_state == "visible":
            for cell in cells_of(TableCells.of(sheet), office_names):
                yield sheet.title, cell


def filled(content: bytes, values: Mapping[tuple[str, str], Callable[[bool], Filling]]) -> bytes:
    """The workbook with values in (sheet, address); each is asked whether its cell shows percent. Raises NotFillable."""
    if is_old(content):
        return old_filled(
            content, {(sheet, _from_nought(place)): value for (sheet, place), value in values.items()}
        )
    book = _opened(content)
    for (sheet, place), value in values.items():
        if sheet in book.sheetnames:
            cell = book[sheet][place]
            cell.value = value("%" in str(cell.number_format))
    stream = io.BytesIO()
    book.save(stream)
    parts = unzipped(stream.getvalue())
    # The library writes the moment of saving; the same figures make the same file.
    parts[CORE_PROPERTIES] = _SAVED_AT.sub(b"", parts[CORE_PROPERTIES])
    return zipped(parts)


def form_of(content: bytes) -> str:
    """The ending a file of these bytes has, whatever it is called: .xlsx or .xls. Raises NotFillable."""
    if is_old(content):
        return ".xls"
    if content.startswith(b"PK"):
        return ".xlsx"
    start = content[:400].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<?xml", b"mime")):
        raise NotFillable("其实是网页，请在 WPS 或 Excel 中打开，另存为 .xlsx，再选那个文件")
    raise NotFillable(_DAMAGED)


def _from_nought(place: str) -> tuple[int, int]:
    from openpyxl.utils.cell import coordinate_to_tuple

    row, column = coordinate_to_tuple(place)
    return row - 1, column - 1


def _opened(content: bytes) -> Workbook:
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.namelist()
        book = openpyxl.load_workbook(io.BytesIO(content))
    except (ValueError, KeyError, OSError, zipfile.BadZipFile) as wrong:
        raise NotFillable(_DAMAGED) from wrong
    if any(part.startswith(_LOST) for part in parts):
        raise NotFillable("里有图片或图表，填写时会丢失，请在 WPS 中删去图片和图表，另存一份再选")
    return book
