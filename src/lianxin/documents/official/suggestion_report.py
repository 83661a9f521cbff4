"""代表建议办理情况报告: what became of the suggestions of a period, put to the congress and published (代表法 §51).

Public: deputies, visitors and telephones stand nowhere in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from lianxin.documents.official.page import (
    BODY,
    FIRST_LEVEL,
    add_addressee,
    add_blank,
    add_body,
    add_sealed_signature,
    add_text,
    add_title,
    official_page,
)
from lianxin.documents.word.form_table import FormCell, FormRow, add_form
from lianxin.documents.word.text import Face, Layout, Piece, across, document_bytes, page_break
from lianxin.documents.word.type_area import POINTS_A_MM

if TYPE_CHECKING:
    from docx.document import Document

_HEAD, _CELL = Face("黑体", 10.5), Face("仿宋_GB2312", 10.5)
_PART = Face("黑体", 16)
_WIDTHS = (11.0, 30.0, 58.0, 27.0, 30.0)
_COLUMNS = ("序号", "编号", "标题", "主办单位", "办理情况")
_LINE = 15.0


@dataclass(frozen=True)
class ReportedSuggestion:
    """One line of the list behind the report."""

    number: str
    title: str
    unit: str
    progress: str


@dataclass(frozen=True)
class SuggestionReport:
    """The report in words: each section is a heading with its paragraphs."""

    issuer: str
    period_words: str
    sections: Sequence[tuple[str, Sequence[str]]]
    listed: Sequence[ReportedSuggestion]
    day: date
    kept_back: int = 0


def suggestion_report_docx(report: SuggestionReport) -> bytes:
    """The report by the page rules of GB/T 9704 with the list as its attachment."""
    document = official_page()
    add_title(document, f"关于{report.period_words}\n代表议案建议办理情况的报告")
    add_blank(document)
    add_addressee(document, "各位代表")
    for heading, paragraphs in report.sections:
        add_text(document, [Piece(heading, FIRST_LEVEL)], Layout(first=2, keep=True))
        for words in paragraphs:
            add_body(document, words)
    if report.listed:
        add_blank(document)
        add_text(document, [Piece("附件：代表议案建议办理情况一览表", BODY)], Layout(align="left", left=2))
    add_sealed_signature(document, report.issuer, report.day)
    if report.listed:
        _list(document, report)
    return document_bytes(
        document, title=f"{report.period_words}代表议案建议办理情况的报告", author=report.issuer
    )


def _list(document: Document, report: SuggestionReport) -> None:
    page_break(document)
    add_text(document, [Piece("附件", _PART)], Layout(align="left"))
    add_blank(document)
    add_title(document, "代表议案建议办理情况一览表")
    rows = [FormRow(9, tuple(_cell(words, at, _HEAD) for at, words in enumerate(_COLUMNS)), head=True)]
    for place, each in enumerate(report.listed, 1):
        words = (str(place), each.number, each.title, each.unit, each.progress)
        rows.append(FormRow(_height(words), tuple(_cell(text, at, _CELL) for at, text in enumerate(words))))
    add_form(document, rows)
    if report.kept_back:
        add_body(document, f"另有{report.kept_back}件按规定不公开，未列入本表，已计入件数。")


def _cell(words: str, at: int, face: Face) -> FormCell:
    left = at == 2 and face is _CELL
    layout = Layout(align="left" if left else "center", line=_LINE, size=10.5)
    return FormCell(_WIDTHS[at], ((Piece(words, face),),), layout)


def _height(words: Sequence[str]) -> float:
    """Millimetres that the longest of the cells asks for."""
    lines = [
        -(-across(text) // max((width - 3) * POINTS_A_MM / 10.5, 1))
        for text, width in zip(words, _WIDTHS, strict=True)
    ]
    return max(9.0, max(lines) * _LINE / POINTS_A_MM + 2.5)
