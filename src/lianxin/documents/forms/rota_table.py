"""代表接待日轮值表, on paper for the wall and as a workbook: who receives on which day, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.documents.word.form_page import form_page, lines_of, say
from lianxin.documents.word.form_table import FormCell, FormRow, add_form
from lianxin.documents.word.text import Face, Layout, Piece, across, document_bytes
from lianxin.documents.word.type_area import POINTS_A_MM
from lianxin.documents.workbooks.ledger import Column, table_xlsx
from lianxin.documents.workbooks.looks import Look
from lianxin.domain.dates import show_day, show_weekday

_TITLE, _HEAD, _CELL = Face("黑体", 20), Face("黑体", 11), Face("宋体", 11)
_LINE = 16.0
_LEAST_ROW = 9.0
_WIDTHS = (12.0, 42.0, 27.0, 50.0, 62.0, 34.0, 25.0)
"""Millimetres of the columns; together a page that lies, between its margins."""
_HEADINGS = ("序号", "日期", "时间", "地点", "接待代表", "邀请部门", "备注")


@dataclass(frozen=True)
class RotaRow:
    """One reception day. `invited` are the offices asked to come; `note` says what is out of the ordinary: 顺延, 替班,
    代国庆节.
    """

    day: date
    hours: str
    place: str
    deputies: tuple[str, ...]
    note: str = ""
    invited: str = ""


@dataclass(frozen=True)
class RotaTable:
    """A rota. `issuer` such as 石牌镇人民代表大会主席团; `span` such as 2026年12月 or 2027年第一季度."""

    issuer: str
    span: str
    signed: date
    rows: tuple[RotaRow, ...]
    remark: str = ""


def _title(table: RotaTable) -> str:
    return f"{table.span}代表接待日轮值表"


def rota_docx(table: RotaTable) -> bytes:
    """The rota for the wall, lying (domain.md 4.13), its head repeated on every page."""
    document = form_page(lying=True)
    title = _title(table)
    for line in (title,) if across(title) <= 20 else (table.span, "代表接待日轮值表"):
        say(document, line, _TITLE, Layout(align="center", line=30, size=_TITLE.size))
    say(document, "", _CELL, Layout(line=8, size=6))
    rows = [_row(_HEADINGS, _HEAD, head=True)]
    rows += [_row(_cells(at, row), _CELL) for at, row in enumerate(table.rows, 1)]
    if not table.rows:
        rows.append(_row(("", "这段时间没有接待日", "", "", "", "", ""), _CELL))
    add_form(document, rows)
    below = Layout(align="right", line=20, size=_CELL.size, right=1)
    if table.remark:
        say(document, table.remark, _CELL, Layout(align="left", line=20, size=_CELL.size))
    say(document, table.issuer, _CELL, Layout(align="right", line=20, size=_CELL.size, right=1, before=8))
    say(document, show_day(table.signed), _CELL, below)
    return document_bytes(document, title=title, author=table.issuer)


def _cells(at: int, row: RotaRow) -> tuple[str, ...]:
    when = f"{row.day.month}月{row.day.day}日 {show_weekday(row.day)}"
    note = row.note.replace("（", "\n（")
    return (str(at), when, row.hours, row.place, "\n".join(row.deputies), row.invited, note)


def _row(texts: Sequence[str], face: Face, *, head: bool = False) -> FormRow:
    lines = max(lines_of(text, width, face.size) for text, width in zip(texts, _WIDTHS, strict=True))
    middle = Layout(align="center", line=_LINE, size=face.size)
    cells = tuple(
        FormCell(width, tuple((Piece(line, face),) for line in text.split("\n")), middle)
        for text, width in zip(texts, _WIDTHS, strict=True)
    )
    return FormRow(max(_LEAST_ROW, lines * _LINE / POINTS_A_MM + 2.5), cells, head=head)


def rota_xlsx(table: RotaTable) -> bytes:
    """The rota as a workbook to go on working with."""
    columns = (
        Column("序号", Look.ORDER),
        Column("日期", Look.DAY),
        Column("星期", Look.MIDDLE),
        Column("时间", Look.MIDDLE),
        Column("地点", Look.TEXT, share=1),
        Column("接待代表", Look.TEXT, share=2),
        Column("邀请部门", Look.TEXT, share=1),
        Column("备注", Look.TEXT, share=1),
    )
    body = [
        (
            at,
            row.day,
            show_weekday(row.day),
            row.hours,
            row.place,
            "、".join(row.deputies),
            row.invited,
            row.note,
        )
        for at, row in enumerate(table.rows, 1)
    ]
    return table_xlsx(columns, body, title=_title(table), office_name=table.issuer, label="轮值表", note="")
