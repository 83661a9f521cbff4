"""通报 of a county about its townships: an official document by GB/T 9704-2012 with its tables as attachments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from lianxin.documents.official.meeting_summary import add_summary_head
from lianxin.documents.official.page import (
    FIRST_LEVEL,
    add_addressee,
    add_attachments,
    add_blank,
    add_body,
    add_sealed_signature,
    add_text,
    add_title,
    official_page,
)
from lianxin.documents.official.red_head import LINES_ABOVE_TITLE, issued_page
from lianxin.documents.word.form_table import FormCell, FormRow, add_form
from lianxin.documents.word.text import Face, Layout, Piece, document_bytes, page_break
from lianxin.documents.word.type_area import TYPE_WIDTH_MM
from lianxin.domain.dates import show_day

if TYPE_CHECKING:
    from docx.document import Document

_HEAD, _CELL = Face("黑体", 10.5), Face("仿宋_GB2312", 10.5)
_PART = Face("黑体", 16)
_NAME_WIDTH = 18.0
_LINE = 14.0
_ROW = 7.0
"""Millimetres a row: some twenty-five of them stand on a page below head and title."""
_SHARE = 1.5
_NUMERALS = "一二三四五六七八九"


@dataclass(frozen=True)
class BulletinTable:
    """One table behind the text. The first column holds names; `note` stands below."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""
    wide: float = _NAME_WIDTH


@dataclass(frozen=True)
class BulletinPaper:
    """The bulletin in words; `number` is that of an issue (工作通报〔2026〕第3期) or a 发文字号. Each section is a heading with its
    paragraphs; empty ones are left out.
    """

    issuer: str
    number: str
    title: str
    addressee: str
    opening: str
    sections: Sequence[tuple[str, str]]
    tables: Sequence[BulletinTable]
    day: date


def bulletin_docx(paper: BulletinPaper) -> bytes:
    """The bulletin with its tables, each attachment on a page of its own."""
    document = _page(paper)
    add_title(document, paper.title)
    add_blank(document)
    add_addressee(document, paper.addressee)
    add_body(document, paper.opening)
    told = [(heading, words) for heading, words in paper.sections if words.strip()]
    for numeral, (heading, words) in zip(_NUMERALS, told, strict=False):
        add_text(document, [Piece(f"{numeral}、{heading}", FIRST_LEVEL)], Layout(first=2, keep=True))
        add_body(document, words)
    add_attachments(document, [table.title for table in paper.tables])
    add_sealed_signature(document, paper.issuer, paper.day)
    for place, table in enumerate(paper.tables, 1):
        _attachment(document, table, f"附件{place}" if len(paper.tables) > 1 else "附件")
    return document_bytes(document, title=paper.title, author=paper.issuer)


def _page(paper: BulletinPaper) -> Document:
    """What is counted by issues has the head of a bulletin, what has a 发文字号 that of a 文件."""
    sign, bracket, rest = paper.number.partition("〔")
    if not paper.number.endswith("期"):
        return issued_page(paper.issuer, number=paper.number)
    document = official_page()
    add_summary_head(document, sign, bracket + rest, paper.issuer, show_day(paper.day))
    add_blank(document, LINES_ABOVE_TITLE)
    return document


def _attachment(document: Document, table: BulletinTable, mark: str) -> None:
    page_break(document)
    add_text(document, [Piece(mark, _PART)], Layout(align="left"))
    add_blank(document)
    add_title(document, table.title)
    widths = _widths(table)
    rows = [FormRow(17, _cells(table.heads, widths, _HEAD), head=True)]
    rows += [FormRow(_ROW, _cells(row, widths, _CELL), grows=True) for row in table.rows]
    add_form(document, rows)
    if table.note:
        add_body(document, table.note)


def _widths(table: BulletinTable) -> tuple[float, ...]:
    """The names, then columns of counts, those of shares wider: 100.0% is longer than any count."""
    shares = [
        _SHARE if any(row[at].endswith("%") for row in table.rows) else 1.0
        for at in range(1, len(table.heads))
    ]
    one = (TYPE_WIDTH_MM - table.wide) / max(sum(shares), 1)
    return (table.wide, *(share * one for share in shares))


def _cells(words: Sequence[str], widths: Sequence[float], face: Face) -> tuple[FormCell, ...]:
    layout = Layout(align="center", line=_LINE, size=10.5)
    return tuple(
        FormCell(width, ((Piece(text, face),),), layout) for text, width in zip(words, widths, strict=True)
    )
