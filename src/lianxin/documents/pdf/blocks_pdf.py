"""Blocks as PDF: A4, the font embedded, page numbers, equal bytes for equal content."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Literal

from lianxin.documents.pdf.font import FONT, known_glyphs, markup
from lianxin.documents.word.blocks import Align, Block, BlockPaper, Grid, Heading, NewPage, Text, Title

if TYPE_CHECKING:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.platypus import BaseDocTemplate, Flowable, Paragraph, Table

_MM = 72 / 25.4
_BINDING, _OUTER, _TOP, _BOTTOM = 25 * _MM, 15 * _MM, 18 * _MM, 18 * _MM

_ALIGN: Mapping[Align, Literal[0, 1, 2]] = {"left": 0, "center": 1, "right": 2}


def blocks_pdf(paper: BlockPaper) -> bytes:
    """The paper as PDF bytes, with 第×页 共×页 at the foot (domain.md 9.6). Characters no font has are drawn as 〓."""
    known_glyphs()
    _, pages = _built(paper, 0)
    content, _ = _built(paper, pages)
    return content


def _built(paper: BlockPaper, pages: int) -> tuple[bytes, int]:
    """The PDF whose foot says so many pages, and how many there are; known only once it was laid out."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    width, height = landscape(A4) if paper.landscape else A4
    room = width - _BINDING - _OUTER
    held = io.BytesIO()
    made = BaseDocTemplate(
        held, pagesize=(width, height), title=paper.title, author=paper.author, invariant=1,
        pageCompression=1, lang="zh-CN", initialFontName=FONT,
    )  # fmt: skip
    frame = Frame(_BINDING, _BOTTOM, room, height - _TOP - _BOTTOM, 0, 0, 0, 0)
    made.addPageTemplates([PageTemplate("page", [frame], onPage=partial(_foot, pages))])
    made.build([part for block in paper.blocks for part in _flowables(block, room)])
    return held.getvalue(), made.page


def _foot(pages: int, canvas: Canvas, document: BaseDocTemplate) -> None:
    canvas.setFont(FONT, 9)
    canvas.drawCentredString(document.pagesize[0] / 2, 10 * _MM, f"第{document.page}页 共{pages}页")


def _flowables(block: Block, room: float) -> Iterator[Flowable]:
    from reportlab.platypus import PageBreak, Spacer

    match block:
        case Title():
            yield _paragraph(block.text, 18, "center", leading=26, after=2)
            if block.under:
                yield _paragraph(block.under, 10.5, "center", leading=16, after=6)
        case Heading():
            told = f"{block.text}　{block.note}" if block.note else block.text
            yield _paragraph(told, 12.5, "left", leading=19, before=7, after=3, keep=True)
        case Text():
            yield _paragraph(
                block.text, 16 if block.large else 9.5 if block.small else 11, block.align, after=3
            )
        case Grid():
            yield _table(block, room)
            yield Spacer(1, 4)
        case NewPage():
            yield PageBreak()


def _paragraph(
    text: str, size: float, align: Align, *, leading: float = 0, before: float = 0, after: float = 0,
    keep: bool = False,
) -> Paragraph:  # fmt: skip
    from reportlab.platypus import Paragraph

    style = _style(size, align, leading or size * 1.45)
    style.spaceBefore, style.spaceAfter, style.keepWithNext = before, after, int(keep)
    return Paragraph(markup(text), style)


def _style(size: float, align: Align, leading: float) -> ParagraphStyle:
    from reportlab.lib.styles import ParagraphStyle

    return ParagraphStyle(
        "text",
        fontName=FONT,
        fontSize=size,
        leading=leading,
        alignment=_ALIGN[align],
        wordWrap="CJK",
        bulletFontName=FONT,
    )


def _table(grid: Grid, room: float) -> Table:
    from reportlab.lib.colors import Color, black
    from reportlab.platypus import Table, TableStyle

    shares = sum(column.share for column in grid.columns)
    widths = [room * column.share / shares for column in grid.columns]
    body: list[list[Paragraph]] = []
    if grid.headed:
        body.append([_paragraph(column.label, 10, "center", leading=14) for column in grid.columns])
    body += [
        [
            _paragraph(cell, 10, column.align, leading=14)
            for cell, column in zip(row, grid.columns, strict=True)
        ]
        for row in grid.rows
    ]
    every = ((0, 0), (-1, -1))
    look = TableStyle([("GRID", *every, 0.5, black), ("VALIGN", *every, "MIDDLE")])
    # A cell that sets no font of its own would name Helvetica, which is not embedded.
    look.add("FONTNAME", *every, FONT)
    look.add("LEFTPADDING", *every, 3)
    look.add("RIGHTPADDING", *every, 3)
    look.add("TOPPADDING", *every, 2)
    look.add("BOTTOMPADDING", *every, 3)
    if grid.headed:
        look.add("BACKGROUND", (0, 0), (-1, 0), Color(0.94, 0.94, 0.94))
    return Table(body, colWidths=widths, repeatRows=int(grid.headed), style=look)
