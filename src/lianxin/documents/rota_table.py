"""代表接待日轮值表, on paper for the wall and as a workbook: who receives on which day, and where."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lianxin.documents.form_table import FormCell, FormRow, add_form
from lianxin.documents.ledger import Column, table_xlsx
from lianxin.documents.looks import Look
from lianxin.documents.official import (
    BODY,
    CHARACTERS_OF_A_TITLE,
    add_note,
    add_sealed_signature,
    add_text,
    add_title,
    official_page,
)
from lianxin.documents.word import Face, Layout, Piece, across, document_bytes
from lianxin.domain.dates import show_weekday

_HEAD, _CELL = Face("黑体", 12), Face("仿宋", 12)
_LINE = 18.0
_WIDTHS = (11.0, 36.0, 26.0, 31.0, 30.0, 22.0)
"""Millimetres of 序号, 日期, 时间, 地点, 接待代表, 备注: together what the page of an official document holds."""
_HEADINGS = ("序号", "日期", "时间", "地点", "接待代表", "备注")
_POINTS_A_MM = 72 / 25.4


@dataclass(frozen=True)
class RotaRow:
    """One reception day. `note` says what is out of the ordinary: 顺延, 替班, 代国庆节."""

    day: date
    hours: str
    place: str
    deputies: tuple[str, ...]
    note: str = ""


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
    """The rota for the wall, its head repeated on every page."""
    document = official_page()
    title = _title(table)
    add_title(
        document, title if across(title) <= CHARACTERS_OF_A_TITLE else f"{table.span}\n代表接待日轮值表"
    )
    add_text(document, [Piece("", BODY)], Layout(line=12, size=8))
    rows = [_row(_HEADINGS, _HEAD, head=True)]
    rows += [_row(_cells(at, row), _CELL) for at, row in enumerate(table.rows, 1)]
    if not table.rows:
        rows.append(_row(("", "这段时间没有接待日", "", "", "", ""), _CELL))
    add_form(document, rows)
    add_note(document, table.remark)
    add_sealed_signature(document, table.issuer, table.signed, room=1)
    return document_bytes(document, title=title, author=table.issuer)


def _cells(at: int, row: RotaRow) -> tuple[str, ...]:
    when = f"{row.day.month}月{row.day.day}日\n{show_weekday(row.day)}"
    return (str(at), when, row.hours, row.place, "\n".join(row.deputies), row.note)


def _row(texts: Sequence[str], face: Face, *, head: bool = False) -> FormRow:
    lines = max(_lines(text, width, face.size) for text, width in zip(texts, _WIDTHS, strict=True))
    middle = Layout(align="center", line=_LINE, size=face.size)
    cells = tuple(
        FormCell(width, tuple((Piece(line, face),) for line in text.split("\n")), middle)
        for text, width in zip(texts, _WIDTHS, strict=True)
    )
    return FormRow(lines * _LINE / _POINTS_A_MM + 2.5, cells, head=head)


def _lines(text: str, width: float, size: float) -> int:
    fits = max(1.0, (width - 4.2) * _POINTS_A_MM / size)
    return sum(max(1, math.ceil(across(line) / fits)) for line in text.split("\n"))


def rota_xlsx(table: RotaTable) -> bytes:
    """The rota as a workbook to go on working with."""
    columns = (
        Column("序号", Look.ORDER),
        Column("日期", Look.DAY),
        Column("星期", Look.MIDDLE),
        Column("时间", Look.MIDDLE),
        Column("地点", Look.TEXT, share=1),
        Column("接待代表", Look.TEXT, share=2),
        Column("备注", Look.TEXT, share=1),
    )
    body = [
        (at, row.day, show_weekday(row.day), row.hours, row.place, "、".join(row.deputies), row.note)
        for at, row in enumerate(table.rows, 1)
    ]
    return table_xlsx(columns, body, title=_title(table), office_name=table.issuer, label="轮值表", note="")
