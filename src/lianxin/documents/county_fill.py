"""A workbook somebody else made: its cells to be filled found, and filled with everything else left as it was."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from lianxin.documents.county_cells import Cell, TableCells, cells_of
from lianxin.documents.package import CORE_PROPERTIES, unzipped, zipped

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

Filling = int | float | str | None
_SAVED_AT = re.compile(rb"<dcterms:modified.*?</dcterms:modified>")
_LOST = ("xl/charts/", "xl/media/")
"""Parts that do not survive being filled in."""


class NotFillable(ValueError):
    """The file is no workbook that can be filled; the message is a Chinese clause saying why and what to do."""


def cells_to_fill(content: bytes, office_names: Sequence[str]) -> Iterator[tuple[str, Cell]]:
    """(sheet, cell) of every cell that waits for a value. Raises NotFillable."""
    for sheet in _opened(content).worksheets:
        for cell in cells_of(TableCells.of(sheet), office_names):
            yield sheet.title, cell


def filled(content: bytes, values: Mapping[tuple[str, str], Callable[[bool], Filling]]) -> bytes:
    """The workbook with values in (sheet, address); each is asked whether its cell shows percent. Raises NotFillable."""
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


def _opened(content: bytes) -> Workbook:
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.namelist()
        book = openpyxl.load_workbook(io.BytesIO(content))
    except (ValueError, KeyError, OSError, zipfile.BadZipFile) as wrong:
        raise NotFillable("打不开，可能损坏或加了密，请向县里再要一份") from wrong
    if any(part.startswith(_LOST) for part in parts):
        raise NotFillable("里有图片或图表，填写时会丢失，请在 WPS 中删去图片和图表，另存一份再选")
    return book
