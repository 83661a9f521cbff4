"""群众来访登记簿: a visit a row on A4 lying across, filled in or with rows for the pen (domain.md 4.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date
from typing import TYPE_CHECKING

from lianxin.documents.word.form_page import lines_of, number_pages, say
from lianxin.documents.word.form_table import FormCell, FormRow, add_form
from lianxin.documents.word.text import Face, Layout, Piece, document_bytes, new_document
from lianxin.documents.word.type_area import POINTS_A_MM
from lianxin.documents.workbooks.ledger import Column, table_xlsx
from lianxin.documents.workbooks.ledger_charts import by_month, by_word, charts_of
from lianxin.documents.workbooks.looks import Look
from lianxin.documents.workbooks.writer import Sheet

if TYPE_CHECKING:
    from docx.document import Document

LABEL = "群众来访登记簿"
SPARE_ROWS = 12
"""Rows for the pen: a whole page of a blank register, and behind those of a period as many as fill the page."""
_TITLE, _UNDER = Face("方正小标宋简体", 20), Face("仿宋_GB2312", 10.5)
_HEAD, _CELL = Face("黑体", 9), Face("宋体", 9)
_LINE = 11.5
_HEAD_ROW, _ROW = 10.0, 12.0
_PAGE_ROOM = 12 * _ROW
"""Millimetres of rows below the head of a page; a hand needs 12 mm a row (domain.md 9.6)."""

_COLUMNS: tuple[tuple[str, float, Column], ...] = (
    ("序号", 8.0, Column("序号", Look.ORDER)),
    ("日期", 11.5, Column("日期", Look.MIDDLE)),
    ("来访人", 15.0, Column("来访人", Look.MIDDLE)),
    ("性别", 7.0, Column("性别", Look.MIDDLE)),
    ("住址", 21.4, Column("住址", Look.TEXT, share=1)),
    ("电话", 22.0, Column("电话", Look.MIDDLE)),
    ("人数", 8.0, Column("人数", Look.MIDDLE)),
    ("反映事项", 38.0, Column("反映事项", Look.TEXT, share=2)),
    ("接待人", 15.0, Column("接待人", Look.MIDDLE)),
    ("处理方式", 15.6, Column("处理方式", Look.MIDDLE)),
    ("承办单位", 18.0, Column("承办单位", Look.MIDDLE)),
    ("交办\n日期", 11.5, Column("交办日期", Look.MIDDLE)),
    ("期限", 11.5, Column("期限", Look.MIDDLE)),
    ("办结\n日期", 11.5, Column("办结日期", Look.MIDDLE)),
    ("结果", 13.0, Column("结果", Look.MIDDLE)),
    ("反馈", 11.5, Column("反馈", Look.MIDDLE)),
    ("满意\n度", 10.0, Column("满意度", Look.MIDDLE)),
    ("备注", 13.5, Column("备注", Look.TEXT, share=1)),
)
"""Heading and millimetres on paper, column of the workbook; together as wide as the text of the page."""
_CHARACTERS_A_MM = 0.61
"""The same widths in a workbook, so that a blank one has as much room for the pen."""


@dataclass(frozen=True)
class VisitLine:
    """One visit in words, in the order of the columns behind 序号; empty ones are left to the pen."""

    day: str = ""
    visitor: str = ""
    sex: str = ""
    address: str = ""
    phone: str = ""
    persons: str = ""
    words: str = ""
    receivers: str = ""
    handling: str = ""
    unit: str = ""
    assigned: str = ""
    due: str = ""
    closed: str = ""
    result: str = ""
    feedback: str = ""
    satisfaction: str = ""
    remark: str = ""

    def texts(self) -> tuple[str, ...]:
        """The cells from 日期 to 备注."""
        return tuple(str(text) for text in astuple(self))


def visit_register_docx(lines: Sequence[VisitLine], *, office_name: str, span: str) -> bytes:
    """The register on paper, its head on every page; `span` is empty for a blank one."""
    document = _page()
    say(document, LABEL, _TITLE, Layout(align="center", line=30, size=_TITLE.size))
    when = span or "　　　　年　　月"
    say(document, f"{office_name}　　　{when}", _UNDER, Layout(align="left", line=18, size=_UNDER.size))
    rows = [_row(("", *line.texts()), order=at) for at, line in enumerate(lines, 1)]
    rows += [_row(("",) * len(_COLUMNS)) for _ in range(_spare(rows))]
    add_form(document, [_head(), *rows])
    return document_bytes(document, title=f"{span}{LABEL}", author=office_name)


def visit_register_xlsx(lines: Sequence[VisitLine], *, office_name: str, span: str) -> bytes:
    """The register as a workbook; one without visits has rows to write on when it is printed."""
    return table_xlsx(
        [column for _, _, column in _COLUMNS],
        [(at, *line.texts()) for at, line in enumerate(lines, 1)],
        title=f"{span}{LABEL}",
        office_name=office_name,
        label=LABEL,
        further=_charts(lines),
        blank=() if lines else [round(width * _CHARACTERS_A_MM, 1) for _, width, _ in _COLUMNS],
    )


def _charts(lines: Sequence[VisitLine]) -> tuple[Sheet, ...]:
    """How many visits each month has, and how they were dealt with."""
    if not lines:
        return ()
    days = (date.fromisoformat(line.day) for line in lines if line.day)
    return charts_of([by_month("按月", days), by_word("按办理方式", (line.handling for line in lines))])


def _page() -> Document:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    document = new_document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(25), Mm(10)
    section.top_margin, section.bottom_margin = Mm(14), Mm(14)
    section.footer_distance = Mm(7)
    number_pages(document)
    return document


def _spare(rows: Sequence[FormRow]) -> int:
    """How many empty rows fill the last page, as far as the heights of the written ones can be told."""
    left = -sum(row.height for row in rows) % _PAGE_ROOM
    return SPARE_ROWS if not rows else int(left // _ROW)


def _head() -> FormRow:
    cells = tuple(_cell(label, width, _HEAD, middle=True) for label, width, _ in _COLUMNS)
    return FormRow(_HEAD_ROW, cells, head=True)


def _row(texts: Sequence[str], *, order: int | None = None) -> FormRow:
    told = ("" if order is None else str(order), *texts[1:])
    lines = max(
        lines_of(text, width + 1.8, _CELL.size) for text, (_, width, _) in zip(told, _COLUMNS, strict=True)
    )
    cells = tuple(
        _cell(text, width, _CELL, middle=column.look is not Look.TEXT)
        for text, (_, width, column) in zip(told, _COLUMNS, strict=True)
    )
    return FormRow(max(_ROW, lines * _LINE / POINTS_A_MM + 1), cells, grows=True)


def _cell(text: str, width: float, face: Face, *, middle: bool) -> FormCell:
    layout = Layout(align="center" if middle else "left", line=_LINE, size=face.size)
    return FormCell(width, tuple((Piece(line, face),) for line in text.split("\n")), layout)
