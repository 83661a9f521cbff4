"""Sheets of one matter: 意见建议办理单 with everything that happened, and the 交办单 in three parts (domain.md 4.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianxin.documents.form_table import POINTS_A_MM, FormCell, FormRow, add_form
from lianxin.documents.word import (
    Face,
    Layout,
    Piece,
    across,
    add_run,
    document_bytes,
    lay,
    new_document,
    page_break,
)

if TYPE_CHECKING:
    from docx.document import Document

SHEET, HANDOVER = "意见建议办理单", "意见建议交办单"
_WIDTH, _LABEL = 172.0, 26.0
_TITLE, _PART = Face("方正小标宋简体", 20), Face("方正小标宋简体", 15)
_HEAD, _TEXT, _SMALL = Face("黑体", 10.5), Face("仿宋_GB2312", 12), Face("仿宋_GB2312", 10.5)
_LINE = 19.0
"""Points from line to line of the text."""
_SUMMARY, _DEMAND = 150, 70
"""Characters that fit into the fields of a part of the 交办单; longer words are shortened, the matter has them all."""


@dataclass(frozen=True)
class MatterSheet:
    """One matter in words; empty texts leave their fields to the pen. Holds personal data: for this office only."""

    number: str
    registered: str
    source: str
    raised_by: str
    village: str
    category: str
    urgency: str
    words: str
    request: str = ""
    unit: str = ""
    due: str = ""
    steps: tuple[str, ...] = ()
    result: str = ""
    feedback: str = ""


@dataclass(frozen=True)
class Handover:
    """One 交办 in words. `raised_by` is for the handling unit, which has to speak with the person."""

    number: str
    unit: str
    matter: str
    raised_by: str
    summary: str
    demand: str
    due: str
    issuer: str
    contact: str
    day: str
    hand_back: str = ""


def matter_sheet_docx(sheet: MatterSheet, *, office_name: str) -> bytes:
    """The 办理单 of one matter on A4; long words and many steps go on on a second page."""
    document = _page()
    _title(document, SHEET, _TITLE, 30)
    under = document.add_paragraph()
    lay(under, Layout(align="left", line=18, size=10.5))
    add_run(under, f"{office_name}　　编号：{sheet.number}", _SMALL)
    add_form(
        document,
        [
            _pair("登记日期", sheet.registered, "来源", sheet.source, 10),
            _pair("反映人", sheet.raised_by, "村（社区）", sheet.village, 10),
            _pair("类别", sheet.category, "紧急程度", sheet.urgency, 10),
            _long("反映内容", sheet.words, least=30),
            _long("诉求", sheet.request, least=12),
            _pair("承办单位", sheet.unit, "办理期限", sheet.due, 10),
            _long("办理经过", "\n".join(sheet.steps), least=24),
            _long("办理结果", sheet.result, least=18),
            _long("反馈评价", sheet.feedback, least=14),
            _long("主席团意见", "", least=22),
        ],
    )
    return document_bytes(document, title=f"{SHEET} {sheet.number}", author=office_name)


def handover_docx(*handovers: Handover) -> bytes:
    """存根, 承办联 and 回执 on one A4 page, to be cut apart; several matters on a page each."""
    document = _page()
    for place, handover in enumerate(handovers):
        if place:
            page_break(document)
        _three_parts(document, handover)
    first = handovers[0]
    return document_bytes(document, title=f"{HANDOVER} {first.number}", author=first.issuer)


def _three_parts(document: Document, handover: Handover) -> None:
    for part in ("存根", "承办单位留存"):
        _title(document, f"{HANDOVER}（{part}）", _PART, 22)
        add_form(document, _told(handover))
        _cut(document)
    _title(document, f"{HANDOVER}（回执，请于收到后三日内退回）", _PART, 22)
    add_form(document, _receipt(handover))


def _told(handover: Handover) -> Sequence[FormRow]:
    return (
        _pair("交办单编号", handover.number, "承办单位", handover.unit, 8),
        _pair("意见编号", handover.matter, "反映人", handover.raised_by, 8),
        _long("内容摘要", _short(handover.summary, _SUMMARY), least=30, most=30),
        _long("具体要求", _short(handover.demand, _DEMAND), least=17, most=17),
        _pair("办理期限", handover.due, "联系人电话", handover.contact, 8),
        _pair("交办单位\n（盖章）", handover.issuer, "交办日期", handover.day, 12),
    )


def _receipt(handover: Handover) -> Sequence[FormRow]:
    return (
        _pair("交办单编号", handover.number, "承办单位", handover.unit, 8),
        _pair("收件人", "", "收件日期", "　　　年　　月　　日", 8),
        _pair("能否按期", "□能　□不能", "办理期限", handover.due, 8),
        _long("异议及理由", f"（不属本单位职责的，请{handover.hand_back}退回）", least=16, most=16),
        _pair("承办单位\n（盖章）", "", "日期", "　　　年　　月　　日", 12),
    )


def _page() -> Document:
    from docx.shared import Mm

    document = new_document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    # The binding edge of a form is 25 mm (domain.md 9.6).
    section.left_margin, section.right_margin = Mm(25), Mm(13)
    section.top_margin, section.bottom_margin = Mm(12), Mm(12)
    return document


def _title(document: Document, words: str, face: Face, line: float) -> None:
    title = document.add_paragraph()
    lay(title, Layout(align="center", line=line, size=face.size))
    add_run(title, words, face)


def _cut(document: Document) -> None:
    line = document.add_paragraph()
    lay(line, Layout(align="center", line=16, size=9))
    add_run(line, "—　—　—　—　—　—　—　沿此线裁开　—　—　—　—　—　—　—", Face("宋体", 9))


def _label(words: str) -> FormCell:
    lines = tuple((Piece(line, _HEAD),) for line in words.split("\n"))
    return FormCell(_LABEL, lines, Layout(align="center", line=14, size=10.5))


def _pair(one: str, first: str, other: str, second: str, height: float) -> FormRow:
    rest = _WIDTH / 2 - _LABEL
    cells = (_label(one), _value(first, rest), _label(other), _value(second, rest))
    needed = max(_lines(first, rest), _lines(second, rest)) * 14.5 / POINTS_A_MM + 2
    return FormRow(max(height, needed), cells)


def _value(text: str, width: float) -> FormCell:
    return FormCell(width, ((Piece(text, _SMALL),),), Layout(align="left", line=14.5, size=10.5))


def _long(label: str, text: str, *, least: float, most: float = 220.0) -> FormRow:
    width = _WIDTH - _LABEL
    lines = tuple((Piece(line, _TEXT),) for line in text.split("\n"))
    needed = sum(_lines(line, width, 12) for line in text.split("\n")) * _LINE / POINTS_A_MM + 3
    cell = FormCell(width, lines, Layout(align="left", line=_LINE, size=12), vertical="top")
    return FormRow(min(max(least, needed), most), (_label(label), cell))


def _lines(text: str, width: float, size: float = 10.5) -> int:
    """How many lines a text takes in a cell of this width in millimetres."""
    room = max((width - 3) * POINTS_A_MM / size, 1)
    return max(1, -(-int(across(text) * 10) // int(room * 10)))


def _short(text: str, most: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"
