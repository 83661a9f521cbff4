"""正字计票单: counting with 正 strokes on paper, as it is done; the totals are typed from it (domain.md 4.15)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from lianxin.documents.official.page import DAY_TO_FILL
from lianxin.documents.word.form_page import number_pages, say
from lianxin.documents.word.form_table import FormCell, FormRow, add_form
from lianxin.documents.word.text import (
    Face,
    Layout,
    Piece,
    document_bytes,
    new_document,
    page_break,
)
from lianxin.documents.word.type_area import POINTS_A_MM
from lianxin.domain.dates import show_day

if TYPE_CHECKING:
    from docx.document import Document

WIDTH = 257.0
"""Of the text of a page lying across, in millimetres."""
_NAME, _ASPECT, _SUM = 26.0, 32.0, 18.0
_TITLE, _TEXT, _HEAD, _CELL = Face("黑体", 18), Face("宋体", 12), Face("黑体", 11), Face("宋体", 12)
_LINE = 16.0
_A_PAGE, _ROOM, _HIGHEST = 12, 122.0, 20.0
"""Rows a page holds at most, and the millimetres they share: strokes want room."""


@dataclass(frozen=True)
class TallySheet:
    """One sheet for one batch. `rows` are (target, aspect), `marks` the columns that add up to the valid sheets."""

    title: str
    day: date | None
    place: str
    heading: str
    rows: tuple[tuple[str, str], ...]
    marks: tuple[str, ...]
    counters: str = ""


def tally_sheet_docx(sheet: TallySheet) -> bytes:
    """The sheet lying across; every page is whole, so that each can go to another pair of counters."""
    document = _page()
    for place, rows in enumerate(_pages(sheet.rows)):
        if place:
            page_break(document)
        _add_page(document, replace(sheet, rows=rows))
    return document_bytes(document, title=f"{sheet.title}正字计票单", author="")


def _pages(rows: Sequence[tuple[str, str]]) -> list[tuple[tuple[str, str], ...]]:
    """The rows of a page; the aspects of one target stay together where a page holds them."""
    pages: list[tuple[tuple[str, str], ...]] = []
    for _, group in groupby(rows, key=lambda row: row[0]):
        told = tuple(group)
        for first in range(0, len(told), _A_PAGE):
            part = told[first : first + _A_PAGE]
            if pages and len(pages[-1]) + len(part) <= _A_PAGE:
                pages[-1] += part
            else:
                pages.append(part)
    return pages


def _add_page(document: Document, sheet: TallySheet) -> None:
    say(document, f"{sheet.title}　正字计票单", _TITLE, Layout(align="center", line=28, size=18))
    where = f"　　地点：{sheet.place}" if sheet.place else ""
    told = (
        f"日期：{show_day(sheet.day) if sheet.day else DAY_TO_FILL}{where}　　第　　批　　本批有效票　　　张"
    )
    say(document, told, _TEXT, Layout(align="left", line=22, size=12))
    add_form(document, [_head(sheet), *_rows(sheet)])
    for line in _below():
        say(document, line, _TEXT, Layout(align="left", line=22, size=12, before=2))


def _below() -> Sequence[str]:
    return (
        "发出　　　张　收回　　　张　其中有效　　　张，无效　　　张"
        "（全空白　　，每行都多选　　，字迹不清　　，另行涂改　　）",
        "核对：每行各项相加应等于有效票；收回应等于有效加无效。一笔记一票，五票成一个“正”字，数完把合计写在右下角。",
        "唱票人：　　　　　　　计票人：　　　　　　　　　　　　监票人：　　　　　　　　　　　　时间：　　时　　分",
    )


def _page() -> Document:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    document = new_document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin, section.right_margin = Mm(25), Mm(15)
    section.top_margin, section.bottom_margin = Mm(14), Mm(14)
    section.footer_distance = Mm(7)
    number_pages(document)
    return document


def _has_aspects(sheet: TallySheet) -> bool:
    return any(aspect for _, aspect in sheet.rows)


def _widths(sheet: TallySheet) -> tuple[float, ...]:
    first = (_NAME, _ASPECT) if _has_aspects(sheet) else (_NAME + 12,)
    room = (WIDTH - sum(first) - _SUM) / (len(sheet.marks) + 1)
    # The best grade gets most of the strokes, so it gets the room of two.
    boxes = (round(2 * room, 2), *(round(room, 2) for _ in sheet.marks[1:]))
    return (*first, *boxes, _SUM)


def _head(sheet: TallySheet) -> FormRow:
    aspect = ("测评项目",) if _has_aspects(sheet) else ()
    words = (sheet.heading, *aspect, *sheet.marks, "合计")
    middle = Layout(align="center", line=_LINE, size=11)
    cells = tuple(
        FormCell(width, ((Piece(word, _HEAD),),), middle)
        for word, width in zip(words, _widths(sheet), strict=True)
    )
    return FormRow(9, cells, head=True)


def _rows(sheet: TallySheet) -> list[FormRow]:
    widths = _widths(sheet)
    height = min(_HIGHEST, _ROOM / len(sheet.rows))
    made: list[FormRow] = []
    for target, group in groupby(sheet.rows, key=lambda row: row[0]):
        rows = list(group)
        for place, (_, aspect) in enumerate(rows):
            joined: Literal["", "restart", "continue"] = (
                "" if len(rows) == 1 else "continue" if place else "restart"
            )
            named = [FormCell(widths[0], ((Piece("" if place else target, _CELL),),), _MIDDLE, joined=joined)]
            if _has_aspects(sheet):
                named.append(FormCell(widths[1], ((Piece(aspect or "总体评价", _CELL),),), _MIDDLE))
            boxes = [_stroke_box(width, height) for width in widths[len(named) :]]
            made.append(FormRow(height, (*named, *boxes)))
    return made


_MIDDLE = Layout(align="center", line=_LINE, size=12)


def _stroke_box(width: float, height: float) -> FormCell:
    """Room for strokes; in the lower corner the place of the sum."""
    above = max(1.0, height * POINTS_A_MM - _LINE - 2)
    corner = Layout(align="right", line=_LINE, size=9, before=above - 2)
    return FormCell(width, ((Piece("票", Face("宋体", 9)),),), corner, vertical="top")
