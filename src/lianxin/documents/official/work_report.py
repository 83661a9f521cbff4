"""主席团工作报告 and 年度工作总结 by the page rules of GB/T 9704-2012 (组织法 §19; domain.md 4.15)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from lianxin.documents.official.page import (
    BODY,
    FIRST_LEVEL,
    SECOND_LEVEL,
    add_addressee,
    add_blank,
    add_sealed_signature,
    add_text,
    add_title,
)
from lianxin.documents.official.red_head import close_file, issued_page
from lianxin.documents.word.text import Layout, Piece, document_bytes

if TYPE_CHECKING:
    from docx.document import Document

_SECOND = re.compile(r"（[一二三四五六七八九十]{1,3}）[^。；]{1,30}")
"""A line that is a heading of the second level: （一）依法召开会议."""
_CENTRED = Layout(align="center")


@dataclass(frozen=True)
class WorkReport:
    """A report in words. `where` is the meeting it is given at, `addressee` those who hear it; both may be empty.
    With a `number` it is issued as a 文件, to a higher organ when an `approver` signs it for going out.

    `sections` are first-level headings with their text, a line of it a paragraph.
    """

    title: str
    issuer: str
    day: date
    sections: Sequence[tuple[str, str]]
    where: str = ""
    addressee: str = ""
    number: str = ""
    approver: str | None = None


def work_report_docx(report: WorkReport) -> bytes:
    """The report; a section without text is left out and the others are numbered on."""
    document = issued_page(report.issuer, number=report.number, approver=report.approver)
    add_title(document, report.title)
    if report.where:
        add_text(document, [Piece(f"——在{report.where}上", SECOND_LEVEL)], _CENTRED)
    add_blank(document)
    if report.addressee:
        add_addressee(document, report.addressee)
    told = [(heading, text.strip()) for heading, text in report.sections if text.strip()]
    for numeral, (heading, text) in zip("一二三四五六七八九", told, strict=False):
        add_text(document, [Piece(f"{numeral}、{heading}", FIRST_LEVEL)], Layout(first=2, keep=True))
        _add_lines(document, text)
    add_sealed_signature(document, report.issuer, report.day)
    if report.number:
        close_file(document, report.issuer, report.day)
    return document_bytes(document, title=report.title.replace("\n", ""), author=report.issuer)


def _add_lines(document: Document, text: str) -> None:
    for line in (line.strip() for line in text.split("\n")):
        if _SECOND.fullmatch(line):
            add_text(document, [Piece(line, SECOND_LEVEL)], Layout(first=2, keep=True))
        elif line:
            add_text(document, [Piece(line, BODY)])
