"""Blocks as Word: A4 with a binding edge, page numbers, tables whose head is repeated."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from lianxin.documents.word.blocks import Block, BlockPaper, Grid, Heading, NewPage, Text, Title
from lianxin.documents.word.form_page import number_pages
from lianxin.documents.word.form_table import FormCell, FormRow, add_form
from lianxin.documents.word.text import (
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
from lianxin.documents.word.type_area import POINTS_A_MM

if TYPE_CHECKING:
    from docx.document import Document

_TITLE = Face("方正小标宋简体", 18)
_HEAD = Face("黑体", 12)
_TEXT = Face("仿宋_GB2312", 12)
_SMALL = Face("仿宋_GB2312", 10.5)
_LARGE = Face("仿宋_GB2312", 16)
_CELL = Face("仿宋_GB2312", 10.5)
_LABEL = Face("黑体", 10.5)
_LINE = 15.0
_SIDES = 25.0 + 15.0
_HALF_A_PAGE = 90.0
"""Millimetres from which on a row may go on on the next page."""
_NO_BEGINNING = "、，。；：？！）》〉”’％"


def blocks_docx(paper: BlockPaper) -> bytes:
    """The paper as .docx bytes."""
    from docx.shared import Mm

    document = new_document()
    section = document.sections[0]
    width, height = (297, 210) if paper.landscape else (210, 297)
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin, section.right_margin = Mm(25), Mm(15)
    section.top_margin, section.bottom_margin = Mm(18), Mm(18)
    section.footer_distance = Mm(9)
    number_pages(document)
    for block in paper.blocks:
        _add(document, block, width - _SIDES)
    return document_bytes(document, title=paper.title, author=paper.author)


def _add(document: Document, block: Block, room: float) -> None:
    match block:
        case Title():
            _line(document, ((block.text, _TITLE),), Layout(align="center", line=30, size=18))
            if block.under:
                _line(document, ((block.under, _SMALL),), Layout(align="center", line=18, size=10.5, after=4))
        case Heading():
            told = ((block.text, _HEAD), (f"　{block.note}" if block.note else "", _SMALL))
            _line(document, told, Layout(align="left", line=22, size=12, before=6, after=2, keep=True))
        case Text():
            face = _LARGE if block.large else _SMALL if block.small else _TEXT
            for part in block.text.split("\n"):
                _line(
                    document, ((part, face),), Layout(align=block.align, line=face.size * 1.6, size=face.size)
                )
        case Grid():
            add_form(document, _rows(block, room))
        case NewPage():
            page_break(document)


def _line(document: Document, pieces: tuple[tuple[str, Face], ...], layout: Layout) -> None:
    paragraph = document.add_paragraph()
    lay(paragraph, layout)
    for text, face in pieces:
        if text:
            add_run(paragraph, text, face)


def _rows(grid: Grid, room: float) -> list[FormRow]:
    shares = sum(column.share for column in grid.columns)
    widths = [round(room * column.share / shares, 2) for column in grid.columns]
    rows: list[FormRow] = []
    if grid.headed:
        head = [(column.label, "center") for column in grid.columns]
        rows.append(_row(head, widths, _LABEL, head=True))
    aligns = [column.align for column in grid.columns]
    rows += [_row(list(zip(row, aligns, strict=True)), widths, _CELL) for row in grid.rows]
    return rows


def _row(cells: list[tuple[str, str]], widths: list[float], face: Face, *, head: bool = False) -> FormRow:
    deep = max(_deep(text, width) for (text, _), width in zip(cells, widths, strict=True))
    made = tuple(
        FormCell(
            width,
            tuple((Piece(part, face),) for part in text.split("\n")),
            Layout(align="center" if align == "center" else "right" if align == "right" else "left", line=_LINE, size=face.size),
        )
        for (text, align), width in zip(cells, widths, strict=True)
    )  # fmt: skip
    height = deep * _LINE / POINTS_A_MM + 1.4
    return FormRow(height, made, head=head, grows=height > _HALF_A_PAGE, least=True)


def _deep(text: str, width: float) -> int:
    """Lines a text takes in a cell; a stop that may not begin a line takes a character with it."""
    fits = max(1.0, (width - 2.6) * POINTS_A_MM / _CELL.size)
    return sum(
        1
        if across(part) <= fits
        else max(math.ceil(across(part) / max(1.0, fits - 0.7)), _broken(part, fits))
        for part in text.split("\n")
    )


def _broken(text: str, fits: float) -> int:
    """Lines of a narrow cell, broken where a program may: a line never begins with a stop."""
    lines, begun = 1, 0
    for at in range(1, len(text)):
        if across(text[begun : at + 1]) > fits:
            begun = at - 1 if text[at] in _NO_BEGINNING and at - 1 > begun else at
            lines += 1
    return lines
