"""Sheets of one matter: 意见建议办理单 with everything that happened, and the 交办单 in three parts (domain.md 4.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianxin.documents.word.form_page import number_pages
from lianxin.documents.word.form_table import FormRow, add_form
from lianxin.documents.word.paper_form import FORM_TITLE, PART_TITLE, SMALL, form_page, form_title, long, pair
from lianxin.documents.word.text import (
    Face,
    Layout,
    add_run,
    document_bytes,
    lay,
    page_break,
)

if TYPE_CHECKING:
    from docx.document import Document

SHEET, HANDOVER = "意见建议办理单", "意见建议交办单"
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
    chair: str = ""
    sheet: str = SHEET
    raised_label: str = "反映人"
    words_label: str = "反映内容"
    request_label: str = "诉求"


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
    sheet: str = HANDOVER
    matter_label: str = "意见编号"
    raised_label: str = "反映人"


def matter_sheet_docx(sheet: MatterSheet, *, office_name: str) -> bytes:
    """The 办理单 of one matter on A4; long words and many steps go on on a second page."""
    document = form_page()
    number_pages(document)
    form_title(document, sheet.sheet, FORM_TITLE, 30)
    under = document.add_paragraph()
    lay(under, Layout(align="left", line=18, size=10.5))
    add_run(under, f"{office_name}　　编号：{sheet.number}", SMALL)
    add_form(
        document,
        [
            pair("登记日期", sheet.registered, "来源", sheet.source, 10),
            pair(sheet.raised_label, sheet.raised_by, "村（社区）", sheet.village, 10),
            pair("类别", sheet.category, "紧急程度", sheet.urgency, 10),
            long(sheet.words_label, sheet.words, least=30, grows=True),
            long(sheet.request_label, sheet.request, least=12, grows=True),
            pair("承办单位", sheet.unit, "办理期限", sheet.due, 10),
            long("办理经过", "\n".join(sheet.steps), least=24, grows=True),
            long("办理结果", sheet.result, least=18, grows=True),
            long("反馈评价", sheet.feedback, least=14, grows=True),
            long("主席意见", sheet.chair, least=22, grows=True),
        ],
    )
    return document_bytes(document, title=f"{sheet.sheet} {sheet.number}", author=office_name)


def handover_docx(*handovers: Handover) -> bytes:
    """存根, 承办联 and 回执 on one A4 page, to be cut apart; several matters on a page each."""
    document = form_page()
    for place, handover in enumerate(handovers):
        if place:
            page_break(document)
        _three_parts(document, handover)
    first = handovers[0]
    return document_bytes(document, title=f"{first.sheet} {first.number}", author=first.issuer)


def _three_parts(document: Document, handover: Handover) -> None:
    for part in ("存根", "承办单位留存"):
        form_title(document, f"{handover.sheet}（{part}）", PART_TITLE, 22)
        add_form(document, _told(handover))
        _cut(document)
    form_title(document, f"{handover.sheet}（回执，请于收到后三日内退回）", PART_TITLE, 22)
    add_form(document, _receipt(handover))


def _told(handover: Handover) -> Sequence[FormRow]:
    return (
        pair("交办单编号", handover.number, "承办单位", handover.unit, 8),
        pair(handover.matter_label, handover.matter, handover.raised_label, handover.raised_by, 8),
        long("内容摘要", _short(handover.summary, _SUMMARY), least=30, most=30, ruled=True),
        long("具体要求", _short(handover.demand, _DEMAND), least=17, most=17, ruled=True),
        pair("办理期限", handover.due, "联系人电话", handover.contact, 8),
        pair("交办单位\n（盖章）", handover.issuer, "交办日期", handover.day, 12),
    )


def _receipt(handover: Handover) -> Sequence[FormRow]:
    return (
        pair("交办单编号", handover.number, "承办单位", handover.unit, 8),
        pair("收件人", "", "收件日期", "　　　年　　月　　日", 8),
        pair("能否按期", "□能　□不能", "办理期限", handover.due, 8),
        long("异议及理由", f"（不属本单位职责的，请{handover.hand_back}退回）", least=16, most=16),
        pair("承办单位\n（盖章）", "", "日期", "　　　年　　月　　日", 12),
    )


def _cut(document: Document) -> None:
    line = document.add_paragraph()
    lay(line, Layout(align="center", line=16, size=9))
    add_run(line, "—　—　—　—　—　—　—　沿此线裁开　—　—　—　—　—　—　—", Face("宋体", 9))


def _short(text: str, most: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1] + "…"
