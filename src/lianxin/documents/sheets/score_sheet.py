"""履职积分表: places, points by category, total and grade, the rule below; and the card of one subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from lianxin.documents.pdf.blocks_pdf import blocks_pdf
from lianxin.documents.word.blocks import Block, BlockPaper, Grid, GridColumn, Heading, Text, Title
from lianxin.documents.word.blocks_docx import blocks_docx
from lianxin.documents.workbooks.ledger import Column, table_xlsx
from lianxin.documents.workbooks.looks import Look
from lianxin.documents.workbooks.writer import Value


@dataclass(frozen=True)
class ScoreSheet:
    """The table as it is printed: cells are ready text, points as people read them."""

    office: str
    title: str
    year: int
    who: str
    categories: Sequence[str]
    rows: Sequence[tuple[str, ...]]
    graded: bool
    rule: Sequence[str]


def score_docx(sheet: ScoreSheet) -> bytes:
    """The table as Word, A4 across."""
    return blocks_docx(_paper(sheet))


def score_pdf(sheet: ScoreSheet) -> bytes:
    """The table as PDF, A4 across."""
    return blocks_pdf(_paper(sheet))


def score_xlsx(sheet: ScoreSheet) -> bytes:
    """The table as a workbook, points as numbers that can be added up again."""
    points = (*sheet.categories, "加分", "总分")
    columns = [Column("名次", Look.ORDER), Column(sheet.who, Look.MIDDLE)]
    columns += [Column(name, Look.DECIMAL) for name in points]
    columns += [Column("等次", Look.MIDDLE)] if sheet.graded else []
    body = [_numbers(row, len(points)) for row in sheet.rows]
    return table_xlsx(columns, body, title=sheet.title, office_name=sheet.office, label="履职积分")


def _numbers(row: tuple[str, ...], points: int) -> tuple[Value, ...]:
    """Place, name, then so many points, then the grade if there is one."""
    end = 2 + points
    return (int(row[0]), row[1], *(Decimal(cell) for cell in row[2:end]), *row[end:])


def _paper(sheet: ScoreSheet) -> BlockPaper:
    columns = [GridColumn("名次", 5, "center"), GridColumn(sheet.who, 10, "center")]
    columns += [GridColumn(name, 6.5, "center") for name in (*sheet.categories, "加分")]
    columns += [GridColumn("总分", 7, "center")]
    columns += [GridColumn("等次", 8, "center")] if sheet.graded else []
    blocks: list[Block] = [
        Title(sheet.title, f"{sheet.office}　{sheet.year}年度"),
        Grid(tuple(columns), tuple(sheet.rows)),
        Heading("积分办法"),
        *(Text(line, small=True) for line in sheet.rule),
        Text("各项分值都由工作台账的记录算出，同一条记录只计一次；总分相同的名次并列。", small=True),
    ]
    return BlockPaper(blocks, sheet.title, sheet.office, landscape=True)
