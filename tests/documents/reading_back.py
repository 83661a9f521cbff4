"""Opening what we wrote: parts, texts and cells, with programs that are not ours."""

import io
import zipfile

import docx
import openpyxl
from docx.document import Document
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet


def every_byte(packed: bytes) -> bytes:
    """All unzipped parts, one after the other."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert archive.testzip() is None
        return b"\n".join(archive.read(name) for name in archive.namelist())


def opened(packed: bytes) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(packed))


def first_sheet(packed: bytes) -> Worksheet:
    sheet = opened(packed).worksheets[0]
    assert isinstance(sheet, Worksheet)
    return sheet


def headings(sheet: Worksheet, row: int = 3) -> list[str]:
    return [str(cell.value) for cell in sheet[row]]


def document(packed: bytes) -> Document:
    return docx.Document(io.BytesIO(packed))


def all_text(packed: bytes) -> str:
    """Body text of a document with that of its tables, in order."""
    found = document(packed)
    return "\n".join(node.text or "" for node in found.element.body.iter() if node.tag.endswith("}t"))
